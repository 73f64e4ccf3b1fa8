"""Chains as they stand in their tables; anchors and findings in a table that only the sweep writes."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import structs

from chalicelib.audit import fence
from chalicelib.audit.fence import TABLE
from chalicelib.audit.model import Anchor, Chain, Found, Note, Notes, Pin, event_sk
from chalicelib.audit.partition import Place, found_in, row_of
from chalicelib.audit.settings import CATALOGUE, CHAINS, INTAKE_BUCKET, MESSAGES, MESSAGES_BUCKET
from chalicelib.contracts.audit import Finding, TamperingFound, TamperingMended
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import Stored, Unreadable, read, written
from chalicelib.dossier.integrated import PREFIX as QUEUED
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.objects import blocks
from chalicelib.vault.fence import document_key

FOUND: Final = "FOUND"
SWEEP: Final = "SWEEP"
ANCHORED: Final = "CHAIN#"
OWNER, DOCUMENT = document_key("", "")
"""How the keys of a document in a vault begin."""
UNFIT: Final = "-"
"""No file has this hash."""


class State(Stored, frozen=True, kw_only=True):
    """How far the sweep came: of days before this one no chain is due; tables whose old records are on its lists."""

    shape = 1

    day: str
    enrolled: tuple[str, ...] = ()


class PartState(Stored, frozen=True, kw_only=True):
    """A part of all lists: of days before this one nothing in it is due, and until when a run holds it."""

    shape = 1

    day: str = ""
    held_until: str = ""


class FoundHead(record.Head, frozen=True, kw_only=True):
    """The record of what did not fit in one chain."""

    shape = 1

    findings: tuple[Finding, ...] = ()
    is_open: bool = False


class Listed(Stored, frozen=True, kw_only=True):
    """A line of the list that an operator reads, until the chain fits again."""

    shape = 1

    table: str
    record: str
    findings: tuple[Finding, ...]
    found_at: str


class Table:
    """Records of every table, read; anchors and findings, written."""

    def __init__(self) -> None:
        self._since: dict[int, str] = {}
        """Of days before it nothing in a part is due, as it was read last."""

    # --- which chains -----------------------------------------------------------------------------------------

    def enrol(self) -> None:
        """Once for each table: note the records that were there before anybody noted them. Reads all its keys."""
        state = self._state()
        for each in (setting() for setting in CHAINS):
            if each in state.enrolled:
                continue
            for place in _heads(each):
                aws.updated(fence.noted(each, place.pk, 0, ""))
            state = structs.replace(state, enrolled=(*state.enrolled, each))
            self._keep(state)

    def parts(self) -> int:
        """In how many parts all lists are."""
        return fence.SHARDS

    def notes(self, part: int) -> Iterator[Note]:
        """Every record of a part that grew since it was looked at."""
        for item in aws.query(TABLE(), fence.shard_key(part)):
            yield from _noted(item)

    def saw(self, note: Note) -> bool:
        """Whether the event of a note stands as it was seen."""
        table = note.table
        rows = map(row_of, aws.query(table, note.record, event_sk(note.number)))
        return any(row and row.hash == note.digest == record.link(row.stored) for row in rows)

    def forget(self, part: int, among: str) -> None:
        """Every record of a note for several was looked at."""
        aws.alone(aws.delete(TABLE(), (fence.shard_key(part), among)))

    def due(self, part: int, today: date) -> Iterator[Chain]:
        """Every chain of a part whose day has come; the first part has those of earlier releases too."""
        if part == 0:
            yield from self._due_undivided(today)
        known = aws.get(TABLE(), *_part_key(part))
        self._since[part] = read(PartState, known).day if known else ""
        for day in _days(self._since[part], today):
            yield from (heard(Chain, item) for item in aws.query(TABLE(), _day_key(day, part)))

    def _due_undivided(self, today: date) -> Iterator[Chain]:
        """The first releases had one list a day for all parts."""
        state = self._state()
        for day in _days(state.day, today):
            yield from (heard(Chain, item) for item in aws.query(TABLE(), f"DUE#{day}"))
        if state.day != today.isoformat():
            self._keep(structs.replace(self._state(), day=today.isoformat()))

    def take(self, part: int, now: datetime, until: datetime) -> bool:
        """Whether the part is ours until then: runs share the parts, and what one holds the others leave alone."""
        free = "attribute_not_exists(#u) OR #u < :now"
        held = {"held_until": stamp(until), "shape": PartState.shape}
        op = aws.update(
            TABLE(),
            _part_key(part),
            put=held,
            condition=free,
            expect={"now": stamp(now)},
            reserved={"#u": "held_until"},
        )
        return aws.updated(op) is not None

    def rest(self, part: int, today: date) -> None:
        """Nothing in a part is due: of days before today nobody has to ask again."""
        if "" < self._since.get(part, "") < today.isoformat():
            self.leave(part, today)

    def leave(self, part: int, done_on: date | None) -> None:
        """Another run may take the part; of days before `done_on` nothing in it is due."""
        after = {"held_until": "", "day": done_on.isoformat() if done_on else None, "shape": PartState.shape}
        aws.updated(aws.update(TABLE(), _part_key(part), put=after, condition="attribute_exists(pk)"))

    def _state(self) -> State:
        found = aws.get(TABLE(), SWEEP, "STATE")
        return read(State, found) if found else State(day="")

    def _keep(self, state: State) -> None:
        aws.transact({"state": aws.put(TABLE(), {"pk": SWEEP, "sk": "STATE", **written(state)})})

    # --- one chain --------------------------------------------------------------------------------------------

    def read(self, chain: Chain) -> Found:
        """A record as it stands: one query."""
        table = chain.table
        may_be_silent = table == MESSAGES() or chain.record.startswith(QUEUED)
        return found_in(aws.query(table, chain.record), always_silent=table == CATALOGUE(), may_be_silent=may_be_silent)

    def row(self, table: str, key: tuple[str, str]) -> aws.Item | None:
        """A row of its own beside the records of a table."""
        return aws.get(table, *key)

    def anchor(self, chain: Chain) -> Anchor | None:
        """The anchor of a chain."""
        found = aws.get(TABLE(), *_anchor_key(chain))
        return read(Anchor, found) if found else None

    def tables(self) -> frozenset[str]:
        """The names of the tables that have chains in this stage."""
        return frozenset(setting() for setting in CHAINS)

    def every(self) -> Iterator[Chain]:
        """Every record of every table, one that lost its HEAD too, and every one that was ever anchored.

        A vault is one by its documents alone: whoever reads it asks for no HEAD.
        """
        of_chains = "sk = :h OR begins_with(sk, :e) OR (begins_with(pk, :o) AND begins_with(sk, :d))"
        named = {":h": "HEAD", ":e": "EVENT#", ":o": OWNER, ":d": DOCUMENT}
        for each in (setting() for setting in CHAINS):
            rows = aws.scanned(each, of_chains, named, "pk, sk")
            yield from (Chain(each, pk) for pk in dict.fromkeys(place.pk for place in map(_place, rows)))
        for place in map(_place, aws.scanned(TABLE(), "sk = :a", {":a": "ANCHOR"}, "pk, sk")):
            table, _, chain = place.pk.removeprefix(ANCHORED).partition(" ")
            yield Chain(table, chain)

    def every_note(self, unread: list[str]) -> Iterator[Note]:
        """Every record that grew since it was looked at, of all parts; the places of notes that cannot be read."""
        for part in range(self.parts()):
            for item in aws.query(TABLE(), fence.shard_key(part)):
                try:
                    yield from _noted(item)
                except Unreadable:
                    place = _place(item)
                    unread.append(f"{place.pk} {place.sk}")

    def settle(self, anchor: Anchor, note: Note | None, was_due: Iterable[str]) -> None:
        """Keep an anchor, the day on which its chain is due again, and forget that it grew, unless it did meanwhile.

        One write after the other, the last of them forgets: whatever breaks off before it is done again, and a
        transaction would cost twice as much.
        """
        chain = Chain(anchor.table, anchor.record)
        aws.alone(aws.put(TABLE(), _at(_anchor_key(chain), anchor)))
        aws.alone(aws.put(TABLE(), _due_item(chain, anchor.due_on)))
        for day in set(was_due) - {"", anchor.due_on}:
            aws.alone(aws.delete(TABLE(), _due_key(chain, day)))
        if note and not note.among:
            key, seen = fence.note_key(chain.table, chain.record), {"seen": note.number}
            aws.alone(aws.delete(TABLE(), key, "#n = :seen", seen, {"#n": "number"}))

    # --- what does not fit ------------------------------------------------------------------------------------

    def found(self, chain: Chain, findings: tuple[Finding, ...], now: datetime) -> None:
        """A chain does not fit: told once for the same findings, listed, and looked at again the next night."""
        head, tomorrow = self._found_head(chain), (now + timedelta(days=1)).date().isoformat()
        again = aws.put(TABLE(), _due_item(chain, tomorrow))
        if head.is_open and head.findings == findings:
            aws.transact({"due": again})
            return
        told = TamperingFound(table=chain.table, record=chain.record, findings=findings)
        line = Listed(table=chain.table, record=chain.record, findings=findings, found_at=stamp(now))
        change = record.Change(TABLE(), head, now).tell(told).put(findings=findings, is_open=True)
        change.also("listed", aws.put(TABLE(), _at((FOUND, _name(chain)), line))).also("due", again).write()

    def mended(self, chain: Chain, now: datetime) -> None:
        """A chain of the list fits again."""
        told = TamperingMended(table=chain.table, record=chain.record)
        change = record.Change(TABLE(), self._found_head(chain), now).tell(told).put(is_open=False)
        change.also("listed", aws.delete(TABLE(), (FOUND, _name(chain)))).write()

    def open_findings(self) -> frozenset[Chain]:
        """The chains of the list."""
        return frozenset(Chain(line.table, line.record) for line in listed())

    def _found_head(self, chain: Chain) -> FoundHead:
        pk = f"{FOUND}#{_name(chain)}"
        item = aws.get(TABLE(), pk, "HEAD")
        return read(FoundHead, item) if item else FoundHead(pk=pk)


class Objects:
    """Files in S3."""

    def sha256(self, pin: Pin) -> str | None:
        """The hash of a version of a file; None when it is not there, `UNFIT` when S3's own checksum does not fit."""
        from botocore.exceptions import FlexibleChecksumError

        bucket = INTAKE_BUCKET() if pin.key.startswith(("uploads/", "drops/", "vaults/")) else MESSAGES_BUCKET()
        found, digest = blocks(bucket, pin.key, pin.version_id), hashlib.sha256()
        if found is None:
            return None
        try:
            for block in found:
                digest.update(block)
        except FlexibleChecksumError:
            return UNFIT
        return digest.hexdigest()


def listed() -> list[Listed]:
    """What does not fit, for an operator."""
    return [read(Listed, item) for item in aws.query(TABLE(), FOUND)]


def _noted(item: aws.Item) -> list[Note]:
    """What an item notes: one record, or several."""
    if "notes" not in item:
        return [read(Note, item)]
    told, place = read(Notes, item), item["sk"]
    return [Note(table=told.table, among=place, **structs.asdict(each)) for each in told.notes]


def _heads(table: str) -> Iterator[Place]:
    found = aws.scanned(table, "sk = :h", {":h": "HEAD"}, "pk, sk")
    return map(_place, found)


def _place(item: aws.Item) -> Place:
    return heard(Place, item)


def _name(chain: Chain) -> str:
    return f"{chain.table} {chain.record}"


def _anchor_key(chain: Chain) -> tuple[str, str]:
    return f"{ANCHORED}{_name(chain)}", "ANCHOR"


def _part_key(part: int) -> tuple[str, str]:
    return SWEEP, f"PART#{part:02d}"


def _day_key(day: str, part: int) -> str:
    return f"DUE#{day}#{part:02d}"


def _days(since: str, today: date) -> Iterator[str]:
    """Every day from one that is known, or else from today."""
    day = date.fromisoformat(since or today.isoformat())
    while day <= today:
        yield day.isoformat()
        day += timedelta(days=1)


def _due_key(chain: Chain, day: str) -> tuple[str, str]:
    return _day_key(day, fence.shard_of(chain.record)), _name(chain)


def _due_item(chain: Chain, day: str) -> aws.Item:
    pk, sk = _due_key(chain, day)
    return {"pk": pk, "sk": sk, "table": chain.table, "record": chain.record}


def _at(key: tuple[str, str], thing: Stored) -> aws.Item:
    return {"pk": key[0], "sk": key[1], **written(thing)}
