"""Lines of the batch clock: one JSON object each, read into what the law counts, or refused with a field and a rule."""

from collections.abc import Iterator
from datetime import datetime, time
from functools import lru_cache
from typing import Any, BinaryIO, Final, Literal, get_args

import msgspec

from chalicelib.law.calendars import BadCalendar, Calendar, named
from chalicelib.law.clock import LITERAL, ZONE, BadPolicy, ClockPolicy, Term
from chalicelib.law.clock_events import BadEvent, ClockEvent, EventType
from chalicelib.law.problems import Problem
from chalicelib.law.reckoning import Reckoning, reckon
from chalicelib.law.rule_ids import rule_of
from chalicelib.law.stops import StopReason
from chalicelib.law.terms import UNITS, BadTerm

LONGEST_LINE: Final = 1_000_000
MOST_EVENTS: Final = 1_000
YEARS: Final = range(2000, 2101)
"""One bad line must not cost a computation through thousands of years."""
_NO_POLICY: Final = msgspec.Raw(b"null")


class Wrong(ValueError):
    """A line that cannot be counted: where, by which rule, in both languages."""

    def __init__(self, pointer: str, rule: str, vi: str, en: str) -> None:
        self.problem = Problem(pointer, rule, vi, en)
        super().__init__(f"{pointer}: {vi} / {en} [{rule}]")


class Quantity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A term as a record of a procedure writes it."""

    quantity: int
    unit: str


class EventLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event of the clock."""

    type: EventType
    at: str
    reason: str | None = None
    term: str | Quantity | None = None


class PolicyLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Readings that differ from the defaults of `ClockPolicy`."""

    cutoff: str | None = None
    after_cutoff: Literal["literal", "deemed"] = "literal"
    day_off: Literal["literal", "deemed"] | None = None
    at_cutoff: Literal["same_day", "after"] = "same_day"
    applies_to: tuple[str, ...] | None = None
    hour_end: Literal["keep", "roll"] = "keep"
    working_hours: tuple[tuple[str, str], ...] | None = None
    part_day: Literal["not_counted", "counted"] = "not_counted"
    extension_from: Literal["due", "notice"] = "due"
    late_extension: Literal["refused", "counted"] = "refused"


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One reception to count, with what happened since; `calendar` names a set of years (`calendars.named`)."""

    id: str | int
    received: str
    term: str | Quantity
    calendar: str | None = None
    events: tuple[EventLine, ...] | None = ()
    policy: msgspec.Raw = _NO_POLICY


class Named(msgspec.Struct, frozen=True):
    """What of a line that is wrong can still be told: whose it is."""

    id: Any = None


class Answer(msgspec.Struct, frozen=True):
    """A due date to the second in Vietnamese time, null while the clock stands; `rule` as `rule_ids` writes it."""

    id: str | int
    due: str | None
    rule: str
    provisional: bool


class LineError(msgspec.Struct, frozen=True):
    """Why a line was refused; `field` is a JSON Pointer into it."""

    field: str
    rule: str
    message_vi: str
    message_en: str


class Refusal(msgspec.Struct, frozen=True):
    """The answer to a line that is wrong."""

    id: str | int | None
    error: LineError


_REFUSED: Final = {
    "Object missing": ("required", "Thiếu trường này"),
    "Object contains unknown": ("unknown", "Không có trường này"),
    "Invalid enum": ("one_of", "Giá trị không có trong danh sách"),
    "": ("type", "Giá trị sai kiểu"),
}
"""How msgspec begins what it says, and what that is called here."""

_LINE: Final = msgspec.json.Decoder(Line)
_POLICY: Final = msgspec.json.Decoder(PolicyLine)
_EVENTS: Final = msgspec.json.Decoder(tuple[EventLine, ...])
_NAMED: Final = msgspec.json.Decoder(Named)


def answers(source: BinaryIO) -> Iterator[Answer | Refusal]:
    """The answer to each line of a stream, one after another; empty lines have none."""
    for raw in _lines(source):
        if raw is None:
            yield _refusal(None, _too_long())
        elif raw.strip():
            yield answer(raw)


def answer(raw: bytes) -> Answer | Refusal:
    """The answer to one line."""
    try:
        line = _decoded(_LINE, raw, "")
        found = reckoned(line)
    except Wrong as wrong:
        return _refusal(_id(raw), wrong.problem)
    due = found.due_at.isoformat(timespec="seconds") if found.due_at else None
    return Answer(line.id, due, rule_of(found), found.provisional)


def line_of(received: str, term: str, events: bytes, policy: bytes, calendar: str) -> Line:
    """A line from what a command was given; `events` and `policy` are JSON. Raises Wrong."""
    told = _decoded(_EVENTS, events, "/events")
    return Line("", received, term, calendar, told, msgspec.Raw(policy))


def reckoned(line: Line) -> Reckoning:
    """The reckoning of a line. Raises Wrong."""
    received = _moment(line.received, "/received")
    term = _term(line.term, "/term")
    events = line.events or ()
    if len(events) > MOST_EVENTS:
        raise Wrong("/events", "too_many", f"Nhiều nhất {MOST_EVENTS} sự kiện", f"At most {MOST_EVENTS} events")
    told = [_event(event, f"/events/{place}") for place, event in enumerate(events)]
    try:
        return reckon(received, term, told, calendar=_calendar(line.calendar), policy=_policy(bytes(line.policy)))
    except OverflowError:
        raise _out_of_range("/term") from None


@lru_cache(maxsize=1024)
def _policy(raw: bytes) -> ClockPolicy:
    if raw == b"null":
        return LITERAL
    given = _decoded(_POLICY, raw, "/policy")
    hours = [tuple(_time(edge, "/policy/working_hours") for edge in span) for span in given.working_hours or ()]
    units = frozenset(given.applies_to or ()) if given.applies_to is not None else LITERAL.applies_to
    if not units <= UNITS:
        told = ", ".join(sorted(UNITS))
        raise Wrong("/policy/applies_to", "one_of", f"Đơn vị là một trong: {told}", f"A unit is one of {told}")
    try:
        return ClockPolicy(
            cutoff=_time(given.cutoff, "/policy/cutoff") if given.cutoff is not None else None,
            after_cutoff=given.after_cutoff,
            day_off=given.day_off,
            at_cutoff=given.at_cutoff,
            applies_to=units,  # type: ignore[arg-type]  # compared with the units just above
            hour_end=given.hour_end,
            working_hours=tuple(hours) if given.working_hours is not None else LITERAL.working_hours,  # type: ignore[arg-type]
            part_day=given.part_day,
            extension_from=given.extension_from,
            late_extension=given.late_extension,
        )
    except BadPolicy as refused:
        raise Wrong("/policy", "policy", "Cách hiểu trong policy không đi cùng nhau", str(refused)) from None


def _calendar(name: str | None) -> Calendar:
    try:
        return named(name or "national")
    except BadCalendar as refused:
        vi = "Không có lịch này: dùng national hoặc các năm đã công bố"
        raise Wrong("/calendar", "calendar", vi, str(refused)) from None


def _event(given: EventLine, at: str) -> ClockEvent:
    term = None if given.term is None else _term(given.term, f"{at}/term")
    moment = _moment(given.at, f"{at}/at")
    try:
        return ClockEvent(type=given.type, at=moment, reason=given.reason, term=term)  # type: ignore[arg-type]
    except BadEvent as refused:
        vi = (
            "Gia hạn phải nêu thời hạn"
            if refused.field == "term"
            else f"Lý do là một trong: {', '.join(get_args(StopReason))}"
        )
        raise Wrong(f"{at}/{refused.field}", "event", vi, str(refused)) from None


def _term(given: str | Quantity, at: str) -> Term:
    try:
        return _written(given) if isinstance(given, str) else Term.recorded(given.quantity, given.unit)
    except BadTerm as refused:
        vi = "Thời hạn viết như 3wd, 15d, 2m, 24h, 8wh hoặc {quantity, unit}"
        raise Wrong(at, "term", vi, str(refused)) from None


@lru_cache(maxsize=4096)
def _written(text: str) -> Term:
    return Term.counted(text)


def _moment(text: str, at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        vi, en = "Thời điểm viết theo ISO 8601, như 2026-02-12T10:00", "A moment is ISO 8601, such as 2026-02-12T10:00"
        raise Wrong(at, "time", vi, en) from None
    if moment.year not in YEARS:
        raise _out_of_range(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _out_of_range(at: str) -> Wrong:
    first, last = YEARS[0], YEARS[-1]
    return Wrong(at, "out_of_range", f"Năm từ {first} đến {last}", f"The years are {first} to {last}")


def _time(text: str, at: str) -> time:
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise Wrong(at, "time", "Giờ viết như 15:00", "A time of day is written like 15:00")
    return found


def _decoded[T](decoder: msgspec.json.Decoder[T], raw: bytes, at: str) -> T:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError as refused:
        words, _, place = str(refused).partition(" - at `$")
        pointer = at + place.rstrip("`").replace(".", "/").replace("[", "/").replace("]", "")
        if " field `" in words:
            pointer = f"{pointer}/{words.split('`')[1]}"
        rule, vi = next(told for begins, told in _REFUSED.items() if words.startswith(begins))
        raise Wrong(pointer, rule, vi, words) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        vi, en = "Mỗi dòng là một đối tượng JSON", "A line is one JSON object"
        raise Wrong(at, "json", vi, en) from None


def _id(raw: bytes) -> str | int | None:
    try:
        found = _NAMED.decode(raw).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def _refusal(whose: str | int | None, problem: Problem) -> Refusal:
    return Refusal(whose, LineError(problem.pointer, problem.rule, problem.vi, problem.en))


def _too_long() -> Problem:
    return Problem("", "too_long", f"Dòng dài nhất {LONGEST_LINE} byte", f"A line has at most {LONGEST_LINE} bytes")


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """Each line; None for one that is too long, of which no more is held than its beginning."""
    while raw := source.readline(LONGEST_LINE + 1):
        if len(raw) <= LONGEST_LINE or raw.endswith(b"\n"):
            yield raw
            continue
        while raw and not raw.endswith(b"\n"):
            raw = source.readline(LONGEST_LINE)
        yield None
