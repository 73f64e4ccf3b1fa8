"""What owners send and get of their own uploads."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.vault.uploads.model import MAX_BYTES, MediaType
from chalicelib.vault.wire import QuotaView


class AnnounceOwnUpload(BaseModel):
    """A file of my own, and what I say of it: nobody checks that, and no agency stands for it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1, max_length=200, description="What I call it", examples=["Bằng lái xe"])
    media_type: MediaType = Field(examples=["application/pdf"])
    size: int = Field(ge=1, le=MAX_BYTES, description="Bytes; a larger file is not taken", examples=[52410])
    kind: str = Field(default="", pattern=r"^[0-9A-Z.-]{0,60}$", description="Code of the paper in the catalogue")
    number: str = Field(default="", max_length=60, description="Its number, as printed on it")
    issued_on: date | None = Field(default=None, description="Day of issue, of Viet Nam", examples=["2024-05-06"])
    valid_until: date | None = Field(default=None, description="Last day of validity", examples=["2034-05-06"])


class OwnUploadQuery(BaseModel):
    """From where on."""

    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")


class OwnPost(BaseModel):
    """Where and with which fields the file is posted (multipart/form-data, `file` last)."""

    url: str
    fields: dict[str, str]


class OwnUploadView(BaseModel):
    """A file of my own, from the moment I announced it."""

    id: str = Field(description="Its name; the document has the same one", examples=["UP-7K3D9M2QW8XZ4T1B"])
    title: str = Field(description="What I called it; empty once it is erased")
    size: int = Field(description="Bytes that were announced")
    standing: Literal["awaited", "kept", "refused", "erased", "lapsed"] = Field(
        description="`awaited`: not there or not checked yet; `lapsed`: it did not come in time; `kept`: a document"
    )
    announced_at: str
    until: str = Field(description="Until when room is kept for it")
    reason_code: str | None = Field(default=None, description="Why it was refused; null: it was not")
    reason: str | None = None


class OwnUploadTicket(BaseModel):
    """An announced file with the form by which it is posted."""

    upload: OwnUploadView
    post: OwnPost
    max_bytes: int


class OwnUploadList(BaseModel):
    """A page of my own uploads, and what they take."""

    uploads: list[OwnUploadView]
    withheld: int = Field(default=0, description="How many more of this page a higher level of identity would show")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")
    quota: QuotaView


class EraseDocument(BaseModel):
    """Nothing more is to be said."""

    model_config = ConfigDict(extra="forbid")


class ErasedDocument(BaseModel):
    """A document that I had uploaded is gone, and its room is free."""

    id: str
    quota: QuotaView
