"""What anyone may read of a service."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.agencies.wire import CounterEntryBody, OutageReason
from chalicelib.catalogue.procedures.whose import PROVINCE
from chalicelib.catalogue.procedures.wire import BlockerView
from chalicelib.catalogue.services.owed import FeeView
from chalicelib.catalogue.services.papers import NOTHING, CaseView, PaperView
from chalicelib.catalogue.services.told import (
    Authority,
    FlagsView,
    NoteView,
    Place,
    ReturnView,
    StepView,
    Variant,
)

Kind = Literal["administrative_procedure", "public_non_business", "public_utility"]
Level = Literal["full", "partial", "none", "unknown"]
PAGE, MOST, LONGEST = 20, 100, 300
LONGEST_QUERY = 200  # characters: what search itself takes


class ServiceQuery(BaseModel):
    """What to look for; every filter that is given has to fit."""

    q: str = Field(default="", max_length=LONGEST_QUERY, description="Plain words, with or without diacritics")
    kind: Kind = Field(default=NOTHING, description="Which of the three kinds of service")
    level: Level = Field(default=NOTHING, description="How far online")
    field: str = Field(default=NOTHING, max_length=LONGEST, description="A value of facets.field")
    agency: str = Field(
        default=NOTHING, max_length=LONGEST, description="Code of an agency that promulgates, decides or performs it"
    )
    subject: str = Field(
        default=NOTHING, max_length=LONGEST, description="A value of facets.subject: who may ask for it"
    )
    life_event: str = Field(default=NOTHING, max_length=LONGEST, description="A value of facets.life_event")
    promulgator: str = Field(default=NOTHING, max_length=LONGEST, description="A value of facets.promulgator")
    area: str = Field(default=NOTHING, max_length=LONGEST, description="A value of facets.area: only what is its own")
    province: str = Field(
        default=NOTHING,
        pattern=f"^{PROVINCE}$",
        description="Where you live: of variants of a name the province's own comes first, then the ministry's",
    )
    offered: Literal["true", "false"] = Field(default=NOTHING, description="Whether a draft can be opened here")
    limit: int = Field(default=PAGE, ge=1, le=MOST, description="Services of a page")
    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class PlaceQuery(BaseModel):
    """Whose counters to show: those of a province, or of one agency and those above it."""

    province: str = Field(default=NOTHING, pattern=f"^{PROVINCE}$", description="Where you live", examples=["H35"])
    agency: str = Field(
        default=NOTHING,
        max_length=35,
        pattern=r"^[A-Y][0-9]{2}(\.[0-9A-Z]+)*$",
        description="Where you hand in; it goes before `province`",
        examples=["H01.10"],
    )


class ServiceRow(BaseModel):
    """A service in a list, with others of the same name."""

    code: str = Field(examples=["1.001193"])
    name_vi: str
    name_en: str | None
    kind: str
    level: str = Field(description="full, partial, none or unknown")
    offered: bool = Field(description="Whether a draft can be opened here; else it is a national record to read")
    fields: list[str]
    life_events: list[str]
    promulgated_by: Authority | None = Field(description="Who published it: a ministry, or a province for itself")
    area: Place | None = Field(description="The province for which alone it was published; null: the whole country")
    variants: list[Variant] = Field(description="Others of the same name, in the order in which they would come first")


class Facet(BaseModel):
    """How many services of the whole answer have a value, each variant of a name counted."""

    value: str
    name_vi: str | None = Field(default=None, description="Its name, where the value is a code")
    count: int


class NothingFits(BaseModel):
    """Said instead of a list that would only guess."""

    text_vi: str = "Không có dịch vụ nào hợp với câu này. Hãy thử từ khác, ngắn hơn, hoặc chọn theo sự kiện cuộc đời."
    text_en: str = "No service fits these words well. Try other or fewer words, or choose a life event."


class ServiceList(BaseModel):
    """A page of services, the best match first; without words, by code."""

    total: int = Field(description="How many rows there are")
    services: list[ServiceRow]
    nothing_fits: NothingFits | None = Field(description="Words were given, and no service fits them well")
    facets: dict[str, list[Facet]] = Field(
        description="Counts by kind, level, field, subject, life event, promulgator, area"
    )
    next: str | None = Field(description="Cursor of the next page")
    as_of: str | None = Field(description="When the list was made; a change shows within seconds")


class Unknown(BaseModel):
    """What the national record does not say; `pointer` is a JSON Pointer into this answer."""

    pointer: str = Field(examples=["/papers/0/originals"])
    why_vi: str
    why_en: str


class PriceView(BaseModel):
    """A line of a provider's price list (giá), for services that are not administrative procedures."""

    name_vi: str
    name_en: str | None
    amount: int | None
    currency: str
    unit_vi: str


class SaidView(BaseModel):
    """A sentence of the record with a length of time in it, and what it was read as."""

    words_vi: str
    quantity: float | int | None
    unit: str | None = Field(description="wd, d, wh, h, m; null where the record's unit is none of them")
    added: bool = Field(description="The length is added to another one")
    areas: list[str] = Field(description="Kinds of communes that it names: mountain, border, island, remote ...")
    reading: str | None = Field(
        description="here (this line's term), elsewhere (another line's), aside (no term), null: nobody decided"
    )


class AnsweredView(BaseModel):
    """An answer of the form on which a line depends."""

    field: str = Field(description="A field of the form, by JSON Pointer", examples=["/kind"])
    value: str | int | bool | None = Field(description="The value that the field must have", examples=["a"])


class TimeView(BaseModel):
    """A line of the term: how long it takes, for whom, in the record's words; the first line that fits holds.

    `term` is null where the record leaves a doubt; `quantity`, `unit` and `record` are what it says all the same.
    """

    channel: str | None
    term: str | None = Field(description="wd working days, d days, wh working hours, h hours, m months")
    text_vi: str = Field(description="The record's words on it, the condition among them")
    case: str | None = Field(default=None, description="Code of the case; null: in every case", examples=["1.115784#a"])
    areas: list[str] = Field(default=[], description="Only in communes of these kinds; empty: wherever it is filed")
    when: list[AnsweredView] = Field(default=[], description="Only with these answers in the form")
    quantity: float | int | None = None
    unit: str | None = None
    record: str | None = Field(default=None, description="The term as the record's fields have it")
    not_counted_vi: list[str] = Field(default=[], description="What is not counted, in the record's words")
    sentences: list[SaidView] = []
    certain: bool = Field(default=True, description="False: read the words, `unknown` points here")


class ReasonView(BaseModel):
    """A reason of the closed list, with the basis it rests on."""

    code: str
    text_vi: str
    text_en: str
    legal_basis: str


class LevelView(BaseModel):
    """How far online, every blocker, and the notice owed when it is not end to end (Decree 224/2026 Art. 14)."""

    level: str = Field(description="full (toàn trình), partial (một phần), none (barred by a law), unknown")
    blockers: list[BlockerView]
    reasons: list[ReasonView]
    notice_vi: str
    notice_en: str
    citation: str


class AppealView(BaseModel):
    """Where to turn when one disagrees."""

    text_vi: str
    text_en: str
    citation: str | None = Field(description="Null: the operator's own guidance, no quotation of a law")


class OutageNotice(BaseModel):
    """An announced outage of this service."""

    id: str
    starts_at: str
    ends_at: str
    agency: str | None = Field(description="Only what is filed with this agency or below; null: wherever it is filed")
    text_vi: str
    text_en: str
    fallback_vi: str = Field(description="What people do meanwhile; empty: not said")
    fallback_en: str
    reason: OutageReason | None = Field(description="Of the list; null: announced when none was asked for")


class CounterToday(CounterEntryBody):
    """What an agency says of this service at its own counter today; it goes before what the record leaves to it."""

    agency: str
    name: str = Field(description="The agency's name")


class ProviderView(BaseModel):
    """Who provides a public non-business or public-utility service."""

    name_vi: str
    contact: str | None
    portal: str | None


class ServiceView(BaseModel):
    """Six facts before one starts: papers, fee, time, level, who decides, how to appeal; and where they come from."""

    code: str
    version: int | None = Field(description="Null for a national record that is not offered here")
    offered: bool
    kind: str = Field(description="administrative_procedure, public_non_business or public_utility")
    name_vi: str
    name_en: str | None
    papers: list[PaperView]
    cases: list[CaseView]
    notes_vi: list[str] = Field(description="The texts of `notes`")
    notes: list[NoteView]
    requirements_vi: str | None = Field(description="Conditions that have to be met, in the record's words")
    description_vi: str | None = Field(description="What the record says besides")
    note_vi: str | None
    steps: list[StepView]
    receiving_vi: str | None = Field(description="Where to hand in")
    returns: list[ReturnView]
    fees: list[FeeView]
    prices: list[PriceView]
    times: list[TimeView]
    online: LevelView
    promulgated_by: Authority | None = Field(description="Who published it: a ministry, or a province for itself")
    area: Place | None = Field(description="The province for which alone it was published; null: the whole country")
    variant_of: str | None = Field(description="The national procedure of which it is a province's variant")
    administrative_level: list[str] = Field(description="ministry, province, ward, other")
    decided_by: list[Authority]
    performed_by: str
    performers: list[Authority]
    delegated_to: list[Authority] = Field(description="As the record has it; some only repeat who decides there")
    coordinated_by: list[Authority]
    appeal: AppealView
    provider: ProviderView | None
    channels: list[str]
    service_channels: list[str] = Field(description="Of Decree 137/2024 Art. 8(5): where it can be reached")
    results: list[Authority]
    subjects: list[Authority]
    fields: list[Authority]
    life_events: list[str]
    legal_bases: list[Authority]
    min_level: int | None
    effective_from: str | None
    effective_to: str | None
    has_form: bool
    counters: list[CounterToday] = Field(
        description="What holds today at the agencies of `province`, or at `agency` (nearest first); empty without both"
    )
    outages: list[OutageNotice]
    source: dict[str, Any]
    flags: FlagsView
    unknown: list[Unknown]


class FormView(BaseModel):
    """The interactive form: JSON Schema 2020-12, its pages and labels, its rules."""

    code: str
    version: int | None
    document: dict[str, Any]


class ExportView(BaseModel):
    """The whole catalogue as open data: JSON lines, gzip."""

    url: str
    sha256: str
    count: int
    as_of: str
