"""How a due date was reached, day by day, in words; worked out only when somebody asks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec

from chalicelib.law.calendars import CULTURE_DAY, LABOUR_CODE, Calendar
from chalicelib.law.policy import ZONE, ClockPolicy
from chalicelib.law.stops import Stop, hours_after
from chalicelib.law.terms import Language, Term

CIVIL_CODE = {
    "wd": "Civil Code 2015, Art. 147-148 (the day of the event is not counted)",
    "d": "Civil Code 2015, Art. 147-148 (end of the last day; a last day off moves to the next working day)",
    "m": "Civil Code 2015, Art. 147-148 (same day-number or last day of the month; a last day off moves)",
    "h": "Civil Code 2015, Art. 147-148 (hours run from the moment)",
    "wh": "Civil Code 2015, Art. 147-148 (hours run from the moment)",
}
CLOCK_START = "Decree 118/2025/ND-CP Art. 17(3), amended by Decree 309/2026/ND-CP"

KINDS: dict[str, tuple[str, str]] = {
    "received": ("ngày tiếp nhận, không tính", "day of reception, not counted"),
    "deemed": ("được coi là ngày tiếp nhận, không tính", "deemed the day of reception, not counted"),
    "counted": ("tính", "counted"),
    "same_day": ("giải quyết trong ngày làm việc này", "settled within this working day"),
    "rolled": ("ngày cuối là ngày nghỉ, hạn chuyển sang ngày này", "the last day was off, the term ends here"),
    "no_hours": ("không có giờ nào được tính", "no hour of this day counts"),
    "weekend": ("ngày nghỉ hằng tuần", "weekly day off"),
    "holiday": ("ngày lễ, tết", "public holiday"),
    "substitute_off": ("nghỉ bù", "substitute day off"),
    "swap_off": ("nghỉ hoán đổi", "day off by swap"),
}
_READINGS: dict[str, tuple[str, str]] = {
    "after_cutoff:literal": (
        "tiếp nhận sau {cutoff:%H:%M}: tính bắt đầu từ ngày làm việc tiếp theo, ngày đó là ngày thứ nhất",
        "received after {cutoff:%H:%M}: counted starting from the next working day, which is day 1",
    ),
    "after_cutoff:deemed": (
        "tiếp nhận sau {cutoff:%H:%M}: coi như tiếp nhận vào ngày làm việc tiếp theo",
        "received after {cutoff:%H:%M}: deemed received on the next working day",
    ),
    "day_off:literal": (
        "tiếp nhận vào ngày nghỉ: ngày làm việc tiếp theo là ngày thứ nhất",
        "received on a day off: the next working day is day 1",
    ),
    "day_off:deemed": (
        "tiếp nhận vào ngày nghỉ: coi như tiếp nhận vào ngày làm việc tiếp theo",
        "received on a day off: deemed received on the next working day",
    ),
    "at_cutoff:same_day": ("đúng {cutoff:%H:%M} vẫn tính là trong ngày", "{cutoff:%H:%M} sharp is still the same day"),
    "at_cutoff:after": ("đúng {cutoff:%H:%M} tính là sau giờ", "{cutoff:%H:%M} sharp is after the cutoff"),
    "cutoff:not_for_this_unit": (
        "mốc {cutoff:%H:%M} không làm thay đổi thời hạn tính bằng đơn vị này",
        "the {cutoff:%H:%M} cutoff does not shift a term in this unit",
    ),
    "hour_end:keep": (
        "thời hạn tính bằng giờ kết thúc vào ngày nghỉ: giữ nguyên",
        "an hour term that ends on a day off stays there",
    ),
    "hour_end:roll": (
        "thời hạn tính bằng giờ kết thúc vào ngày nghỉ: chuyển đến đầu giờ làm việc tiếp theo",
        "an hour term that ends on a day off moves to when work next begins",
    ),
    "working_hours": ("giờ làm việc: {hours}", "working hours: {hours}"),
    "provisional": (
        "lịch nghỉ của năm chưa công bố: chỉ tính ngày nghỉ hằng tuần và ngày lễ cố định, hạn có thể thay đổi",
        "the year's calendar is not published: weekends and fixed holidays only, the date may move",
    ),
}


class Basis(msgspec.Struct, frozen=True, gc=False):
    """What a due date was computed from.

    `start` is the ordinal of the last uncounted day, `nominal` that of the last day before it moved off a day off,
    `begin` the moment an hour term begins (None for terms of days), `stops` the times on which the clock stood.
    """

    received: datetime
    end: datetime
    term: Term
    calendar: Calendar
    policy: ClockPolicy
    start: int
    nominal: int
    begin: datetime | None
    stops: tuple[Stop, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """One day of the reckoning; `number` is its place in a term of days, `minutes` what it gives to a term of hours."""

    day: date
    counted: bool
    kind: str
    name: str | None = None
    number: int | None = None
    minutes: int | None = None

    def text(self, language: Language) -> str:
        """Counted, or why not; the name of a holiday stays Vietnamese."""
        words = KINDS[self.kind][0 if language == "vi" else 1]
        return f"{words}: {self.name}" if self.name else words


class ExplainedDay(msgspec.Struct, frozen=True, kw_only=True):
    """A step in words: in a term of days with its number, None when it does not count; in one of hours its minutes."""

    day: str
    counted: bool
    number: int | msgspec.UnsetType | None = msgspec.UNSET
    minutes: int | msgspec.UnsetType = msgspec.UNSET
    text: str


class ExplainedReading(msgspec.Struct, frozen=True):
    """A reading of the policy that the answer rests on, such as `after_cutoff:literal`, and what it says."""

    name: str
    text: str


class Explanation(msgspec.Struct, frozen=True):
    """The whole reckoning of a due date in one language, as the API answers it."""

    received_at: str
    due_at: str
    term: str
    term_text: str
    provisional: bool
    days: tuple[ExplainedDay, ...]
    readings: tuple[ExplainedReading, ...]
    citations: tuple[str, ...]


def explanation(basis: Basis, language: Language, *, provisional: bool) -> Explanation:
    """A due date explained: each day, each reading that touched it, each clause that was applied."""
    return Explanation(
        received_at=basis.received.isoformat(),
        due_at=basis.end.isoformat(),
        term=str(basis.term),
        term_text=basis.term.describe(language),
        provisional=provisional,
        days=tuple(_in_words(step, language) for step in steps(basis)),
        readings=tuple(
            ExplainedReading(name=name, text=reading_text(name, basis.policy, language))
            for name in readings(basis, provisional=provisional)
        ),
        citations=citations(basis, provisional=provisional),
    )


def _in_words(step: Step, language: Language) -> ExplainedDay:
    day, text = step.day.isoformat(), step.text(language)
    if step.minutes is None:
        return ExplainedDay(day=day, counted=step.counted, number=step.number, text=text)
    return ExplainedDay(day=day, counted=step.counted, minutes=step.minutes, text=text)


def shift_of(moment: datetime, calendar: Calendar, policy: ClockPolicy) -> Literal["day_off", "after_cutoff"] | None:
    """Whether a reception (Vietnamese time) falls on a day off or after the cutoff."""
    if not calendar.works(moment.toordinal()):
        return "day_off"
    return "after_cutoff" if policy.cutoff is not None and policy.is_late(moment.time()) else None


def steps(basis: Basis) -> tuple[Step, ...]:
    """Each day from reception to the due date."""
    if basis.begin is not None:
        return tuple(_hour_step(day, basis, basis.begin) for day in _days(basis))
    return tuple(_day_steps(basis))


def run_out(basis: Basis, begin: datetime) -> datetime:
    """When the hours of an hour term have run, whether or not its end then moves off a day off."""
    return hours_after(begin, timedelta(hours=basis.term.amount), basis.stops)


def readings(basis: Basis, *, provisional: bool) -> tuple[str, ...]:
    """The names of the policy readings that touched the answer."""
    policy, unit = basis.policy, basis.term.unit
    names: list[str] = []
    shift = shift_of(basis.received, basis.calendar, policy)
    if unit in policy.applies_to:
        if shift is not None:
            names.append(f"{shift}:{policy.day_off if shift == 'day_off' else policy.after_cutoff}")
        if shift != "day_off" and basis.received.time() == policy.cutoff:
            names.append(f"at_cutoff:{policy.at_cutoff}")
    elif shift == "after_cutoff":
        names.append("cutoff:not_for_this_unit")
    if unit == "h" and _ends_off(basis):
        names.append(f"hour_end:{policy.hour_end}")
    if unit == "wh":
        names.append("working_hours")
    if provisional:
        names.append("provisional")
    return tuple(names)


def reading_text(name: str, policy: ClockPolicy, language: Language) -> str:
    """What a reading says, in Vietnamese or English."""
    hours = ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in policy.working_hours)
    return _READINGS[name][0 if language == "vi" else 1].format(cutoff=policy.cutoff, hours=hours)


def citations(basis: Basis, *, provisional: bool) -> tuple[str, ...]:
    """The clauses and announcements that were applied."""
    cited = [CIVIL_CODE[basis.term.unit], CLOCK_START, *basis.calendar.citations]
    if provisional:
        cited += [LABOUR_CODE, CULTURE_DAY]
    return tuple(cited)


def _days(basis: Basis) -> Iterator[date]:
    for ordinal in range(basis.received.toordinal(), basis.end.toordinal() + 1):
        yield date.fromordinal(ordinal)


def off_step(day: date, basis: Basis, *, minutes: int | None = None) -> Step | None:
    """The step of a day that is off; None on a working day."""
    calendar = basis.calendar
    why = calendar.why_off(day)
    if why is None:
        return None
    return Step(day=day, counted=False, kind=calendar.kind(day), name=why, minutes=minutes)


def _day_steps(basis: Basis) -> Iterator[Step]:
    number = 0
    for day in _days(basis):
        step = uncounted(day, basis)
        if step is None:
            number += 1
            step = Step(day=day, counted=True, kind="counted", name=basis.calendar.why_off(day), number=number)
        yield step


def uncounted(day: date, basis: Basis) -> Step | None:
    """The step of a day that does not count, or that closes a same-day term; None when the day counts."""
    ordinal, off = day.toordinal(), off_step(day, basis)
    if basis.term.amount == 0 and ordinal == basis.end.toordinal():
        return Step(day=day, counted=True, kind="same_day")
    if ordinal == basis.received.toordinal():
        return Step(day=day, counted=False, kind="received")
    if ordinal <= basis.start:
        return off or Step(day=day, counted=False, kind="deemed")
    if basis.term.unit == "wd":
        return off
    if ordinal > basis.nominal:
        return off or Step(day=day, counted=False, kind="rolled")
    return None


def _hour_step(day: date, basis: Basis, begin: datetime) -> Step:
    whole_day = basis.term.unit == "h"
    if not whole_day:
        off = off_step(day, basis, minutes=0)
        if off is not None:
            return off
    end = min(basis.end, run_out(basis, begin)) if whole_day else basis.end
    midnight = datetime.combine(day, time(), ZONE)
    day_spans = ((0, 86_400_000_000),) if whole_day else basis.policy.spans
    counted = timedelta()
    for opens, closes in day_spans:
        first = max(begin, midnight + timedelta(microseconds=opens))
        last = min(end, midnight + timedelta(microseconds=closes))
        counted += max(last - first, timedelta())
    minutes = counted // timedelta(minutes=1)
    if counted:
        return Step(day=day, counted=True, kind="counted", minutes=minutes)
    kind = "rolled" if day == basis.end.date() else "no_hours"
    return Step(day=day, counted=False, kind=kind, minutes=0)


def _ends_off(basis: Basis) -> bool:
    assert basis.begin is not None
    nominal = run_out(basis, basis.begin)
    return not basis.calendar.is_working(nominal.date()) or nominal != basis.end
