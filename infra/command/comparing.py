"""Restored tables beside those that they came from: what is the same, what is carried over, what is missing, by name.

Both tables are read once, whole. A record that went on after the moment of the restore is carried over as it stands in
the old table, if its log is whole, begins with the restored one and has what its anchor says. Items that are no record
(counters, keys, read models) are carried over as they are: a number that was given out is never given out again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier.reading import read
from chalicelib.kernel import aws, record
from chalicelib.kernel.problem import LogBroken
from infra.command.place import Place
from infra.stack.resources import TABLES

type Partition = dict[str, aws.Item]
KNOWING: Final = ("CHAIN#", "CHANGED#")
"""Where the table of anchors has what it knows of records: as the sweep found them, and as the outbox saw them grow."""


@dataclass
class Compared:
    """One table: items before and after, records that were the same, and by name those carried over and missing."""

    table: str
    items: int = 0
    restored: int = 0
    same: int = 0
    loose: int = 0
    carried: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Records whose restored state stands, since the old one is broken, or holds nothing newer."""
    missing: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def compared(old: Place, new: Place) -> list[Compared]:
    """Compare each table, and carry over what can be; `old` has to be entered. What is missing is named."""
    return [_table(old.name(logical), new.name(logical), _anchored(old, logical)) for logical in TABLES]


def _table(source: str, target: str, anchored: Mapping[str, tuple[int, str]]) -> Compared:
    before, after, found = _partitions(source), _partitions(target), Compared(source)
    found.items, found.restored = (sum(map(len, each.values())) for each in (before, after))
    for pk in sorted(before.keys() | after.keys() | anchored.keys()):
        was, now = before.get(pk, {}), after.get(pk, {})
        if "HEAD" not in was and "HEAD" not in now and pk not in anchored:
            found.loose += _put(target, {sk: item for sk, item in was.items() if now.get(sk) != item})
        elif was == now and now and _lacks(now, anchored.get(pk)) == 0:
            found.same += 1
        elif _goes_on(pk, was, now, anchored.get(pk)):
            _put(target, {sk: item for sk, item in was.items() if now.get(sk) != item})
            _delete(target, pk, now.keys() - was.keys())
            found.carried.append(pk)
        elif lack := _lacks(now, anchored.get(pk)) or int(not now):
            found.missing.append(f"{pk}: {lack} events after EVENT#{_seq(now):06d}")
        else:
            found.kept.append(pk)
    return found


def _partitions(table: str) -> dict[str, Partition]:
    """Every item of a table, by partition and sort key; nothing of a table that is gone."""
    db, found = aws.client("dynamodb"), dict[str, Partition]()
    try:
        for page in db.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
            for item in map(aws.plain, page["Items"]):
                found.setdefault(item["pk"], {})[item["sk"]] = item
    except db.exceptions.ResourceNotFoundException:
        return {}
    return found


def _anchored(place: Place, logical: str) -> dict[str, tuple[int, str]]:
    """The newest event of each record that anchors, and notes of growth, know: its number and its hash."""
    table, found = place.name(logical), dict[str, tuple[int, str]]()
    for pk, items in _partitions(place.name("Anchors")).items():
        for item in items.values() if pk.startswith(KNOWING) else ():
            for said in item.get("notes", [item]) if item.get("table") == table else ():  # a note may be of several
                number = int(said.get("seq") or said.get("number") or 0)
                if number > found.get(str(said.get("record")), (0, ""))[0]:
                    found[str(said["record"])] = number, str(said.get("chain") or said.get("digest"))
    return found


def _seq(rows: Partition) -> int:
    return int(rows.get("HEAD", {}).get("seq", 0))


def _lacks(rows: Partition, anchor: tuple[int, str] | None) -> int:
    """How many events a record lacks of those that its anchor knows, if what it has is what the anchor knows."""
    if anchor is None:
        return 0
    number, digest = anchor
    there = rows.get(f"EVENT#{number:06d}", {}).get("hash")
    return 0 if there == digest else max(1, number - _seq(rows))


def _goes_on(pk: str, was: Partition, now: Partition, anchor: tuple[int, str] | None) -> bool:
    """Whether the old table's record is whole, and is the restored one with something after it."""
    if not _is_whole(pk, was) or _lacks(was, anchor):
        return False
    if now and (last := _seq(now)) and was.get(f"EVENT#{last:06d}", {}).get("hash") != now["HEAD"].get("chain"):
        return False
    newer = (_seq(was), int(was["HEAD"].get("version", 0))) > (_seq(now), int(now.get("HEAD", {}).get("version", 0)))
    return newer and _can_be_read(pk)


def _is_whole(pk: str, rows: Partition) -> bool:
    """Whether a record's log fits its HEAD."""
    if "HEAD" not in rows:
        return False
    try:
        log = [record.log_row(rows[sk]) for sk in sorted(rows) if sk.startswith("EVENT#")]
        return record.unbroken(log, record.Head(pk=pk, seq=_seq(rows), chain=str(rows["HEAD"]["chain"])))
    except (Unreadable, LookupError, TypeError, ValueError):
        return False


def _can_be_read(pk: str) -> bool:
    """Of a dossier, whether the functions can read it, too: a log may be whole beside an item that is not."""
    if not pk.startswith("MC-"):
        return True
    try:
        return read(pk, whole=True) is not None
    except (LogBroken, Unreadable, LookupError, TypeError, ValueError):
        return False


def _put(table: str, items: Partition) -> int:
    for item in items.values():
        aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(item))
    return len(items)


def _delete(table: str, pk: str, keys: Collection[str]) -> None:
    for sk in keys:
        aws.client("dynamodb").delete_item(TableName=table, Key=aws.packed({"pk": pk, "sk": sk}))


def readable(place: Place) -> tuple[int, list[str]]:
    """How many dossiers of a place the functions' reader reads, logs proved, and which it does not; to be entered."""
    pks = [pk for pk, rows in _partitions(place.name("Dossiers")).items() if pk.startswith("MC-") and "HEAD" in rows]
    wrong = [pk for pk in sorted(pks) if not _can_be_read(pk)]
    return len(pks) - len(wrong), wrong
