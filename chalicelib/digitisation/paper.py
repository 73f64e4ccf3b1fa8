"""What is stored of a paper on its way to a data message: its record, what was read on it; and drops that were refused.

Field names are stored names: a field is added with a default and never renamed.
"""

from collections.abc import Iterator
from typing import ClassVar, Final, Literal

from chalicelib.contracts.digitisation import (
    AgencySignature,
    ComponentReceived,
    Conversion,
    ConvertedPaper,
    Converter,
    PaperResult,
    Reviewed,
)
from chalicelib.contracts.messages import MessageConverted, PinnedFile
from chalicelib.contracts.plan import UNSAID_LEVEL, Part
from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.stored import Stored
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.model import Field, PageText
from chalicelib.dossier.hands import Hand
from chalicelib.dossier.items import Component
from chalicelib.kernel.record import Head

SYSTEM: Final = "Hệ thống Một Cửa"
SIGN_COPY: Final = "sign_copy"
"""The list of an agency's papers that wait for an officer."""
REVIEW: Final = "review"
"""The list of an agency's papers of which an officer has to look at values that were read."""
FIELD: Final = "FIELD#"
"""Sort keys of a paper's fields under review begin so; a number in the order of the form follows."""

OWNER: Final = "chu_so_huu_theo_ban_ke"
"""The field of a review that asks whether a paper is of whom its index sheet names."""
NUMBER: Final = "so_dinh_danh_theo_ban_ke"
"""The field that asks whether the owner has the number by which the index sheet names a vault."""
KIND: Final = "loai_giay_theo_ban_ke"
"""The field that asks whether a paper is of the kind that its index sheet names."""
WHOSE: Final = frozenset({OWNER, NUMBER})
"""What names a vault: no paper of an archive is in it before two persons said both."""
STATED: Final = WHOSE | {KIND}
"""What a sheet says of a paper: two persons look whether it is so, always."""

ARCHIVE: Final = "LT"
"""What references of archives begin with (lưu trữ); those of dossiers begin with MC."""

type Step = Literal["copied", "signature_ordered", "in_review", "reviewed", "stored", "converted", "rejected", "exempt"]


class FileVersion(Part, frozen=True, kw_only=True):
    """A file of the messages bucket, in the version that was written."""

    key: str
    version_id: str


class FilePart(FileVersion, frozen=True, kw_only=True, omit_defaults=True):
    """Bytes of a file that has several things in it; `size` 0 is the whole file."""

    start: int = 0
    size: int = 0


class Scan(PinnedFile, frozen=True, kw_only=True, omit_defaults=True):
    """The file that arrived, as it was checked."""

    pages: int
    filename: str
    media_type: str
    sheets: int = 0


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


class TakenBack(Part, frozen=True, kw_only=True):
    """Why an ordered signature never came, and when that was told; the paper is on its desk again."""

    code: str
    vi: str
    en: str
    at: str

    def reason(self, language: str) -> str:
        """The sentence for a reader of this language."""
        return self.en if language == "en" else self.vi


class Rejection(Part, frozen=True, kw_only=True):
    """Why an officer rejected a paper; `asked` stands for the officer and the key of the request."""

    code: str
    note: str
    by: str
    at: str
    asked: str


class Secrecy(Part, frozen=True, kw_only=True, omit_defaults=True):
    """An officer takes the paper for a secret one: it goes when a second person says so. `asked` as of a rejection."""

    by: str
    at: str
    hand: Hand
    asked: str
    note: str = ""


class ReviewClaim(Part, frozen=True, kw_only=True):
    """Who takes care of a paper's review: the officer's keyed hash and name, and since when."""

    officer: str
    name: str
    at: str


class Paper(Head, frozen=True, kw_only=True, omit_defaults=True):
    """HEAD of a paper's record. What a later step finds out is None before it.

    What is as its default is not written, so that a HEAD of which no copy is signed yet stays under a kilobyte.
    """

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
    signed_by: Hand | None = None
    """Who signed the copy of a result; None of other papers, and of what an earlier release signed."""
    digitised_code: str | None = None
    result: PaperResult | None = None
    """What it becomes where it is the result of its dossier."""
    reading: FileVersion | None = None
    mark_text: str | None = None
    converted_at: str | None = None
    pages_read: FileVersion | None = None
    """The print of its pages with its places, kept as long as a review keeps the data message from being made."""
    claim: ReviewClaim | None = None
    released: ReviewClaim | None = None
    """Who gave the review back last without an answer: taken again by them, it is theirs since then still."""
    left: int | None = None
    """Fields that wait for an officer."""
    compared: Compared | None = None
    """How it was found out whose it is; None: nobody was asked, as its dossier says whose it is."""
    reviewed: tuple[Reviewed, ...] = ()
    """Who looked at values, where no officer had to: what they looked at stands among the paper's fields."""
    read_values: str | None = None
    """What was read that forms ask for, encrypted, until the component has it."""
    signed_copy: SignedCopy | None = None
    unsigned: CopyFile | None = None
    """The data message before its signature; a paper that an earlier release read has none."""
    agency_name: str | None = None
    order_event: str | None = None
    """The event that ordered the signature that is awaited."""
    taken_back: TakenBack | None = None
    rejection: Rejection | None = None
    secrecy: Secrecy | None = None
    doubters: tuple[Hand, ...] = ()
    """Who took it for a secret one before, as somebody declined."""
    conversion: Conversion | None = None
    """Of releases that kept it here too: it stands in the paper's log, and with the dossier's component."""
    min_level: int = UNSAID_LEVEL
    others: tuple[str, ...] | None = None
    """Who stands on its dossier beside the holder (keyed hashes)."""

    @property
    def people(self) -> frozenset[str]:
        """Everybody whose paper it is (keyed hashes): none of them sees to it as an officer."""
        return frozenset((self.holder, *(self.others or ())))

    @property
    def is_on_desk(self) -> bool:
        """Whether an officer has to act: sign the copy, or order again what was refused."""
        return self.step == "copied" or (self.step == "stored" and self.taken_back is not None)

    @property
    def awaits_copy(self) -> bool:
        """Whether the officer's signature is awaited; one that came in spite of all counts as well as any other."""
        return self.step == "signature_ordered" or (self.step == "copied" and self.taken_back is not None)

    @property
    def files(self) -> tuple[FileVersion | PinnedFile, ...]:
        """What was made of the scan so far."""
        made = (self.copy, self.signed_copy, self.reading, self.pages_read, self.unsigned)
        return tuple(file for file in made if file is not None)

    def file(self, name: str) -> str:
        """The key of one of the paper's files in the messages bucket."""
        return file_key(self.reference, self.component, name)


class ReviewedField(Reviewed, frozen=True, kw_only=True):
    """Who looked at a value, with what was read before; what they said stands among the fields."""

    read: str


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
    reviewed: tuple[ReviewedField, ...] = ()
    compared: Compared = "not_compared"

    def as_read(self, field: Field) -> str:
        """What the reader alone made of a field, whatever officers said of it."""
        return next((each.read for each in self.reviewed if each.field == field.name), field.value)


class ReadPages(Stored, frozen=True, kw_only=True):
    """The print of a paper's pages with its places. A document in the messages bucket."""

    shape: ClassVar[int] = 1

    pages: tuple[PageText, ...]


class IncompleteConversion(ValueError):
    """A conversion that lacks what the law wants known of it; the text names what."""


def is_archived(reference: str) -> bool:
    """Whether papers of a reference are of an archive of former years, and of no dossier."""
    return reference.startswith(f"{ARCHIVE}-")


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
            sheets=component.sheets,
        ),
        reads_as=received.reads_as,
        result=received.result,
        others=received.others,
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
        reviewed=paper.reviewed or None,
    )
    if absent := list(_blank(found)):
        raise IncompleteConversion(", ".join(absent))
    return found


def converted_paper(paper: Paper, dossier_code: str, message: MessageConverted) -> ConvertedPaper:
    """The signed data message of a paper, for the store of whom it concerns (Circular 01/2023/TT-VPCP Art. 7, 24)."""
    return ConvertedPaper(
        message=message.message,
        kind=paper.code,
        title=message.title,
        key=message.key,
        version_id=message.version_id,
        sha256=message.sha256,
        size=message.size,
        holder=message.holder,
        agency=message.agency,
        procedure=message.procedure,
        reference=message.reference,
        dossier_code=dossier_code,
        min_level=message.min_level,
    )


def _blank(part: Part, above: str = "") -> Iterator[str]:
    for name in part.__struct_fields__:
        value = getattr(part, name)
        if isinstance(value, Part):
            yield from _blank(value, f"{above}{name}.")
        elif not value and name != "reviewed":
            yield above + name
