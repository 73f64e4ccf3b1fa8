"""The service index of a unit and of those right below it, from the counters: with what it was in the period before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.law.index_counts import Period as IndexPeriod
from chalicelib.law.index_counts import UnitCounts
from chalicelib.law.index_formulas import Component, FormulaSet, UnknownFormula, formula_named
from chalicelib.law.index_measured import MeasuredCounts, measured_counts
from chalicelib.law.index_scores import NotInForce, ScoredUnit, scored
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.figures import MOST_UNITS
from chalicelib.measures.model import Unit
from chalicelib.measures.periods import Period, before, period_of
from chalicelib.measures.ports import Served
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.tree import Tree

WHOLE: Final = "*"
"""A unit with all below it, among the sums of those right below it."""
MOST_SUMS: Final = 6_000
"""Agencies times months that are added up for one answer: a province of 200 for a year, with the year before."""


type _Monthly = dict[tuple[str, str], Counts]


class _Told(NamedTuple):
    """The counts of the index of a unit, and which of them are not told."""

    counts: Counts
    withheld: frozenset[str]


class Scored(NamedTuple):
    """A unit's index, and that of the period before; None where the formula did not hold then."""

    now: ScoredUnit
    before: ScoredUnit | None


class Scores(NamedTuple):
    """The index of a unit with all that stands below it, and of each unit right below with all that it adds to that."""

    formula: FormulaSet
    period: Period
    parent: Scored
    children: Sequence[Scored]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Scoring:
    """The use case of everybody: the portal's evaluation, from our own counters."""

    store: Served
    clock: Clock

    def scores(self, unit: str, period: str, formula: str) -> Scores:
        """Raises NotFound, BodyInvalid (period, formula), TooManyUnits."""
        now = self.clock()
        asked = period_of(period, now)
        known = _formula(formula)
        tree = self.store.tree()
        if unit not in tree.units:
            raise NotFound(what="agency")
        former = before(asked)
        months = (*former.months, *asked.months)
        whole = frozenset().union(*(tree.below(unit, month) for month in months))
        most = min(MOST_UNITS, MOST_SUMS // len(months))
        if len(whole) > most:
            raise TooManyUnits(most=most)
        this_month = f"{now.astimezone(ZONE):%Y-%m}"
        cells = {each: _monthly(self.store.counts(sorted(whole), each.months)) for each in (asked, former)}
        measured = measured_counts().without(self.store.not_made())
        sums = {each: _told(tree, unit, monthly, (known, measured), this_month) for each, monthly in cells.items()}
        begun = [month for month in asked.months if month <= this_month]
        children = frozenset().union(*(tree.standing(month).children(unit) for month in begun))

        nothing = _Told(measured.of({}), frozenset())

        def one(name: str, part: str) -> Scored:
            about = tree.units[name]
            return Scored(
                _index(about, asked, sums[asked].get(part, nothing), known),
                _former(about, former, sums[former].get(part, nothing), known),
            )

        try:
            return Scores(known, asked, one(unit, WHOLE), [one(each, each) for each in sorted(children)], now)
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


def _monthly(cells: Iterable[tuple[Cell, Counts]]) -> _Monthly:
    """Counts by agency and month: each cell is looked at once."""
    monthly: _Monthly = {}
    for cell, more in cells:
        added(monthly.setdefault((cell.unit, cell.month), {}), more)
    return monthly


def _sums(tree: Tree, root: str, monthly: _Monthly) -> dict[str, Counts]:
    """The counts of a root (`WHOLE`), and of them those that each right below it has."""
    found: dict[str, Counts] = {}
    for (unit, month), counts in monthly.items():
        part = tree.standing(month).branch(unit, root)
        if part is not None:
            added(found.setdefault(WHOLE, {}), counts)
            added(found.setdefault(part, {}), counts)
    return found


def _told(
    tree: Tree, root: str, monthly: _Monthly, by: tuple[FormulaSet, MeasuredCounts], this_month: str
) -> dict[str, _Told]:
    """What the index is reckoned from, by whose it is.

    A component with a `least` is what people think, so it is of an agency's months that are over and large enough, as
    the figures are (`figures.public_figure`), and in which enough people said something: its numerator less what is
    known of late ones is what they said. Where nothing ended at all, that is told.
    """
    formula, measured = by
    sums = {name: measured.of(counts) for name, counts in _sums(tree, root, monthly).items()}
    found = {name: _Told(counts, frozenset()) for name, counts in sums.items()}
    for each in formula.components:
        if each.least is None or not measured.counts.keys() >= set(each.counts):
            continue
        whole = each.denominator
        large = {
            at: counts
            for at, counts in monthly.items()
            if at[1] < this_month and _is_large(measured, counts, each, each.least)
        }
        shown = {name: measured.of(counts) for name, counts in _sums(tree, root, large).items()}
        for name, told in found.items():
            if name in shown:
                found[name] = _Told(told.counts | {one: shown[name][one] for one in each.counts}, told.withheld)
            elif told.counts[whole]:
                found[name] = _Told(told.counts, told.withheld | set(each.counts))
    return found


def _is_large(measured: MeasuredCounts, counts: Counts, component: Component, least: int) -> bool:
    """Whether everybody may see what people said in an agency's month."""
    said = (counts.get(each, 0) for each in measured.who_said(component.counts))
    return min((measured.of(counts)[component.denominator], *said)) >= least


def _index(unit: Unit, period: Period, told: _Told, formula: FormulaSet) -> ScoredUnit:
    lacking = measured_counts().lacking
    return scored(UnitCounts(unit.id, unit.name, _written(period), told.counts, told.withheld, lacking), formula)


def _former(unit: Unit, period: Period, told: _Told, formula: FormulaSet) -> ScoredUnit | None:
    try:
        return _index(unit, period, told, formula)
    except NotInForce:
        return None


def _written(period: Period) -> IndexPeriod:
    """A period as files of the index write it."""
    year, _, part = period.text.partition("-")
    told = {"year": f"year {year}", "quarter": f"{part} {year}", "month": period.text}
    return IndexPeriod.parse(told[period.time_type])
