"""A file that came for a line of an archive: a component, digitised like any other, or refused with its reason."""

from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from chalicelib.contracts.archives import ArchivedRefused
from chalicelib.contracts.digitisation import Digitisation
from chalicelib.digitisation.archives.change import ArchivedChange
from chalicelib.digitisation.archives.model import CODE, FOLDER, LEVEL, Archive, Archived, first, line_reference
from chalicelib.digitisation.archives.ports import Archives
from chalicelib.digitisation.archives.sheet import SheetLine
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.drops import refusal_of, refused, taken
from chalicelib.digitisation.model import Inspection, Refused
from chalicelib.digitisation.ports import Drops
from chalicelib.digitisation.reasons import SIGNED_ALREADY
from chalicelib.digitisation.receptions import received
from chalicelib.dossier.items import Component
from chalicelib.kernel.clock import Clock, stamp

NO_LINE: Final = Refused(
    "no_line", "Không có bản kê lưu trữ nào của cơ quan nêu tệp này", "no index sheet of this agency names this file"
)
HAS_PAPER: Final = Refused(
    "line_has_paper",
    "Dòng này của bản kê đã có tệp khác; muốn thay thì từ chối bản trước tại bàn số hóa",
    "this line of the index sheet has another file already: reject that one at the desk to replace it",
)
NO_PAPER: Final = SIGNED_ALREADY


def other_hash(sha256: str) -> Refused:
    """The bytes are not those that the sheet names."""
    return Refused(
        "other_file",
        "Mã băm của tệp khác với bản kê; hãy quét hoặc gửi lại",
        f"the sheet says another hash than {sha256}",
    )


def is_archived_drop(arrival: Arrival) -> bool:
    """Whether an object was dropped into the folder of an archive."""
    return arrival.origin == "drop" and arrival.batch == FOLDER


@dataclass(frozen=True)
class Taking:
    """Takes in what is dropped for archives; each may run twice."""

    archives: Archives
    drops: Drops
    clock: Clock

    def take_in(self, arrival: Arrival, size: int | None, verdict: Inspection | Refused) -> None:
        """A checked file becomes the paper of its line; one that is refused leaves the line open for another.

        Raises aws.Lost when somebody wrote meanwhile.
        """
        now = self.clock()
        named = self._named(arrival)
        if named is None:
            self.drops.refuse(refused(arrival, NO_LINE, size, stamp(now)), refusal_of(arrival, NO_LINE), now)
            return
        archive, line = named
        reference = line_reference(archive.reference, line.line)
        known = self.archives.archived(reference)
        if known and known.state != "refused":
            self._again(arrival, known, size, verdict)
            return
        why = _fault(line, verdict)
        if isinstance(verdict, Refused) or why:
            self._refuse(arrival, known or first(archive, line, "refused"), size, why or NO_LINE)
        else:
            self._accept(arrival, known or first(archive, line, "taken"), line, verdict)

    def _named(self, arrival: Arrival) -> tuple[Archive, SheetLine] | None:
        """The line that names a file, of an archive of the agency in whose folder it came."""
        reference, stroke, file = arrival.name.partition("/")
        archive = self.archives.archive(reference) if stroke else None
        if archive is None or archive.agency != arrival.agency:
            return None
        name = normalize("NFC", file)
        line = next((each for each in self.archives.sheet(archive).lines if each.file == name), None)
        return (archive, line) if line else None

    def _again(self, arrival: Arrival, known: Archived, size: int | None, verdict: Inspection | Refused) -> None:
        """A second file for a line: the very same is the same paper, any other is none."""
        if known.component == arrival.component:
            return  # delivered twice at once
        now = self.clock()
        if isinstance(verdict, Inspection) and verdict.sha256 == known.sha256:
            twin = known.component
            self.drops.took(taken(arrival, twin, known.reference, verdict.size, twin, stamp(now)), now).write()
            return
        why = verdict if isinstance(verdict, Refused) else HAS_PAPER
        self.drops.refuse(refused(arrival, why, size, stamp(now)), refusal_of(arrival, why), now)

    def _refuse(self, arrival: Arrival, archived: Archived, size: int | None, why: Refused) -> None:
        """The line says why, and so does the list of refused drops: both or neither."""
        now = self.clock()
        told = ArchivedRefused(
            archive=archived.archive, line=archived.line, agency=archived.agency, reason_code=why.code
        )
        change = ArchivedChange(archived, now).refused(why.code, why.message_vi, why.message_en).tell(told)
        drop = self.drops.took(refused(arrival, why, size, stamp(now)), now).tell(refusal_of(arrival, why))
        change.join("drop", drop).write()

    def _accept(self, arrival: Arrival, archived: Archived, line: SheetLine, found: Inspection) -> None:
        now = self.clock()
        component = Component(
            id=arrival.component,
            code=CODE,
            filename=line.file,
            key=arrival.key,
            version_id=arrival.version,
            size=found.size,
            sha256=found.sha256,
            media_type=found.media_type,
            pages=len(found.pages),
            origin="drop",
            received_at=stamp(now),
            digitisation=Digitisation(status="waiting"),
            warnings=tuple(found.warnings),
        )
        change = (
            ArchivedChange(archived, now)
            .taken(component)
            .tell(received(component, archived, LEVEL, line.kind_read, line.also))
        )
        drop = taken(arrival, component.id, archived.reference, found.size, None, stamp(now))
        change.join("drop", self.drops.took(drop, now)).write()


def _fault(line: SheetLine, verdict: Inspection | Refused) -> Refused | None:
    """Why a file is no paper of its line."""
    if isinstance(verdict, Refused):
        return verdict
    if verdict.signatures:
        return NO_PAPER
    if line.sha256 and line.sha256.lower() != verdict.sha256:
        return other_hash(verdict.sha256)
    return None
