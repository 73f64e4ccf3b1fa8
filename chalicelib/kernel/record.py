"""A record: one HEAD item with a version, and its append-only, hash-chained log, changed together or not at all.

Every aggregate (dossier, copy, data message, vault) is one partition with a HEAD and EVENT# rows. A change reads HEAD,
decides, and writes `append(...)` with whatever else belongs to it in one transaction; HEAD's version is the condition.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.errors import TryAgain
from chalicelib.kernel.events import Fact
from chalicelib.kernel.ids import canonical

GENESIS = "0" * 32
ATTEMPTS = 8


def read_head(table: str, pk: str) -> aws.Item | None:
    """HEAD of a record, or None."""
    return aws.get(table, pk, "HEAD")


def log(table: str, pk: str) -> list[aws.Item]:
    """The events of a record in order."""
    return aws.query(table, pk, "EVENT#")


def begin(table: str, pk: str, facts: Sequence[Fact], head: Mapping[str, Any], now: datetime) -> list[aws.Op]:
    """Operations that make a new record with its first facts; the first operation is HEAD's."""
    rows, chain = _rows(pk, GENESIS, 0, facts, now)
    item = {"pk": pk, "sk": "HEAD", **head, "version": 1, "seq": len(rows), "chain": chain, "created_at": stamp(now)}
    return [aws.put_new(table, item), *(aws.put_new(table, row) for row in rows)]


def append(
    table: str, head: aws.Item, facts: Sequence[Fact], now: datetime, *, put: Mapping[str, Any] | None = None
) -> list[aws.Op]:
    """Operations that add facts and change HEAD; the first operation is HEAD's, conditional on its version."""
    rows, chain = _rows(head["pk"], head["chain"], head["seq"], facts, now)
    change = {**(put or {}), "version": head["version"] + 1, "seq": head["seq"] + len(rows), "chain": chain}
    guard = aws.update(
        table,
        (head["pk"], "HEAD"),
        put=change,
        condition="#v = :expected",
        expect={"expected": head["version"]},
        reserved={"#v": "version"},
    )
    return [guard, *(aws.put_new(table, row) for row in rows)]


def _rows(pk: str, chain: str, seq: int, facts: Sequence[Fact], now: datetime) -> tuple[list[aws.Item], str]:
    rows = []
    for number, fact in enumerate(facts, seq + 1):
        row: aws.Item = {
            "pk": pk,
            "sk": f"EVENT#{number:06d}",
            "type": fact.type.value,
            "at": stamp(now),
            "data": dict(fact.data),
            "state": fact.state,
            "actor": fact.actor or None,
            "prev": chain,
        }
        row = {k: v for k, v in row.items() if v is not None}
        chain = link(row)
        rows.append({**row, "hash": chain})
    return rows, chain


def link(row: Mapping[str, Any]) -> str:
    """Hash of an event row over all its fields but its own hash, the hash before it included."""
    return hashlib.sha256(canonical({k: v for k, v in row.items() if k != "hash"}).encode()).hexdigest()[:32]


def unbroken(rows: Sequence[Mapping[str, Any]], head: Mapping[str, Any]) -> bool:
    """Whether a log is complete and unchanged: each row carries the hash of the one before, HEAD that of the last."""
    before = GENESIS
    for number, row in enumerate(rows, 1):
        if row["sk"] != f"EVENT#{number:06d}" or row["prev"] != before or link(row) != row["hash"]:
            return False
        before = row["hash"]
    return len(rows) == int(head["seq"]) and before == head["chain"]


def settled[T](change: Callable[[], T]) -> T:
    """Run a read-decide-write again while others write to the same record. Raises TryAgain in the end.

    Only a lost version of HEAD (operation 0) or a contended transaction repeats; other lost conditions go up.
    """
    for _ in range(ATTEMPTS):
        try:
            return change()
        except aws.WriteContended:
            continue
        except aws.WriteLost as lost:
            if not lost.at(0):
                raise
    raise TryAgain
