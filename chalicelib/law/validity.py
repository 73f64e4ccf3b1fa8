"""What is in force on a day: from a Vietnamese day, included, to another, not included; None has no end (rule R41)."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol

from chalicelib.law.policy import ZONE


class Window(Protocol):
    """The days of one version: `opens` is the first, `closes` the first that is not its own (ISO 8601)."""

    @property
    def version(self) -> int:
        """The number of the version, which grows."""

    @property
    def opens(self) -> str:
        """The first day."""

    @property
    def closes(self) -> str | None:
        """The day after the last one."""


def covers[D: (date, str)](day: D, opens: D, closes: D | None) -> bool:
    """Whether a day is within: the first day is, the last is not. Days are dates, or all of them ISO 8601 texts."""
    return opens <= day and (closes is None or day < closes)


def in_force(windows: Iterable[Window], day: date) -> int | None:
    """The version under which a dossier is received on a Vietnamese day; None when there is none (rule R41).

    Publication refuses windows that overlap; of two that an older release let through, the newer version counts.
    """
    today = day.isoformat()
    return max((each.version for each in windows if covers(today, each.opens, each.closes)), default=None)


_TERM: Final = re.compile(r"(\d{1,3}) (năm|tháng|ngày)")


def last_day(term: str | None, issued: date) -> str | None:
    """The last Vietnamese day on which a result is valid, by the term in the procedure's own words (`5 năm`).

    None where nothing is said, where it has no end, and where the words say more than a number of years, months or
    days: such a term is for a person to read, and we make none up. A month without that day ends on its last.
    """
    found = _TERM.fullmatch((term or "").strip().lower())
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "ngày":
        return (issued + timedelta(days=count)).isoformat()
    months = issued.month - 1 + count * (12 if unit == "năm" else 1)
    year, month = issued.year + months // 12, months % 12 + 1
    return date(year, month, min(issued.day, monthrange(year, month)[1])).isoformat()


def midnight(day: date) -> datetime:
    """The moment at which a Vietnamese day begins, for what compares moments instead of days."""
    return datetime.combine(day, time(), ZONE)
