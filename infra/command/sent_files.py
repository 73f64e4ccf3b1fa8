"""What a watcher of a folder remembers over restarts: which bytes went into which dossier, and how that ended."""

import fcntl
import sqlite3
from pathlib import Path
from typing import Final, Literal, NamedTuple

NAME: Final = ".motcua-intake.sqlite"
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS file (
  dossier TEXT, sha256 TEXT, attempt INTEGER, step TEXT, object TEXT, place TEXT, at REAL,
  PRIMARY KEY (dossier, sha256));
CREATE INDEX IF NOT EXISTS file_of_object ON file (object);
CREATE TABLE IF NOT EXISTS list (verdict TEXT PRIMARY KEY, cursor TEXT);
"""

type Step = Literal["begun", "posting", "sent", "taken", "refused"]
"""`begun`: nothing was sent. `posting`: the file is on its way; who finds it so after a restart does not know whether
it arrived. `sent`: it did, and the service has not said yet what became of it.
"""


class Busy(Exception):
    """Another process watches this folder."""


class Row(NamedTuple):
    """A file of a dossier; `object` is its name in the service's bucket, `place` where it was put, `at` a time of the
    clock, in seconds.
    """

    dossier: str
    sha256: str
    attempt: int
    step: Step
    object: str
    place: str
    at: float


class SentFiles:
    """A journal in the folder itself; one process at a time. Raises Busy."""

    def __init__(self, folder: Path) -> None:
        self._lock = (folder / ".motcua-intake.lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            raise Busy(folder) from None
        self._db = sqlite3.connect(folder / NAME, isolation_level=None)
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        """Let another process watch."""
        self._db.close()
        self._lock.close()

    def row(self, dossier: str, sha256: str) -> Row | None:
        """What is known of these bytes in this dossier."""
        return self._one("dossier = ? AND sha256 = ?", dossier, sha256)

    def of_object(self, name: str) -> Row | None:
        """What is known of an object of the service's bucket."""
        return self._one("object = ?", name)

    def keep(self, row: Row) -> Row:
        """Remember, on the disk before this returns."""
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return row

    def waiting(self) -> int:
        """How many files of which the service has not said what became of them."""
        return int(self._db.execute("SELECT count(*) FROM file WHERE step IN ('posting', 'sent')").fetchone()[0])

    def cursor(self, verdict: str) -> str:
        """Where a list of the service is read on."""
        found = self._db.execute("SELECT cursor FROM list WHERE verdict = ?", (verdict,)).fetchone()
        return str(found[0]) if found else ""

    def read_on(self, verdict: str, cursor: str) -> None:
        """The list was read up to here."""
        self._db.execute("INSERT OR REPLACE INTO list VALUES (?, ?)", (verdict, cursor))

    def _one(self, where: str, *values: str) -> Row | None:
        found = self._db.execute(f"SELECT * FROM file WHERE {where}", values).fetchone()  # noqa: S608 - our own words
        return Row(*found) if found else None
