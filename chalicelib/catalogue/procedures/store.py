"""A record per procedure: the national record, its versions, their fences, and the row that search is made from."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.catalogue import fence
from chalicelib.catalogue.procedures.listed import ListedRow
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws, record
from chalicelib.kernel.events import Fact
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.settings import settings

SHARDS: Final = 16
"""Partitions of the list: 10,000 rows in one would pass the throughput of a partition when search is made anew."""


def shard_of(code: str) -> str:
    """The partition of the list that holds a procedure's row."""
    return f"SERVICES#{hashlib.sha256(code.encode()).digest()[0] % SHARDS:02d}"


def _pk(code: str) -> str:
    return f"PROCEDURE#{code}"


TEXTS: Final = ("facts", "form", "findings")
NEW: Final = {"current": 0, "latest": 0, "record": "", "windows": []}
"""HEAD of a procedure before anything is said of it."""


class ProcedureTable:
    """Procedures in DynamoDB."""

    def head(self, code: str) -> aws.Item | None:
        """The record of a procedure; one of an older release says less, and what it does not say begins anew."""
        head = record.read_head(settings().catalogue_table, _pk(code))
        return {**NEW, "latest": head.get("current", 0), **head} if head else None

    def national(self, code: str) -> aws.Item | None:
        """What the national record says."""
        return _read(aws.get(settings().catalogue_table, _pk(code), "RECORD"))

    def version(self, code: str, version: int) -> aws.Item | None:
        """One version's item."""
        return _read(aws.get(settings().catalogue_table, *fence.version_key(code, version)))

    def versions(self, code: str) -> list[aws.Item]:
        """Every version, oldest first."""
        rows = aws.query(settings().catalogue_table, _pk(code), "VERSION#")
        return [_whole(row) for row in rows if "state" in row]  # an older release kept no states

    def keep(
        self,
        code: str,
        head: aws.Item | None,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any] | None = None,
        versions: Sequence[Mapping[str, Any]] = (),
        national: Mapping[str, Any] | None = None,
        gates: Sequence[Mapping[str, Any]] = (),
        row: ListedRow | None = None,
    ) -> None:
        """A change of a procedure with its events: versions, national record, fences, the list's row, all or nothing.

        HEAD's version is the condition for all of it: whoever changes anything changes HEAD. Raises WriteLost.
        """
        table, pk = settings().catalogue_table, _pk(code)
        if head:
            ops = record.append(table, head, facts, now, put=put)
        else:
            ops = record.begin(table, pk, facts, {**NEW, **(put or {})}, now)
        for item in versions:
            _, sk = fence.version_key(code, item["version"])
            ops.append(aws.put(table, {**_written(item), "pk": pk, "sk": sk}))
        if national:
            ops.append(aws.put(table, {**_written(national), "pk": pk, "sk": "RECORD"}))
        if row:
            ops.append(aws.put(table, written(row) | {"pk": shard_of(code), "sk": code}))
        aws.write(*ops, *(op for gate in gates for op in fence.switched(**gate)))

    def rows(self) -> list[ListedRow]:
        """Every row of the list: what search is made from, read in the background only."""
        found = []
        for number in range(SHARDS):
            found += aws.query(settings().catalogue_table, f"SERVICES#{number:02d}")
        return [read(ListedRow, item) for item in found]


def _written(item: Mapping[str, Any]) -> aws.Item:
    """Facts and forms are kept as JSON text: what an editor sent comes back as it was, fractions too."""
    return {**item, **{name: canonical(item[name]) for name in TEXTS if name in item}}


def _whole(row: aws.Item) -> aws.Item:
    kept = {name: value for name, value in row.items() if name not in ("pk", "sk")}
    return {**kept, **{name: json.loads(row[name]) for name in TEXTS if name in row}}


def _read(row: aws.Item | None) -> aws.Item | None:
    return _whole(row) if row else None
