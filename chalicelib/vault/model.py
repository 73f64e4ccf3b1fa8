"""What a vault keeps: its owner's documents and the ledger of who did what to them. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from msgspec import Struct, structs

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.digitisation import ComponentConverted, ConvertedPaper
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.stored import Day, Moment, Stored
from chalicelib.contracts.vault import KeptPaper, Provenance
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.record import Head
from chalicelib.ledger.lines import Line

ON_DELIVERY: Final = "45/2020 Art. 14(3)"
ON_OWN_WISH: Final = "own upload"
"""No clause: whoever uploads something of their own needs none."""
ON_CONVERSION: Final = "01/2023/TT-VPCP Art. 24(2)"

type Group = Literal["identity", "dossiers", "progress", "results", "certified_copies", "digitised", "self_uploaded"]
"""What the store holds by Circular 01/2023/TT-VPCP Art. 24(2)(a)-(e); the first three are read where they are kept.

What its owner uploaded themselves is in none of these: the group is ours.
"""
GROUPS: Final[dict[Group, str]] = {
    "identity": "a",
    "dossiers": "b",
    "progress": "c",
    "results": "d",
    "certified_copies": "đ",
    "digitised": "e",
}
"""The groups with their letters in the clause."""


class VaultHead(Head, frozen=True, kw_only=True):
    """The record of a person's vault."""

    shape = 1


class VaultDocument(Stored, frozen=True, kw_only=True):
    """A paper as the vault holds it: the signed file by key, version and hash (Circular 01/2023 Art. 24(2)(d), (e)).

    `kind` is the code of the paper in the national catalogue, by which it answers a component of another dossier.
    `issued_on` and `valid_until` are days of Viet Nam, both included. What an earlier release stored says none of it.
    """

    shape = 1

    id: str
    code: str
    key: str
    version_id: str
    sha256: str
    size: int
    title: str
    procedure: str
    reference: str
    dossier_code: str
    agency: str
    stored_at: Moment
    provenance: Provenance = "NATIVE_ESIGNED"
    held_for_another: bool | None = None
    """Whether a representative keeps it for whom it concerns, as their mandate says."""
    min_level: int = UNSAID_LEVEL
    group: Group = "results"
    kind: str | None = None
    number: str | None = None
    """Its number in the agency's series, such as `125/2026`."""
    message: str | None = None
    issued_on: Day | None = None
    valid_until: Day | None = None
    replaced_by: str | None = None
    """The document that stands in its place since an error was mended."""
    withdrawn_at: Moment | None = None
    """When its agency withdrew it: it is kept, and reused no more (Decree 45/2020 Art. 14)."""
    media_type: str | None = None
    """What was found in the bytes of an own upload; a PDF where nothing is said."""
    compared: Compared | None = None
    """Of a paper of former years: how it is known whose it is."""
    note: str | None = None
    """What the index sheet of an archive calls it, where that is not its title: nobody looked whether it is so."""
    by_number: str | None = None
    """By what it is found when somebody knows its number: the keyed hash of it."""

    @property
    def owner_compared(self) -> Compared | None:
        """Of what was converted from paper, how it is known whose it is; what no release compared is not compared."""
        return (self.compared or "not_compared") if self.provenance == "CONVERTED_SIGNED" else None

    @property
    def is_own(self) -> bool:
        """Whether its owner uploaded it: no agency stands for it."""
        return self.provenance == "SELF_UPLOADED"

    def state(self, today: date) -> Literal["valid", "withdrawn", "replaced", "expired"]:
        """What it is worth on a day of Viet Nam."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.replaced_by:
            return "replaced"
        return "expired" if self.valid_until and today.isoformat() > self.valid_until else "valid"


class Pending(Struct, frozen=True, kw_only=True):
    """Room that is kept for an upload that was announced, until a stored stamp; `size` in bytes."""

    upload: str
    size: int
    until: str


class Usage(Stored, frozen=True, kw_only=True):
    """What an owner's own uploads take of their quota: kept documents, and room for those that are awaited."""

    shape = 1

    bytes: int = 0
    documents: int = 0
    pending: tuple[Pending, ...] = ()

    def at(self, now: str) -> "Usage":
        """What is taken at a stored stamp: no room is kept for what never came."""
        return structs.replace(self, pending=tuple(each for each in self.pending if each.until > now))

    def without(self, upload: str) -> "Usage":
        """No room is kept for an upload any more."""
        return structs.replace(self, pending=tuple(each for each in self.pending if each.upload != upload))

    def with_room(self, room: Pending) -> "Usage":
        """Room is kept for an upload."""
        return structs.replace(self, pending=(*self.pending, room))

    def plus(self, size: int, documents: int = 1) -> "Usage":
        """Documents are kept; negative: they are not any more."""
        return structs.replace(self, bytes=self.bytes + size, documents=self.documents + documents)

    @property
    def taken(self) -> tuple[int, int]:
        """Bytes and documents that are not free, awaited ones included."""
        return self.bytes + sum(each.size for each in self.pending), self.documents + len(self.pending)


def usage_of(several: Iterable[Usage]) -> Usage:
    """What the own uploads under all numbers of an owner take together."""
    found = list(several)
    return Usage(
        bytes=sum(each.bytes for each in found),
        documents=sum(each.documents for each in found),
        pending=tuple(pending for each in found for pending in each.pending),
    )


class Wanted(Struct, frozen=True, kw_only=True):
    """What is looked for; empty: whatever it is. Days of Viet Nam, both included; `number` is a keyed hash."""

    kind: str = ""
    issuer: str = ""
    number: str = ""
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return self != Wanted()

    def fits(self, document: VaultDocument) -> bool:
        """Whether a document is what is looked for."""
        day = document.issued_on or ""
        return (
            self.kind in ("", document.kind)
            and self.issuer in ("", document.agency)
            and self.number in ("", document.by_number)
            and self.since <= day
            and (not self.until or day <= self.until)
        )


class WithdrawnMark(Stored, frozen=True, kw_only=True):
    """That an agency withdrew a paper, for vaults into which it comes later."""

    shape = 1

    withdrawn_at: str


class FormerNumbers(Stored, frozen=True, kw_only=True):
    """The keyed hashes of the numbers that a vault's owner had before: what stands in those vaults is theirs too."""

    shape = 1

    formers: tuple[str, ...]
    at: str


class Access(Stored, frozen=True, kw_only=True):
    """A line as earlier releases kept it in the vault, outside of any chain; new ones are the ledger's."""

    shape = 1

    act: Literal["stored", "read"]
    document: str
    by: str
    basis: str
    at: str
    min_level: int = UNSAID_LEVEL


def lifted_line(line: Access) -> Line:
    """An earlier line as one of the ledger; it says neither file nor route."""
    said = LineWritten(
        act=line.act,
        document=line.document,
        by=line.by,
        basis=line.basis,
        reference="",
        sha256="",
        min_level=line.min_level,
    )
    return Line(line.at, said)


def day_of(at: str) -> str:
    """The day of Viet Nam of a stored stamp."""
    return moment(at).astimezone(ZONE).date().isoformat()


def document_of(result: DossierProcessed, keeper: str, at: str) -> VaultDocument:
    """The document of a processed dossier's result in a keeper's vault, stored at a time."""
    return structs.replace(
        _signed(result, result.code, at),
        provenance="CONVERTED_SIGNED" if result.conversion else "NATIVE_ESIGNED",
        dossier_code=result.dossier_code,
        held_for_another=True if keeper == result.representative else None,
        kind=result.kind,
        number=result.number,
        valid_until=result.valid_until,
        message=result.message,
        issued_on=day_of(result.processed_at),
    )


def converted_of(told: ComponentConverted, paper: ConvertedPaper, at: str) -> VaultDocument:
    """The data message of a paper that an agency converted, in the vault of whom it concerns, stored at a time."""
    document = _converted(_signed(paper, paper.message, at), told.converted_at)
    return structs.replace(document, dossier_code=paper.dossier_code, kind=paper.kind)


def archived_of(told: ArchivedConverted, at: str) -> VaultDocument:
    """A paper of former years, of no dossier here, in its owner's vault."""
    document = _converted(_signed(told, told.code, at), told.converted_at)
    return structs.replace(document, compared=told.compared, note=told.note or None)


def _signed(told: DossierProcessed | ConvertedPaper | ArchivedConverted, code: str, at: str) -> VaultDocument:
    """What is kept of every signed file, whoever tells of it, with its place in S3."""
    return VaultDocument(
        id=code,
        code=code,
        key=told.key,
        version_id=told.version_id,
        sha256=told.sha256,
        size=told.size,
        title=told.title,
        procedure=told.procedure,
        reference=told.reference,
        dossier_code="",
        agency=told.agency,
        stored_at=at,
        min_level=told.min_level,
    )


def _converted(document: VaultDocument, converted_at: str) -> VaultDocument:
    """A data message that was made of a paper (Circular 01/2023/TT-VPCP Art. 24(2)(e)), on that day."""
    return structs.replace(
        document,
        provenance="CONVERTED_SIGNED",
        group="digitised",
        message=document.id,
        issued_on=day_of(converted_at),
    )


def kept_of(owner: str, document: VaultDocument) -> KeptPaper:
    """What other rooms are told of a document in an owner's vault."""
    return KeptPaper(
        owner=owner,
        document=document.id,
        kind=document.kind or "",
        title=document.title,
        agency=document.agency,
        reference=document.reference,
        key=document.key,
        version_id=document.version_id,
        sha256=document.sha256,
        size=document.size,
        provenance=document.provenance,
        min_level=document.min_level,
        valid_until=document.valid_until,
        withdrawn_at=document.withdrawn_at,
        replaced_by=document.replaced_by,
    )
