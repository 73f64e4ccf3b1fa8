"""Where the local cloud pretends to be: one account, one region; and the names of its things."""

import re
from typing import Final

ACCOUNT: Final = "123456789012"
REGION: Final = "ap-southeast-1"
ARN: Final = f"arn:aws:{{service}}:{REGION}:{ACCOUNT}:{{resource}}"
HOST: Final = "127.0.0.1"
"""Everything binds here, nothing elsewhere."""


def physical(logical: str) -> str:
    """The name a table, bucket or bus gets: `MessagesBucket` is `motcua-messages-bucket`."""
    return "motcua-" + re.sub(r"(?<!^)(?=[A-Z])", "-", logical).lower()
