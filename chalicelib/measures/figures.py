"""Figures of a unit and of all that stand below it, made of summed counts: as everybody and as officers read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.kernel.problem import NotFound
from chalicelib.law.measures import Figure, Indicator, figure, indicators
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.model import Unit
from chalicelib.measures.periods import Period, period_of
from chalicelib.measures.ports import Sums
from chalicelib.measures.refusals import TooManyUnits

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
    """A unit's figures of a period; `counts` None where nobody asked for them."""

    unit: Unit
    period: Period
    counts: Counts
    figures: Sequence[Figure]
    units: int
    as_of: datetime


def published(store: Sums, unit: str, period: str, now: datetime, *, alone: bool = False) -> Figures:
    """What the law lets everybody see of a unit. Raises NotFound, BodyInvalid, TooManyUnits."""
    shown = [each for each in indicators().indicators if each.published]
    return figures_of(store, unit, period_of(period, now), WHOLE, shown, now, alone=alone)


def figures_of(
    store: Sums, unit: str, period: Period, cut: Cut, shown: Iterable[Indicator], now: datetime, *, alone: bool
) -> Figures:
    """Some indicators of a unit, from its counts and those below it. Raises NotFound, TooManyUnits."""
    tree = store.tree()
    known = tree.units.get(unit)
    if known is None:
        raise NotFound(what="agency")
    whose = {month: (tree.own if alone else tree.below)(unit, month) for month in period.months}
    units = frozenset().union(*whose.values())
    if len(units) > MOST_UNITS:
        raise TooManyUnits(most=MOST_UNITS)
    counts: Counts = {}
    for cell, more in store.counts(sorted(units), period.months):
        if cell.unit in whose[cell.month] and cut.has(cell):
            added(counts, more)
    return Figures(known, period, counts, [figure(each, counts) for each in shown], len(units), now)
