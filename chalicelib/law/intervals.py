"""The time of a reckoning as intervals: what counted, what did not, and by which rule."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from chalicelib.law import explain
from chalicelib.law.explain import Basis
from chalicelib.law.policy import ZONE
from chalicelib.law.stops import Days, Stop, StopReason, days_stood

_DAY: Final = timedelta(days=1)
# What is told of a day unless the clock stood on it for a part; a day off is told as one.
_STOPPED: Final = frozenset({"counted", "same_day", "rolled", "received"})


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """A time of the reckoning, and the rule by which it counts or does not; `days`: what it gives to a term of days.

    In Vietnamese time. `ends_at` is None where the clock stands. `name`: of a holiday; `reasons`: what the clock stood
    for.
    """

    begins_at: datetime
    ends_at: datetime | None
    counted: bool
    rule: str
    name: str | None = None
    reasons: tuple[StopReason, ...] = ()
    days: int = 0


class Piece(NamedTuple):
    """A part of an interval; parts that touch and say the same become one."""

    begins: datetime
    ends: datetime
    counted: bool
    rule: str
    name: str | None = None
    reasons: tuple[StopReason, ...] = ()
    days: int = 0

    @property
    def says(self) -> tuple[bool, str, str | None, tuple[StopReason, ...]]:
        """What it tells of its time."""
        return self.counted, self.rule, self.name, self.reasons


def intervals(
    stages: tuple[Basis, ...],
    stands_since: datetime | None,
    stands_for: tuple[StopReason, ...],
    begun_anew: Iterable[tuple[datetime, datetime]],
) -> tuple[Interval, ...]:
    """The intervals of a reckoning in order, from the first reception on."""
    pieces = [Piece(begins, ends, counted=False, rule="restarted") for begins, ends in begun_anew if begins < ends]
    if stands_since is not None:
        goes_on = Stop(stands_since, stands_since + _DAY, stands_for)
        stages = tuple(replace(basis, stops=(*basis.stops, goes_on)) for basis in stages)
    pieces += _of_stages(stages, stands_since)
    told = [
        Interval(begins_at=p.begins, ends_at=p.ends, counted=p.counted, rule=p.rule, name=p.name, reasons=p.reasons,
                 days=p.days)
        for p in _joined(pieces)
    ]  # fmt: skip
    if stands_since is not None:
        told.append(Interval(begins_at=stands_since, ends_at=None, counted=False, rule="stood", reasons=stands_for))
    return tuple(told)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].ends == piece.begins and joined[-1].says == piece.says:
            joined[-1] = joined[-1]._replace(ends=piece.ends, days=joined[-1].days + piece.days)
        else:
            joined.append(piece)
    return joined


def _of_stages(stages: tuple[Basis, ...], until: datetime | None) -> Iterator[Piece]:
    """The pieces of the term, then those of its extension, which begin where it ended or where it was told."""
    first, *extensions = stages
    for second in extensions:
        if until is None and second.end <= first.end:
            break
        yield from _before(_pieces(first), _earlier(second.received, until))
        if first.end < second.received:
            yield from _before([Piece(first.end, second.received, counted=False, rule="after_due")], until)
        yield from _before(_pieces(second, begins_by="extended"), until)
        return
    yield from _before(_pieces(first), until)


def _earlier(one: datetime, other: datetime | None) -> datetime:
    return one if other is None else min(one, other)


def _before(pieces: Iterable[Piece], until: datetime | None) -> Iterator[Piece]:
    """What of the pieces lies before a moment."""
    for piece in pieces:
        ends = _earlier(piece.ends, until)
        if piece.begins < ends:
            yield piece._replace(ends=ends)


def _pieces(basis: Basis, begins_by: str = "received") -> Iterator[Piece]:
    if basis.begin is None:
        return _of_days(basis, begins_by)
    counted = _of_hours(basis, basis.begin) if basis.term.unit == "h" else _of_work(basis, basis.begin)
    return _without_stops(counted, basis.stops)


def _of_days(basis: Basis, begins_by: str) -> Iterator[Piece]:
    whole, touched = (days_stood(basis.stops, reading) for reading in ("counted", "not_counted"))
    first_day = basis.start + (basis.term.amount > 0)
    for ordinal in range(basis.received.toordinal(), basis.end.toordinal() + 1):
        day = date.fromordinal(ordinal)
        midnight = datetime.combine(day, time(), ZONE)
        begins, ends = max(midnight, basis.received), min(midnight + _DAY, basis.end)
        piece = _of_day(day, basis, begins_by)
        if ordinal >= first_day and _is_in(ordinal, whole):
            piece = piece._replace(counted=False, rule="stood", name=None, days=0)
        elif ordinal >= first_day and _is_in(ordinal, touched) and piece.rule in _STOPPED:
            counts = basis.policy.part_day == "counted"
            piece = piece._replace(
                counted=counts, rule=f"part_day:{basis.policy.part_day}", days=piece.days if counts else 0
            )
        if piece.rule.startswith(("stood", "part_day")):
            piece = piece._replace(reasons=_reasons(basis.stops, midnight, midnight + _DAY))
        yield piece._replace(begins=begins, ends=ends)


def _of_day(day: date, basis: Basis, begins_by: str) -> Piece:
    """A whole day as it would count if the clock had not stood on it."""
    midnight = datetime.combine(day, time(), ZONE)
    step = explain.uncounted(day, basis)
    if step is None:
        return Piece(midnight, midnight, counted=True, rule="counted", days=1)
    rule = begins_by if step.kind == "received" else step.kind
    return Piece(midnight, midnight, counted=step.counted, rule=rule, name=step.name)


def _is_in(ordinal: int, runs: Iterable[Days]) -> bool:
    return any(first <= ordinal <= last for first, last in runs)


def _reasons(stops: Iterable[Stop], begins: datetime, ends: datetime) -> tuple[StopReason, ...]:
    found = [reason for stop in stops if stop.begins < ends and stop.ends > begins for reason in stop.reasons]
    return tuple(dict.fromkeys(found))


def _of_hours(basis: Basis, begin: datetime) -> Iterator[Piece]:
    ran_out = explain.run_out(basis, begin)
    yield Piece(basis.received, begin, counted=False, rule="no_hours")
    yield Piece(begin, ran_out, counted=True, rule="counted")
    yield Piece(ran_out, basis.end, counted=False, rule="rolled")


def _of_work(basis: Basis, begin: datetime) -> Iterator[Piece]:
    yield Piece(basis.received, begin, counted=False, rule="no_hours")
    for ordinal in range(begin.toordinal(), basis.end.toordinal() + 1):
        for piece in _of_working_day(date.fromordinal(ordinal), basis):
            yield piece._replace(begins=max(piece.begins, begin), ends=min(piece.ends, basis.end))


def _of_working_day(day: date, basis: Basis) -> Iterator[Piece]:
    midnight = datetime.combine(day, time(), ZONE)
    off = explain.off_step(day, basis)
    if off is not None:
        yield Piece(midnight, midnight + _DAY, counted=False, rule=off.kind, name=off.name)
        return
    past = midnight
    for opens, closes in basis.policy.working_hours:
        begins, ends = datetime.combine(day, opens, ZONE), datetime.combine(day, closes, ZONE)
        yield Piece(past, begins, counted=False, rule="no_hours")
        yield Piece(begins, ends, counted=True, rule="counted")
        past = ends
    yield Piece(past, midnight + _DAY, counted=False, rule="no_hours")


def _without_stops(pieces: Iterable[Piece], stops: Iterable[Stop]) -> Iterator[Piece]:
    """The pieces that have a length, with what counted cut where the clock stood."""
    for piece in pieces:
        past = piece.begins
        for stop in stops if piece.counted else ():
            first, last = max(stop.begins, past), min(stop.ends, piece.ends)
            if first < last:
                if past < first:
                    yield piece._replace(begins=past, ends=first)
                yield Piece(first, last, counted=False, rule="stood", reasons=stop.reasons)
                past = last
        if past < piece.ends:
            yield piece._replace(begins=past)
