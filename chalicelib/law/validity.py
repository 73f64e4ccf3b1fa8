"""What is in force on a day: from a Vietnamese day, included, to another, not included; None has no end (rule R41)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Protocol

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


def midnight(day: date) -> datetime:
    """The moment at which a Vietnamese day begins, for what compares moments instead of days."""
    return datetime.combine(day, time(), ZONE)
