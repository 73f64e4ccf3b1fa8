"""Where registers are asked, if at all, and for how long an answer is waited for."""

from typing import Final

from chalicelib.kernel.settings import NOBODY, setting


def _in_clear(value: str) -> str:
    return "" if value == NOBODY or value.startswith("https://") else "a register is asked over https"


def _no_seconds(value: str) -> str:
    return "" if value.isdecimal() and 0 < int(value) <= MOST_SECONDS else f"1 to {MOST_SECONDS} seconds are needed"


MOST_SECONDS: Final = 10
"""So that a question that is sent twice ends before the function does."""
URL: Final = setting(
    "MOTCUA_REGISTERS_URL",
    "Base address of the gateway to population, business and land registers; `none` where this installation has none.",
    unsafe=_in_clear,
)
KEY: Final = setting("MOTCUA_REGISTERS_KEY", "What that gateway knows this installation by: a bearer token.")
SECONDS: Final = setting(
    "MOTCUA_REGISTERS_SECONDS", "Seconds for which a register's answer is waited for, 1 to 10.", unsafe=_no_seconds
)
