"""What an entry point declares when its work reads or writes dossiers, or officers decide on them there."""

from datetime import date
from typing import Final

from chalicelib.dossier.table import TABLE
from chalicelib.kernel.settings import setting

DOSSIERS: Final = TABLE


def no_day(value: str) -> str:
    """What is wrong with a setting that is to be a day, or nothing."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return "a day is needed, such as 2027-01-01"
    return ""


KNOWN_FROM: Final = setting(
    "MOTCUA_OFFICERS_KNOWN_FROM",
    "The Vietnamese day from which an officer whose personal number nobody gave decides nothing, such as `2027-01-01`.",
    unsafe=no_day,
)
