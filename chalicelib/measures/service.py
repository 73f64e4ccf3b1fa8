"""Read figures: counts of a unit and of all that stand below it, the indicators made of them, the dossiers behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.measures import OPENED, PETITION_COUNTS, indicators
from chalicelib.measures.cells import Counts, counted
from chalicelib.measures.figures import Cut, Figures, figures_of, published
from chalicelib.measures.model import Measured
from chalicelib.measures.periods import period_of
from chalicelib.measures.petitions import PetitionCounted
from chalicelib.measures.ports import Counters
from chalicelib.measures.reach import judged_by, readable_by, require_above


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


class Petitioned(NamedTuple):
    """A page of what petitions added to a count, the oldest first; `next`: where it goes on."""

    petitions: Sequence[PetitionCounted]
    next: int | None


@dataclass(frozen=True, slots=True)
class Measures:
    """The use cases of everybody, and of officers."""

    store: Counters
    clock: Clock

    def published(self, unit: str, period: str, *, alone: bool = False) -> Figures:
        """What the law lets everybody see of a unit. Raises NotFound, BodyInvalid, TooManyUnits."""
        return published(self.store, unit, period, self.clock(), alone=alone)

    def read(self, who: Principal, unit: str, period: str, cut: Cut, *, alone: bool = False) -> Figures:
        """What is counted, cut as asked, for officers of the unit and of those above it; not who complained.

        Raises NotAllowed, NotFound, BodyInvalid, TooManyUnits.
        """
        asked = period_of(period, self.clock())
        require_above(who, self.store, unit, judged_by(asked, self.clock()))
        found = figures_of(self.store, unit, asked, cut, indicators().indicators, self.clock(), alone=alone)
        shown = {*OPENED, *PETITION_COUNTS}
        return found._replace(counts={name: by for name, by in found.counts.items() if name in shown})

    def behind(self, who: Principal, unit: str, period: str, cut: Cut, name: str, page: tuple[int, int]) -> Opened:
        """The dossiers behind a count of a unit's own, a page of them: those alone that they may read.

        `page`: how many went before, and how many are looked at. Raises NotAllowed, NotFound, BodyInvalid.
        """
        if name not in OPENED:
            vi, en = f"Không có số đếm tên {name}", f"Nothing of this name is counted: {', '.join(OPENED)}"
            raise BodyInvalid(fields=[FieldError("/count", "count", vi, en)])
        asked = period_of(period, self.clock())
        tree = require_above(who, self.store, unit, judged_by(asked, self.clock()))
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
        readable = readable_by(who, self.store, (each.reference for each in found), self.clock())
        mine = [each for each in found if each.reference in readable]
        more = before + limit if before + limit < len(references) else None
        return Opened(mine, len(found) - len(mine), more)

    def petitions(self, who: Principal, unit: str, period: str, name: str, page: tuple[int, int]) -> Petitioned:
        """The petitions behind a count of a unit's own, a page of them: names and times, no words.

        `page`: how many went before, and how many are shown. Raises NotAllowed, NotFound, BodyInvalid.
        """
        if name not in PETITION_COUNTS:
            vi, en = f"Không có số đếm tên {name}", f"Nothing of this name is counted: {', '.join(PETITION_COUNTS)}"
            raise BodyInvalid(fields=[FieldError("/count", "count", vi, en)])
        asked = period_of(period, self.clock())
        tree = require_above(who, self.store, unit, judged_by(asked, self.clock()))
        whose = {month: tree.own(unit, month) for month in asked.months}
        rows = self.store.petitioned(frozenset().union(*whose.values()), asked.months)
        found = [each for each in rows if name in each.names and each.unit in whose[each.cell.month]]
        found.sort(key=lambda each: (each.at, each.petition))
        before, limit = page
        more = before + limit if before + limit < len(found) else None
        return Petitioned(found[before : before + limit], more)


def _adds(measured: Measured, whose: Mapping[str, frozenset[str]], cut: Cut, name: str) -> int:
    """How much a dossier adds to a count."""
    cells = counted(measured).items()
    return sum(
        counts.get(name, 0) for cell, counts in cells if cell.unit in whose.get(cell.month, ()) and cut.has(cell)
    )
