"""The service index in the portal's own shape, for everybody."""

from collections.abc import Mapping
from typing import Final

from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, stamp
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.index_formulas import Component, FormulaSet, Group
from chalicelib.law.index_scores import ScoredComponent, ScoredGroup, ScoredUnit
from chalicelib.measures.rows import TABLE
from chalicelib.measures.scores import wire
from chalicelib.measures.scores.deltas import delta
from chalicelib.measures.scores.service import Scored
from chalicelib.measures.scores.wiring import scoring

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE,))
PUBLIC: Final = "public, max-age=60"


@api.route(
    "GET",
    "/v1/scores",
    act=None,
    answer=wire.Scores,
    query=wire.ScoreQuery,
    cache=PUBLIC,
    sheet=wire.ScoreSheet(),
)
def read_service_index(call: Call) -> wire.Scores:
    """Read the service index of an agency and of those right below it: each score with what it is made of."""
    asked: wire.ScoreQuery = call.asked
    found = scoring().scores(asked.unit, asked.period, asked.formula)
    groups = _groups(found.formula, asked.group)
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
