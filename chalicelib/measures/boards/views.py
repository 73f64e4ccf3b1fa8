"""From a board to what is answered of it: by the same views as the routes whose answers are on it."""

from collections.abc import Iterable, Sequence

from chalicelib.kernel.clock import moment, said
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.index_formulas import formula_named
from chalicelib.law.measures import Figure
from chalicelib.law.policy import local
from chalicelib.measures.boards import wire
from chalicelib.measures.boards.model import Index, least, made_daily
from chalicelib.measures.boards.service import Found
from chalicelib.measures.figures import Figures
from chalicelib.measures.model import Unit
from chalicelib.measures.reported import for_everybody
from chalicelib.measures.scores.service import Scores
from chalicelib.measures.scores.views import scores_view
from chalicelib.measures.scores.wire import Scores as ScoresView
from chalicelib.measures.scores.wire import UnitScore
from chalicelib.measures.views import figures_view, indicator_view


def board_view(found: Found, by: str) -> wire.Board:
    """A board, with those below it ranked. Raises BodyInvalid (by)."""
    board, content = found.board, found.content
    as_of = moment(board.as_of)
    unit = Unit(id=board.unit, name=board.name, number=0)
    # A board that was made before this rule, or while its month ran, is held to it as well.
    elsewhere = [for_everybody(each, f"{local(as_of):%Y-%m}") for each in content.elsewhere]
    told = Figures(unit, found.period, {}, content.figures, content.units, as_of, elsewhere)
    scores = _scores(content.index, found) if content.index else None
    return wire.Board(
        unit=board.unit,
        name=board.name,
        period=board.period,
        timeType=found.period.time_type,
        scores=scores,
        measures=figures_view(told),
        trend=[wire.TrendMonth(month=each.month, indicators=_values(each.figures)) for each in content.trend],
        ranking=_ranking(scores, by) if scores else None,
        procedures=wire.Procedures(least=least(), months=list(content.months_over), codes=list(content.procedures)),
        periods=[each.text for each in made_daily(as_of)],
        as_of=said(board.as_of) or board.as_of,
    )


def _scores(index: Index, found: Found) -> ScoresView:
    formula = formula_named(index.formula)
    return scores_view(Scores(formula, found.period, index.parent, index.children, moment(found.board.as_of)))


def _values(some: Iterable[Figure]) -> list[wire.MonthValue]:
    told = map(indicator_view, some)
    return [
        wire.MonthValue(
            id=each.id,
            numerator=each.numerator,
            denominator=each.denominator,
            ratio=each.ratio,
            dataQualityStatus=each.dataQualityStatus,
        )
        for each in told
    ]


def _ranking(scores: ScoresView, by: str) -> wire.Ranking:
    """Those below by the total where one has it, else by the first component that was judged in one of them."""
    known = {each.id: each for group in scores.parent.groups for each in group.components}
    judged = [name for name in known if any(_row(unit, name).denominator for unit in scores.children)]
    totals = [wire.TOTAL] if any(unit.total is not None for unit in scores.children) else []
    of = [*totals, *judged]
    if by and by not in (wire.TOTAL, *known):
        vi, en = f"Không có thành phần {by}", f"No component of this name: {', '.join((wire.TOTAL, *known))}"
        raise BodyInvalid(fields=[FieldError("/by", "by", vi, en)])
    asked = by or next(iter(of), wire.TOTAL)
    vi, en = ("Tổng điểm", "Total") if asked == wire.TOTAL else (known[asked].name_vi, known[asked].name_en)
    return wire.Ranking(
        by=asked, name_vi=vi, name_en=en, of=of, units=_placed([_row(u, asked) for u in scores.children])
    )


def _row(unit: UnitScore, by: str) -> wire.Rank:
    if by == wire.TOTAL:
        whole = sum(group.maxScore for group in unit.groups)
        parts: tuple[int | None, int | None] = (None, None)
        score, most = unit.total, whole
    else:
        each = next(each for group in unit.groups for each in group.components if each.id == by)
        parts, score, most = (each.numerator, each.denominator), each.score, each.maxScore
    return wire.Rank(
        place=None,
        unit=unit.unit,
        name=unit.name,
        numerator=parts[0],
        denominator=parts[1],
        score=score,
        maxScore=most,
    )


def _placed(rows: Sequence[wire.Rank]) -> list[wire.Rank]:
    """In order. An empty denominator gives points for nothing, so it has no place either."""
    judged = [each for each in rows if each.score is not None and each.denominator != 0]
    judged.sort(key=lambda each: (-(each.score or 0), each.name, each.unit))
    scores = [each.score for each in judged]
    placed = [each.model_copy(update={"place": scores.index(each.score) + 1}) for each in judged]
    return [*placed, *sorted((each for each in rows if each not in judged), key=lambda each: (each.name, each.unit))]
