"""What the vault answers."""

from pydantic import BaseModel, Field


class DocumentView(BaseModel):
    """A document of the vault."""

    id: str = Field(description="The result code")
    title: str
    procedure: str
    dossier_code: str
    agency: str
    provenance: str
    sha256: str
    size: int
    stored_at: str


class DocumentList(BaseModel):
    """All documents of my vault."""

    documents: list[DocumentView]
    withheld: int = Field(default=0, description="How many more a higher level of identity would show")


class OpenedDocument(BaseModel):
    """A document with a link to its file that lives five minutes."""

    document: DocumentView
    url: str


class LedgerLine(BaseModel):
    """A line of the ledger."""

    at: str
    act: str
    document: str
    by: str
    basis: str


class Ledger(BaseModel):
    """Who did what to my documents, in order."""

    lines: list[LedgerLine]
    withheld: int = Field(default=0, description="How many lines are of documents that ask for a higher level")
