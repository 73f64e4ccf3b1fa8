"""Open an archive by its index sheet, and see how far each of its papers is."""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple

from chalicelib.digitisation.archives.model import (
    LIST,
    Archive,
    Archived,
    Seen,
    Standing,
    State,
    archive_key,
    archive_reference,
    held,
    line_reference,
)
from chalicelib.digitisation.archives.ports import Archives
from chalicelib.digitisation.archives.sheet import Fault, Sheet, SheetLine, read_sheet
from chalicelib.digitisation.drops import list_key
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.paging import offset_cursor, offset_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound

PAGE: Final = 100
"""Lines of a page: what one call reads of their records."""
COARSE: Final[dict[Seen, State]] = {"stored": "stored", "refused": "refused"}
"""What a paper's own record says by itself; for all else that came, its copy's says how far it is."""


class Progress(NamedTuple):
    """An archive with how many of its lines are how far, and a page of them. `is_late`: files should have come."""

    archive: Archive
    counts: dict[State | str, int]
    page: Sequence[Standing]
    following: str | None
    is_late: bool


@dataclass(frozen=True)
class Keeping:
    """The archives of an officer's agency. `kinds` are the papers whose fields can be looked for."""

    archives: Archives
    clock: Clock
    kinds: Sequence[str]

    def open(self, who: Principal, name: str, index: str, days: int) -> Archive:
        """All lines of a sheet are awaited, or the sheet is refused with every fault of every line.

        The same sheet sent again is the same archive. Raises BodyInvalid.
        """
        sha256, now = hashlib.sha256(index.encode()).hexdigest(), self.clock()
        reference = archive_reference(who.agency, sha256)
        if known := self.archives.archive(reference):
            return known
        lines, faults = read_sheet(index, now.astimezone(ZONE).date(), self.kinds)
        if faults:
            raise BodyInvalid(fields=[_told(fault) for fault in faults])
        sheet = Sheet(lines=tuple(held(who.agency, line) for line in lines))
        archive = Archive(
            pk=archive_key(reference),
            agency=who.agency,
            name=name,
            lines=len(lines),
            sheet=self.archives.keep_sheet(reference, sheet),
            sha256=sha256,
            opened_at=stamp(now),
            opened_by=who.name,
            files_by=stamp(now + timedelta(days=days)),
            wl_pk=list_key(who.agency, LIST),
            wl_sk=f"{stamp(now)}#{reference}",
        )
        try:
            self.archives.open(archive, who.subject)
        except aws.Lost:  # the same sheet was sent twice at once
            return self.own(who, reference)
        return archive

    def listed(self, who: Principal, after: str) -> tuple[list[Archive], str | None]:
        """A page of the agency's archives, the oldest first, and where the list goes on."""
        return self.archives.listed(who.agencies, after)

    def own(self, who: Principal, reference: str) -> Archive:
        """An archive of the officer's agency. Raises NotFound."""
        archive = self.archives.archive(reference)
        if archive is None or archive.agency not in who.agencies:
            raise NotFound(what="archive")
        return archive

    def require_named(self, who: Principal, reference: str, file: str) -> tuple[Archive, SheetLine]:
        """The archive whose sheet names a file, with its line. Raises NotFound, BodyInvalid at `/filename`."""
        archive = self.own(who, reference)
        line = next((line for line in self.archives.sheet(archive).lines if line.file == file), None)
        if line is None:
            vi, en = "Bản kê không nêu tệp này", "The index sheet names no such file"
            raise BodyInvalid(fields=[FieldError("/filename", "unknown", vi, en)])
        return archive, line

    def look(self, who: Principal, reference: str, state: Seen | None, after: str) -> Progress:
        """How far the papers of an archive are, in the order of its sheet; of one `state` only, where it is asked for.

        A page of a state that the copies tell may have fewer lines than others, or none, and still go on.
        Raises NotFound, BodyInvalid for a wrong cursor.
        """
        archive, offset = self.own(who, reference), offset_of(after)
        lines, states = self.archives.sheet(archive).lines, self.archives.states(reference)
        wanted = [line for line in lines if _may_be(states.get(line.line), state)]
        page = self._standing(reference, wanted[offset : offset + PAGE], states)
        following = offset_cursor(offset + PAGE) if len(wanted) > offset + PAGE else None
        counts = Counter(states.values())
        return Progress(
            archive=archive,
            counts={
                "waiting": len(lines) - len(states),
                **{each: counts[each] for each in ("taken", "refused", "stored")},
            },
            page=[each for each in page if state is None or each.state == state],
            following=following,
            is_late=self.clock() > moment(archive.files_by),
        )

    def _standing(self, reference: str, lines: Sequence[SheetLine], states: Collection[int]) -> list[Standing]:
        came = [line_reference(reference, each.line) for each in lines if each.line in states]
        records: dict[int, Archived] = {each.line: each for each in self.archives.records(came)}
        papers = {each.reference: each for each in self.archives.papers(list(records.values()))}
        return [
            Standing(line, records.get(line.line), papers.get(line_reference(reference, line.line))) for line in lines
        ]


def _may_be(known: State | None, state: Seen | None) -> bool:
    """Whether a line of which the index knows this may be in the state that is asked for."""
    if state is None:
        return True
    if known is None or state == "waiting":
        return known is None and state == "waiting"
    return known == COARSE.get(state, "taken")


def _told(fault: Fault) -> FieldError:
    """A fault at its place in the body: `/index/<line>/<column>`."""
    where = f"dòng {fault.line}" + (f", cột {fault.column}" if fault.column else "")
    said = f"line {fault.line}" + (f", column {fault.column}" if fault.column else "")
    column = f"/{fault.column.replace('~', '~0').replace('/', '~1')}" if fault.column else ""
    return FieldError(f"/index/{fault.line}{column}", fault.rule, f"{where}: {fault.vi}", f"{said}: {fault.en}")
