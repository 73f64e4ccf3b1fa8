"""What the sides of a mandate send and read."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.contracts.identity import Form, RepresentativeAct, Storage
from chalicelib.contracts.mandates import MandateSide
from chalicelib.law.codes import LINE, is_identity
from chalicelib.law.representation import EvidenceKind, PartyKind


def _in_our_time(day: date) -> date:
    if not 2000 <= day.year < 2200:  # noqa: PLR2004 - no mandate of ours is of another century
        raise PydanticCustomError("moment_range", "Within the years 2000 to 2199")
    return day


type MediaType = Literal["application/pdf", "image/jpeg", "image/png"]
type Day = Annotated[date, AfterValidator(_in_our_time)]
type Code = Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]


class Strict(BaseModel):
    """Takes no name it does not know: a misspelt one is told, not lost."""

    model_config = ConfigDict(extra="forbid")


class OtherBody(Strict):
    """The other side, as the one that offers knows it; nobody looks it up."""

    kind: PartyKind
    identity: str = Field(max_length=40)
    name: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _shaped(self) -> Self:
        if not is_identity(self.kind, self.identity):
            raise PydanticCustomError("value_error", "No identity of that kind")
        return self


class EvidenceBody(Strict):
    """What proves the form."""

    kind: EvidenceKind
    reference: str = Field(min_length=1, max_length=200, pattern=f"^{LINE}$")
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


class TermsBody(Strict):
    """What both sides are to agree on."""

    procedures: list[Code] = Field(max_length=50)
    may: list[RepresentativeAct] = Field(default=[], max_length=5)
    storage: Storage | None = None
    form: Form = "plain"
    evidence: EvidenceBody | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    for_one_act: bool = False
    allows_sub_mandates: bool = False


class OfferBody(TermsBody):
    """A mandate as one side offers it."""

    role: Literal["represented", "representative"]
    other: OtherBody


class SubOfferBody(TermsBody):
    """A sub-mandate as the representative offers it."""

    other: OtherBody


class NumberBody(Strict):
    """Which terms were read."""

    terms: int = Field(ge=1, lt=10**6, strict=True)


class EvidenceUploadBody(NumberBody):
    """The file of some terms, as a side is about to post it."""

    media_type: MediaType
    size: int = Field(ge=1, le=20 * 1024 * 1024, strict=True)


class RevocationBody(Strict):
    """Why."""

    reason: str = Field(min_length=5, max_length=500)


class PartyView(BaseModel):
    """A side of a mandate."""

    kind: PartyKind
    name: str
    identity: str
    acting: str = ""


class EvidenceView(BaseModel):
    """What proves the form."""

    kind: EvidenceKind
    reference: str
    sha256: str | None = None
    is_kept: bool


class EvidencePost(BaseModel):
    """Where and with which fields the file is posted (multipart/form-data, `file` last)."""

    url: str
    fields: dict[str, str]


class EvidenceTicket(BaseModel):
    """A form for the file of some terms."""

    post: EvidencePost
    max_bytes: int


class EvidenceLink(BaseModel):
    """A link to the file that proves a mandate."""

    url: str


class TermsView(BaseModel):
    """Terms of a mandate."""

    number: int
    procedures: list[str]
    may: list[RepresentativeAct]
    storage: Storage
    form: Form
    evidence: EvidenceView | None
    starts_on: date | None
    ends_on: date | None
    for_one_act: bool
    allows_sub_mandates: bool
    offered_by: MandateSide
    offered_at: str


class MandateView(BaseModel):
    """A mandate as its sides read it."""

    id: str
    status: Literal["proposed", "active", "expired", "declined", "ended"]
    my_side: MandateSide
    represented: PartyView
    representative: PartyView
    giver: PartyView | None
    terms: TermsView | None
    waiting: TermsView | None
    opens: str | None
    closes: str | None
    ended_at: str | None
    ended_why: str | None
    ended_reason: str | None
    under: str | None
    sub_mandates: list[str]
    not_known: list[str]


class MandateList(BaseModel):
    """A page of my mandates."""

    mandates: list[MandateView]
    withheld: int = Field(default=0, description="How many more a higher level of identity would show")
    next: str | None
