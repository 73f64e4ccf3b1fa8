"""Which record grew, and to which hash: the outbox writes it before an event leaves, so none that left is forgotten."""

import zlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from chalicelib.kernel import aws
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_ANCHORS_TABLE", "Table of the anchors of chains, and of what does not fit them.")
SHARDS: Final = 16


def shard_key(shard: int) -> str:
    """A part of the list of records that grew."""
    return f"CHANGED#{shard:02d}"


def shard_of(record: str) -> int:
    """In which part of all lists a record stands."""
    return zlib.crc32(record.encode()) % SHARDS


def note_key(table: str, record: str) -> tuple[str, str]:
    """Where it is noted that a record grew."""
    return shard_key(shard_of(record)), f"{table} {record}"


class Grew(NamedTuple):
    """A record that grew, by the number and the hash of its newest event."""

    record: str
    number: int
    digest: str


def noted_together(table: str, grew: Sequence[Grew]) -> aws.Op:
    """Note what grew in one batch of a table's stream, in one item; the same batch again has the same place.

    Each batch has a place of its own, so that no note takes another's.
    """
    first = grew[0]
    notes = [each._asdict() for each in grew]
    return aws.update(
        TABLE(),
        (shard_key(shard_of(first.record)), f"{table} {first.record} {first.number} {len(grew)} {grew[-1].digest}"),
        put={"table": table, "notes": notes, "shape": 1},
        condition="attribute_not_exists(pk)",
    )


def noted(table: str, record: str, number: int, digest: str) -> aws.Op:
    """Note the number and the hash of a record's event, unless a later one is noted. `table` is its physical name."""
    return aws.update(
        TABLE(),
        note_key(table, record),
        put={"table": table, "record": record, "number": number, "digest": digest, "shape": 1},
        condition="attribute_not_exists(pk) OR #n < :later",
        expect={"later": number},
        reserved={"#n": "number"},
    )
