"""Read figures: counts of a unit and of all that stand below it, the indicators made of them, the dossiers behind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.dossier.acting import relation_of, stage_of
from chalicelib.kernel.access import Principal, allowed
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotAllowed, NotFound
from chalicelib.law.measures import COUNTS, Figure, Indicator, figure, indicators
from chalicelib.law.policy import local
from chalicelib.measures import acts
from chalicelib.measures.cells import Cell, Counts, added, counted
from chalicelib.measures.model import Measured, Unit
from chalicelib.measures.periods import Period, period_of
from chalicelib.measures.ports import Counters
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.tree import Tree

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


class Behind(NamedTuple):
    """A dossier behind a figure, and what it adds to the counts of the period that were asked for."""

    reference: str
    measured: Measured
    counts: Counts


class Opened(NamedTuple):
    """A page of dossiers behind a figure; `withheld`: those that the asker may not read; `next`: where it goes on."""

    dossiers: Sequence[Behind]
    withheld: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Measures:
    """The use cases of everybody, and of officers."""

    store: Counters
    clock: Clock

    def published(self, unit: str, period: str, *, alone: bool = False) -> Figures:
        """What the law lets everybody see of a unit. Raises NotFound, BodyInvalid, TooManyUnits."""
        shown = [each for each in indicators().indicators if each.published]
        return self._figures(unit, period_of(period, self.clock()), WHOLE, shown, alone=alone)

    def read(self, who: Principal, unit: str, period: str, cut: Cut, *, alone: bool = False) -> Figures:
        """All that is counted, cut as asked, for officers of the unit and of those above it.

        Raises NotAllowed, NotFound, BodyInvalid, TooManyUnits.
        """
        asked = period_of(period, self.clock())
        self._require_above(who, unit, self._judged_by(asked))
        return self._figures(unit, asked, cut, indicators().indicators, alone=alone)

    def _judged_by(self, asked: Period) -> str:
        """The month whose tree says who stands above: the period's last, and no later one than this."""
        return min(asked.months[-1], f"{local(self.clock()):%Y-%m}")

    def behind(self, who: Principal, unit: str, period: str, cut: Cut, name: str, page: tuple[int, int]) -> Opened:
        """The dossiers behind a count of a unit's own, a page of them: those alone that they may read.

        `page`: how many went before, and how many are looked at. Raises NotAllowed, NotFound, BodyInvalid.
        """
        if name not in COUNTS:
            vi, en = f"Không có số đếm tên {name}", f"Nothing of this name is counted: {', '.join(COUNTS)}"
            raise BodyInvalid(fields=[FieldError("/count", "count", vi, en)])
        asked = period_of(period, self.clock())
        tree = self._require_above(who, unit, self._judged_by(asked))
        whose = {month: tree.own(unit, month) for month in asked.months}
        references = self.store.behind(frozenset().union(*whose.values()), asked.months)
        before, limit = page
        some = references[before : before + limit]
        known = self.store.measured(some)
        found = [
            Behind(each, known[each], {name: by})
            for each in some
            if each in known and (by := _adds(known[each], whose, cut, name))
        ]
        heads = self.store.heads(each.reference for each in found)
        now = self.clock()

        def may(reference: str) -> bool:
            head = heads.get(reference)
            return head is not None and allowed(who, acts.OPEN, relation_of(who, head, now), stage_of(head))

        mine = [each for each in found if may(each.reference)]
        more = before + limit if before + limit < len(references) else None
        return Opened(mine, len(found) - len(mine), more)

    def _figures(self, unit: str, period: Period, cut: Cut, shown: Iterable[Indicator], *, alone: bool) -> Figures:
        tree = Tree(self.store.units())
        known = tree.units.get(unit)
        if known is None:
            raise NotFound(what="agency")
        whose = {month: (tree.own if alone else tree.below)(unit, month) for month in period.months}
        units = frozenset().union(*whose.values())
        if len(units) > MOST_UNITS:
            raise TooManyUnits(most=MOST_UNITS)
        now = self.clock()
        counts: Counts = {}
        for cell, more in self.store.counts(sorted(units), period.months):
            if cell.unit in whose[cell.month] and cut.has(cell):
                added(counts, more)
        return Figures(known, period, counts, [figure(each, counts) for each in shown], len(units), now)

    def _require_above(self, who: Principal, unit: str, month: str) -> Tree:
        """The tree, when the unit is the asker's, or stands below theirs. Raises NotAllowed, NotFound."""
        tree = Tree(self.store.units())
        if unit not in tree.units:
            raise NotFound(what="agency")
        if not any(tree.is_below(unit, each, month) for each in who.agencies):
            raise NotAllowed(act=acts.READ)
        return tree


def _adds(measured: Measured, whose: Mapping[str, frozenset[str]], cut: Cut, name: str) -> int:
    """How much a dossier adds to a count."""
    cells = counted(measured).items()
    return sum(
        counts.get(name, 0) for cell, counts in cells if cell.unit in whose.get(cell.month, ()) and cut.has(cell)
    )
