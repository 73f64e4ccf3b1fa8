"""What a board answers: what the routes of the figures answered when it was made, and those below in their order."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.measures.scores.wire import MOST, Scores
from chalicelib.measures.wire import PERIOD, Measures

TOTAL: Final = "total"

type Quality = Literal["ok", "empty", "missing", "impossible", "assumed", "withheld", "partial"]


class BoardQuery(BaseModel):
    """Of whom, when, in which language and form."""

    model_config = ConfigDict(extra="forbid")
    unit: str = Field(max_length=60, description="The agency, by its identifier", examples=["H01"])
    period: str = Field(default="", max_length=10, description=f"{PERIOD}; without it the year", examples=["2026-Q4"])
    by: str = Field(default="", max_length=20, description="By which component of the index those below are ranked")
    language: Literal["", "vi", "en"] = Field(default="", description="Of the page")
    format: Literal["", "json", "csv"] = Field(default="", description="For links of the page: whatever is accepted")


class MonthValue(BaseModel):
    """An indicator in a month."""

    id: str
    numerator: int | None
    denominator: int | None
    ratio: float | None = Field(description="Two decimals; null where there is no denominator")
    dataQualityStatus: Quality  # noqa: N815 - the portal's own word


class TrendMonth(BaseModel):
    """The published indicators of a month."""

    month: str = Field(description="A month of Vietnam's calendar", examples=["2026-09"])
    indicators: list[MonthValue] = Field(description="Each published indicator")


class Rank(BaseModel):
    """An agency among its sisters; those with the same score have the same place, those without one have none."""

    place: int | None = Field(description="Among those right below; null without a score", examples=[1])
    unit: str
    name: str
    numerator: int | None
    denominator: int | None
    score: float | None = Field(description="Points; null where nobody can say")
    maxScore: int = Field(description=MOST)  # noqa: N815 - the portal's own word


class Ranking(BaseModel):
    """Those right below, the highest score first."""

    by: str = Field(description="A component of the index by its id, or `total`")
    name_vi: str
    name_en: str
    of: list[str] = Field(description="By what else they can be ranked", examples=[["3.3", "4.1"]])
    units: list[Rank] = Field(description="In their order; those without a place last")


class Procedures(BaseModel):
    """Procedures that people asked for in a year that is over. How often is not said: small groups would show."""

    least: int = Field(description="From how many dossiers of one agency on a procedure is named")
    months: list[str] = Field(
        description="The months that are looked at: those of a year that was over; else none", examples=[["2026-01"]]
    )
    codes: list[str] = Field(description="National codes of procedures", examples=[["1.001193"]])


class Board(BaseModel):
    """The board of an agency and period."""

    unit: str
    name: str
    period: str
    timeType: Literal["month", "quarter", "year"]  # noqa: N815 - the portal's own word
    scores: Scores | None = Field(description="As `GET /v1/scores`; null where the formula did not hold yet")
    measures: Measures = Field(description="As `GET /v1/measures`")
    trend: list[TrendMonth] = Field(description="Twelve months, each as `GET /v1/measures`")
    ranking: Ranking | None = Field(description="Those right below in their order; null where there is no index")
    procedures: Procedures = Field(description="Procedures that people asked for, without numbers")
    periods: list[str] = Field(
        description="The periods whose boards were made with this one", examples=[["2026-11", "2026-10", "2026"]]
    )
    as_of: str = Field(description="When it was made: boards of these periods each day, of others each week or month")


class BoardSheet:
    """The same as a table: a row for each component, indicator, month, and figure that another system reported."""

    filename = "board.csv"
    COLUMNS: Final = (
        *("kind", "unit", "name", "period", "id", "numerator", "denominator", "ratio", "score", "maxScore"),
        *("scoreDelta", "dataQualityStatus", "source"),
    )

    def rows(self, body: Board) -> Iterator[Sequence[str]]:
        """The names of the columns, then the rows; an empty cell is null."""
        yield self.COLUMNS
        for row in self._rows(body):
            yield ["" if cell is None else str(cell) for cell in row]

    def _rows(self, body: Board) -> Iterator[tuple[object, ...]]:
        for unit in (body.scores.parent, *body.scores.children) if body.scores else ():
            for each in (component for group in unit.groups for component in group.components):
                parts = (each.id, each.numerator, each.denominator, each.ratio, each.score, each.maxScore)
                about = "component", unit.unit, unit.name, body.period
                yield (*about, *parts, each.scoreDelta, each.dataQualityStatus, None)
        own = [(body.period, each) for each in body.measures.indicators]
        months = [(month.month, each) for month in body.trend for each in month.indicators]
        for kind, told in (("indicator", own), ("month", months)):
            for period, one in told:
                value = (one.id, one.numerator, one.denominator, one.ratio)
                yield (kind, body.unit, body.name, period, *value, None, None, None, one.dataQualityStatus, None)
        for report in body.measures.elsewhere:
            for some in report.indicators:
                about = "reported", body.unit, body.name, body.period
                numbers = (some.id, some.numerator, some.denominator, some.ratio)
                yield (*about, *numbers, None, None, None, some.dataQualityStatus, report.source)

    def following(self, _body: Board) -> str | None:
        """There is no next page."""
        return None
