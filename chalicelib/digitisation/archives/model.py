"""What is kept of an archive and of each of its papers; a line for which nothing came has no record. Pure.

Field names are stored names: a field is added with a default and never renamed.
"""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from msgspec import convert, structs

from chalicelib.contracts.provenance import Compared
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.paper import ARCHIVE, FileVersion, Paper
from chalicelib.kernel.access import holder_of
from chalicelib.kernel.ids import reference_of
from chalicelib.kernel.record import Head

FOLDER: Final = "archives"
"""The folder of an agency in which scans of archives are dropped: `drops/<agency>/archives/<archive>/<file>`."""
LIST: Final = "archive"
"""The list of an agency's archives."""
CODE: Final = "ARCHIVED"
"""What stands where a dossier's paper has the component of the procedure."""
SHOWN: Final = 3
"""Signs of a personal number that are not masked."""
LEVEL: Final = 2
"""The level of identity that opens a paper of an archive: no text says one, and the higher one shows it to fewer."""

type State = Literal["taken", "stored", "refused"]
"""How far a paper is in its own record; what is between is in the record of its copy."""
type Seen = Literal["waiting", "refused", "taken", "copied", "in_review", "read", "stored"]
"""How far a line is, as its agency sees it. `waiting`: no file came. `read` waits for the agency's signature."""


class Archive(Head, frozen=True, kw_only=True):
    """HEAD of an archive: papers of one index sheet. Times are stored stamps; `files_by`: until when they should be in.

    `sheet` is the sheet as it was read, `sha256` the hash of the text that was sent.
    """

    shape: ClassVar[int] = 1

    agency: str
    name: str
    lines: int
    sheet: FileVersion
    sha256: str
    opened_at: str
    opened_by: str
    files_by: str
    wl_pk: str
    wl_sk: str

    @property
    def reference(self) -> str:
        """Its name: LT and 16 letters."""
        return self.pk.partition("#")[2]


class Archived(Head, frozen=True, kw_only=True, omit_defaults=True):
    """HEAD of a paper of an archive. `component` is the scan that counts; a refused one may be followed by another.

    `holder` is the keyed hash of its owner; where nobody knows them, of the agency, which keeps it then.
    """

    shape: ClassVar[int] = 1

    archive: str
    line: int
    agency: str
    holder: str
    is_owned: bool
    kind: str
    procedure: str = ""
    state: State
    component: str = ""
    sha256: str = ""
    code: str | None = None
    """Of its data message."""
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    wl_pk: str
    wl_sk: str

    @property
    def reference(self) -> str:
        """Its name, as that of a dossier: the archive's with the number of the line."""
        return self.pk.partition("#")[2]

    def reason(self, language: str) -> str | None:
        """Why it was refused, for a reader of this language."""
        return self.reason_en if language == "en" else self.reason_vi


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of an archive, its record, and that of the copy, as far as there are any."""

    line: SheetLine
    record: Archived | None
    paper: Paper | None

    @property
    def state(self) -> Seen:
        """How far it is."""
        if self.record is None:
            return "waiting"
        if self.record.state != "taken":
            return self.record.state
        match self.paper.step if self.paper else None:
            case "copied" | "signature_ordered":
                return "copied"
            case "in_review":
                return "in_review"
            case "reviewed" | "stored":
                return "read"
        return "taken"

    @property
    def compared(self) -> Compared | None:
        """How it is known whose it is, once it is a data message."""
        if self.state != "stored":
            return None
        return (self.paper.compared if self.paper else None) or "not_compared"


def archive_reference(agency: str, sha256: str) -> str:
    """The name of an archive: the same sheet of the same agency is the same archive, however often it is sent."""
    return reference_of(ARCHIVE, f"{agency}\x1f{sha256}")


def archive_key(reference: str) -> str:
    """Where the record of an archive stands."""
    return f"ARCHIVE#{reference}"


def line_reference(archive: str, line: int) -> str:
    """The name of a paper of an archive."""
    return f"{archive}-{line:05d}"


def archived_key(reference: str) -> str:
    """Where the record of a paper of an archive stands."""
    return f"ARCHIVED#{reference}"


def papers_key(archive: str) -> str:
    """The partition of an archive's papers in the index."""
    return f"{archive}#papers"


def place_of(line: int, state: State) -> str:
    """Where a paper stands there: the index alone tells how far it is."""
    return f"{line:05d}#{state}"


def line_and_state(place: str) -> tuple[int, State]:
    """What such a place says."""
    line, _, state = place.partition("#")
    return int(line), convert(state, State)


def held(agency: str, line: SheetLine) -> SheetLine:
    """A line with the keyed hash of its owner, or of the agency that keeps the paper for whom nobody knows."""
    kind, number = (line.owner_kind, line.owner_number) if line.owner_kind else ("AGENCY", agency)
    return structs.replace(line, holder=holder_of(kind, number))


def masked(line: SheetLine, agency: str) -> str:
    """What a QR code, which anybody reads, says of the owner; of one whom nobody knows, the agency that keeps it."""
    number = line.owner_number
    if line.owner_kind == "ORGANISATION":
        return number
    return "*" * (len(number) - SHOWN) + number[-SHOWN:] if line.owner_kind else agency


def first(archive: Archive, line: SheetLine, state: State) -> Archived:
    """The record of a paper before it is written."""
    reference = line_reference(archive.reference, line.line)
    return Archived(
        pk=archived_key(reference),
        archive=archive.reference,
        line=line.line,
        agency=archive.agency,
        holder=line.holder,
        is_owned=bool(line.owner_kind),
        kind=line.kind,
        procedure=line.procedure,
        state=state,
        wl_pk=papers_key(archive.reference),
        wl_sk=place_of(line.line, state),
    )


def sheet_key(archive: str) -> str:
    """The key of a sheet in the messages bucket."""
    return f"papers/{archive}/sheet.json"
