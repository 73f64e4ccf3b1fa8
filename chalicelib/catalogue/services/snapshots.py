"""The files that search and open data read: what the table says of the newest, and a line of the open data."""

from typing import NamedTuple

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.ids import canonical


class Snapshot(Stored, frozen=True, kw_only=True):
    """Where a file stands, its hash, how many entries it has, and of what time it is."""

    shape = 1

    key: str
    sha256: str
    count: int
    as_of: str


class ExportLine(NamedTuple):
    """A service in the open data: its facts, the version in force and its level; the record's where there is none."""

    facts: Facts
    version: int | None
    level: str

    def text(self) -> str:
        """The line as it is written."""
        return canonical({**plain(self.facts), "version": self.version, "level": self.level}) + "\n"
