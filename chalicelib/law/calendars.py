"""Working days: the published calendars as data, and the fixed holidays where none is published yet."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from chalicelib.law.errors import LawError

type DayKind = Literal["working", "swap_work", "weekend", "holiday", "substitute_off", "swap_off"]

LABOUR_CODE: Final = "Labour Code 45/2019/QH14, Art. 111(3) and Art. 112"
CULTURE_DAY: Final = "Resolution 28/2026/QH16 (24 November, from 2026-07-01)"

_WEEKEND: Final = {5: "Thứ Bảy", 6: "Chủ nhật"}
# What the law fixes by solar date; Tết, 10/3 lunar, the day beside 2/9, substitutes and swaps are announced.
_FIXED: Final = {(1, 1): "Tết Dương lịch", (4, 30): "Chiến thắng", (5, 1): "Quốc tế lao động", (9, 2): "Quốc khánh"}
_CULTURE: Final = ((11, 24), "Ngày Văn hóa Việt Nam")
_CULTURE_FROM_YEAR: Final = 2026
_INDEX_MARGIN_YEARS: Final = 3


class BadCalendar(LawError):
    """A calendar file contradicts itself; its text names the year and the day."""


class Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The days of one year that are not what their weekday says, each with its reason, as they were announced."""

    year: int
    citation: str | None = None
    holidays: dict[date, str] = {}
    substitute_off: dict[date, str] = {}
    swap_off: dict[date, str] = {}
    swap_work: dict[date, str] = {}


class _Index:
    """Working days of a span as sorted ordinals, with the count of working days up to each day: both look-ups O(1)."""

    __slots__ = ("base", "days", "many", "rank", "size")

    def __init__(self, calendar: "Calendar", first: date, last: date) -> None:
        self.base = first.toordinal()
        self.days: list[int] = []
        self.rank: list[int] = []
        for ordinal in range(self.base, last.toordinal() + 1):
            if calendar.is_working(date.fromordinal(ordinal)):
                self.days.append(ordinal)
            self.rank.append(len(self.days))
        self.many, self.size = len(self.days), len(self.rank)


class Calendar:
    """The working days of one body: published years as data, other years by weekends and fixed holidays. Immutable.

    Days are local dates of Vietnam. An answer that touches a year without a published calendar is provisional
    (`published` is false). Implements the Labour Code, Art. 111(3) and 112, as announced year by year.
    """

    __slots__ = ("_citations", "_index", "_off", "_work", "_years")

    def __init__(
        self,
        off: Mapping[date, tuple[DayKind, str]],
        work: Mapping[date, str],
        years: frozenset[int],
        citations: tuple[str, ...],
    ) -> None:
        self._off, self._work, self._years, self._citations = off, work, years, citations
        self._index: _Index | None = None

    @classmethod
    def of(cls, *announced: Year) -> "Calendar":
        """A calendar from the years that were announced. Raises BadCalendar."""
        off: dict[date, tuple[DayKind, str]] = {}
        work: dict[date, str] = {}
        years: set[int] = set()
        for each in announced:
            if each.year in years:
                raise BadCalendar(f"calendar {each.year}: given twice")
            years.add(each.year)
            for kind, named in _lists(each).items():
                if kind == "swap_work":
                    work |= named
                else:
                    off |= {day: (kind, name) for day, name in named.items()}
        for day in work.keys() & off.keys():
            raise BadCalendar(f"calendar {day.year}: {day} is both off and worked")
        return cls(off, work, frozenset(years), tuple(each.citation for each in announced if each.citation))

    @property
    def citations(self) -> tuple[str, ...]:
        """Where the published years come from, in the order given."""
        return self._citations

    def published(self, day: date) -> bool:
        """Whether the calendar of the day's year has been published; if not, answers about it are provisional."""
        return day.year in self._years

    def published_between(self, first: date, last: date) -> bool:
        """Whether every year from the first day to the last has a published calendar."""
        if first.year == last.year:
            return first.year in self._years
        return all(year in self._years for year in range(first.year, last.year + 1))

    def kind(self, day: date) -> DayKind:
        """What sort of day it is; `swap_work` is a weekend day worked in exchange for another day off."""
        if day in self._work:
            return "swap_work"
        if day in self._off:
            return self._off[day][0]
        if not self.published(day) and _fixed_holiday(day) is not None:
            return "holiday"
        return "weekend" if day.weekday() in _WEEKEND else "working"

    def is_working(self, day: date) -> bool:
        """Whether public bodies work on the day."""
        return self.kind(day) in {"working", "swap_work"}

    def works(self, ordinal: int) -> bool:
        """Whether public bodies work on the day with this ordinal; constant time near the published years."""
        index = self._index or self._build_index()
        place = ordinal - index.base
        if 0 < place < index.size:
            return index.rank[place] != index.rank[place - 1]
        return self.is_working(date.fromordinal(ordinal))

    def why_off(self, day: date) -> str | None:
        """Why the day is off, in Vietnamese; None on a working day."""
        kind = self.kind(day)
        if kind in {"working", "swap_work"}:
            return None
        if kind == "weekend":
            return _WEEKEND[day.weekday()]
        return self._off[day][1] if day in self._off else _fixed_holiday(day)

    def working_on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next working day."""
        return date.fromordinal(self.nth_after(day.toordinal() - 1, 1))

    def nth_after(self, ordinal: int, count: int) -> int:
        """The ordinal of the count-th working day after the day with this ordinal; count 0 gives the day itself.

        Constant time near the published years; a day-by-day walk elsewhere, which only old or far dates meet.
        """
        if count == 0:
            return ordinal
        index = self._index or self._build_index()
        place = ordinal - index.base
        if 0 <= place < index.size:
            wanted = index.rank[place] + count - 1
            if wanted < index.many:
                return index.days[wanted]
        return self._walk(ordinal, count)

    def working_between(self, first: int, last: int) -> int:
        """How many working days there are from one ordinal to another, both included; none when the last is earlier.

        Constant time near the published years, like `nth_after`.
        """
        if last < first:
            return 0
        index = self._index or self._build_index()
        before, until = first - 1 - index.base, last - index.base
        if before >= 0 and until < index.size:
            return index.rank[until] - index.rank[before]
        return sum(self.is_working(date.fromordinal(ordinal)) for ordinal in range(first, last + 1))

    def _walk(self, ordinal: int, count: int) -> int:
        day = date.fromordinal(ordinal)
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day.toordinal()

    def _build_index(self) -> _Index:
        # Threads may both build it; they build the same thing, so the last assignment does no harm.
        first = min(self._years, default=_CULTURE_FROM_YEAR) - _INDEX_MARGIN_YEARS
        last = max(self._years, default=_CULTURE_FROM_YEAR) + _INDEX_MARGIN_YEARS
        self._index = _Index(self, date(first, 1, 1), date(last, 12, 31))
        return self._index


def _lists(year: Year) -> dict[DayKind, dict[date, str]]:
    found: dict[DayKind, dict[date, str]] = {
        "holiday": year.holidays,
        "substitute_off": year.substitute_off,
        "swap_off": year.swap_off,
        "swap_work": year.swap_work,
    }
    for kind, named in found.items():
        for day in named:
            if day.year != year.year:
                raise BadCalendar(f"calendar {year.year}: {kind} holds {day}, a day of another year")
    return found


def _fixed_holiday(day: date) -> str | None:
    month_day = (day.month, day.day)
    if month_day == _CULTURE[0] and day.year >= _CULTURE_FROM_YEAR:
        return _CULTURE[1]
    return _FIXED.get(month_day)


@cache
def announced() -> dict[int, Year]:
    """The packaged year files by year, read once."""
    folder = Path(__file__).parent / "data" / "calendars"
    files = (msgspec.json.decode(path.read_bytes(), type=Year) for path in sorted(folder.glob("*.json")))
    return {each.year: each for each in files}


@cache
def national() -> Calendar:
    """The calendar of public bodies from the packaged year files."""
    return Calendar.of(*announced().values())


@lru_cache(maxsize=64)
def named(name: str) -> Calendar:
    """A set of packaged years, such as `2026` or `2026,2027`, or `national`: all of them. Raises BadCalendar.

    With fewer years an answer is what it was before the others were announced.
    """
    if name == "national":
        return national()
    known, years = announced(), name.split(",")
    if len(set(years)) < len(years) or not {*years} <= {str(year) for year in known}:
        told = ", ".join(map(str, known))
        raise BadCalendar(f"no such calendar: national, or years of {told} joined by commas")
    return Calendar.of(*(known[int(year)] for year in years))
