"""What owners and receivers send and get of grants."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.vault import Provenance
from chalicelib.law.codes import PERSONAL_NUMBER

AGENCY = r"[A-Y]\d{2}(\.[0-9A-Z]+)*"


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid")


class PersonReceiver(Strict):
    """A person by their number; it is not kept."""

    kind: Literal["person"]
    identity: str = Field(pattern=f"^{PERSONAL_NUMBER}$", description="Personal number", examples=["001093054329"])


class OrganisationReceiver(Strict):
    """An organisation by its number; it is not kept."""

    kind: Literal["organisation"]
    identity: str = Field(pattern=r"^[0-9-]{10,14}$", description="Number of the organisation", examples=["0101234567"])


class AgencyReceiver(Strict):
    """An agency by its code."""

    kind: Literal["agency"]
    identity: str = Field(
        pattern=f"^{AGENCY}$", max_length=35, description="Code of the agency", examples=["H01.10.24"]
    )


class GiveGrant(Strict):
    """Which document, with whom, for what, until when."""

    document: str = Field(min_length=1, max_length=120, examples=["H01.10.24-20261125-0000001-KQ1"])
    receiver: PersonReceiver | OrganisationReceiver | AgencyReceiver = Field(discriminator="kind")
    purpose: str = Field(max_length=40, description="A code of the list of purposes", examples=["employment"])
    until: AwareDatetime = Field(description="When it ends", examples=["2027-01-31T17:00:00+07:00"])


class GiveLink(Strict):
    """Which document, for what, until when: whoever has the code opens it once."""

    document: str = Field(min_length=1, max_length=120, examples=["H01.10.24-20261125-0000001-KQ1"])
    purpose: str = Field(max_length=40, description="A code of the list of purposes", examples=["proof"])
    until: AwareDatetime = Field(description="When it ends", examples=["2027-01-31T17:00:00+07:00"])


class OpenLink(Strict):
    """The code of a one-time link."""

    code: str = Field(min_length=1, max_length=64, description="The code that its owner gave", examples=["9f2c" * 8])


class Nothing(Strict):
    """Nothing but the act itself."""


class GrantView(BaseModel):
    """What an owner shares, or shared."""

    id: str = Field(description="Name of the grant", examples=["GR-7K3D9M2QW8XZ4T1B"])
    document: str
    title: str
    receiver_kind: Literal["person", "organisation", "agency", "link"] = Field(description="With whom it is shared")
    receiver: str = Field(description="The agency's code, or the last characters of a number", examples=["…329"])
    purpose: str = Field(description="Code of the purpose", examples=["employment"])
    given_at: str
    until: str
    standing: Literal["given", "withdrawn", "used", "ended"] = Field(description="Only what is given is read")
    withdrawn_at: str | None = None


class LinkView(GrantView):
    """A one-time link and its code."""

    code: str = Field(description="Whoever has it opens the document, once", examples=["9f2c" * 8])


class GrantList(BaseModel):
    """A page of what I share, and shared."""

    grants: list[GrantView]
    withheld: int = Field(default=0, description="How many more of this page a higher level of identity would show")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")


class SharedDocument(BaseModel):
    """A document that somebody shares with me, or with my agency."""

    grant: str = Field(description="Name of the grant", examples=["GR-7K3D9M2QW8XZ4T1B"])
    document: str
    title: str
    purpose: str = Field(description="Code of the purpose", examples=["employment"])
    until: str
    standing: Literal["given", "withdrawn", "used", "ended"] = Field(description="Only what is given is read")


class SharedList(BaseModel):
    """A page of what is shared with me."""

    documents: list[SharedDocument]
    withheld: int = Field(default=0, description="How many more of this page a higher level of identity would show")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")


class OpenedShare(BaseModel):
    """A shared document with a link to its file that lives five minutes."""

    document: SharedDocument
    provenance: Provenance = Field(description="Issued and signed by an agency, converted from paper, or uploaded")
    owner_compared: Compared | None = Field(
        default=None, description="Of what was converted from paper: how it is known whose it is; null of anything else"
    )
    sha256: str
    size: int
    url: str


class PurposeView(BaseModel):
    """What a document may be shared for."""

    code: str = Field(description="Code of the purpose", examples=["employment"])
    vi: str = Field(description="What it is called, in Vietnamese", examples=["Tuyển dụng, lao động"])
    en: str = Field(description="What it is called, in English", examples=["Recruitment and employment"])
    receivers: list[str] = Field(description="For which kinds of receivers it is offered", examples=[["person"]])
    most_days: int = Field(description="For how many days at most", examples=[365])


class PurposeList(BaseModel):
    """All purposes that are offered."""

    purposes: list[PurposeView]
