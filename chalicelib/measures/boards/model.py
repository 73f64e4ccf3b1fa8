"""What is kept of a board: the answers of the use cases at one moment, compressed. Pure."""

import base64
import binascii
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored, Unreadable
from chalicelib.law.clock import ZONE
from chalicelib.law.measures import Figure
from chalicelib.measures.cells import Cell, Counts
from chalicelib.measures.periods import Period, before, period_of
from chalicelib.measures.reported import Report
from chalicelib.measures.scores.service import Scored

RECEIVED: Final = "received"
"""The count by which a procedure is named."""
CONTENT: Final = 5
"""The number of what a body means: raised with each change of `Content` and of what is in it (tests/golden)."""
DAYS: Final = 7
OLDER_DAYS: Final = 28
"""What is older than a year is made anew once in so many days."""

type Seen = tuple[Figure, ...]


class Index(Part, frozen=True, kw_only=True):
    """The service index of the agency and of those right below it, by a formula set."""

    formula: str
    parent: Scored
    children: tuple[Scored, ...]


class Month(Part, frozen=True, kw_only=True):
    """The published indicators of one month."""

    month: str
    figures: Seen


class Content(Part, frozen=True, kw_only=True):
    """What a board says. `index`: None where the formula does not hold for the period.

    `procedures` are named without a number: those of which enough dossiers came (`named`) in `months_over`, all months
    of a year that was over; of any other period there are none. `elsewhere`: what other systems
    reported of the agency and period.
    """

    index: Index | None = None
    units: int
    figures: Seen
    trend: tuple[Month, ...]
    procedures: tuple[str, ...]
    months_over: tuple[str, ...]
    elsewhere: tuple[Report, ...] = ()


class Board(Stored, frozen=True, kw_only=True):
    """The board of an agency and period; an item is 400 kB at most.

    `body`: the number of what content means (`CONTENT`), `:`, and the content: JSON, zlib, base85.
    `generation`: of the counters that it was made from.
    """

    shape = 1

    unit: str
    name: str
    period: str
    as_of: str
    generation: int
    body: str

    @property
    def content(self) -> Content | None:
        """What it says; None where another release's numbers say what it means. Raises Unreadable."""
        number, _, told = self.body.partition(":")
        if number != str(CONTENT):
            return None
        try:
            return msgspec.json.decode(zlib.decompress(base64.b85decode(told)), type=Content)
        except (msgspec.DecodeError, zlib.error, binascii.Error, ValueError) as error:
            raise Unreadable(f"Board: {error}", f"BOARD#{self.unit}/{self.period}") from None


def packed(content: Content) -> str:
    """The body of a board."""
    return f"{CONTENT}:{base64.b85encode(zlib.compress(msgspec.json.encode(content), 9)).decode()}"


class BoardsMade(Stored, frozen=True, kw_only=True):
    """That all boards of a part of the country were made, `unit` at its top: when, of which counters and content."""

    shape = 1

    unit: str
    as_of: str
    generation: int
    content: int


class BoardsBegun(Stored, frozen=True, kw_only=True):
    """How far the boards of a part of the country are made, `unit` at its top: those of `periods`, agency by agency.

    `as_of`: when that began. `reached`: the last agency, in the order of their identifiers, whose boards all stand;
    empty before the first one does. It is over where a `BoardsMade` is as new.
    """

    shape = 1

    unit: str
    as_of: str
    generation: int
    content: int
    periods: tuple[str, ...]
    reached: str = ""


def made_daily(now: datetime) -> tuple[Period, ...]:
    """The periods whose boards are made anew each day: of each kind the one that runs, and the one before it."""
    local = now.astimezone(ZONE)
    texts = (f"{local:%Y-%m}", f"{local:%Y}-Q{(local.month + 2) // 3}", f"{local:%Y}")
    running = [period_of(text, now) for text in texts]
    return tuple(each for one in running for each in (one, before(one)))


def made_weekly(now: datetime) -> tuple[Period, ...]:
    """The other months of a year and quarters in them: their boards are made anew once a week, as facts come late."""
    local = now.astimezone(ZONE)
    month = period_of(f"{local:%Y-%m}", now)
    quarter = period_of(f"{local:%Y}-Q{(local.month + 2) // 3}", now)
    return (*_back(month, 12), *_back(quarter, 5))


def _back(period: Period, count: int) -> tuple[Period, ...]:
    """As many periods up to one, without the two that are made each day."""
    found = [period]
    while len(found) < count:
        found.append(before(found[-1]))
    return tuple(found[2:])


def older(kept: Iterable[str], now: datetime) -> tuple[Period, ...]:
    """The periods of boards that are there and are made neither each day nor each week."""
    often = {each.text for each in (*made_daily(now), *made_weekly(now))}
    return tuple(period_of(each, now) for each in sorted(set(kept) - often))


def of_the_day(now: datetime, kept: Iterable[str] = ()) -> tuple[Period, ...]:
    """Those that are made on a Vietnamese day: of a week always on the same day of it, what is older once a month."""
    day = now.astimezone(ZONE).date().toordinal()
    weekly = (each for each in made_weekly(now) if (_number(each.months[-1]) - day) % DAYS == 0)
    return (*weekly, *(each for each in older(kept, now) if (_number(each.months[-1]) - day) % OLDER_DAYS == 0))


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def trend_of(period: Period, now: datetime) -> tuple[str, ...]:
    """The twelve months up to the last one of a period that has begun."""
    last = min(period.months[-1], f"{now.astimezone(ZONE):%Y-%m}")
    place = int(last[:4]) * 12 + int(last[5:]) - 1
    return tuple(f"{number // 12}-{number % 12 + 1:02d}" for number in range(place - 11, place + 1))


def named(cells: Iterable[tuple[Cell, Counts]], whose: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The procedures that one of the agencies names, by their codes; `whose`: the agencies that count, by month.

    `cells` are of a whole year. Who counts in some of the months alone in which it has dossiers names nothing: its part
    of the year less the whole would tell of few. Names of a sum would do that too, so there are none.
    """
    received: dict[str, Counts] = {}
    partly = set[str]()
    for cell, counts in cells:
        number = counts.get(RECEIVED, 0)
        if number and cell.unit in whose.get(cell.month, ()):
            of = received.setdefault(cell.unit, {})
            of[cell.procedure] = of.get(cell.procedure, 0) + number
        elif number:
            partly.add(cell.unit)
    return tuple(sorted({code for unit, each in received.items() if unit not in partly for code in enough(each)}))


def enough(received: Mapping[str, int]) -> frozenset[str]:
    """The procedures that an agency names, of how many dossiers of each it received in a year.

    Those of `least` or more, and none where that many of each fill the agency's year so far that some would have to be
    in its smallest months: everybody knows how many these had.
    """
    found = frozenset(code for code, number in received.items() if number >= least())
    return found if sum(received.values()) >= least() * len(found) + least() - 1 else frozenset()


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least: int
    note: str


@cache
def least() -> int:
    """From how many dossiers on a procedure is named."""
    path = Path(__file__).parent / "data" / "procedures.json"
    return msgspec.json.decode(path.read_bytes(), type=_Named).least
