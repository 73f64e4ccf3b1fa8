"""Make boards, an agency after the other, and read one. On them is what the routes answer, and no other figure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.kernel.problem import BodyInvalid, NotFound, TryAgain
from chalicelib.law.clock import ZONE
from chalicelib.measures.boards.held import Held
from chalicelib.measures.boards.model import (
    CONTENT,
    Board,
    BoardsBegun,
    BoardsMade,
    Content,
    Index,
    Month,
    Seen,
    made_daily,
    made_weekly,
    named,
    of_the_day,
    older,
    packed,
    trend_of,
)
from chalicelib.measures.boards.ports import Boards, Counted
from chalicelib.measures.figures import MOST_UNITS, published
from chalicelib.measures.model import Unit
from chalicelib.measures.periods import Period, before, period_of
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.tree import Tree

FORMULA: Final = "qd766-portal-2026"
"""The formula set of boards: the one that scores as the national portal publishes."""
LONGEST: Final = 120.0
"""Seconds that the boards of one agency may want, or the counters of a part of the country to be read; with less time
left the next run goes on from there."""


type Due = Callable[[str, int], Sequence[Period]]
"""The periods of which a part of the country, by its top and the generation of the counters, wants boards."""


class Made(NamedTuple):
    """What was done: parts of the country that were made, and were made already; boards kept; periods too large."""

    made: int = 0
    there: int = 0
    boards: int = 0
    too_large: int = 0

    def plus(self, more: "Made") -> "Made":
        """Both together."""
        return Made(*(one + other for one, other in zip(self, more, strict=True)))


class Found(NamedTuple):
    """A board, and the period that it is of."""

    board: Board
    period: Period
    content: Content


@dataclass(frozen=True, slots=True)
class Reading:
    """The use case of everybody: one call, two where no period is named and the year has just begun."""

    boards: Boards
    clock: Clock

    def board(self, unit: str, period: str) -> Found:
        """The board of an agency; without a period that of this year, or of the last. Raises NotFound, BodyInvalid."""
        now = self.clock()
        asked = period_of(period or f"{now.astimezone(ZONE):%Y}", now)
        for each in (asked,) if period else (asked, before(asked)):
            if found := self._found(unit, each):
                return found
        raise NotFound(what="board")

    def _found(self, unit: str, period: Period) -> Found | None:
        """None where there is none, and where none of this release is yet: the next day makes it."""
        try:
            board = self.boards.board(unit, period.text)
            content = board.content if board else None
        except Unreadable as error:
            log.trouble("board not read", error, agency=unit)
            return None
        return Found(board, period, content) if board and content else None


@dataclass(frozen=True, slots=True)
class Making:
    """The use case of the clock, and of an operator. `left`: the seconds that it still has."""

    boards: Boards
    counted: Counted
    clock: Clock
    left: Callable[[], float]

    def today(self) -> Made:
        """Make the boards of today that are not there yet, from where the last run stopped.

        Raises TryAgain when the time ends, and what failed.
        """
        now = self.clock()
        midnight = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)

        def due(root: str, generation: int) -> Sequence[Period]:
            mark = self.boards.made(root)
            if mark is None or (mark.generation, mark.content) != (generation, CONTENT):
                return (*made_daily(now), *made_weekly(now), *older(self.boards.periods(root), now))
            if moment(mark.as_of) >= midnight:
                return ()
            return (*made_daily(now), *of_the_day(now, self.boards.periods(root)))

        return self._made(now, due)

    def anew(self, period: str = "") -> Made:
        """Make all boards anew: of those of every day and week, or of one period. Raises BodyInvalid."""
        now = self.clock()
        if not period:
            return self._made(now, lambda _root, _generation: (*made_daily(now), *made_weekly(now)), goes_on=False)
        asked = period_of(period, now)
        return self._each(now, lambda root, tree: self._alone(root, tree, asked, now))

    def _made(self, now: datetime, due: Due, *, goes_on: bool = True) -> Made:
        return self._each(now, lambda root, tree: self._turn(root, tree, due, now, goes_on=goes_on))

    def _each(self, now: datetime, turn: Callable[[str, Tree], Made]) -> Made:
        """Each part of the country; what fails for one stops no other, and is raised at the end, the first of it."""
        tree, done = self.counted.tree(), Made()
        failed: Exception | None = None
        again: TryAgain | None = None  # that there is no time, or another run is at it, is no trouble
        for root in parts(tree, f"{now.astimezone(ZONE):%Y-%m}"):
            try:
                self._require_time()
                done = done.plus(turn(root, tree))
            except TryAgain as error:
                again = error
            except Exception as error:  # noqa: BLE001 - the other parts must not wait for this one
                log.trouble("boards not made", error, agency=root)
                failed = failed or error
        if failed or again:
            raise failed or again or TryAgain
        return done

    def _turn(self, root: str, tree: Tree, due: Due, now: datetime, *, goes_on: bool) -> Made:
        """A part: what an earlier run did not end, then what is due, unless that is made already."""
        generation = self.counted.serving()
        begun = self._unfinished(root, generation) if goes_on else None
        done = self._ended(begun, tree, now) if begun else Made()
        periods = due(root, generation)
        if not periods:
            return done if begun else Made(there=1)
        told = tuple(each.text for each in periods)
        begun = BoardsBegun(unit=root, as_of=stamp(now), generation=generation, content=CONTENT, periods=told)
        if not self.boards.begin(begun):
            raise TryAgain  # another run began it meanwhile: the next one goes on with that, or finds it made
        return done.plus(self._ended(begun, tree, now))._replace(made=1)

    def _unfinished(self, root: str, generation: int) -> BoardsBegun | None:
        """What an earlier run began and did not end; None where other counters serve since, or a body means another."""
        begun, mark = self.boards.begun(root), self.boards.made(root)
        if begun is None or (begun.generation, begun.content) != (generation, CONTENT):
            return None
        return begun if mark is None or mark.as_of < begun.as_of else None

    def _ended(self, begun: BoardsBegun, tree: Tree, now: datetime) -> Made:
        """The rest of a part. Raises TryAgain when the time ends, and where another run is at the same agency.

        An agency that fails keeps the boards that it has until tomorrow, and holds back none behind it: the first such
        error is raised at the end.
        """
        periods, done = [period_of(each, now) for each in begun.periods], Made(made=1)
        failed: Exception | None = None
        units = [each for each in _units(begun.unit, tree, now) if each > begun.reached]
        for unit, make in self._boards(units, tree, periods, now, begun.generation):
            try:
                done = done.plus(make())
            except TryAgain:
                raise
            except Exception as error:  # noqa: BLE001 - the agencies behind it must not wait for this one
                log.trouble("boards not made", error, agency=unit)
                failed = failed or error
            if not self.boards.reach(begun, unit):
                raise TryAgain
            begun = replace(begun, reached=unit)
        # the mark comes last: that it is there says that all are, or failed
        made = BoardsMade(unit=begun.unit, as_of=begun.as_of, generation=begun.generation, content=begun.content)
        self.boards.mark(made)
        if failed:
            raise failed
        return done

    def _alone(self, root: str, tree: Tree, period: Period, now: datetime) -> Made:
        """The boards of a part of one period alone, which stand for no day: nothing says how far they are."""
        done = Made(made=1)
        for _, make in self._boards(_units(root, tree, now), tree, (period,), now, self.counted.serving()):
            done = done.plus(make())
        return done

    def _boards(
        self, units: Sequence[str], tree: Tree, periods: Sequence[Period], now: datetime, generation: int
    ) -> Iterator[tuple[str, Callable[[], Made]]]:
        """One agency after the other, and what makes and keeps its boards, from counters that are read once.

        Raises TryAgain when the time ends, and where a rebuild lets other counters serve meanwhile.
        """
        maker = Maker(Held(self.counted, tree), now, generation)
        maker.hold(units, periods)
        for unit in units:
            self._require_time()
            yield unit, partial(self._kept, maker, tree.units[unit], periods, generation)

    def _kept(self, maker: "Maker", unit: Unit, periods: Sequence[Period], generation: int) -> Made:
        boards = [maker.board(unit, each) for each in periods]
        if self.counted.serving() != generation:
            raise TryAgain  # of this agency some would be of the counters before
        kept = sum(self.boards.keep(each) for each in boards if each is not None)
        return Made(boards=kept, too_large=boards.count(None))

    def _require_time(self) -> None:
        if self.left() < LONGEST:
            raise TryAgain


def _units(root: str, tree: Tree, now: datetime) -> Sequence[str]:
    """The agencies of a part, in the order in which their boards are made."""
    return sorted({root, *(tree.below(root, f"{now.astimezone(ZONE):%Y-%m}") & tree.units.keys())})


class Maker:
    """Makes the boards of one part, from counters that are read once."""

    def __init__(self, held: Held, now: datetime, generation: int) -> None:
        self._held, self._now, self._generation = held, now, generation
        self._months = cache(self._month)

    def hold(self, whose: Sequence[str], periods: Sequence[Period]) -> None:
        """Read what all need at once, beside each other: later each agency finds its own there."""
        tree = self._held.tree()
        months = {
            month for each in periods for month in (*before(each).months, *each.months, *trend_of(each, self._now))
        }
        units = sorted(frozenset().union(*(tree.below(each, month) for month in months for each in whose)))
        for year in sorted({month[:4] for month in months}):
            self._held.counts(units, (f"{year}-01",))

    def board(self, unit: Unit, period: Period) -> Board | None:
        """A board; None where the routes refuse so many agencies for so long."""
        try:
            content = self._content(unit.id, period)
        except TooManyUnits:
            return None
        return Board(
            unit=unit.id,
            name=unit.name,
            period=period.text,
            as_of=stamp(self._now),
            generation=self._generation,
            body=packed(content),
        )

    def _content(self, unit: str, period: Period) -> Content:
        figures = published(self._held, unit, period.text, self._now)
        over = period.months if period.time_type == "year" and period.text < f"{self._now.astimezone(ZONE):%Y}" else ()
        return Content(
            index=self._index(unit, period),
            units=figures.units,
            figures=tuple(figures.figures),
            trend=tuple(Month(month=each, figures=self._months(unit, each)) for each in trend_of(period, self._now)),
            procedures=self._procedures(unit, over) if over else (),
            months_over=over,
            elsewhere=tuple(figures.elsewhere),
        )

    def _index(self, unit: str, period: Period) -> Index | None:
        try:
            found = Scoring(self._held, lambda: self._now).scores(unit, period.text, FORMULA)
        except BodyInvalid:  # the formula does not hold for that period; what else is refused by it was read before
            return None
        return Index(formula=found.formula.id, parent=found.parent, children=tuple(found.children))

    def _month(self, unit: str, month: str) -> Seen:
        return tuple(published(self._held, unit, month, self._now, reported=False).figures)

    def _procedures(self, unit: str, months: tuple[str, ...]) -> tuple[str, ...]:
        whose = {month: self._held.tree().below(unit, month) for month in months}
        return named(self._held.received(sorted(frozenset().union(*whose.values())), months), whose)


def parts(tree: Tree, month: str) -> list[str]:
    """Agencies with all below them, a part each: those at the top, or where these are too many those below them."""
    standing = tree.standing(month)
    found, queue = [], sorted(unit for unit in standing.known if standing.above(unit) is None)
    while queue:
        root = queue.pop(0)
        children = standing.children(root)
        if len(standing.below(root)) > MOST_UNITS and children:
            queue += sorted(children)
        else:
            found.append(root)
    return found
