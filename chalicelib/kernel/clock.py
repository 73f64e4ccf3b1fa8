"""The clock that is passed in: machines keep UTC, the law speaks Asia/Ho_Chi_Minh."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

type Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC, to the millisecond (what our stored times can hold)."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def stamp(moment: datetime) -> str:
    """ISO 8601 text in UTC with milliseconds, in the order of time. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def said(text: str | None) -> str | None:
    """A stored time as people here read it: ISO 8601 in Asia/Ho_Chi_Minh, to the second. None stays None."""
    return moment(text).astimezone(ZONE).isoformat(timespec="seconds") if text else None


def moment(text: str) -> datetime:
    """The aware datetime behind a stored stamp. Raises ValueError for text without a zone."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("a stored time must carry its zone")
    return value
