"""What the messages answer."""

from typing import Annotated

from pydantic import BaseModel, Field


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
