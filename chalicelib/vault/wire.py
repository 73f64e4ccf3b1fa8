"""What the vault answers."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal

from pydantic import BaseModel, Field

from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.vault import Provenance
from chalicelib.vault.model import Group


class DocumentQuery(BaseModel):
    """What to look for; every filter that is given has to fit, and then the newest come first."""

    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")
    kind: str = Field(default="", pattern=r"^[0-9A-Z.-]{0,60}$", description="Code of the paper in the catalogue")
    number: str = Field(default="", max_length=60, description="Number of the document, as printed on it")
    issuer: str = Field(default="", max_length=35, description="Code of the agency that issued or converted it")
    issued_from: date | None = Field(default=None, description="First day, of Viet Nam")
    issued_to: date | None = Field(default=None, description="Last day, included")


class LedgerQuery(BaseModel):
    """From which end, and from where on."""

    cursor: str = Field(default="", max_length=2000, description="`next` of the page before, in the same order")
    order: Literal["oldest", "newest"] = Field(default="oldest", description="Which lines come first")


class DocumentView(BaseModel):
    """A document of the vault."""

    id: str = Field(description="The result code, the code of the data message, or the name of the upload")
    title: str
    procedure: str
    dossier_code: str
    agency: str
    provenance: Provenance = Field(description="Issued and signed by an agency, converted from paper, or uploaded")
    owner_compared: Compared | None = Field(
        default=None,
        description="Of what was converted from paper, whose it is: read on it and compared by machine, the name "
        "confirmed by two officers, name and number by two officers, or not compared; null of anything else",
    )
    note: str | None = Field(
        default=None, description="What an archive's index sheet calls a paper of no known kind; nobody looked at that"
    )
    sha256: str
    size: int
    stored_at: str
    held_for_another: bool = Field(default=False, description="I keep it for whom it concerns, as my mandate says")
    group: Group = Field(
        description="Which group of Circular 01/2023/TT-VPCP Art. 24(2) it belongs to; `self_uploaded` is in none"
    )
    media_type: str = Field(description="What its bytes are", examples=["application/pdf"])
    kind: str | None = Field(default=None, description="Code of the paper in the catalogue; null: not known")
    number: str | None = Field(
        default=None, description="Number of the document; null: not known", examples=["16/2026"]
    )
    issued_on: str | None = Field(
        default=None, description="Day of issue or conversion; null: not known", examples=["2026-11-25"]
    )
    valid_until: str | None = Field(
        default=None, description="Last day of validity; null: no end that we can reckon", examples=["2027-05-25"]
    )
    standing: Literal["valid", "withdrawn", "replaced", "expired"] = Field(description="Only what is valid is reused")
    withdrawn_at: str | None = None
    replaced_by: str | None = Field(
        default=None, description="The document in its place; null: none", examples=["H01.10.24-20261125-0000001-KQ2"]
    )


class QuotaView(BaseModel):
    """What my own uploads take, those that are awaited included, and the most that they may take."""

    bytes: int
    most_bytes: int
    documents: int
    most_documents: int


class DocumentList(BaseModel):
    """A page of the documents of my vault."""

    documents: list[DocumentView]
    withheld: int = Field(default=0, description="How many more of this page a higher level of identity would show")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")
    quota: QuotaView | None = Field(default=None, description="Of my own uploads; null: a search, or a further page")


class OpenedDocument(BaseModel):
    """A document with a link to its file that lives five minutes."""

    document: DocumentView
    url: str


class AskedRegister(BaseModel):
    """What a register, or my own vault, was asked about me: which, for what, which fields; no answer is kept."""

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
    act: Literal["stored", "read", "refused", "asked", "withdrawn"] = Field(
        description="refused: somebody tried who had no right to; asked: a register was asked about me; withdrawn: an"
        " agency withdrew a paper of mine, by the decision `basis`"
    )
    document: str = Field(
        description="A result, a message, a petition, <reference>/<component>, a page of a dossier"
        " (<reference>/notices, <reference>/messages), or `vault`: an officer was told which kinds it holds;"
        " empty where nothing was given"
    )
    by: str = Field(description="`owner`, the agency's id, `person`: who files or holds too, or the portal refused")
    officer: str | None = Field(default=None, description="Who acted for the agency, or who that person was")
    portal: str | None = Field(default=None, description="The portal that asked for them")
    client: str | None = Field(
        default=None,
        description="The client to which their token was issued; null: not known",
        examples=["sandbox-app"],
    )
    basis: str = Field(description="A clause of law, or the dossier that was handled")
    route: str | None = Field(default=None, description="The part of the API that gave the link")
    reference: str | None = Field(default=None, description="The dossier to which the file belongs")
    asked: AskedRegister | None = None
    reviewed: ReviewedValue | None = Field(default=None, description="The value that was looked at, when it was one")
    values: list[ReviewedValue] = Field(default=[], description="The values that one answer of an officer looked at")


class Ledger(BaseModel):
    """A page of who did what to my files, in order."""

    lines: list[LedgerLine]
    withheld: int = Field(default=0, description="How many lines of it are of documents that ask for a higher level")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")
    unreadable: list[str] = Field(
        default=[],
        description="Lines that are not as they were written, by their places: the operator was told, the rest is here",
        examples=[["LEDGER#(hash)/EVENT#000012"]],
    )


class UseView(BaseModel):
    """Uses of one document by one user for one purpose on one day of Viet Nam."""

    document: str = Field(description="The document, or the register that was asked")
    purpose: str = Field(
        description="The ground: a clause of law, a dossier, a consent; or what a register was asked for",
        examples=["dossier MC-7K3D9M2QW8XZ4T1B"],
    )
    times: int = Field(description="How often on that day, as far as this page goes", examples=[2])
    first_at: str
    last_at: str
    user: str = Field(description="`owner`, an agency's id, or `person`", examples=["H01.10.24"])
    officer: str | None = Field(default=None, description="Who acted for the agency, or who that person was")
    portal: str | None = Field(default=None, description="The portal that asked for them")
    client: str | None = Field(
        default=None,
        description="The client to which their token was issued; null: not known",
        examples=["sandbox-app"],
    )


class History(BaseModel):
    """A page of the history of use."""

    uses: list[UseView]
    withheld: int = Field(default=0, description="How many lines of it are of documents that ask for a higher level")
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")
    unreadable: list[str] = Field(
        default=[],
        description="Lines that are not as they were written, by their places: the operator was told, the rest is here",
        examples=[["LEDGER#(hash)/EVENT#000012"]],
    )


class HistorySheet:
    """The history of use as a table."""

    filename = "history-of-use.csv"
    COLUMNS: Final = ("document", "purpose", "times", "first_at", "last_at", "user", "officer", "portal", "client")

    def rows(self, body: History) -> Iterator[Sequence[str]]:
        """The names of the columns, then a row for each use; a last one where something is withheld."""
        yield self.COLUMNS
        for use in body.uses:
            said = (getattr(use, name) for name in self.COLUMNS)
            yield ["" if each is None else str(each) for each in said]
        if body.withheld:
            told = f"{body.withheld} dòng về giấy tờ đòi hỏi mức độ định danh cao hơn không được hiển thị"
            told += f" / {body.withheld} lines of documents that ask for a higher level of identity are not shown"
            yield ["" if name != "purpose" else told for name in self.COLUMNS]

    def following(self, body: History) -> str | None:
        """The cursor of the next page."""
        return body.next
