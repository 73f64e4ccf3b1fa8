"""From a board to what a report on paper says of it: the same numbers, in Vietnamese. Pure."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from chalicelib.contracts.reports import (
    OtherFigure,
    OtherSource,
    Report,
    Reported,
    ReportedComponent,
    ReportedFigure,
    ReportedGroup,
    ReportedIndex,
    ReportedMonth,
    ReportedUnit,
    body_of,
)
from chalicelib.kernel.ids import digest
from chalicelib.kernel.record import Head
from chalicelib.law.index_formulas import Component, Group, formula_named
from chalicelib.law.index_scores import ScoredComponent, ScoredGroup
from chalicelib.law.measures import Figure, indicators
from chalicelib.measures import reported
from chalicelib.measures.boards.model import Board, Content, Index, Month, least
from chalicelib.measures.scores.deltas import delta
from chalicelib.measures.scores.service import Scored

NAMED: Final = "REPORT"
"""How the name of every report begins."""


class ReportOrder(Head, frozen=True, kw_only=True):
    """The record of a report that was asked for; its event is heard by the worker that prints and signs."""

    shape = 1

    order: str
    form: str = "report"


def order_of(board: Board) -> str:
    """The name of the report of a board: while the board is the same one, the same paper."""
    return f"{NAMED}.{board.unit}.{board.period}.{digest(board.as_of, board.body)}"


def report_of(board: Board, content: Content) -> Report:
    """What the report of a board says."""
    said = Reported(
        units=content.units,
        citation=_cited(indicators().citation),
        figures=tuple(map(_figure, content.figures)),
        index=_index(content.index) if content.index else None,
        trend=tuple(_month(each, content.figures) for each in content.trend),
        least=least(),
        procedures=content.procedures,
        months_over=content.months_over,
        elsewhere=tuple(map(_source, content.elsewhere)),
    )
    return Report(unit=board.unit, name=board.name, period=board.period, as_of=board.as_of, body=body_of(said))


def _figure(told: Figure) -> ReportedFigure:
    about = told.indicator
    return ReportedFigure(
        name=about.vi,
        citation=_cited(about.citation),
        is_share=about.is_share,
        numerator=told.numerator,
        denominator=told.denominator,
        ratio=told.ratio,
        quality=told.quality,
    )


def _source(told: reported.Report) -> OtherSource:
    figures = tuple(map(_other, told.figures))
    return OtherSource(source=told.source, version=told.version, received_at=told.received_at, figures=figures)


def _other(told: reported.Reported) -> OtherFigure:
    """One that no set of today has is told by the name that it came with."""
    about = reported.about_if_any(told)
    return OtherFigure(
        name=about.vi if about else told.indicator,
        citation=_cited(about.citation) if about else "",
        is_share=about is None or about.is_share,
        numerator=told.numerator,
        denominator=told.denominator,
        ratio=reported.ratio_of(told),
        quality=told.quality,
        doubts=told.doubts,
        said=told.said,
    )


def _month(told: Month, figures: Sequence[Figure]) -> ReportedMonth:
    ratios = {each.indicator.id: each.ratio for each in told.figures}
    return ReportedMonth(month=told.month, ratios=tuple(ratios.get(each.indicator.id) for each in figures))


def _index(index: Index) -> ReportedIndex:
    formula, (scored, before) = formula_named(index.formula), index.parent
    former = {each.id: each for each in before.groups} if before else {}
    groups = zip(scored.groups, formula.groups, strict=True)
    return ReportedIndex(
        formula=formula.id,
        citation=_cited(formula.citation),
        scored=scored.scored,
        of=scored.of,
        groups=tuple(_group(now, former.get(now.id), about) for now, about in groups),
        below=tuple(sorted(map(_unit, index.children), key=lambda each: (each.name, each.unit))),
    )


def _group(now: ScoredGroup, former: ScoredGroup | None, about: Group) -> ReportedGroup:
    known = {each.id: each for each in former.components} if former else {}
    components = zip(now.components, about.components, strict=True)
    return ReportedGroup(
        name=about.vi,
        score=now.score,
        most=now.max_score,
        components=tuple(_component(each, known.get(each.id), its) for each, its in components),
    )


def _component(now: ScoredComponent, former: ScoredComponent | None, about: Component) -> ReportedComponent:
    return ReportedComponent(
        code=now.id,
        name=about.vi,
        numerator=now.numerator,
        denominator=now.denominator,
        ratio=now.ratio,
        score=now.score,
        most=now.max_score,
        delta=delta(now, former),
        quality=now.data_quality_status,
    )


def _unit(scored: Scored) -> ReportedUnit:
    now, _ = scored
    groups = tuple(each.score for each in now.groups)
    return ReportedUnit(unit=now.unit, name=now.name, groups=groups, scored=now.scored, of=now.of)


class _Citations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: str
    vi: Mapping[str, str]


@cache
def citations() -> Mapping[str, str]:
    """The citations of figures as Vietnamese papers write them."""
    path = Path(__file__).parent / "data" / "citations.json"
    return msgspec.json.decode(path.read_bytes(), type=_Citations).vi


def _cited(citation: str) -> str:
    """A citation in Vietnamese; one that nobody wrote in it stays as it is."""
    return citations().get(citation, citation)
