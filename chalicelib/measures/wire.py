"""What the measures answer, in the words of the national portal's reports where it has some."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.petitions import PetitionAbout, PetitionKind
from chalicelib.law.findings import RuleId
from chalicelib.measures.model import What
from chalicelib.measures.reported import Dialect, Doubt

PERIOD = "A year, a quarter or a month of Vietnam's calendar: 2026, 2026-Q3, 2026-09"


class MeasureQuery(BaseModel):
    """Of whom, and when."""

    model_config = ConfigDict(extra="forbid")
    unit: str = Field(max_length=60, description="The agency, by its identifier", examples=["H01"])
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    alone: Literal["true", "false"] = Field(default="false", description="Without the agencies that stand below it")


class CutQuery(BaseModel):
    """When, and cut by what."""

    model_config = ConfigDict(extra="forbid")
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    alone: Literal["true", "false"] = Field(default="false", description="Without the agencies that stand below it")
    procedure: str = Field(default="", max_length=40, description="Of this procedure alone")
    channel: Literal["", "ONLINE", "DIRECT", "POSTAL"] = Field(default="", description="Filed by this way alone")
    party: Literal["", "CITIZEN", "FOREIGNER", "ORGANISATION", "unsaid"] = Field(
        default="", description="Held by such alone; `unsaid`: the log does not say it"
    )


class BehindQuery(BaseModel):
    """Which count is opened."""

    model_config = ConfigDict(extra="forbid")
    count: str = Field(max_length=30, description="A count by its name", examples=["late"])
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    procedure: str = Field(default="", max_length=40, description="Of this procedure alone, by its code")
    channel: Literal["", "ONLINE", "DIRECT", "POSTAL"] = Field(default="", description="Filed by this way alone")
    party: Literal["", "CITIZEN", "FOREIGNER", "ORGANISATION", "unsaid"] = ""
    cursor: str = Field(default="", max_length=200, description="`next` of the page before")


class PetitionedQuery(BaseModel):
    """Which count of petitions is opened."""

    model_config = ConfigDict(extra="forbid")
    count: str = Field(max_length=30, description="A count by its name", examples=["petitions_late"])
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    cursor: str = Field(default="", max_length=200, description="`next` of the page before")


class FindingQuery(BaseModel):
    """Which findings."""

    model_config = ConfigDict(extra="forbid")
    period: str = Field(max_length=10, description=PERIOD, examples=["2026-Q4"])
    rule: RuleId | None = Field(default=None, description="By this rule alone")
    cursor: str = Field(default="", max_length=200, description="`next` of the page before")


class Indicator(BaseModel):
    """An indicator: a share in percent, or a mean of seconds; what is null nobody can say, and it is not 0."""

    id: str
    name_vi: str
    name_en: str
    citation: str
    unit: Literal["percent", "seconds"]
    numerator: int | None
    denominator: int | None
    ratio: float | None = Field(description="Two decimals, half up; null where there is no denominator")
    dataQualityStatus: Literal["ok", "empty", "missing", "impossible", "withheld"] = Field(  # noqa: N815 - the portal's
        description="`empty`: the denominator is 0; `missing`: nobody counts it; `impossible`: more than the whole; "
        "`withheld`: too few people, or the month is not over"
    )
    numerator_counts: list[str] = Field(description="What the numerator is the sum of")
    denominator_counts: list[str] = Field(description="What the denominator is the sum of")
    note: str | None = Field(description="What it leaves open")


class ReportedIndicator(BaseModel):
    """An indicator as another system reported it; what is null it did not say, and it is not 0."""

    formula: str = Field(description="The set by which the indicator is named")
    id: str
    name_vi: str
    name_en: str
    citation: str
    numerator: int | None
    denominator: int | None
    ratio: float | None = Field(description="Two decimals, half up, reckoned here; null where there is none")
    dataQualityStatus: Literal["ok", "empty", "missing", "impossible", "doubtful", "withheld"] = Field(  # noqa: N815 - the portal's
        description="As it was checked here: `doubtful` names why in `doubts`; the others as in our own figures"
    )
    reportedStatus: str | None = Field(description="What the source itself says of it")  # noqa: N815 - as the portal's own word
    doubts: list[Doubt] = Field(description="Why it is doubtful; nothing was corrected")
    row: int | None = Field(description="Of which row of its batch it is, from 0; null: of all rows of the unit")


class ReportedFigures(BaseModel):
    """What another system reported of the unit in this very period. It is added to nothing."""

    source: str = Field(description="Agency, system and dialect", examples=["H01/one-stop/portal_report"])
    agency: str = Field(description="The agency that sent it")
    system: str
    dialect: Dialect
    version: int = Field(description="A correction has a higher one")
    batch: str = Field(description="The rows that it is made of, by name")
    received_at: str
    indicators: list[ReportedIndicator]


class Measures(BaseModel):
    """The indicators of a unit in a period."""

    unit: str
    name: str
    period: str
    timeType: Literal["month", "quarter", "year"]  # noqa: N815 - the portal's own word
    units: int = Field(description="How many agencies are added up: the counts, never the shares")
    indicators: list[Indicator]
    elsewhere: list[ReportedFigures] = Field(
        description="What other systems reported of this unit and period, by source: never added to ours"
    )
    citation: str
    as_of: str


class CutMeasures(Measures):
    """The same with the counts; whom somebody complained of is none of them."""

    counts: dict[str, int]


class DossierBehind(BaseModel):
    """A dossier behind a figure."""

    dossier: str
    adds: int = Field(description="How much it adds to the count")
    procedure: str
    channel: str
    party: str
    received_at: str | None
    accepted_at: str | None
    due_at: str | None = Field(description="When it was due as it ended")
    ended_at: str | None
    ending: Literal["processed", "refused", "withdrawn", "lapsed", "stopped"] | None


class BehindPage(BaseModel):
    """Dossiers behind a figure."""

    dossiers: list[DossierBehind]
    withheld: int = Field(description="Those of this page that I may not read")
    next: str | None = Field(description="Send it as `cursor`; a page may be empty and have one")


class PetitionBehind(BaseModel):
    """A petition or complaint behind a figure."""

    petition: str
    kind: PetitionKind
    about: PetitionAbout
    at: str
    counts: list[str]


class PetitionBehindPage(BaseModel):
    """Petitions behind a figure, the oldest first."""

    petitions: list[PetitionBehind]
    next: str | None = Field(description="Send it as `cursor`")


class Rule(BaseModel):
    """A rule as it held when the finding was complete."""

    id: RuleId
    name_vi: str
    name_en: str
    citation: str
    kind: Literal["law", "policy"] = Field(
        description="`policy`: its thresholds, or its reading of the citation, are ours"
    )
    thresholds: dict[str, int]
    note: str | None


class Evidence(BaseModel):
    """An event of the dossier's log."""

    number: int = Field(description="Its number in the log")
    what: What
    at: str
    due_at: str | None = Field(description="When the dossier was due then; null where the event does not say it")


class Finding(BaseModel):
    """What a rule found in a dossier; nothing was corrected."""

    dossier: str
    rule: Rule
    at: str = Field(description="When it was complete")
    procedure: str
    channel: str
    party: str
    evidence: list[Evidence]


class FindingPage(BaseModel):
    """Findings, the oldest first."""

    findings: list[Finding]
    withheld: int = Field(description="Those of this page in dossiers that I may not read")
    next: str | None = Field(description="Send it as `cursor`; a page may be empty and have one")
