"""What a chain of hashes must be, what an anchor says of it, and the names of what does not fit. Pure."""

import zlib
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, structs

from chalicelib.contracts.event import told
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.record import Head, LogRow

SPREAD: Final = 9
"""A ninth of the days: chains of one day are not all looked at again in one night."""
GONE: Final = ("rejected", "secret")
"""What is said of a paper that was deleted as the law wants."""


class Kind(StrEnum):
    """What does not fit."""

    ROW_CHANGED = "row_changed"
    ROW_MISSING = "row_missing"
    ROW_ADDED = "row_added"
    HASH_ZEROED = "hash_zeroed"
    CHAIN_REWRITTEN = "chain_rewritten"
    HEAD_CHANGED = "head_changed"
    HEAD_MISSING = "head_missing"
    ROLLED_BACK = "rolled_back"
    FILE_CHANGED = "file_changed"
    FILE_MISSING = "file_missing"
    ANCHOR_FORGED = "anchor_forged"
    UNREADABLE = "unreadable"


class Chain(Struct, frozen=True):
    """A record with a log: the physical name of its table, and its partition."""

    table: str
    record: str


class Note(Stored, frozen=True, kw_only=True):
    """A record that grew since it was looked at: its newest event as the outbox saw it (number 0: not seen).

    `among` is the place of the item that notes several, empty for a note of its own.
    """

    shape = 1

    table: str
    record: str
    number: int
    digest: str
    among: str = ""


class Grew(Struct, frozen=True):
    """A record of a note for several, by its newest event."""

    record: str
    number: int
    digest: str


class Notes(Stored, frozen=True, kw_only=True):
    """What grew in one batch of a table's stream, as the outbox saw it."""

    shape = 1

    table: str
    notes: tuple[Grew, ...]


class Mark(Struct, frozen=True):
    """A row that is no event, by its sort key, and a digest of all that is in it."""

    sk: str
    digest: str


class Pin(Struct, frozen=True):
    """A file that a row names: that version and no other."""

    key: str
    version_id: str
    sha256: str


class Verdict(Struct, frozen=True):
    """What an officer decided of a paper."""

    status: str = "rejected"
    code: str | None = None


class Said(Struct, frozen=True):
    """What a row says of its own file: a paper that is secret under law was deleted with its copy."""

    rejection: Verdict | None = None
    digitisation: Verdict | None = None

    @property
    def was_removed(self) -> bool:
        """Whether its files are gone by law."""
        return any(each and (each.status, each.code) == GONE for each in (self.rejection, self.digitisation))


class ChainHead(Head, frozen=True, kw_only=True):
    """HEAD of any record; `state` is a dossier's number, or the word of another record, such as a mandate."""

    state: int | str | None = None


class Version(Struct, frozen=True):
    """An earlier version of a signed paper."""

    sha256: str


class Paper(Struct, frozen=True, kw_only=True):
    """A signed paper that anybody may ask about by its look-up code."""

    lookup: str
    message: str
    sha256: str
    earlier: tuple[Version, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A record as it was read; `unreadable` are events that lost what every event has.

    `fields` and `digest` are HEAD as it stands. `is_silent`: its HEAD may change without an event.
    """

    head: ChainHead | None
    digest: str = ""
    fields: Mapping[str, Any] = {}
    paper: Paper | None = None
    """What HEAD of a signed paper with a look-up code says, None of others."""
    log: tuple[LogRow, ...] = ()
    unreadable: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    traces: Mapping[str, str] = {}
    """The digest of each row beside HEAD and log, as its trace in the log has to say it."""
    loose: frozenset[str] = frozenset()
    """Rows of which the content may be another one than anything says."""
    pins: tuple[Pin, ...] = ()
    astray: tuple[str, ...] = ()
    """Rows that give a file another hash than an event of this log does."""
    is_silent: bool = False


class Anchor(Stored, frozen=True, kw_only=True):
    """A record as it was when it was last looked at and fitted; `mac` is over all the rest but `due_on`."""

    shape = 1

    table: str
    record: str
    version: int
    seq: int
    chain: str
    marks: tuple[Mark, ...]
    anchored_on: str
    due_on: str = ""
    mac: str = ""

    def text(self) -> bytes:
        """What the MAC is over."""
        return canonical(told(structs.replace(self, due_on="", mac=""))).encode()


class KeptHead(Stored, frozen=True, kw_only=True):
    """How long a chain was when it fitted, and its last hash: a line of a file that nobody can write anew."""

    shape = 1

    table: str
    record: str
    seq: int
    chain: str


def head_of(anchor: Anchor) -> KeptHead:
    """What of an anchor is kept apart, too."""
    return KeptHead(table=anchor.table, record=anchor.record, seq=anchor.seq, chain=anchor.chain)


def anchor_of(chain: Chain, found: Found, today: date, days: int) -> Anchor:
    """The anchor of a record that fits, still without its MAC. Raises ValueError for one without HEAD."""
    if found.head is None:
        raise ValueError(f"no record: {chain.record}")
    return Anchor(
        table=chain.table,
        record=chain.record,
        version=found.head.version,
        seq=found.head.seq,
        chain=found.head.chain,
        marks=found.marks,
        anchored_on=today.isoformat(),
        due_on=due(chain, today, days).isoformat(),
    )


def due(chain: Chain, today: date, days: int) -> date:
    """When a chain is looked at again at the latest: within so many days, and not all of one night in one other."""
    return today + timedelta(days=days - zlib.crc32(chain.record.encode()) % max(1, days // SPREAD))


def event_sk(number: int) -> str:
    """Where an event stands."""
    return f"EVENT#{number:06d}"
