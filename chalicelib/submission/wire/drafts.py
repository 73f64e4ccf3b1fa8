"""What portals send to and get from drafts."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.contracts.vault import Provenance
from chalicelib.law.codes import LINE, PERSONAL_NUMBER

Code = Annotated[str, Field(pattern=r"^[0-9A-Z.]{3,40}$", examples=["1.001193"])]
Agency = Annotated[str, Field(pattern=r"^[A-Y]\d{2}(\.[0-9A-Z]+)*$", max_length=35, examples=["H01.10.24"])]
Representation = Annotated[str, Field(pattern=r"^[0-9A-Z-]{4,40}$", examples=["MD-7K2M9QX4"])]


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OpenDraft(Strict):
    """Which procedure, before which agency."""

    procedure: Code
    agency: Agency
    channel: Literal["ONLINE"] = "ONLINE"
    service_channel: Literal["national_portal", "authority_system", "provider_portal"] = Field(
        default="authority_system",
        description="Of Decree 137/2024 Art. 8(5): which of the three brings the dossier, said by the portal that asks",
    )
    acts_for: Representation | None = Field(
        default=None,
        description="The representation by which it is filed for another: a mandate, or that of a parent or guardian",
    )


class NameHolder(Strict):
    """Who holds the dossier beside its holder: named by their number, and confirmed by nobody but themselves."""

    name: str = Field(min_length=1, max_length=100, pattern=f"^{LINE}$")
    personal_id: str = Field(pattern=f"^{PERSONAL_NUMBER}$", examples=["087084000999"])


class RenewDraft(Strict):
    """Nothing but that the draft goes on under the version in force."""


class LeftOutView(BaseModel):
    """A field or a paper that did not fit."""

    field: str | None = Field(description="The field by JSON Pointer; null: it is a paper", examples=["/child/sex"])
    component: str | None = Field(description="The component by its code; null: it is a field")
    rule: str = Field(description="`not_asked`, or the rule of the form that the value breaks", examples=["enum"])
    message: str = Field(examples=["Phiên bản hiện hành không hỏi mục này"])
    value: Any = Field(default=None, description="What had been answered")


class RenewedView(BaseModel):
    """That the draft was taken over into another version."""

    from_version: int = Field(description="Version of the procedure that it followed")
    to_version: int = Field(description="Version of the procedure that it follows since")
    at: str = Field(json_schema_extra={"format": "date-time"})
    left_out: list[LeftOutView] = Field(description="What did not fit; all else was taken over")


class ConfirmHolding(Strict):
    """Nothing but the confirmation itself."""


class Confirmed(BaseModel):
    """What was confirmed, and by whom."""

    reference: str
    holder_name: str = Field(description="Name of the person who confirmed")


class HolderView(BaseModel):
    """Somebody who holds it beside its holder."""

    name: str
    confirmed_at: str | None = Field(description="Null: not yet")
    is_current: bool = Field(description="Whether they confirmed the form as it stands")


class FormBody(Strict):
    """The electronic form; its fields are those of the procedure's JSON Schema."""

    form: dict[str, Any]


class Announce(Strict):
    """A file that is about to be uploaded."""

    component: str = Field(max_length=60, examples=["000.00.00.G15-KQ004389"])
    filename: str = Field(min_length=1, max_length=200, examples=["giay-chung-sinh.jpg"])
    media_type: str = Field(max_length=100, examples=["image/jpeg"])
    size: int = Field(description="bytes", examples=[412345])


class ReferDocument(Strict):
    """Which component is satisfied by which document of my vault."""

    component: str = Field(max_length=60, examples=["000.00.00.G15-KQ004389"])
    document: str = Field(min_length=1, max_length=120, examples=["H01.10.24-20261125-0000001-KQ1"])


class ReferredView(BaseModel):
    """A component that a document of the vault satisfies."""

    component: str
    document: str
    title: str
    issuer: str = Field(description="The agency that issued or converted it", examples=["H01.10.24"])
    provenance: Provenance = Field(description="How it came to be")


class FieldProblem(BaseModel):
    """A field of the form and the rule that it breaks; the last three are parts of the message."""

    pointer: str
    rule: str
    message: str
    field: str
    example: str
    way_out: str


class UploadView(BaseModel):
    """An upload and what became of it."""

    id: str
    component: str
    filename: str
    status: Literal["pending", "accepted", "refused"]
    reason: str | None = None
    reason_code: str | None = None
    same_as: str | None = Field(default=None, description="The component that has the very same bytes")


class MissingView(BaseModel):
    """A component: one that is asked for, that is missing still, or that waits for an answer."""

    code: str
    name_vi: str
    name_en: str


class SparedView(MissingView):
    """A component that the answers spare, and why."""

    why_vi: str
    why_en: str
    cites: str | None = Field(
        description="The clause, or the words of the record, that say so", examples=["Bản ghi 1.001193: KQ003303"]
    )


class LevelNotice(BaseModel):
    """How far online the procedure is, and the notice owed when it is not end to end (Decree 224/2026 Art. 14)."""

    level: str
    notice_vi: str
    notice_en: str


class ReadOn(BaseModel):
    """The paper on which a value was read, and who looked at it."""

    component: str = Field(description="The component of this dossier", examples=["3f9a0c61d2b84e57"])
    field: str = Field(description="The field of the paper", examples=["thoi_gian_sinh"])
    confirmed_by: list[str] = Field(description="Officers who looked at the value; none: it was read surely")
    confirmed_at: str | None = Field(description="When they did", json_schema_extra={"format": "date-time"})


class PrefilledView(BaseModel):
    """A value that a database or a digitised paper has, with where it is from; what was answered is not filled in."""

    pointer: str
    value: Any
    source: str = Field(description="A database, or `component:` and its id", examples=["population"])
    clause: str | None
    read_on: ReadOn | None = Field(default=None, description="Of a component")


class DraftForm(BaseModel):
    """The form of the draft's version, and what need not be typed."""

    document: dict[str, Any]
    prefilled: list[PrefilledView]


class DraftView(BaseModel):
    """A draft as its owner sees it; `form_version` is the ETag."""

    reference: str
    procedure: str
    procedure_version: int
    agency: str
    service_channel: str | None = Field(
        description="The channel by which it came; null: an earlier release did not ask"
    )
    acts_for: str | None = Field(description="The representation by which it is filed; null: its holder files it")
    co_holders: list[HolderView] = Field(description="Who holds it beside its holder")
    status: Literal["draft", "submitted"]
    form_version: int
    form: dict[str, Any] | None
    form_errors: list[FieldProblem]
    form_warnings: list[FieldProblem] = Field(description="Worth a second look; they refuse nothing")
    hidden: list[str] = Field(description="Places of the form that are not asked in this case")
    online: LevelNotice
    uploads: list[UploadView]
    documents: list[ReferredView] = Field(description="Components that documents of my vault satisfy")
    papers: list[MissingView] = Field(description="Without which it is not submitted, by the answers so far")
    undecided: list[MissingView] = Field(description="Asked for or not: an answer of the form decides")
    not_needed: list[SparedView] = Field(description="Spared by the answers")
    missing: list[MissingView] = Field(description="What is not there yet and keeps it from being submitted")
    renewed: RenewedView | None = Field(
        default=None, description="The last time it was taken over into another version; null: never"
    )
    expires_at: str | None = Field(description="Null once it was submitted")


class PresignedPost(BaseModel):
    """Where and with which fields the file is posted (multipart/form-data, `file` last)."""

    url: str
    fields: dict[str, str]


class UploadTicket(BaseModel):
    """An announced upload and its presigned form."""

    id: str
    post: PresignedPost
    max_bytes: int
