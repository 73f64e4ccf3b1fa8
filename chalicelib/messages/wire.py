"""What the messages answer."""

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


class Verification(BaseModel):
    """What stands in the register for a document's code; compare `sha256` with the file in hand."""

    message: str
    title: str
    agency: str
    agency_name: str
    sha256: str = Field(description="SHA-256 of the whole signed file")
    size: int
    signed_at: str
