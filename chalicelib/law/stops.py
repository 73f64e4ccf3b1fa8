"""Times on which the clock stood, and what they do to a term of days or hours."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Final, Literal

import msgspec

from chalicelib.law.calendars import Calendar

StopReason = Literal["supplement", "payment", "consent", "confirmation", "outage", "upstream"]
PartDay = Literal["not_counted", "counted"]
type Days = tuple[int, int]

_MIDNIGHT: Final = time()


class Stop(msgspec.Struct, frozen=True, gc=False):
    """A time on which the clock stood, in Vietnamese time; at `ends` it runs again. `reasons` as they came up."""

    begins: datetime
    ends: datetime
    reasons: tuple[StopReason, ...]


def days_stood(stops: Iterable[Stop], part_day: PartDay) -> list[Days]:
    """The runs of days (first and last ordinal), in order and apart, that do not count in a term of days.

    A day on which the clock stood from beginning to end never counts; one on which it stood for a part does as the
    policy reads it. `stops` are in order and apart.
    """
    runs: list[Days] = []
    past = 0
    for stop in stops:
        begins, ends = stop.begins, stop.ends
        first, last = begins.toordinal(), ends.toordinal()
        if part_day == "not_counted":
            last -= ends.hour == 0 and ends.time() == _MIDNIGHT
        else:
            first += begins.time() != _MIDNIGHT
            last -= 1
        if first <= past:
            first = past + 1
        if first <= last:
            runs.append((first, last))
            past = last
    return runs


def working_day(start: int, amount: int, runs: Sequence[Days], calendar: Calendar) -> int:
    """The ordinal of the amount-th (at least first) working day after `start` on which the clock did not stand."""
    surely_runs = start + amount  # no day is counted faster, so what began by then needs no counting
    for first, final in runs:
        if first > surely_runs and first > calendar.nth_after(start, amount):
            break
        amount += calendar.working_between(max(first, start + 1), final)
    return calendar.nth_after(start, amount)


def calendar_day(start: int, last: int, runs: Sequence[Days]) -> int:
    """Where a term that ends on `last` ends when the days stood after `start` do not count."""
    for first, final in runs:
        if first > last:
            break
        last += max(final - max(first, start + 1) + 1, 0)
    return last


def day_that_counts(ordinal: int, runs: Sequence[Days], calendar: Calendar) -> int:
    """The day itself when it is worked and the clock does not stand on it, else the next such day."""
    day = calendar.nth_after(ordinal - 1, 1)
    for first, final in runs:
        if first > day:
            break
        if final >= day:
            day = calendar.nth_after(final, 1)
    return day


def hours_after(begin: datetime, length: timedelta, stops: Iterable[Stop]) -> datetime:
    """The moment by which so much time has run since `begin` in which the clock did not stand."""
    end = begin + length
    for stop in stops:
        begins, ends = stop.begins, stop.ends
        if begins >= end:
            break
        if ends > begin:
            end += ends - max(begins, begin)
    return end
