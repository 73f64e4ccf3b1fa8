"""What the vault answers."""

from typing import Literal

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
    held_for_another: bool = Field(default=False, description="I keep it for whom it concerns, as my mandate says")


class DocumentList(BaseModel):
    """All documents of my vault."""

    documents: list[DocumentView]
    withheld: int = Field(default=0, description="How many more a higher level of identity would show")


class OpenedDocument(BaseModel):
    """A document with a link to its file that lives five minutes."""

    document: DocumentView
    url: str


class AskedRegister(BaseModel):
    """What a register was asked about me: which, for what, which fields; what it said is kept nowhere."""

    register_name: str
    purpose: str
    use: str
    fields: list[str]


class ReviewedValue(BaseModel):
    """Which field of a paper an officer looked at, and what they did with its value; the value is not told."""

    field: str = Field(description="Stable key of the field")
    verb: str = Field(description="`confirm`, `correct`, `cannot_read` or `retype`")


class LedgerLine(BaseModel):
    """A line of the ledger, written before the link to the file was given, or the register was asked."""

    at: str
    act: Literal["stored", "read", "refused", "asked"] = Field(
        description="refused: somebody tried who had no right to; asked: a register was asked about me"
    )
    document: str = Field(description="A result, a message, or <reference>/<component>; empty where nothing was given")
    by: str = Field(description="`owner`, the agency's id, `person`: who files or holds too, or the portal refused")
    officer: str | None = Field(default=None, description="Who acted for the agency, or who that person was")
    portal: str | None = Field(default=None, description="The portal that asked for them")
    basis: str = Field(description="A clause of law, or the dossier that was handled")
    route: str | None = Field(default=None, description="The part of the API that gave the link")
    reference: str | None = Field(default=None, description="The dossier to which the file belongs")
    asked: AskedRegister | None = None
    reviewed: ReviewedValue | None = Field(default=None, description="The value that was looked at, when it was one")
    values: list[ReviewedValue] = Field(default=[], description="The values that one answer of an officer looked at")


class Ledger(BaseModel):
    """Who did what to my files, in order."""

    lines: list[LedgerLine]
    withheld: int = Field(default=0, description="How many lines are of documents that ask for a higher level")
