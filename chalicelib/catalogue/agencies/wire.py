"""Agencies and outages as they are read and kept."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chalicelib.catalogue.procedures.terms import AREAS, Area
from chalicelib.catalogue.procedures.wire import PRINTED, Code, Strict
from chalicelib.kernel.words import REASON, SIGN
from chalicelib.law.outages import reason_of

FIRST_YEAR, LAST_YEAR = 2000, 2199


def _near(moment: datetime) -> datetime:
    """A moment that every zone can say: the ends of the calendar have no neighbouring day."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError("moment_range", "Should be in the years 2000 to 2199")
    return moment


type Moment = Annotated[AwareDatetime, AfterValidator(_near)]
type Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples=["2026-12-01"])]


class Scope(Strict):
    """Procedures and fields in an area: an agency's identifier with all under it, or `*` for the country."""

    area: Annotated[str, SIGN] = Field(max_length=35)
    procedures: list[Annotated[str, Field(max_length=40)]] = Field(default=[], max_length=2000)
    fields: list[Annotated[str, Field(max_length=300)]] = Field(default=[], max_length=300)


class AgencyEntry(BaseModel):
    """An agency under one name for one time; a rename is a second entry."""

    name: str = Field(min_length=2, max_length=300)
    level: Literal["ministry", "province", "commune", "unit"]
    parent: str | None = Field(default=None, max_length=35)
    one_stop: str | None = Field(default=None, max_length=300)
    place: str = Field(default="", max_length=200)
    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The first day on which it is no more")
    successors: list[Annotated[str, Field(max_length=35)]] = Field(default=[], max_length=20)
    receives_for: list[Scope] = Field(default=[], max_length=50)
    jurisdiction: list[Scope] = Field(default=[], max_length=50)
    note: str = Field(default="", max_length=500)
    one_officer: bool = Field(
        default=False,
        description="Whether one person may verify and approve the same dossier, where there is no second one: once two"
        " administrators keep it so, the second of an agency above",
    )
    areas: list[Area] | None = Field(
        default=None,
        max_length=len(AREAS),
        description="Of which kinds its commune is, for terms that depend on it; [] of none, null: not said",
    )
    unheld_working_hours: int | None = Field(
        default=None,
        ge=1,
        le=200,
        description="For how long a task may wait that nobody took, before it is told; null: as the rule pack says",
        examples=[8],
    )


class KeptEntry(AgencyEntry):
    """An entry as an administrator sends it: known names only, and names that papers can say."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=300), PRINTED]
    one_stop: Annotated[str, Field(max_length=300), PRINTED] | None = None
    place: Annotated[str, Field(max_length=200), PRINTED] = ""


class AgencyBody(Strict):
    """An agency as an administrator keeps it, whole."""

    entries: list[KeptEntry] = Field(min_length=1, max_length=50)


class AgencyQuery(BaseModel):
    """Which page of the agencies."""

    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class AgencyChange(BaseModel):
    """A change that takes two administrators: it ends or shortens an agency, or turns its work to others."""

    agency: str = Field(examples=["H01.10.24"])
    name: str = Field(description="Its name when it was proposed, or came into force")
    is_in_force: bool = Field(description="Whether a second administrator said the same; false while it waits for one")
    entries: list[AgencyEntry] = Field(description="As they would be, or are since `decided_at`")
    by: str = Field(description="Keyed hash of who proposed it")
    by_agency: str = Field(description="The agency of who proposed it", examples=["H01"])
    at: str
    version: int = Field(description="Of the agency: who confirms it sends `entries` under this one (`If-Match`)")
    decided_at: str | None
    expires_at: str | None = Field(
        description="When it is no more unless a second administrator said the same; null: it is in force"
    )
    yours_to_confirm: bool = Field(description="Whether you may be the second one: not who proposed it, and from above")


class ChangesQuery(BaseModel):
    """Which page of the changes, and which of them: a page that is narrowed may be short, and go on."""

    yours_to_confirm: bool | None = Field(default=None, description="Only those that wait for you, or do not")
    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class AgencyChanges(BaseModel):
    """A page of the changes of my agency, those below it, and those that name one of them: the last of each agency."""

    changes: list[AgencyChange]
    next: str | None


class AgencyView(BaseModel):
    """An agency under its name of today, and its names over time."""

    id: str = Field(examples=["H01.10.24"], description="Decision 20/2020/QD-TTg")
    name: str
    one_stop: str
    place: str
    entries: list[AgencyEntry]
    warnings: list[str] = []
    one_officer_confirmed: list[str] = Field(
        default=[],
        description="First days of the entries whose `one_officer` two administrators confirmed, the second of an"
        " agency above",
        examples=[["2026-12-01"]],
    )
    waits: AgencyChange | None = Field(
        default=None,
        description="What you sent, when it waits for a second administrator and `entries` stay in force meanwhile;"
        " administrators read of it in `GET /v1/catalogue/agencies`",
    )


class AgencyRow(BaseModel):
    """An agency in the list."""

    id: str
    name: str
    place: str


class AgencyList(BaseModel):
    """A page of agencies by identifier."""

    agencies: list[AgencyRow]
    next: str | None


class OutageBody(Strict):
    """An outage to announce (Decree 224/2026 Art. 13)."""

    starts_at: Moment = Field(examples=["2026-12-10T22:00:00+07:00"])
    ends_at: Moment = Field(description="Expected recovery")
    reason: str = Field(max_length=40, examples=["maintenance"], description="A code of `reasons` of `GET /v1/outages`")
    planned: bool = True
    text_vi: str = Field(min_length=5, max_length=1000)
    text_en: str = Field(min_length=5, max_length=1000)
    services: list[Code] = Field(default=[], max_length=500, description="Codes; empty: all of them")
    agency: str | None = Field(
        default=None,
        max_length=35,
        description="Only what is filed with this agency or below it: your own or one below. Null: wherever the named"
        " services are filed, which your agency or one below keeps; where none is named, your own agency",
    )
    force_majeure: Annotated[str | None, REASON] = Field(
        default=None, max_length=500, description="Why it could not be announced in time"
    )
    fallback_vi: str = Field(
        default="", max_length=1000, description="What people do meanwhile; a planned one needs it"
    )
    fallback_en: str = Field(default="", max_length=1000, description="The same in English")


type Why = Annotated[str, REASON, Field(min_length=5, max_length=500), PRINTED]


class OutageMoveBody(Strict):
    """Another end of an announced outage."""

    ends_at: Moment = Field(description="The expected recovery as it is now")
    why: Why
    force_majeure: Annotated[str | None, REASON] = Field(
        default=None, max_length=500, description="Why a longer one could not be announced in time"
    )


class OutageWithdrawalBody(Strict):
    """Why an announced outage is withdrawn."""

    why: Why


class OutageReason(BaseModel):
    """Why services do not work: an entry of the list, which is configuration."""

    code: str
    text_vi: str
    text_en: str

    @classmethod
    def of(cls, code: str) -> Self:
        """A stored code with its words; one that no list ever had stands for itself."""
        words = reason_of(code)
        return cls(code=code, text_vi=words.text_vi if words else code, text_en=words.text_en if words else code)


class OutageView(BaseModel):
    """An announced outage."""

    id: str
    starts_at: str
    ends_at: str
    announced_at: str
    planned: bool
    text_vi: str
    text_en: str
    services: list[str]
    agency: str | None = Field(description="Only what is filed with this agency or below; null: wherever it is filed")
    force_majeure: str | None
    suspends: list[dict[str, Any]] = Field(description="Terms that stand still meanwhile, each with its citation")
    reason: OutageReason | None = Field(description="Of the list; null: announced when none was asked for")
    announcer: str | None
    changed_at: str | None
    changed_why: str | None
    withdrawn: bool
    fallback_vi: str = Field(description="What people do meanwhile; empty: not said")
    fallback_en: str


class OutageList(BaseModel):
    """Outages that are not over."""

    outages: list[OutageView]
    reasons: list[OutageReason] = Field(description="Those that an outage may be announced for now")


class CounterFeeBody(Strict):
    """A fee as the agency takes it."""

    type: Annotated[str, Field(min_length=1, max_length=300)]
    amount: Annotated[int, Field(ge=0, le=10**12)] | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["VND"])] | None = None
    text_vi: Annotated[str, Field(max_length=2_000)] = ""
    channel: Literal["ONLINE", "POSTAL", "DIRECT"] | None = None
    citation: Annotated[str, Field(min_length=5, max_length=500)] = Field(
        description="The decision that set it", examples=["Nghị quyết 12/2026/NQ-HĐND"]
    )


class CounterEntryBody(Strict):
    """What holds at the counter for one time."""

    valid_from: Day
    valid_to: Day | None = Field(default=None, description="The first day on which it holds no more")
    fees: list[CounterFeeBody] = Field(default=[], max_length=50)
    hours_vi: Annotated[str, Field(max_length=1_000)] = ""
    address_vi: Annotated[str, Field(max_length=1_000)] = ""
    note_vi: Annotated[str, Field(max_length=2_000)] = ""


class CounterBody(Strict):
    """What an agency says of a service at its own counter, whole."""

    entries: list[CounterEntryBody] = Field(max_length=20)


class CounterChange(BaseModel):
    """What a counter would say, once a second publisher sends the same."""

    agency: str = Field(examples=["H01.10.24"])
    procedure: str = Field(examples=["1.001193"])
    name: str = Field(description="The agency's name when it was proposed")
    entries: list[CounterEntryBody] = Field(description="As they would be; empty: it would say nothing any more")
    by: str = Field(description="Keyed hash of who proposed it")
    by_agency: str = Field(description="The agency of who proposed it", examples=["H01"])
    at: str
    version: int = Field(description="Of the counter: who confirms it sends `entries` under this one (`If-Match`)")
    expires_at: str = Field(description="When it is no more unless a second publisher said the same")
    yours_to_confirm: bool = Field(description="Whether you may be the second one: not who proposed it")


class CounterChanges(BaseModel):
    """A page of what waits of the counters of my agency and those below it."""

    changes: list[CounterChange]
    next: str | None


class CounterView(BaseModel):
    """What an agency says of a service at its own counter, by date."""

    agency: str
    procedure: str
    name: str = Field(description="The agency's name when it was kept")
    entries: list[CounterEntryBody]
    waits: CounterChange | None = Field(
        default=None,
        description="What you sent, when it waits for a second publisher and `entries` stay in force meanwhile;"
        " publishers read of it in `GET /v1/catalogue/counters`",
    )
