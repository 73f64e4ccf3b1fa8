"""Settings of the exchange."""

from typing import Final

from chalicelib.identity.tokens import no_seconds
from chalicelib.kernel.settings import setting

IN_KMS: Final = "arn:"


def _in_files(value: str) -> str:
    whole = all(each.startswith(IN_KMS) for each in value.split(","))
    return "" if whole else "a deployed stage signs tokens with keys in KMS"


KEYS: Final = setting(
    "MOTCUA_EXCHANGE_KEYS",
    "Keys of exchanged tokens in KMS (ECC_NIST_P256), by their ARNs, separated by commas: the first signs, all are"
    " published; in the local stage files that hold them.",
    unsafe=_in_files,
)
SECONDS: Final = setting(
    "MOTCUA_EXCHANGE_SECONDS", "Seconds that an exchanged token is good for, at most.", unsafe=no_seconds
)
