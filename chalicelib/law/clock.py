"""The statutory clock: when a term ends, and whether it was kept."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal

import msgspec

from chalicelib.law import explain as explained
from chalicelib.law.calendars import Calendar
from chalicelib.law.explain import Basis, Explanation
from chalicelib.law.policy import (
    LITERAL,
    OFFICE_HOURS,
    ZONE,
    BadPolicy,
    ClockPolicy,
    Hours,
    NaiveTime,
    local,
)
from chalicelib.law.stops import Stop, calendar_day, day_that_counts, days_stood, hours_after, working_day
from chalicelib.law.terms import BadTerm, Language, Term, Unit

__all__ = [
    "LITERAL",
    "OFFICE_HOURS",
    "ZONE",
    "BadPolicy",
    "BadTerm",
    "ClockPolicy",
    "Due",
    "Language",
    "NaiveTime",
    "Standing",
    "Term",
    "Unit",
    "counted",
    "due",
    "end_of",
    "is_provisional",
    "status",
]

type Standing = Literal["early", "on_time", "late"]

_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)  # so many times one is made faster than so many
_HOURS: Final = frozenset({"h", "wh"})


class Due(msgspec.Struct, frozen=True):
    """When a term ends, and what is needed to say why.

    `due_at` is in Vietnamese time; terms of days and months end with their last day, as the policy's `day_end` has it.
    `provisional` says that a day counted on has no published calendar yet, so the answer may move.
    """

    due_at: datetime
    provisional: bool
    basis: Basis

    def explain(self, language: Language = "vi") -> Explanation:
        """The whole reckoning in Vietnamese or English."""
        return explained.explanation(self.basis, language, provisional=self.provisional)


def due(received: datetime, term: Term, *, calendar: Calendar, policy: ClockPolicy = LITERAL) -> Due:
    """When a term that begins with this reception ends.

    Any zone is taken in, Vietnamese time comes out. The day of reception is not counted; hours run from the moment; a
    last day that is off moves to the next working day (Civil Code 2015, Art. 147-148; start of the clock: Decree
    118/2025 Art. 17(3)). Raises NaiveTime.
    """
    basis = counted(local(received), term, calendar, policy)
    return Due(basis.end, is_provisional(basis), basis)


def counted(
    moment: datetime, term: Term, calendar: Calendar, policy: ClockPolicy, stops: tuple[Stop, ...] = ()
) -> Basis:
    """A term counted from a moment in Vietnamese time, without what the clock stood; `stops` are in order and apart."""
    unit, amount = term.unit, term.amount
    start = moment.toordinal()  # the day after which counting begins: that of reception unless the policy shifts it
    if unit in policy.applies_to and (policy.cutoff is not None or not calendar.works(start)):
        start = _shifted(start, moment, term, calendar, policy)
    if unit in _HOURS:
        begin = _hours_begin(moment, start, term, policy)
        end = _hours_end(begin, term, calendar, policy, stops)
        return Basis(moment, end, term, calendar, policy, start, end.toordinal(), begin, stops)
    runs = days_stood(stops, policy.part_day) if stops else ()
    if unit == "wd" and amount:
        last = nominal = working_day(start, amount, runs, calendar) if runs else calendar.nth_after(start, amount)
    else:
        nominal = _months_after(start, amount) if unit == "m" else start + amount
        if runs and amount:
            nominal = calendar_day(start, nominal, runs)
        last = day_that_counts(nominal, runs, calendar) if runs else calendar.nth_after(nominal - 1, 1)
    if not amount and moment.toordinal() == last and moment >= end_of(last, policy.day_end) + _SECOND:
        last = day_that_counts(last + 1, runs, calendar)
    return Basis(moment, end_of(last, policy.day_end), term, calendar, policy, start, nominal, None, stops)


def status(due_at: datetime, ended_at: datetime) -> Standing:
    """How a case ended: early (on a day before the due date), on_time or late.

    Days are days of Vietnam. Late is after the due moment, to the second. For terms of days that is the end of the day,
    so it is the day that decides; an hour term missed on its own day is late. Circular 01/2018/TT-VPCP Art. 13-15
    (indicator 1). Raises NaiveTime.
    """
    limit, end = local(due_at), local(ended_at)
    if end >= limit + _SECOND:
        return "late"
    return "early" if end.date() < limit.date() else "on_time"


def _shifted(today: int, moment: datetime, term: Term, calendar: Calendar, policy: ClockPolicy) -> int:
    """The day after which counting begins where a reception after the cutoff, or on a day off, shifts it."""
    shift = explained.shift_of(moment, calendar, policy)
    if shift is None:
        return today
    following = calendar.nth_after(today, 1)
    mode = policy.day_off if shift == "day_off" else policy.after_cutoff
    return following if mode == "deemed" or term.amount == 0 or term.unit in {"h", "wh"} else following - 1


def _hours_begin(moment: datetime, start: int, term: Term, policy: ClockPolicy) -> datetime:
    if term.unit not in policy.applies_to:
        return moment
    # The night before opening begins no earlier than a day off that is moved to it: the clock stays monotone.
    return max(moment, datetime.combine(date.fromordinal(start), policy.opening, ZONE))


def _hours_end(
    begin: datetime, term: Term, calendar: Calendar, policy: ClockPolicy, stops: tuple[Stop, ...]
) -> datetime:
    if term.unit == "wh":
        return _working_hours_after(begin, term.amount, calendar, policy, stops)
    end = hours_after(begin, _long(term.amount), stops)
    if policy.hour_end == "keep":
        return end
    day = end.date()
    if calendar.is_working(day) and calendar.is_working(day - timedelta(days=1)):
        return end
    # The night before work begins again counts as part of the days off: a later reception is never due earlier.
    return max(end, datetime.combine(calendar.working_on_or_after(day), policy.opening, ZONE))


def _working_hours_after(
    begin: datetime, hours: int, calendar: Calendar, policy: ClockPolicy, stops: tuple[Stop, ...]
) -> datetime:
    """The moment by which so many working hours have run in which the clock did not stand."""
    wanted, surely_runs = hours * 3_600_000_000, begin + _long(hours)
    worked_hours = policy.hours
    for stop in stops:
        begins, ends = stop.begins, stop.ends
        if begins >= surely_runs and begins >= _worked(begin, wanted, calendar, worked_hours):
            break
        if ends > begin:
            wanted += _working_time(max(begins, begin), ends, calendar, worked_hours)
    return _worked(begin, wanted, calendar, worked_hours)


def _worked(begin: datetime, wanted: int, calendar: Calendar, hours: Hours) -> datetime:
    """The moment by which so many microseconds of work have run; when none are wanted, that is at once."""
    if not wanted:
        return begin
    ordinal, days = begin.toordinal(), 1
    if calendar.works(ordinal):
        wanted += hours.run_by(begin)
        days = 0
    whole_days, left = divmod(wanted - 1, hours.length)
    return _inside(calendar.nth_after(ordinal, whole_days + days), left + 1, hours.spans)


def _working_time(begins: datetime, ends: datetime, calendar: Calendar, hours: Hours) -> int:
    """The microseconds of work between two moments."""
    first, last = begins.toordinal(), ends.toordinal()
    found = calendar.working_between(first, last - 1) * hours.length
    if calendar.works(first):
        found -= hours.run_by(begins)
    if calendar.works(last):
        found += hours.run_by(ends)
    return found


def _inside(ordinal: int, wanted: int, spans: Sequence[tuple[int, int]]) -> datetime:
    """The moment of the day by which so many microseconds of the spans have run, which have at least as many."""
    for opens, closes in spans:
        if wanted <= closes - opens:
            break
        wanted -= closes - opens
    return _midnight(ordinal) + (opens + wanted) * _MICROSECOND


@lru_cache(maxsize=8192)
def _months_after(ordinal: int, months: int) -> int:
    """The same day-number so many months later, or the last day of that month when it has no such number."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = following - timedelta(days=1)
    return last.replace(day=min(day.day, last.day)).toordinal()


@lru_cache(maxsize=1024)
def _long(hours: int) -> timedelta:
    return timedelta(hours=hours)


@lru_cache(maxsize=8192)
def _midnight(ordinal: int) -> datetime:
    return datetime.combine(date.fromordinal(ordinal), time(), ZONE)


@lru_cache(maxsize=8192)
def end_of(ordinal: int, ends: time) -> datetime:
    """When a day ends on which a term does, in Vietnamese time."""
    return datetime.combine(date.fromordinal(ordinal), ends, ZONE)


def is_provisional(basis: Basis) -> bool:
    """Whether a day that the answer depends on has no published calendar."""
    if basis.calendar.published_between(basis.received, basis.end):
        return False
    unit, policy = basis.term.unit, basis.policy
    if unit == "h" and policy.hour_end == "keep" and unit not in policy.applies_to:
        return False  # the hours run through days off, so no calendar can move them
    shifts = unit in policy.applies_to
    first: date = basis.received
    if unit == "wd" and basis.term.amount and not (shifts and policy.day_off == "deemed"):
        first += timedelta(days=1)  # literally it is all one whether the day of reception itself is worked
    elif unit in {"d", "m", "h"} and not shifts:
        first = date.fromordinal(basis.nominal)
    return not basis.calendar.published_between(first, basis.end)
