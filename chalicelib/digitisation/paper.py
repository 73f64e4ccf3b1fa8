"""What is stored of a paper on its way to a data message: its record, what was read on it; and drops that were refused.

Field names are stored names: a field is added with a default and never renamed.
"""

from collections.abc import Iterator
from typing import ClassVar, Final, Literal

from chalicelib.contracts.digitisation import AgencySignature, ComponentReceived, Conversion, Converter
from chalicelib.contracts.messages import MessageConverted, PinnedFile
from chalicelib.contracts.plan import UNSAID_LEVEL, Part
from chalicelib.contracts.stored import Stored
from chalicelib.digitisation.model import Field
from chalicelib.dossier.items import Component
from chalicelib.kernel.ids import digest
from chalicelib.kernel.record import Head

SYSTEM: Final = "Hệ thống Một Cửa"
SIGN_COPY: Final = "sign_copy"
REFUSED: Final = "refused"
"""The two lists of an agency: copies that wait for a signature, drops that became no component."""

type Step = Literal["copied", "signature_ordered", "stored", "converted"]


class FileVersion(Part, frozen=True, kw_only=True):
    """A file of the messages bucket, in the version that was written."""

    key: str
    version_id: str


class Scan(PinnedFile, frozen=True, kw_only=True):
    """The file that arrived, as it was checked."""

    pages: int
    filename: str
    media_type: str


class CopyFile(PinnedFile, frozen=True, kw_only=True):
    """The copy before its signature; `box` is where the officer's signature goes, in PDF points, as text."""

    box: tuple[str, str, str, str]

    @property
    def pinned(self) -> PinnedFile:
        """The file alone."""
        return PinnedFile(key=self.key, version_id=self.version_id, sha256=self.sha256)


class SignedCopy(PinnedFile, frozen=True, kw_only=True):
    """The copy with the officer's signature; `message` names it among the messages."""

    message: str


class Paper(Head, frozen=True, kw_only=True):
    """HEAD of a paper's record. What a later step finds out is None before it."""

    shape: ClassVar[int] = 1

    step: Step
    reference: str
    component: str
    code: str
    agency: str
    holder: str
    procedure: str
    scan: Scan
    reads_as: str = ""
    copy: CopyFile
    opened_at: str
    kind: str = SIGN_COPY
    wl_pk: str | None = None
    wl_sk: str | None = None
    officer: str | None = None
    signed_with: str | None = None
    """Stands for the officer and the key of the order, so that the same order is told the same again."""
    digitised_code: str | None = None
    reading: FileVersion | None = None
    mark_text: str | None = None
    converted_at: str | None = None
    signed_copy: SignedCopy | None = None
    conversion: Conversion | None = None
    min_level: int = UNSAID_LEVEL

    def file(self, name: str) -> str:
        """The key of one of the paper's files in the messages bucket."""
        return file_key(self.reference, self.component, name)


class Reading(Stored, frozen=True, kw_only=True):
    """What was read on a paper, with the hashes of what it was read from; `kind` names the known fields, or is empty.

    A document in the messages bucket: the table has its key and version only.
    """

    shape: ClassVar[int] = 1

    code: str
    kind: str
    text: str
    scan_sha256: str
    copy_sha256: str
    fields: tuple[Field, ...]


class WaitingCopy(Part, frozen=True, kw_only=True):
    """A row of the list of copies that wait for a signature: what its index holds of a paper."""

    pk: str
    reference: str
    opened_at: str
    step: str = "copied"

    @property
    def component(self) -> str:
        """The component behind the row."""
        return self.pk.rpartition("#")[2]


class RefusedDrop(Head, frozen=True, kw_only=True):
    """HEAD of the record of a dropped file that became no component, with the reason in both languages."""

    shape: ClassVar[int] = 1

    key: str
    reason_code: str
    reason_vi: str
    reason_en: str
    kind: str = REFUSED
    wl_pk: str | None = None
    wl_sk: str | None = None

    def reason(self, language: str) -> str:
        """The sentence for a reader of this language."""
        return self.reason_en if language == "en" else self.reason_vi


class IncompleteConversion(ValueError):
    """A conversion that lacks what the law wants known of it; the text names what."""


def paper_key(reference: str, component: str) -> str:
    """Where the record of a paper stands."""
    return f"PAPER#{reference}#{component}"


def drop_key(agency: str, key: str, version: str) -> str:
    """Where the record of a refused drop stands: the same object version always has the same."""
    return f"DROPS#{agency}#{digest(key, version)}"


def list_key(agency: str, kind: str) -> str:
    """The partition of an agency's list in the index."""
    return f"{agency}#{kind}"


def file_key(reference: str, component: str, name: str) -> str:
    """The key of a paper's file in the messages bucket."""
    return f"papers/{reference}/{component}/{name}"


def copied(received: ComponentReceived, component: Component, copy: CopyFile, at: str) -> Paper:
    """The record of a paper whose copy was made and waits, on its agency's list, for an officer's signature."""
    return Paper(
        pk=paper_key(received.reference, received.id),
        step="copied",
        reference=received.reference,
        component=received.id,
        code=received.code,
        agency=received.agency,
        holder=received.holder,
        procedure=received.procedure,
        min_level=received.min_level,
        scan=Scan(
            key=component.key,
            version_id=component.version_id,
            sha256=component.sha256,
            pages=component.pages,
            filename=component.filename,
            media_type=component.media_type,
        ),
        reads_as=received.reads_as,
        copy=copy,
        opened_at=at,
        wl_pk=list_key(received.agency, SIGN_COPY),
        wl_sk=f"{at}#{received.id}",
    )


def conversion_of(paper: Paper, message: MessageConverted) -> Conversion:
    """What the law wants known of a conversion (Decree 137/2024 Art. 4). Raises IncompleteConversion."""
    found = Conversion(
        conversion_id=message.message,
        direction="P2D",
        code=paper.digitised_code or "",
        source_sha256=paper.scan.sha256,
        copy_sha256=paper.signed_copy.sha256 if paper.signed_copy else "",
        output_sha256=message.sha256,
        mark_text=paper.mark_text or "",
        converted_at=paper.converted_at or "",
        converter=Converter(
            kind="AGENCY", full_name=message.agency_name, agency_code=paper.agency, officer=paper.officer or ""
        ),
        agency_signature=AgencySignature(signed_at=message.signed_at, message=message.message),
        system_name=SYSTEM,
    )
    if absent := list(_blank(found)):
        raise IncompleteConversion(", ".join(absent))
    return found


def _blank(part: Part, above: str = "") -> Iterator[str]:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _blank(value, f"{above}{name}.")
        elif not value:
            yield above + name
