"""The service index of a unit and of those right below it, from the counters: with what it was in the period before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.law.index_counts import Period as IndexPeriod
from chalicelib.law.index_counts import UnitCounts
from chalicelib.law.index_formulas import FormulaSet, UnknownFormula, formula_named
from chalicelib.law.index_measured import measured_counts
from chalicelib.law.index_scores import NotInForce, ScoredUnit, scored
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.periods import Period, before, period_of
from chalicelib.measures.ports import Counters
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.service import MOST_UNITS
from chalicelib.measures.tree import Tree


class Scored(NamedTuple):
    """A unit's index, and that of the period before; None where the formula did not hold then."""

    now: ScoredUnit
    before: ScoredUnit | None


class Scores(NamedTuple):
    """The index of a unit with all that stands below it, and of each unit right below with all that it has."""

    formula: FormulaSet
    period: Period
    parent: Scored
    children: Sequence[Scored]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Scoring:
    """The use case of everybody: the portal's evaluation, from our own counters."""

    store: Counters
    clock: Clock

    def scores(self, unit: str, period: str, formula: str) -> Scores:
        """Raises NotFound, BodyInvalid (period, formula), TooManyUnits."""
        now = self.clock()
        asked = period_of(period, now)
        known = _formula(formula)
        tree = Tree(self.store.units())
        if unit not in tree.units:
            raise NotFound(what="agency")
        former = before(asked)
        whole = frozenset().union(*(tree.below(unit, month) for month in (*former.months, *asked.months)))
        if len(whole) > MOST_UNITS:
            raise TooManyUnits(most=MOST_UNITS)
        cells = {each: self.store.counts(sorted(whole), each.months) for each in (asked, former)}
        last = asked.months[-1]
        children = sorted(each for each in whole if each != unit and tree.above(each, last) == unit)

        def one(name: str) -> Scored:
            return Scored(
                _index(tree, name, asked, cells[asked], known), _former(tree, name, former, cells[former], known)
            )

        try:
            return Scores(known, asked, one(unit), [one(each) for each in children], now)
        except NotInForce:
            vi, en = f"Công thức {formula} chưa áp dụng cho kỳ này", f"{formula} does not hold for this period"
            raise BodyInvalid(fields=[FieldError("/formula", "formula", vi, en)]) from None


def _formula(name: str) -> FormulaSet:
    try:
        return formula_named(name)
    except UnknownFormula as error:
        raise BodyInvalid(
            fields=[FieldError("/formula", "formula", f"Không có công thức tên {name}", str(error))]
        ) from None


def _index(
    tree: Tree, unit: str, period: Period, cells: Iterable[tuple[Cell, Counts]], formula: FormulaSet
) -> ScoredUnit:
    counts: Counts = {}
    whose: Mapping[str, frozenset[str]] = {month: tree.below(unit, month) for month in period.months}
    for cell, more in cells:
        if cell.unit in whose[cell.month]:
            added(counts, more)
    told = UnitCounts(unit, tree.units[unit].name, _written(period), measured_counts().of(counts))
    return scored(told, formula)


def _former(
    tree: Tree, unit: str, period: Period, cells: Iterable[tuple[Cell, Counts]], formula: FormulaSet
) -> ScoredUnit | None:
    try:
        return _index(tree, unit, period, cells, formula)
    except NotInForce:
        return None


def _written(period: Period) -> IndexPeriod:
    """A period as files of the index write it."""
    year, _, part = period.text.partition("-")
    told = {"year": f"year {year}", "quarter": f"{part} {year}", "month": period.text}
    return IndexPeriod.parse(told[period.time_type])
