"""From scores to what is answered of them, in the portal's own shape."""

from collections.abc import Mapping

from chalicelib.kernel.clock import said, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.index_formulas import Component, FormulaSet, Group
from chalicelib.law.index_scores import ScoredComponent, ScoredGroup, ScoredUnit
from chalicelib.measures.scores import wire
from chalicelib.measures.scores.deltas import delta
from chalicelib.measures.scores.service import Scored, Scores


def scores_view(found: Scores, group: str = "") -> wire.Scores:
    """The index of a unit and those right below it; one group of it alone. Raises BodyInvalid (group)."""
    groups = _groups(found.formula, group)
    return wire.Scores(
        formula=found.formula.id,
        citation=found.formula.citation,
        period=found.period.text,
        timeType=found.period.time_type,
        parent=_unit(found.parent, groups),
        children=[_unit(each, groups) for each in found.children],
        as_of=str(said(stamp(found.as_of))),
    )


def _groups(formula: FormulaSet, wanted: str) -> Mapping[str, Group]:
    groups = {each.id: each for each in formula.groups if wanted in ("", each.id)}
    if not groups:
        known = ", ".join(each.id for each in formula.groups)
        vi, en = f"Không có nhóm tên {wanted}", f"No group of this name: {known}"
        raise BodyInvalid(fields=[FieldError("/group", "group", vi, en)])
    return groups


def _unit(scored: Scored, groups: Mapping[str, Group]) -> wire.UnitScore:
    now, former = scored.now, _groups_of(scored.before)
    return wire.UnitScore(
        unit=now.unit,
        name=now.name,
        total=now.total,
        scored=now.scored,
        of=now.of,
        groups=[_group(each, former.get(each.id), groups[each.id]) for each in now.groups if each.id in groups],
    )


def _groups_of(unit: ScoredUnit | None) -> Mapping[str, ScoredGroup]:
    return {each.id: each for each in unit.groups} if unit else {}


def _group(now: ScoredGroup, former: ScoredGroup | None, about: Group) -> wire.GroupScore:
    known = {each.id: each for each in former.components} if former else {}
    components = zip(now.components, about.components, strict=True)
    return wire.GroupScore(
        id=now.id,
        name_vi=about.vi,
        name_en=about.en,
        score=now.score,
        maxScore=now.max_score,
        scoreDelta=delta(now, former),
        components=[_component(each, known.get(each.id), its) for each, its in components],
    )


def _component(now: ScoredComponent, former: ScoredComponent | None, about: Component) -> wire.ComponentScore:
    return wire.ComponentScore(
        id=now.id,
        code=now.code,
        name_vi=about.vi,
        name_en=about.en,
        numerator=now.numerator,
        denominator=now.denominator,
        ratio=now.ratio,
        score=now.score,
        maxScore=now.max_score,
        scoreDelta=delta(now, former),
        dataQualityStatus=now.data_quality_status,
        missing=list(now.missing),
    )
