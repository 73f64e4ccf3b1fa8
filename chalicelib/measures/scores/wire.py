"""The service index as the national portal's own reports tell it: in JSON, and as a table."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

PERIOD: Final = "A year, a quarter or a month of Vietnam's calendar: 2026, 2026-Q3, 2026-09"
MOST: Final = "The most that it can have"
DELTA: Final = (
    "Points more than in the period before; null where one of the two has no score, or where the status of one "
    "(of a group: of one of its components) is none of `ok`, `assumed`, `partial`"
)


class ScoreQuery(BaseModel):
    """Of whom, when, by which formula."""

    model_config = ConfigDict(extra="forbid")
    unit: str = Field(max_length=60, description="The agency, by its identifier", examples=["H01"])
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    formula: str = Field(default="qd766-portal-2026", max_length=40, description="A formula set, by its name")
    group: str = Field(default="", max_length=30, description="One group alone", examples=["online"])


class ComponentScore(BaseModel):
    """A component. What is null nobody can say, and it is not 0."""

    id: str
    code: str | None = Field(description="The portal's own code")
    name_vi: str
    name_en: str
    numerator: int | None
    denominator: int | None
    ratio: float | None = Field(description="Numerator over denominator, before rounding")
    score: float | None = Field(description="Points")
    maxScore: int = Field(description=MOST)  # noqa: N815 - the portal's own word
    scoreDelta: float | None = Field(description=DELTA)  # noqa: N815 - the portal's own word
    dataQualityStatus: Literal["ok", "empty", "missing", "impossible", "assumed", "withheld", "partial"] = Field(  # noqa: N815 - the portal's own word
        description=(
            "`missing`: nobody counts it; `assumed`: full without counts, as the portal has it; "
            "`withheld`: too few to be told, or the month is not over; `partial`: scored without what `missing` names, "
            "so it may be better than it is; `impossible`: more than the whole, or less than nothing"
        )
    )
    missing: list[str] = Field(
        description="The counts that nobody has; of `partial`: what they lack", examples=[["services_with_dossiers"]]
    )


class GroupScore(BaseModel):
    """A group: the sum of its components, null where one has no score."""

    id: str
    name_vi: str
    name_en: str
    score: float | None = Field(description="Points")
    maxScore: int = Field(description=MOST)  # noqa: N815 - the portal's own word
    scoreDelta: float | None = Field(description=DELTA)  # noqa: N815 - the portal's own word
    components: list[ComponentScore]


class UnitScore(BaseModel):
    """An agency with all that stands below it."""

    unit: str
    name: str
    total: float | None = Field(description="Of 100; null where a group has no score")
    scored: float = Field(description="The sum of the groups that have one")
    of: int = Field(description="Of how many points")
    groups: list[GroupScore] = Field(description="The groups, as the formulas have them")


class Scores(BaseModel):
    """The index of an agency (`parent`) and of each right below it (`children`), whose counts are parts of its own."""

    formula: str = Field(description="The set of formulas", examples=["qd766-portal-2026"])
    citation: str
    period: str
    timeType: Literal["month", "quarter", "year"]  # noqa: N815 - the portal's own word
    parent: UnitScore
    children: list[UnitScore] = Field(
        description="Each agency that stood right below it in a month of the period: what it has of those months"
    )
    as_of: str


class ScoreSheet:
    """The same as a table: a row for each agency and component."""

    filename = "service-index.csv"
    COLUMNS: Final = (
        "unit",
        "name",
        "period",
        "timeType",
        "formula",
        "group",
        "component",
        "code",
        "numerator",
        "denominator",
        "ratio",
        "score",
        "maxScore",
        "scoreDelta",
        "dataQualityStatus",
    )

    def rows(self, body: Scores) -> Iterator[Sequence[str]]:
        """The names of the columns, then the rows; an empty cell is null."""
        yield self.COLUMNS
        for unit in (body.parent, *body.children):
            for group in unit.groups:
                for each in group.components:
                    about: tuple[Any, ...] = (unit.unit, unit.name, body.period, body.timeType, body.formula, group.id)
                    told = (each.id, each.code, each.numerator, each.denominator, each.ratio, each.score)
                    last = (each.maxScore, each.scoreDelta, each.dataQualityStatus)
                    yield ["" if cell is None else str(cell) for cell in (*about, *told, *last)]

    def following(self, _body: Scores) -> str | None:
        """There is no next page."""
        return None
