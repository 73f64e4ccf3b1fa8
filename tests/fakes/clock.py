"""A clock that stands still until it is moved, and answers in UTC as the real one does."""

from datetime import UTC, datetime, timedelta

from chalicelib.law.clock import ZONE


class Clock:
    """Callable like `utc_now`; `at` sets it, `advance` moves it.

    Its moments are in UTC: a date that is taken from one without asking which day it is in Viet Nam is wrong here too.
    """

    def __init__(self, text: str = "2026-11-25T09:20:05") -> None:
        self.at(text)

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> None:
        """Set it; a text without a zone is Vietnamese time."""
        moment = datetime.fromisoformat(text)
        self.now = (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)

    def advance(self, **by: float) -> None:
        """Move it on."""
        self.now += timedelta(**by)
