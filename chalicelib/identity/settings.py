"""Where identity keeps what it knows of people: mandates with their files, officers, what registers were asked."""

from typing import Final

from chalicelib.identity.fence import TABLE
from chalicelib.kernel.settings import setting

BUCKET: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")

__all__ = ["BUCKET", "TABLE"]
