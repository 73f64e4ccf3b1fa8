"""What the messages answer."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class MessageView(BaseModel):
    """A signed document and a link to it that lives five minutes."""

    message: str
    kind: str
    title: str
    sha256: str
    size: int
    signed_at: str
    url: str
    lookup: str | None = Field(description="The code on the paper by which anyone who holds it may ask about it")
    retain_until: str | None = Field(description="Until then nobody deletes it; null: no end is set")
    sheet_url: str | None = None


class OrderRegister(BaseModel):
    """Which part of which register is to be printed."""

    model_config = ConfigDict(extra="forbid")

    agency: Annotated[str | None, Field(max_length=35, description="Whose register; null: my agency's")] = None
    first_day: date = Field(description="The first day, Vietnamese")
    last_day: date = Field(description="The last day, Vietnamese: at most 31 days in all")
    part: Annotated[int, Field(ge=1, le=1000, description="Its n-th part of 500 dossiers")] = 1


class OrderSlip(BaseModel):
    """The path says of which dossier."""

    model_config = ConfigDict(extra="forbid")


class Ordered(BaseModel):
    """The paper that will be there: ask for it under /v1/messages."""

    message: str


class VerificationQuery(BaseModel):
    """What may be told besides the code."""

    sha256: Annotated[str | None, Field(pattern="^[0-9A-Fa-f]{64}$")] = None


class Verification(BaseModel):
    """What stands in the register for a document's code; compare `sha256` with the file in hand."""

    message: str
    title: str
    agency: str
    agency_name: str
    sha256: str = Field(description="SHA-256 of the whole signed file")
    size: int
    signed_at: str
