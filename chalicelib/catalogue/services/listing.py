"""The list that search reads and the open data that everybody may take: made in the background from the rows."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chalicelib.catalogue.procedures.listed import UNKNOWN, ListedRow
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.services.ports import Snapshots
from chalicelib.catalogue.services.search import Entry, Index, build, decode, encode
from chalicelib.catalogue.services.snapshots import ExportLine
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.law.validity import in_force

SEARCH: Final = "SEARCH"
EXPORT: Final = "EXPORT"
IN_FLIGHT: Final = timedelta(seconds=5)
"""How long a change may take from reading its clock to standing in the table: what is older is in the list already."""


def entry_of(row: ListedRow, today: date) -> Entry:
    """A row of the list as search takes it on a Vietnamese day."""
    return Entry(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        kind=row.kind,
        fields=row.fields,
        subjects=row.subjects,
        agencies=row.agencies,
        level=row.level,
        life_events=row.life_events,
        offered=in_force(row.windows, today) is not None,
        promulgator=row.promulgator,
        promulgator_vi=row.promulgator_vi,
        area=row.area,
    )


def index_of(snapshot: bytes) -> Index:
    """The index of a snapshot; of nothing before the first was made."""
    return build(decode(snapshot) if snapshot else ())


@dataclass(frozen=True)
class Listing:
    """Use cases of the background."""

    procedures: Procedures
    snapshots: Snapshots
    clock: Clock

    def refresh(self, changed_at: str) -> str:
        """Make the list again unless it was made after this change; answers `made` or `newer`.

        A thousand changes at once cost as many readings of the pointer and few lists, not a thousand lists.
        """
        pointer = self.snapshots.pointer(SEARCH)
        if pointer and moment(pointer.as_of) > moment(changed_at) + IN_FLIGHT:
            return "newer"
        as_of = stamp(self.clock())
        self._keep_search(self._rows(), as_of)
        return "made"

    def _keep_search(self, rows: Sequence[ListedRow], as_of: str) -> None:
        self.snapshots.keep(SEARCH, encode([entry_of(row, self._today()) for row in rows]), len(rows), as_of)

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    def _rows(self) -> list[ListedRow]:
        """What can be read today, in code order: a version in force or a national record."""
        today = self._today()
        found = [row for row in self.procedures.rows() if row.recorded or in_force(row.windows, today)]
        return sorted(found, key=lambda row: row.code)

    def export(self) -> int:
        """The whole catalogue as JSON lines, each the facts in force or the national record; answers how many.

        Search is made anew with it: a version comes into force and goes by the day, without any change being told.
        """
        as_of, rows = stamp(self.clock()), self._rows()
        self._keep_search(rows, as_of)
        lines = [line.text() for line in self._lines(rows)]
        self.snapshots.keep(EXPORT, gzip.compress("".join(lines).encode(), mtime=0), len(lines), as_of)
        return len(lines)

    def _lines(self, rows: Iterable[ListedRow]) -> Iterable[ExportLine]:
        for row in rows:
            number = in_force(row.windows, self._today())
            version = self.procedures.version(row.code, number) if number else None
            national = None if number else self.procedures.national(row.code)
            if version:
                yield ExportLine(version.facts, number, level_of_version(version).level.key)
            elif national:
                yield ExportLine(national.facts, None, UNKNOWN)
