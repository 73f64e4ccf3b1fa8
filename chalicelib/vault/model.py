"""What a vault keeps: its owner's documents and the ledger of who did what to them. Pure."""

from typing import Final, Literal

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head
from chalicelib.ledger.lines import Line

ON_DELIVERY: Final = "45/2020 Art. 14(3)"


class VaultHead(Head, frozen=True, kw_only=True):
    """The record of a person's vault."""

    shape = 1


class VaultDocument(Stored, frozen=True, kw_only=True):
    """A result as the vault holds it: the signed file by key, version and hash (Circular 01/2023 Art. 24(2)(d))."""

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
    stored_at: str
    provenance: str = "NATIVE_ESIGNED"
    held_for_another: bool | None = None
    """Whether a representative keeps it for whom it concerns, as their mandate says."""
    min_level: int = UNSAID_LEVEL


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


def stored_line(document: VaultDocument) -> LineWritten:
    """What the ledger says when a document comes into the vault."""
    return LineWritten(
        act="stored",
        document=document.id,
        by=document.agency,
        basis=ON_DELIVERY,
        reference=document.reference,
        sha256=document.sha256,
        min_level=document.min_level,
    )


def document_of(result: DossierProcessed, keeper: str, at: str) -> VaultDocument:
    """The document of a processed dossier's result in a keeper's vault, stored at a time."""
    return VaultDocument(
        id=result.code,
        code=result.code,
        key=result.key,
        version_id=result.version_id,
        sha256=result.sha256,
        size=result.size,
        title=result.title,
        procedure=result.procedure,
        reference=result.reference,
        dossier_code=result.dossier_code,
        agency=result.agency,
        stored_at=at,
        min_level=result.min_level,
        held_for_another=True if keeper == result.representative else None,
    )
