"""What digitisation takes and answers."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

AT_ONCE: Final = 100
"""Copies of one call: each takes two reads and a transaction, and the gateway waits for 29 seconds."""


class SignCopy(BaseModel):
    """The officer's statement that the copy is whole and exact (Circular 01/2023/TT-VPCP Art. 8(2))."""

    model_config = ConfigDict(extra="forbid", strict=True)
    compared_with_original: Literal[True]


type CopyName = Annotated[str, Field(min_length=1, max_length=100, examples=["MC-1BQJ5Z162045W2D9.0654ad8b216e2917"])]


class SignCopies(SignCopy):
    """The same statement for each of some copies: every one of them is whole and exact."""

    copies: list[CopyName] = Field(min_length=1, max_length=AT_ONCE, description="`id` of the list of copies")


class CopyVerdict(BaseModel):
    """What became of one copy."""

    id: str
    done: bool = Field(description="Whether its signature is ordered")
    step: str | None = Field(description="`signature_ordered`, or `copied` when that came back; null: refused")
    refusal: str | None = Field(description="Code of the refusal, as of the copy alone; null: done")
    title: str | None = Field(description="The same in words")


class CopyVerdicts(BaseModel):
    """A verdict for each copy, in the order of the request."""

    done: int = Field(description="How many signatures are ordered")
    refused: int = Field(description="How many are not")
    verdicts: list[CopyVerdict]


class RejectCopy(BaseModel):
    """Why the paper cannot stay in its dossier. A secret one is deleted, its copy too, when a second person says so."""

    model_config = ConfigDict(extra="forbid", strict=True)
    reason: Literal["not_this_dossier", "unreadable", "incomplete", "duplicate", "secret"]
    note: str = Field(default="", max_length=1000, description="For colleagues; nobody else reads it")


class SecrecyView(BaseModel):
    """An officer takes the paper for a secret one: a second person rejects it as such, or declines."""

    by: str = Field(description="Who said so", examples=["Phan Bích Lượng"])
    at: str = Field(description="When they said it", json_schema_extra={"format": "date-time"})
    note: str = Field(description="Their note for colleagues", examples=["Có dấu mật ở góc trên"])


class DeclineSecrecy(BaseModel):
    """The officer says that the paper is not secret."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SortCopy(BaseModel):
    """Which component of the procedure the paper is."""

    model_config = ConfigDict(extra="forbid", strict=True)
    component: str = Field(min_length=1, max_length=100, examples=["000.00.00.G15-KQ004389"])


class CopyView(BaseModel):
    """A copy that waits for its officer's signature, or has it ordered."""

    id: str = Field(description="What signs it: <reference>.<component>")
    reference: str
    component: str
    opened_at: str
    step: str = Field(description="`copied`: it waits for an officer's signature")
    reason_code: str | None = Field(default=None, description="Why a signature that was ordered will never be")
    reason: str | None = Field(default=None, description="The same in words; the signature may be ordered again")
    secrecy: SecrecyView | None = Field(
        default=None, description="Who takes it for a secret one: it is not signed before a second person decides"
    )


class ReadField(BaseModel):
    """A value that was read from the print on the paper."""

    name: str = Field(description="Stable key of the field")
    label: str = Field(description="What the form calls it")
    value: str = Field(description="The text; empty when it was not found")
    needs_review: bool = Field(description="An officer must look before the value is used")


class CopyDetail(CopyView):
    """A copy with what an officer needs to judge it. What was read is there only after the copy is signed."""

    code: str = Field(description="The component of the procedure that it was taken for, or UNCLASSIFIED")
    filename: str = Field(description="The name under which it was dropped")
    media_type: str = Field(description="The type that was found in its bytes")
    pages: int = Field(description="Pages of the scan")
    sha256: str = Field(description="Of the scan as it came, hexadecimal")
    fields: list[ReadField] | None = Field(
        default=None, description="What was read (Circular 01/2023/TT-VPCP Art. 7: after the officer's signature)"
    )


class CopyFileLink(BaseModel):
    """A link to a file of a paper; it lives five minutes, and the holder's ledger says who got it."""

    url: str = Field(description="Presigned, for one version of one file")


class CopyList(BaseModel):
    """Copies of my agency that wait for a signature, the oldest first."""

    copies: list[CopyView]
    next: str | None = None


class DropFile(BaseModel):
    """A file that my scanner is about to drop."""

    model_config = ConfigDict(extra="forbid", strict=True)
    dossier: str = Field(
        default="",
        max_length=60,
        description="Reference or code; without one, the QR code or bar code of the dossier on the first page finds it",
    )
    archive: str = Field(
        default="",
        max_length=60,
        description="An archive of former years, whose index sheet names the file; no dossier then",
    )
    result: bool = Field(
        default=False,
        description="With `dossier`: it is the dossier's result on paper, signed by hand; for the agency that decides",
    )
    filename: str = Field(min_length=1, max_length=200, examples=["KQ003785 giay ra vien.pdf"])
    media_type: Literal[
        "image/jpeg",
        "image/png",
        "application/pdf",
        "image/tiff",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
    ]


class DropForm(BaseModel):
    """A form to post one file with, as multipart/form-data; it may be used for a quarter of an hour."""

    url: str = Field(description="Where to post")
    fields: dict[str, str] = Field(description="Fields of the form, before the field `file`")


class DropTicket(BaseModel):
    """Where a scanner may drop one file."""

    post: DropForm
    key: str = Field(description="What the lists of drops call the object; its form says its whole name in the bucket")
    max_bytes: int = Field(description="The largest file that is taken")


class DropView(BaseModel):
    """A dropped object and what became of it."""

    id: str = Field(description="Its name on this list")
    key: str = Field(description="The object in the intake bucket")
    verdict: Literal["refused", "taken", "acknowledged"]
    at: str = Field(description="When it was judged, or acknowledged", json_schema_extra={"format": "date-time"})
    size: int | None = Field(default=None, description="Bytes; unknown when the object was gone")
    reason_code: str | None = Field(default=None, description="Why it became no component")
    reason: str | None = Field(default=None, description="The same in words")
    reference: str | None = Field(default=None, description="The dossier that it is in")
    component: str | None = Field(default=None, description="Its component there")
    same_as: str | None = Field(default=None, description="The component of the dossier that has the very same bytes")
    acknowledged_by: str | None = Field(default=None, description="Who has seen to it")


class Acknowledge(BaseModel):
    """The officer's statement that they have seen to it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    seen: Literal[True]


class DropQuery(BaseModel):
    """Which list, and which page of it."""

    verdict: Literal["refused", "taken", "acknowledged"] = "refused"
    cursor: str = Field(default="", max_length=2000, description="Where the list goes on: `next` of the page before")


class Drops(BaseModel):
    """Dropped objects of my agency with one verdict, the oldest first."""

    drops: list[DropView]
    next: str | None = None
