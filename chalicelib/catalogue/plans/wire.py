"""What goes over the wire of plans: drafts, decisions, what is issued, and how far it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import Strict
from chalicelib.kernel.words import REASON

type KindOfService = Literal["public_non_business", "public_utility"]
type Channel = Literal["national_portal", "authority_system", "provider_portal"]
type Level = Literal["none", "partial", "full"]
type Said = Literal["planned", "under_way", "done", "dropped"]
type Progress = Literal["planned", "under_way", "reached", "late", "dropped", "replaced"]
type Standing = Literal["draft", "reviewed", "issued", "replaced"]
type Name = Annotated[str, Field(min_length=1, max_length=300)]
type Identifier = Annotated[str, Field(max_length=35)]
type Quarter = Annotated[str, Field(max_length=7, examples=["2026-Q4"])]
MOST_SERVICES: Final = 100
"""Services of a plan: what the catalogue offers of them is read at once."""


class PlannedServiceBody(Strict):
    """A service as a plan has it."""

    service: Annotated[str, Field(max_length=40, examples=["U.000001"])]
    kind: KindOfService
    name_vi: Name
    name_en: Name
    provider_vi: Name
    provider_en: Name
    channels: list[Channel] = Field(min_length=1, max_length=3)
    current: Level
    target: Level
    quarter: Quarter
    owner: Identifier


class PlanBody(Strict):
    """A plan as it is drafted, whole."""

    issuer: Identifier
    title_vi: Name
    title_en: Name
    kinds: list[KindOfService] = Field(min_length=1, max_length=2)
    first: Quarter
    last: Quarter
    items: list[PlannedServiceBody] = Field(min_length=1, max_length=MOST_SERVICES)
    replaces: str = Field(default="", max_length=60)


class PlanReviewBody(Strict):
    """What a reviewer says of a draft."""

    accepted: bool
    note: Annotated[str, Field(max_length=2_000)] = ""


class PlanIssueBody(Strict):
    """The decision by which a plan is issued."""

    number: Annotated[str, Field(min_length=1, max_length=100, examples=["15/KH-UBND"])]
    day: date = Field(examples=["2026-11-20"])


class PlanProgressBody(Strict):
    """How far a service is, as its owner says."""

    said: Said
    why: Annotated[str, REASON, Field(max_length=300, description="Everybody reads it")] = ""


class PlanQuery(Strict):
    """Which plans."""

    issuer: str = Field(default="", max_length=35, description="Issued by this agency alone")
    kind: Literal["", "public_non_business", "public_utility"] = Field(
        default="", description="For such services alone"
    )
    quarter: str = Field(default="", max_length=7, description="That have this quarter", examples=["2026-Q4"])
    status: Literal["", "draft", "reviewed", "issued", "replaced"] = Field(
        default="", description="That stand so alone"
    )
    q: str = Field(default="", max_length=200, description="Words of the title, or the number of the decision")
    cursor: str = Field(default="", max_length=1_000)


class PlannedServiceQuery(Strict):
    """Which services of a plan."""

    progress: Literal["", "planned", "under_way", "reached", "late", "dropped", "replaced"] = Field(
        default="", description="That are so far alone; `late` lists what is overdue"
    )
    owner: str = Field(default="", max_length=35, description="That this agency answers for")
    quarter: str = Field(default="", max_length=7, description="Planned for this quarter", examples=["2026-Q4"])
    q: str = Field(default="", max_length=200, description="Words of the name or the provider, or the code")
    cursor: str = Field(default="", max_length=1_000)


class PlanDecisionView(BaseModel):
    """The decision that issued a plan."""

    number: str
    day: str


class PlanRow(BaseModel):
    """A plan in a list."""

    id: str
    issuer: str
    title_vi: str
    title_en: str
    kinds: list[KindOfService]
    first: str
    last: str
    services: int = Field(description="How many services it has")
    status: Standing
    decision: PlanDecisionView | None


class PlanList(BaseModel):
    """A page of plans, and how many there are of all that were asked for."""

    plans: list[PlanRow]
    total: int
    next: str | None


class PlannedServiceView(BaseModel):
    """A service of a plan, beside what the catalogue offers of it today."""

    service: str
    kind: KindOfService
    name_vi: str
    name_en: str
    provider_vi: str
    provider_en: str
    channels: list[Channel]
    current: Level
    target: Level
    quarter: str
    owner: str
    said: Said = Field(description="What its owner says")
    why: str
    progress: Progress = Field(description="What the catalogue shows: late from the day after its quarter")
    level_now: str = Field(description="The level that the catalogue offers today")
    missing: list[Channel] = Field(description="Channels of the plan on which the catalogue does not offer it")


class PlannedServiceList(BaseModel):
    """A page of a plan's services, and how many there are of all that were asked for."""

    services: list[PlannedServiceView]
    total: int
    next: str | None


class PlannedServiceStanding(PlannedServiceView):
    """A service of a plan for whoever says how far it is."""

    version: int = Field(description="Of the plan: what `If-Match` of the next change names")


class DossierCount(BaseModel):
    """How many dossiers came, as far as it shows no small group."""

    count: int | None = Field(description="Null: fewer than `least`, or none")
    quality: Literal["ok", "few"] = Field(description="`few` where the number is not told")


class PlannedServiceDetail(PlannedServiceView):
    """A service of a plan with its dossiers, in months that are over."""

    counted_until: str = Field(description="The last month that is looked at", examples=["2026-10"])
    least: int = Field(description="Numbers are told from so many dossiers on, and move by so many or more")
    dossiers: DossierCount = Field(description="How many dossiers of it came to this system: the sum of the channels")
    by_channel: dict[Channel, DossierCount] = Field(description="How many of them by each channel")


class PlanProgressCounts(BaseModel):
    """How many services of a plan are how far."""

    planned: int
    under_way: int
    reached: int
    late: int
    dropped: int
    replaced: int


class PlanView(BaseModel):
    """A plan that was issued."""

    id: str
    version: int = Field(description="What `If-Match` of a change names")
    issuer: str
    title_vi: str
    title_en: str
    kinds: list[KindOfService]
    first: str
    last: str
    status: Standing
    decision: PlanDecisionView | None
    issued_at: str | None
    replaces: str | None
    replaced_by: str | None
    counts: PlanProgressCounts


class PlanReviewView(BaseModel):
    """What a reviewer said."""

    by: str
    at: str
    accepted: bool
    note: str


class PlanDraftView(PlanView):
    """A plan at any stage, for those who make it."""

    drafter: str
    authors: list[str]
    review: PlanReviewView | None
    items: list[PlannedServiceView]


class PlanSheet:
    """The list of plans as a table."""

    filename = "plans.csv"
    COLUMNS: Final = (
        "id",
        "issuer",
        "title_vi",
        "title_en",
        "kinds",
        "first",
        "last",
        "services",
        "status",
        "number",
        "day",
    )

    def rows(self, body: PlanList) -> Iterator[Sequence[str]]:
        """The names of the columns, then the rows."""
        yield self.COLUMNS
        for each in body.plans:
            told = (each.id, each.issuer, each.title_vi, each.title_en, " ".join(each.kinds), each.first, each.last)
            issued = (each.decision.number, each.decision.day) if each.decision else ("", "")
            yield (*told, str(each.services), each.status, *issued)

    def following(self, body: PlanList) -> str | None:
        """Where the list goes on."""
        return body.next


class PlannedServiceSheet:
    """The services of a plan as a table."""

    filename = "planned-services.csv"
    COLUMNS: Final = (
        "service",
        "kind",
        "name_vi",
        "name_en",
        "provider_vi",
        "provider_en",
        "channels",
        "current",
        "target",
        "quarter",
        "owner",
        "said",
        "why",
        "progress",
        "level_now",
        "missing",
    )

    def rows(self, body: PlannedServiceList) -> Iterator[Sequence[str]]:
        """The names of the columns, then the rows."""
        yield self.COLUMNS
        for each in body.services:
            told = each.model_dump(mode="json")
            yield [" ".join(v) if isinstance(v := told[name], list) else str(v) for name in self.COLUMNS]

    def following(self, body: PlannedServiceList) -> str | None:
        """Where the list goes on."""
        return body.next
