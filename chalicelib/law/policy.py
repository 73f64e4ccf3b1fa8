"""How one body reads what the texts on time leave open; every reading has a name that `explain` can say."""

from datetime import UTC, datetime, time
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.terms import Unit

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
# Vietnam has had one offset since 1975: one moment of the year after, in UTC and in the zone, says every later one in a
# third of the time that the zone itself takes.
_SETTLED_IN: Final = 1976
_SETTLED_UTC: Final = datetime(_SETTLED_IN, 1, 1, tzinfo=UTC)
_SETTLED: Final = _SETTLED_UTC.astimezone(ZONE)

type Shift = Literal["literal", "deemed"]
type Window = tuple[time, time]

OFFICE_HOURS: Final[tuple[Window, ...]] = ((time(8), time(12)), (time(13), time(17)))
LAST_SECOND: Final = time(23, 59, 59)
"""How 24:00 of a day is kept and told: no clock of a machine says it."""


def microseconds(moment: time | datetime) -> int:
    """The time of day in microseconds since midnight."""
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond


class Hours(NamedTuple):
    """The working hours of a day in microseconds since midnight, and how many there are."""

    spans: tuple[tuple[int, int], ...]
    length: int

    def run_by(self, moment: datetime) -> int:
        """The microseconds of work up to a moment of its day, were that a working day."""
        since, run = microseconds(moment), 0
        for opens, closes in self.spans:
            if since <= opens:
                break
            run += (since if since < closes else closes) - opens  # noqa: FURB136 - twice as fast as min()
        return run


@cache
def _hours(windows: tuple[Window, ...]) -> Hours:
    spans = tuple((microseconds(opens), microseconds(closes)) for opens, closes in windows)
    return Hours(spans, sum(closes - opens for opens, closes in spans))


_OFFICE: Final = _hours(OFFICE_HOURS)


@cache
def windows(hours: tuple[tuple[str, str], ...]) -> tuple[Window, ...]:
    """The working hours of a rule pack as times of day."""
    return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in hours)


@cache
def day_end(said: str) -> time:
    """When the last day of a term ends by a rule pack, as a time of day; `24:00` is the last second of the day."""
    return LAST_SECOND if said == "24:00" else time.fromisoformat(said)


class NaiveTime(LawError):
    """A time without a zone was given; the law's day cannot be known from it."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"a time without a zone cannot be counted: {moment.isoformat()}; give it an offset or a zone")


class BadPolicy(LawError):
    """A combination of readings that would make the clock run backwards, or hours that are no hours."""


class ClockPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """The readings of one procedure or body; the defaults add nothing to the Civil Code 2015, Art. 147-148.

    `cutoff` (local time) is set only where the procedure's own rule says so, such as bundles (Decree 301/2026
    Art. 7(2)). `after_cutoff`: what is received later counts starting from the next working day, which is day 1
    (`literal`), or is deemed received on that day, so that day 1 is the one after (`deemed`). `day_off` reads a receipt
    on a day off the same two ways, and follows `after_cutoff` unless given. `at_cutoff` reads the very stroke of the
    cutoff. `applies_to` names the units that cutoff and days off shift. `hour_end`: an hour term that ends on a day off
    stays there (`keep`) or ends when work next begins (`roll`). `day_end` is when the last day of a term of days or
    months ends (local time), never before work does: a term within a day that is over by then ends on the next one.

    What only events touch: `part_day`: of a term of days, a day on which the clock stood for a part is not counted, or
    counted all the same. `extension_from`: an extension is counted from the due date or from the moment of its notice.
    `late_extension`: one told later than a calendar day before the due date is refused, or counted (Decree 61/2018
    Art. 19(9) says how late it may be told, and not what becomes of a later one). Raises BadPolicy.
    """

    cutoff: time | None = None
    after_cutoff: Shift = "literal"
    day_off: Shift | None = None
    at_cutoff: Literal["same_day", "after"] = "same_day"
    applies_to: frozenset[Unit] = frozenset({"wd"})
    hour_end: Literal["keep", "roll"] = "keep"
    working_hours: tuple[Window, ...] = OFFICE_HOURS
    day_end: time = LAST_SECOND
    part_day: Literal["not_counted", "counted"] = "not_counted"
    extension_from: Literal["due", "notice"] = "due"
    late_extension: Literal["refused", "counted"] = "refused"

    def __post_init__(self) -> None:
        if self.day_off is None:
            msgspec.structs.force_setattr(self, "day_off", self.after_cutoff)
        if self.working_hours == OFFICE_HOURS:  # the same object, which `hours` knows without looking it up
            msgspec.structs.force_setattr(self, "working_hours", OFFICE_HOURS)
        if self.after_cutoff == "deemed" and self.day_off == "literal":
            raise BadPolicy("deeming late receipts but not receipts on days off makes Friday 15:30 due after Saturday")
        edges = [edge for span in self.spans for edge in span]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise BadPolicy("working hours are one or more windows in order, none empty, none touching another")
        if self.day_end < self.working_hours[-1][1]:
            raise BadPolicy("the last day of a term does not end before its working hours do")

    @property
    def hours(self) -> Hours:
        """The working hours in microseconds."""
        return _OFFICE if self.working_hours is OFFICE_HOURS else _hours(self.working_hours)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The working hours in microseconds since midnight."""
        return self.hours.spans

    @property
    def opening(self) -> time:
        """The local time at which work begins."""
        return self.working_hours[0][0]

    @property
    def without_cutoff(self) -> "ClockPolicy":
        """The same readings where no cutoff is set: an extension is no reception."""
        return self if self.cutoff is None else _without_cutoff(self)

    def is_late(self, moment: time) -> bool:
        """Whether a local time of day is after the cutoff, by this policy's reading of its stroke."""
        if self.cutoff is None:
            return False
        return moment > self.cutoff or (moment == self.cutoff and self.at_cutoff == "after")


LITERAL: Final = ClockPolicy()


@lru_cache(maxsize=64)
def _without_cutoff(policy: ClockPolicy) -> ClockPolicy:
    return msgspec.structs.replace(policy, cutoff=None)


def local(moment: datetime) -> datetime:
    """The moment in Vietnamese time. Raises NaiveTime."""
    zone = moment.tzinfo
    if zone is UTC and moment.year >= _SETTLED_IN:
        return _SETTLED + (moment - _SETTLED_UTC)
    if zone is ZONE:
        return moment
    if moment.utcoffset() is None:
        raise NaiveTime(moment)
    return moment.astimezone(ZONE)
