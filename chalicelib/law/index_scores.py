"""The service index of a unit: each component, group and total, from its counts by a formula set."""

from typing import Final, Literal

import msgspec

from chalicelib.law.errors import LawError
from chalicelib.law.index_counts import UnitCounts
from chalicelib.law.index_formulas import WHOLE, Component, FormulaSet, Group

CENTS: Final = 100
"""Scores and ratios have two decimals; inside they are whole hundredths, so that sums are exact."""

type Quality = Literal["ok", "empty", "missing", "impossible", "assumed", "withheld", "partial"]
"""`empty`: the denominator is 0. `missing`: nobody has a count. `impossible`: the numerator is over the denominator, or
below 0. `assumed`: no counts, and the full score that the portal publishes without them. `withheld`: too few to be
told. `partial`: scored from less than the formula means, and better or worse than it is; `missing` says what.
"""


class NotInForce(LawError):
    """A formula set does not hold for a period."""


class ScoredComponent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A component as the portal tells one. Without a score it is None, which is not 0; `missing`: which counts are."""

    id: str
    code: str | None
    numerator: int | None
    denominator: int | None
    ratio: float | None
    score: float | None
    max_score: int
    data_quality_status: Quality
    missing: tuple[str, ...] = ()


class ScoredGroup(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A group: the sum of its rounded components, None where one has no score."""

    id: str
    score: float | None
    max_score: int
    components: tuple[ScoredComponent, ...]


class ScoredUnit(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A unit: `total` is None where a group has no score; `scored` is the sum of those that have, `of` of how many."""

    unit: str
    name: str
    period: str
    formula: str
    total: float | None
    scored: float
    of: int
    groups: tuple[ScoredGroup, ...]


def scored(counts: UnitCounts, formula: FormulaSet) -> ScoredUnit:
    """The index of a unit. Raises NotInForce: the set holds from another day on, or no more."""
    first = counts.period.first
    if first < formula.effective_from or (formula.effective_to is not None and first > formula.effective_to):
        raise NotInForce(f"{counts.unit}: {formula.id} does not hold for {counts.period.text}")
    groups = [_group(counts, group) for group in formula.groups]
    known = [(group, cents) for group, cents in groups if cents is not None]
    total = sum(cents for _, cents in known)
    return ScoredUnit(
        unit=counts.unit,
        name=counts.name,
        period=counts.period.text,
        formula=formula.id,
        total=total / CENTS if len(known) == len(groups) else None,
        scored=total / CENTS,
        of=sum(group.max_score for group, _ in known),
        groups=tuple(group for group, _ in groups),
    )


def _group(counts: UnitCounts, group: Group) -> tuple[ScoredGroup, int | None]:
    components = [_component(counts, each) for each in group.components]
    each_cents = [cents for _, cents in components if cents is not None]
    cents = sum(each_cents) if len(each_cents) == len(components) else None
    told = ScoredGroup(
        id=group.id,
        score=None if cents is None else cents / CENTS,
        max_score=group.max,
        components=tuple(component for component, _ in components),
    )
    return told, cents


def _component(counts: UnitCounts, of: Component) -> tuple[ScoredComponent, int | None]:
    if not counts.withheld.isdisjoint(of.counts):
        return _told(of, "withheld", None)
    missing = tuple(name for name in of.counts if name not in counts.counts)
    if missing:
        quality: Quality = "assumed" if of.missing == "full" else "missing"
        return _told(of, quality, of.max * CENTS if of.missing == "full" else None, missing=missing)
    numerator = sum(counts.counts[name] for name in of.numerator)
    denominator = counts.counts[of.denominator]
    if not 0 <= numerator <= denominator:
        return _told(of, "impossible", None, numerator, denominator)
    if not denominator:
        return _told(of, "empty", of.max * CENTS if of.zero == "full" else 0, numerator, denominator)
    cents = min(_rounded(of.max * CENTS * WHOLE * numerator, denominator * of.full_at), of.max * CENTS)
    if lacking := tuple(each for name in of.counts for each in counts.lacking.get(name, ())):
        return _told(of, "partial", cents, numerator, denominator, lacking)
    return _told(of, "ok", cents, numerator, denominator)


def _told(
    of: Component,
    quality: Quality,
    cents: int | None,
    numerator: int | None = None,
    denominator: int | None = None,
    missing: tuple[str, ...] = (),
) -> tuple[ScoredComponent, int | None]:
    ratio = _rounded(numerator * WHOLE * CENTS, denominator) / CENTS if numerator is not None and denominator else None
    told = ScoredComponent(
        id=of.id,
        code=of.code,
        numerator=numerator,
        denominator=denominator,
        ratio=ratio,
        score=None if cents is None else cents / CENTS,
        max_score=of.max,
        data_quality_status=quality,
        missing=missing,
    )
    return told, cents


def _rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, half up: no source says how a half is rounded, so this is ours."""
    return (2 * numerator + denominator) // (2 * denominator)
