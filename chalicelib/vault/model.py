"""What a vault keeps: its owner's documents and the ledger of who did what to them. Pure."""

from typing import Final

from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head

STORED: Final = "stored"
READ: Final = "read"
ON_DELIVERY: Final = "45/2020 Art. 14(3)"
ON_REQUEST: Final = "45/2020 Art. 5"


class VaultHead(Head, frozen=True, kw_only=True):
    """The record of a person's vault; `lines` counts the ledger."""

    shape = 1

    lines: int = 0


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
    min_level: int = UNSAID_LEVEL


class Access(Stored, frozen=True, kw_only=True):
    """A line of the ledger: who did what to which document, on which ground; it is read with the document's level."""

    shape = 1

    act: str
    document: str
    by: str
    basis: str
    at: str
    min_level: int = UNSAID_LEVEL


def document_of(result: DossierProcessed, at: str) -> VaultDocument:
    """The document of a processed dossier's result, stored at a time."""
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
    )
