"""The list that search reads and the open data that everybody may take: made in the background from the rows."""

import gzip
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.catalogue.procedures.listed import UNKNOWN
from chalicelib.catalogue.procedures.model import in_force
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.services.ports import Snapshots
from chalicelib.catalogue.services.search import Entry, Index, build, decode, encode
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.ids import canonical

SEARCH: Final = "SEARCH"
EXPORT: Final = "EXPORT"
IN_FLIGHT: Final = timedelta(seconds=5)
"""How long a change may take from reading its clock to standing in the table: what is older is in the list already."""


def entry_of(row: Mapping[str, Any], today: date) -> Entry:
    """A row of the list as search takes it on a Vietnamese day."""
    return Entry(
        code=row["code"],
        name_vi=row["name_vi"],
        name_en=row.get("name_en"),
        kind=row["kind"],
        fields=tuple(row["fields"]),
        subjects=tuple(row["subjects"]),
        agencies=tuple(row["agencies"]),
        level=row["level"],
        life_events=tuple(row["life_events"]),
        offered=in_force(row["windows"], today) is not None,
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
        if pointer and moment(pointer["as_of"]) > moment(changed_at) + IN_FLIGHT:
            return "newer"
        as_of = stamp(self.clock())
        self._keep_search(self._rows(), as_of)
        return "made"

    def _keep_search(self, rows: Sequence[Mapping[str, Any]], as_of: str) -> None:
        self.snapshots.keep(SEARCH, encode([entry_of(row, self._today()) for row in rows]), len(rows), as_of)

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    def _rows(self) -> list[dict[str, Any]]:
        """What can be read today, in code order: a version in force or a national record."""
        today = self._today()
        found = [row for row in self.procedures.rows() if row["recorded"] or in_force(row["windows"], today)]
        return sorted(found, key=lambda row: row["code"])

    def export(self) -> int:
        """The whole catalogue as JSON lines, each the facts in force or the national record; answers how many.

        Search is made anew with it: a version comes into force and goes by the day, without any change being told.
        """
        as_of, rows = stamp(self.clock()), self._rows()
        self._keep_search(rows, as_of)
        lines = list(self._lines(rows))
        self.snapshots.keep(EXPORT, gzip.compress("".join(lines).encode(), mtime=0), len(lines), as_of)
        return len(lines)

    def _lines(self, rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
        for row in rows:
            code, number = row["code"], in_force(row["windows"], self._today())
            found = self.procedures.version(code, number) if number else self.procedures.national(code)
            if found:
                level = level_of_version(found).level.key if number else UNKNOWN
                yield canonical({**found["facts"], "version": number, "level": level}) + "\n"
