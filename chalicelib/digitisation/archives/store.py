"""Archives in DynamoDB, beside the papers; their sheets in S3."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from msgspec import json

from chalicelib.contracts.archives import ArchiveOpened
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import read, written
from chalicelib.digitisation.archives.model import (
    LIST,
    Archive,
    Archived,
    State,
    archive_key,
    archived_key,
    line_and_state,
    papers_key,
    sheet_key,
)
from chalicelib.digitisation.archives.sheet import Sheet
from chalicelib.digitisation.drops import list_key
from chalicelib.digitisation.fence import paper_key
from chalicelib.digitisation.paper import FileVersion, Paper
from chalicelib.digitisation.settings import MESSAGES_TABLE
from chalicelib.digitisation.store import WORKLIST, Files, Listed, paged
from chalicelib.dossier.items import Component
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import moment

JSON = "application/json"


class ArchiveTable:
    """Archives with their sheets and papers."""

    def archive(self, reference: str) -> Archive | None:
        """An archive."""
        item = aws.get(MESSAGES_TABLE(), archive_key(reference), "HEAD")
        return read(Archive, item) if item else None

    def listed(self, agencies: Collection[str], after: str) -> tuple[list[Archive], str | None]:
        """A page of agencies' archives, the oldest first. Raises BodyInvalid, NotFound for a wrong cursor."""
        heads, following = paged([list_key(agency, LIST) for agency in sorted(agencies)], after)
        return [read(Archive, head) for head in heads], following

    def keep_sheet(self, reference: str, sheet: Sheet) -> FileVersion:
        """Store a sheet; nothing names it before its archive is opened."""
        return Files().keep(sheet_key(reference), json.encode(written(sheet)), JSON)

    def open(self, archive: Archive, actor: str) -> None:
        """An archive begins, once. Raises aws.Lost("head") when it has begun."""
        told = ArchiveOpened(archive=archive.reference, agency=archive.agency, lines=archive.lines)
        record.Change(MESSAGES_TABLE(), archive, moment(archive.opened_at)).tell(told, actor=actor).write()

    def sheet(self, archive: Archive) -> Sheet:
        """The sheet of an archive: a version never changes, so a process holds some."""
        return _sheet(archive.sheet.key, archive.sheet.version_id)

    def archived(self, reference: str) -> Archived | None:
        """The record of a paper of an archive; None while nothing came."""
        item = aws.get(MESSAGES_TABLE(), archived_key(reference), "HEAD")
        return read(Archived, item) if item else None

    def component(self, reference: str, component: str) -> Component | None:
        """One of the scans that came for a paper."""
        item = aws.get(MESSAGES_TABLE(), archived_key(reference), f"COMPONENT#{component}")
        return read(Component, item) if item else None

    def states(self, archive: str) -> dict[int, State]:
        """How far each paper is for which something came, by its line: of the index alone, a thousand in a call."""
        found, start = dict[int, State](), None
        while True:
            rows, start = aws.page(
                MESSAGES_TABLE(), "worklist", WORKLIST[0], papers_key(archive), limit=1000, start=start
            )
            for row in rows:
                line, state = line_and_state(heard(Listed, row).wl_sk)
                found[line] = state
            if start is None:
                return found

    def records(self, references: Sequence[str]) -> list[Archived]:
        """Those of at most a hundred papers that have a record."""
        rows = aws.many(MESSAGES_TABLE(), [(archived_key(each), "HEAD") for each in references])
        return [read(Archived, row) for row in rows]

    def papers(self, records: Sequence[Archived]) -> list[Paper]:
        """The records of the copies of at most a hundred papers."""
        keys = [(paper_key(each.reference, each.component), "HEAD") for each in records if each.component]
        return [read(Paper, row) for row in aws.many(MESSAGES_TABLE(), keys)]


@lru_cache(maxsize=8)
def _sheet(key: str, version: str) -> Sheet:
    return read(Sheet, json.decode(Files().made(FileVersion(key=key, version_id=version))))
