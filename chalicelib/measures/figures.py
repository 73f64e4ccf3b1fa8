"""Figures of a unit and of all that stand below it, made of summed counts: as everybody and as officers read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.kernel.problem import NotFound
from chalicelib.law.measures import Figure, Indicator, figure, indicators, withheld
from chalicelib.law.policy import local
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.model import Unit
from chalicelib.measures.periods import Period, period_of
from chalicelib.measures.ports import Beside, Sums
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.reported import Report, for_everybody

MOST_UNITS: Final = 500
"""Agencies whose counters are added up for one answer: a province has about 200."""


class Cut(NamedTuple):
    """By what figures are cut; empty: not by that. A cut by one of them has what was counted under it alone."""

    procedure: str = ""
    channel: str = ""
    party: str = ""

    def has(self, cell: Cell) -> bool:
        """Whether a cell is of the cut."""
        asked = zip((cell.procedure, cell.channel, cell.party), self, strict=True)
        return all(not wanted or wanted == said for said, wanted in asked)


WHOLE: Final = Cut()


class Figures(NamedTuple):
    """A unit's figures of a period, and beside them what other systems reported of it (`elsewhere`)."""

    unit: Unit
    period: Period
    counts: Counts
    figures: Sequence[Figure]
    units: int
    as_of: datetime
    elsewhere: Sequence[Report] = ()


class _Gathered(NamedTuple):
    """Counts of a unit and what adds up to it, by agency and month."""

    unit: Unit
    units: int
    by_month: dict[tuple[str, str], Counts]

    def whole(self) -> Counts:
        """All of them together."""
        return _summed(self.by_month.values())


def published(
    store: Beside, unit: str, period: str, now: datetime, *, alone: bool = False, reported: bool = True
) -> Figures:
    """What the law lets everybody see of a unit; with all below it also what other systems reported of just that.

    What people think of a service is told of whole months of an agency that are large enough, and of nothing else: so
    is every sum, and every difference of two sums; what others report of it obeys the same.

    Raises NotFound, BodyInvalid, TooManyUnits.
    """
    asked, shown = period_of(period, now), [each for each in indicators().indicators if each.published]
    found = _gathered(store, unit, asked, WHOLE, alone=alone)
    this_month = f"{local(now):%Y-%m}"
    made = [public_figure(each, found.by_month, this_month) for each in shown]
    reports = () if alone or not reported else store.reported(unit, asked.text)
    elsewhere = tuple(for_everybody(each, this_month) for each in reports)
    return Figures(found.unit, asked, found.whole(), made, found.units, now, elsewhere)


def public_figure(indicator: Indicator, by_month: Mapping[tuple[str, str], Counts], this_month: str) -> Figure:
    """An indicator as everybody sees it. `by_month`: counts by agency and month, as `2026-11`."""
    if indicator.least is None:
        return figure(indicator, _summed(by_month.values()))
    large = [
        some
        for (_, month), some in by_month.items()
        if month < this_month and sum(some.get(name, 0) for name in indicator.denominator) >= indicator.least
    ]
    return figure(indicator, _summed(large)) if large else withheld(indicator)


def _summed(some: Iterable[Counts]) -> Counts:
    counts: Counts = {}
    for each in some:
        added(counts, each)
    return counts


def figures_of(
    store: Sums, unit: str, period: Period, cut: Cut, shown: Iterable[Indicator], now: datetime, *, alone: bool
) -> Figures:
    """Some indicators of a unit, from its counts and those below it. Raises NotFound, TooManyUnits."""
    found = _gathered(store, unit, period, cut, alone=alone)
    counts = found.whole()
    return Figures(found.unit, period, counts, [figure(each, counts) for each in shown], found.units, now)


def _gathered(store: Sums, unit: str, period: Period, cut: Cut, *, alone: bool) -> _Gathered:
    tree = store.tree()
    known = tree.units.get(unit)
    if known is None:
        raise NotFound(what="agency")
    whose = {month: (tree.own if alone else tree.below)(unit, month) for month in period.months}
    units = frozenset().union(*whose.values())
    if len(units) > MOST_UNITS:
        raise TooManyUnits(most=MOST_UNITS)
    found = _Gathered(known, len(units), {})
    for cell, more in store.counts(sorted(units), period.months):
        if cell.unit in whose[cell.month] and cut.has(cell):
            added(found.by_month.setdefault((cell.unit, cell.month), {}), more)
    return found
