"""A record: one HEAD item with a version, and its append-only, hash-chained log, changed together or not at all.

Every aggregate (dossier, copy, data message, vault) is one partition with a HEAD and EVENT# rows. A change reads HEAD,
decides, and writes `append(...)` with whatever else belongs to it in one transaction; HEAD's version is the condition.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any, Final, Protocol, Self

import msgspec
from msgspec import Struct, json

from chalicelib.contracts.event import Event, told, without_none
from chalicelib.contracts.stored import AS_READ, Stored, Unreadable, name_of, read, typed, written
from chalicelib.kernel import aws, log, traces, waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.problem import LogBroken, TryAgain

GENESIS = "0" * 32
UNREADABLE: Final = "unreadable"
"""The type of a row that is not as it was written, or is not there: it says nothing else."""
NEVER: Final = "1970-01-01T00:00:00.000+00:00"
"""The time of a row that has none, where no other row has one either."""
SK: Final = "sk"
GAP: Final = 50
"""So many rows may be missing at the end of a log; of more the number in HEAD is what is wrong."""
OF_THE_ROWS: Final = frozenset({"pk", "sk", "version", "seq", "chain", "unlogged", "untold"})
"""Fields of HEAD over which no digest of it goes: its place, the end of its log, and its version, which it says."""


VERSION: Final = "version"
BEHIND: Final = "/"
"""Behind it a digest says the version; base64 has one too, so the last one counts."""


class Read(Protocol):
    """A row beside HEAD as it was read; `as_read` is the item itself, as JSON, None of one that was made up."""

    @property
    def as_read(self) -> str | None:
        """The item, as JSON."""

    @property
    def __struct_fields__(self) -> tuple[str, ...]:
        """The names of what its kind has."""


class Head(Stored, frozen=True, kw_only=True):
    """What HEAD of every record has; a record that nobody wrote yet has version 0. Rooms add what their records say."""

    pk: str
    version: int = 0
    seq: int = 0
    chain: str = GENESIS
    created_at: str = ""
    unlogged: str | None = None
    """The digest of HEAD after a change without an event; None where the newest event says it."""
    untold: dict[str, str] | None = None
    """Traces of destinations that changes without an event wrote, until the next event tells them."""
    as_read: str | None = None
    """The item as it was read, as JSON, which is never written; None of a record that nobody wrote yet."""


class LogRow(Struct, frozen=True, kw_only=True):
    """An event of a record's log. `stored` is the row as it is kept, over which its hash goes."""

    sk: str
    type: str
    at: str
    hash: str
    prev: str
    data: dict[str, Any] = {}
    state: int | None = None
    actor: str | None = None
    head: str | None = None
    """The digest of HEAD after the change whose last event this is; None of others, and of an earlier release's."""
    rows: dict[str, str] | None = None
    """The traces of the rows that this change wrote beside HEAD and log (`kernel.traces`); None as for `head`."""
    stored: dict[str, Any] = {}

    @property
    def number(self) -> int:
        """Its number in the log, from 1 on."""
        return int(self.sk.removeprefix("EVENT#"))

    @property
    def is_unreadable(self) -> bool:
        """Whether only its place is known."""
        return self.type == UNREADABLE


def log_row(item: Mapping[str, Any]) -> LogRow:
    """A row of a log, typed. Raises stored.Unreadable, which names it."""
    return typed(LogRow, {**item, "stored": dict(item)}, item)


class _Fact(msgspec.Struct, frozen=True):
    """Something that happened, before it has a number in its record."""

    event: Event
    state: int | None
    actor: str


class Change:
    """One change of one record: parts with names, written whole or not at all, under the version of HEAD that was read.

    `head` is the name of HEAD's part. A record whose version is 0 is made by the change.
    """

    def __init__(self, table: str, head: Head, now: datetime) -> None:
        self.table, self.head, self.now = table, head, now
        self._facts: list[_Fact] = []
        self._put: dict[str, Any] = {}
        self._off: list[str] = []
        self._parts: dict[str, aws.Op] = {}
        self._stood: dict[str, aws.Item] = {}

    def tell(self, event: Event, *, state: int | None = None, actor: str = "") -> Self:
        """The event goes into the log in the same transaction, and from there on the bus."""
        self._facts.append(_Fact(event, state, actor))
        return self

    @property
    def next_event(self) -> str:
        """The id that the next event told here will have on the bus."""
        return f"{self.head.pk}/EVENT#{self.head.seq + len(self._facts) + 1:06d}"

    def put(self, **fields: object) -> Self:
        """HEAD gets these values; None leaves a field as it is. Rooms narrow the names and types."""
        self._put |= {name: plain_value(value) for name, value in fields.items() if value is not None}
        return self

    def take_off(self, *names: str) -> Self:
        """HEAD loses these attributes: the keys of an index, when the record leaves a list."""
        self._off += names
        return self

    def also(self, part: str, op: aws.Op, was: Read | None = None) -> Self:
        """A part of another item or another room's fence. Raises ValueError for a name that is taken.

        An update of a row that was read (`was`) holds while the row is as it was read, so that the log can say what it
        is afterwards; `write` raises aws.WriteContended where it is not.
        """
        if part == "head" or part in self._parts:
            raise ValueError(f"two parts are named {part}")
        if was and was.as_read:
            self._stood[part] = json.decode(was.as_read)
            op = traces.unchanged(op, self._stood[part], set(was.__struct_fields__) - {AS_READ})
        self._parts[part] = op
        return self

    def join(self, name: str, other: "Change") -> Self:
        """Another record changes with this one or not at all; its parts are named after it: `paper head`."""
        for part, op in other.parts().items():
            self.also(f"{name} {part}", op)
        self._stood |= {f"{name} {part}": item for part, item in other._stood.items()}  # noqa: SLF001 - one of ours
        return self

    def parts(self) -> dict[str, aws.Op]:
        """The operations by name, HEAD first."""
        head, off = self.head, [*self._off]
        put, left = {**self._put, "version": head.version + 1}, self._traces()
        if self._facts and head.untold:
            off.append("untold")
        elif not self._facts:
            put |= {"untold": late} if (late := {sk: left[sk] for sk in left if traces.is_told_late(sk)}) else {}
        made = {**written(head), **put, "created_at": stamp(self.now)}
        digest = _digest_after(head, put, off) if head.version else head_digest(made)
        rows, chain = _rows(head, self._facts, self.now, digest, left)
        after = {"seq": head.seq + len(rows), "chain": chain, **({} if rows or not digest else {"unlogged": digest})}
        if rows and head.unlogged:
            off.append("unlogged")
        if head.version:
            guard = aws.update(
                self.table,
                (head.pk, "HEAD"),
                put={**put, **after},
                remove=off,
                condition="#v = :expected",
                expect={"expected": head.version},
                reserved={"#v": "version"},
            )
        else:
            guard = aws.put_new(self.table, {**made, **after, "sk": "HEAD"})
        events = {f"event {row['sk'][6:]}": aws.put_new(self.table, row) for row in rows}
        return {"head": guard, **events, **self._parts}

    def _traces(self) -> dict[str, str]:
        """What stands in the rows beside HEAD and log after it, with what changes before it did not tell."""
        ops = ((op, self._stood.get(part)) for part, op in self._parts.items())
        made = {} if self.head.version else {traces.MADE: traces.WITH_LEGS}
        late = {sk: trace for sk, trace in (self.head.untold or {}).items() if traces.is_told_late(sk)}
        return made | late | traces.traces_of(self.table, self.head.pk, ops)

    def write(self) -> None:
        """One call. Raises aws.Lost with the names of the parts that lost, aws.WriteContended."""
        try:
            aws.transact(self.parts())
        except aws.Lost as lost:
            others = (part for part, item in lost.stood.items() if self._stood.get(part, item) != item)
            if "head" not in lost and any(others):
                raise aws.WriteContended from lost
            raise


def plain_value(value: object) -> Any:
    """A value as an item holds it."""
    import msgspec

    return without_none(msgspec.to_builtins(value))


def without(item: Mapping[str, Any], names: Collection[str]) -> aws.Item:
    """An item without some of its fields."""
    return {name: value for name, value in item.items() if name not in names}


def head_digest(item: Mapping[str, Any]) -> str:
    """A digest of HEAD but its keys, the end of its log, `unlogged`, `untold`: 96 bits, a slash, its version."""
    content = hashlib.sha256(canonical(without(item, OF_THE_ROWS)).encode()).digest()[:12]
    return f"{b64encode(content).decode()}{BEHIND}{item.get(VERSION, 0)}"


def is_same_content(digest: str, other: str) -> bool:
    """Whether two digests are of a HEAD of the same content, whatever its version."""
    return digest.rpartition(BEHIND)[0] == other.rpartition(BEHIND)[0]


def _digest_after(head: Head, put: Mapping[str, Any], off: Collection[str]) -> str | None:
    """The digest of a HEAD that is changed; None for one that was not read but made up."""
    return head_digest({**without(json.decode(head.as_read), off), **put}) if head.as_read else None


def _rows(
    head: Head, facts: Sequence[_Fact], now: datetime, digest: str | None, left: Mapping[str, str]
) -> tuple[list[aws.Item], str]:
    rows, chain, last = list[aws.Item](), head.chain, head.seq + len(facts)
    for number, fact in enumerate(facts, head.seq + 1):
        said: dict[str, Any] = {"state": fact.state, "actor": fact.actor or None}
        said |= {"head": digest, "rows": left} if number == last else {}
        row: aws.Item = {
            "pk": head.pk,
            "sk": f"EVENT#{number:06d}",
            "type": fact.event.type,
            "at": stamp(now),
            "data": told(fact.event),
            **{name: value for name, value in said.items() if value is not None},
            "prev": chain,
        }
        chain = link(row)
        rows.append({**row, "hash": chain})
    return rows, chain


def link(row: Mapping[str, Any]) -> str:
    """Hash of an event row over all its fields but its own hash, the hash before it included."""
    return hashlib.sha256(canonical({k: v for k, v in row.items() if k != "hash"}).encode()).hexdigest()[:32]


def unbroken(rows: Sequence[LogRow], head: Head) -> bool:
    """Whether a log is complete and unchanged: each row carries the hash of the one before, HEAD that of the last."""
    before = GENESIS
    for number, row in enumerate(rows, 1):
        if row.sk != f"EVENT#{number:06d}" or row.prev != before or link(row.stored) != row.hash:
            return False
        before = row.hash
    return len(rows) == head.seq and before == head.chain


def events_between(table: str, pk: str, numbers: range, head: Head) -> list[LogRow]:
    """Events of a record by their numbers, each held by the hash in the one behind it, the last one by HEAD's.

    One read; what was written is never changed, so that others may write meanwhile. Raises LogBroken.
    """
    first, last = (f"EVENT#{number:06d}" for number in (numbers[0], numbers[-1]))
    rows = [log_row(item) for item in aws.between(table, pk, first, last)]
    before = GENESIS if numbers[0] == 1 else rows[0].prev if rows else ""
    for number, row in zip_longest(numbers, rows):
        if row is None or row.number != number or row.prev != before or link(row.stored) != row.hash:
            raise LogBroken(name_of({"pk": pk}))
        before = row.hash
    if numbers[-1] == head.seq and before != head.chain:
        raise LogBroken(name_of({"pk": pk}))
    return rows


def head_of[H: Head](kind: type[H], table: str, pk: str) -> H:
    """HEAD of a record for whoever reads its log; one that is gone or cannot be read leaves the log readable.

    A record that nobody wrote yet has version 0.
    """
    item = aws.get(table, pk, "HEAD")
    if item is None:
        begun = aws.get(table, pk, "EVENT#000001")
        return kind(pk=pk, version=1 if begun else 0)
    try:
        return read(kind, item)
    except Unreadable as error:
        log.trouble("record unreadable", error)
        return kind(pk=pk, version=1)


def stretch(table: str, head: Head, after: int, most: int, *, newest: bool = False) -> list[LogRow]:
    """So many events of a record after a number, proved: one read of them, however long the log is.

    The newest come first where that is asked; `after` 0 is the beginning. They are read with the event before and the
    one behind them, whose hashes hold them; at the end HEAD does. Of a log that is broken each row that is not as it
    was written is UNREADABLE, and the rest is told; who operates the stage hears of it.
    """
    last = (min(after - 1, head.seq) if after else head.seq) if newest else min(after + most, head.seq)
    first = max(last - most + 1, 1) if newest else after + 1
    if first > last and (head.seq or not head.version):
        return []
    asked = range(max(first - 1, 1), min(last + 1, head.seq) + 1)
    try:
        if not asked:
            raise LogBroken(name_of({"pk": head.pk}))
        rows = [row for row in events_between(table, head.pk, asked, head) if first <= row.number <= last]
    except (LogBroken, Unreadable) as error:
        log.trouble("log broken", error)
        rows = legible(aws.query(table, head.pk, "EVENT#"), head)
        rows = [row for row in rows if not after or (row.number < after if newest else row.number > after)]
        return rows[::-1][:most] if newest else rows[:most]
    return rows[::-1] if newest else rows


def legible(items: Sequence[Mapping[str, Any]], head: Head | None) -> list[LogRow]:
    """All of a log of which some is not as it was written: each such row, or gap, stands in its place and says nothing.

    The row behind it holds each row, HEAD the last one; where that one is broken too, a row holds itself.
    """
    known = {row.number: row for item in items if (row := _typed(item))}
    numbers = [number for item in items if (number := _number(item[SK]))]
    end = max(numbers, default=0)
    is_cut = head is not None and end < head.seq <= end + GAP
    last = head.seq if head and is_cut else end
    held, rows, at = head.chain if head and head.seq == last else None, list[LogRow](), head.created_at if head else ""
    for number in range(last, 0, -1):
        row = known.get(number)
        if row and link(row.stored) == row.hash and held in (None, row.hash):
            held, at = row.prev, row.at
        else:
            row, held = _unreadable(number, at), None
        rows.append(row)
    return rows[::-1]


def _unreadable(number: int, at: str) -> LogRow:
    return LogRow(sk=f"EVENT#{number:06d}", type=UNREADABLE, at=at or NEVER, hash="", prev="")


def _number(sk: str) -> int:
    digits = sk.removeprefix("EVENT#")
    return int(digits) if digits.isdecimal() else 0


def _typed(item: Mapping[str, Any]) -> LogRow | None:
    try:
        return log_row(item) if _number(item[SK]) else None
    except Unreadable:
        return None


def proved[T](pk: str, once: Callable[[], tuple[T, Sequence[LogRow], Head | None]]) -> T:
    """What was read with a log and its HEAD, when they fit. Raises LogBroken, which names the record.

    A query is no snapshot: while others write, HEAD and log may be of two moments. What does not fit is read again
    until it fits, or until HEAD stands still.
    """
    before = -1
    while True:
        found, rows, head = once()
        if unbroken(rows, head or Head(pk=pk)):
            return found
        version = head.version if head else 0
        if version == before:
            raise LogBroken(name_of({"pk": pk}))
        before = version


def settled[T](change: Callable[[], T]) -> T:
    """Run a read-decide-write again while others write to the same record. Raises TryAgain when the time is over.

    Only a lost version of a HEAD or a contended transaction repeats; other lost conditions go up.
    """
    for _ in waiting.turns():
        try:
            return change()
        except aws.WriteContended:
            continue
        except aws.Lost as lost:
            if not any(part.split()[-1] == "head" for part in lost.parts):
                raise
    raise TryAgain
