"""What survives SIGKILL: one SQLite file with rows, objects, undelivered messages and executions.

Each mutating call of the local cloud is one commit here, so memory, disk and messages agree. `synchronous=NORMAL` is
safe for the death of the process; the last commits before a power failure may be lost.
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from infra.local.folder import private

IN_MEMORY: Final = ":memory:"
"""What SQLite calls a database without a file."""

INVOKED: Final = "invoke"
"""Source of a message by which somebody called a function, past its queue."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS row(tbl TEXT, key TEXT, item TEXT, PRIMARY KEY(tbl, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS object(bucket TEXT, key TEXT, versions BLOB, PRIMARY KEY(bucket, key));
CREATE TABLE IF NOT EXISTS message(
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, source TEXT, target TEXT, body TEXT,
    tries INTEGER DEFAULT 0, due REAL DEFAULT 0, error TEXT);
CREATE INDEX IF NOT EXISTS message_kind ON message(kind, source, target, id);
CREATE TABLE IF NOT EXISTS execution(
    machine TEXT, name TEXT, input TEXT, status TEXT, output TEXT, PRIMARY KEY(machine, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token(token TEXT PRIMARY KEY, digest TEXT, at REAL) WITHOUT ROWID;
"""


type Inbox = tuple[str, str, str]
"""Kind, source and target of messages; all targets share one, whose source and target are empty."""


class Message(NamedTuple):
    """One undelivered event: `source` is the table of a stream, a rule, or how it was sent; `target` the function."""

    id: int
    source: str
    target: str
    body: str
    tries: int
    due: float


class Journal:
    """The file, its lock, and a condition that wakes whoever delivers.

    The lock is the one lock of the local cloud: a mutating call holds it from its first look at memory to its commit.
    Never call a handler while holding it.
    """

    def __init__(self, path: Path) -> None:
        self.lock = threading.RLock()
        self.live = (
            False  # set after the restore: until then memory is emptier than the disk, and must not be written to it
        )
        self.closed = False
        self.commits = 0
        self.changed = threading.Condition()
        self._bells: dict[Inbox, threading.Event] = {}
        self._sent: set[Inbox] = set()
        self._depth = 0
        if str(path) != IN_MEMORY:
            open(path, "ab", opener=private).close()  # SQLite gives its further files the mode of this one
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)

    @contextlib.contextmanager
    def tx(self) -> Iterator[sqlite3.Connection]:
        """One commit; nests: an inner block joins the outer one. Raises: `sqlite3.ProgrammingError` after `close`."""
        with self.lock:
            if self._depth == 0:
                self._db.execute("BEGIN")
            self._depth += 1
            try:
                yield self._db
            except BaseException:
                if self._depth == 1:
                    self._db.execute("ROLLBACK")
                    self._sent.clear()
                raise
            else:
                if self._depth == 1:
                    self._db.execute("COMMIT")
            finally:
                self._depth -= 1
            nested = self._depth > 0
            if not nested:
                self._ring(self._sent)
                self._sent.clear()
        if not nested:
            self._tell()

    def bell(self, kind: str, source: str = "", target: str = "") -> threading.Event:
        """The event that is set when a message comes into an inbox, so that a commit wakes its own worker alone."""
        return self._bells.setdefault((kind, source, target), threading.Event())

    def _ring(self, inboxes: Iterable[Inbox]) -> None:
        for inbox in inboxes:
            self.bell(*inbox).set()

    def wake(self) -> None:
        """Tell everybody who waits for a change or a message to look again."""
        self._ring(list(self._bells))
        self._tell()

    def _tell(self) -> None:
        with self.changed:
            self.commits += 1
            self.changed.notify_all()

    def wait(self, seen: int, seconds: float) -> None:
        """Wait for a commit after number `seen` (read `commits` before looking, so none is missed), or some seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.commits != seen, seconds)

    def all(self, sql: str, *values: Any) -> list[Any]:
        """Rows of a query."""
        with self.lock:
            return self._db.execute(sql, values).fetchall()

    def close(self) -> None:
        """Close the file; a later use raises `sqlite3.ProgrammingError`."""
        with self.lock:
            self.closed, self.live = True, False
            self._db.close()
        self.wake()

    # --- messages --------------------------------------------------------------------------------------------

    def send(self, kind: str, source: str, target: str, body: str) -> None:
        """Add a message, in the commit that is open."""
        with self.tx() as db:
            db.execute("INSERT INTO message(kind, source, target, body) VALUES(?,?,?,?)", (kind, source, target, body))
            self._sent.add((kind, source, target) if kind == "stream" else (kind, "", ""))

    def waiting(self, kind: str, source: str = "", target: str = "", limit: int = 100) -> list[Message]:
        """The oldest messages of a kind, due or not, of one source and target where given."""
        found = self.all(
            "SELECT id, source, target, body, tries, due FROM message WHERE kind=?1 AND (?2='' OR source=?2)"
            " AND (?3='' OR target=?3) ORDER BY id LIMIT ?4",
            kind,
            source,
            target,
            limit,
        )
        return [Message(*row) for row in found]

    def readdress(self, former: Mapping[str, str]) -> None:
        """Give messages for a function that had another name once to the one that it has now; parked ones too."""
        with self.tx() as db:
            db.executemany("UPDATE message SET target=?2 WHERE target=?1", list(former.items()))

    def delivered(self, ids: list[int]) -> None:
        """Forget messages that were handled."""
        with self.tx() as db:
            db.executemany("DELETE FROM message WHERE id=?", [(i,) for i in ids])

    def failed(self, message: Message, error: str, retries: int) -> bool:
        """Count a failure: try again later, or park it after `retries` further tries. True: it was parked."""
        tries = message.tries + 1
        parked = tries > retries
        due = time.time() + (0.0 if parked else 0.05 * 2 ** min(message.tries, 10))
        with self.tx() as db:
            db.execute(
                "UPDATE message SET tries=?, due=?, error=?, kind=CASE WHEN ? THEN 'parked' ELSE kind END WHERE id=?",
                (tries, due, error, parked, message.id),
            )
        return parked

    def parked(self, number: int = 0) -> list[tuple[Message, str]]:
        """Messages given up with their errors, oldest first, or the one of a number; `due` is when it was parked."""
        found = self.all(
            "SELECT id, source, target, body, tries, due, error FROM message WHERE kind='parked' AND (?1=0 OR id=?1)"
            " ORDER BY id",
            number,
        )
        return [(Message(*row[:-1]), row[-1]) for row in found]

    def count(self, *kinds: str) -> int:
        """How many messages of these kinds are kept."""
        marks = ",".join("?" * len(kinds))
        return int(self.all(f"SELECT count(*) FROM message WHERE kind IN ({marks})", *kinds)[0][0])  # noqa: S608
