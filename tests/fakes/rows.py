"""Partitions of items in memory. A write is all or nothing, and it loses and contends as DynamoDB's does.

Standard library only: the import budget of the submission is measured over these fakes.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.kernel.events import Fact

from chalicelib.kernel import record
from chalicelib.kernel.aws import WriteContended, WriteLost
from chalicelib.kernel.clock import stamp

type Item = dict[str, Any]
LOST = "ConditionalCheckFailed"


@dataclass(frozen=True)
class Step:
    """One operation of a write: a condition on what stands under a key, and what will stand there (None: no change)."""

    key: tuple[str, str]
    holds: Callable[[Item | None], bool]
    change: Callable[[Item | None], Item] | None = None


def new(item: Mapping[str, Any]) -> Step:
    """An item that must not exist yet."""
    return Step((item["pk"], item["sk"]), lambda old: old is None, lambda _old: dict(item))


def put(item: Mapping[str, Any]) -> Step:
    """An item, whatever stood there."""
    return Step((item["pk"], item["sk"]), lambda _old: True, lambda _old: dict(item))


def update(
    key: tuple[str, str],
    fields: Mapping[str, Any],
    holds: Callable[[Item | None], bool],
    remove: Sequence[str] = (),
) -> Step:
    """Fields of an item under a condition; None sets nothing."""

    def change(old: Item | None) -> Item:
        kept = {k: v for k, v in (old or {"pk": key[0], "sk": key[1]}).items() if k not in remove}
        return kept | {k: v for k, v in fields.items() if v is not None}

    return Step(key, holds, change)


def check(key: tuple[str, str], holds: Callable[[Item | None], bool]) -> Step:
    """A condition only."""
    return Step(key, holds)


class Rows:
    """All partitions. `contend` and `meanwhile` play the others who write at the same time."""

    def __init__(self) -> None:
        self._items: dict[tuple[str, str], Item] = {}
        self._contended = 0
        self._meanwhile: list[Callable[[], None]] = []
        self.writes = 0

    def get(self, pk: str, sk: str) -> Item | None:
        """One item."""
        return copy.deepcopy(self._items.get((pk, sk)))

    def partition(self, pk: str, prefix: str = "") -> list[Item]:
        """The items of a partition in order."""
        return [
            copy.deepcopy(item)
            for (p, s), item in sorted(self._items.items(), key=lambda pair: pair[0])
            if p == pk and s.startswith(prefix)
        ]

    def indexed(self, name: str, value: str) -> list[Item]:
        """The items that an index finds under a value of its key."""
        return [copy.deepcopy(item) for item in self._items.values() if item.get(name) == value]

    def contend(self, times: int) -> None:
        """The next writes find their items held by another transaction."""
        self._contended = times

    def meanwhile(self, act: Callable[[], None]) -> None:
        """Let another writer act once, between the reading and the writing of the next change."""
        self._meanwhile.append(act)

    def write(self, *steps: Step) -> None:
        """All steps or none. Raises WriteLost with a reason a step, WriteContended."""
        if self._meanwhile:
            self._meanwhile.pop(0)()
        if self._contended:
            self._contended -= 1
            raise WriteContended
        keys = [s.key for s in steps]
        assert len(keys) == len(set(keys)), "a transaction touches an item once"
        olds = [self._items.get(s.key) for s in steps]
        reasons = ["None" if s.holds(copy.deepcopy(old)) else LOST for s, old in zip(steps, olds, strict=True)]
        if LOST in reasons:
            raise WriteLost(reasons, [old if r == LOST else None for r, old in zip(reasons, olds, strict=True)])
        for step, old in zip(steps, olds, strict=True):
            if step.change:
                self._items[step.key] = _kept(step.change(copy.deepcopy(old)))
        self.writes += 1

    def begin(self, pk: str, facts: Sequence[Fact], head: Mapping[str, Any], now: datetime) -> list[Step]:
        """Steps of a new record, HEAD first, as `record.begin`."""
        rows, chain = _events(pk, record.GENESIS, 0, facts, now)
        item = {"pk": pk, "sk": "HEAD", **head, "version": 1, "seq": len(rows), "chain": chain}
        return [new({**item, "created_at": stamp(now)}), *map(new, rows)]

    def append(
        self, head: Mapping[str, Any], facts: Sequence[Fact], now: datetime, fields: Mapping[str, Any] | None = None
    ) -> list[Step]:
        """Steps that add facts and change HEAD while its version is the one that was read, as `record.append`."""
        rows, chain = _events(head["pk"], head["chain"], head["seq"], facts, now)
        change = {**(fields or {}), "version": head["version"] + 1, "seq": head["seq"] + len(rows), "chain": chain}
        guard = update((head["pk"], "HEAD"), change, lambda old: bool(old) and old["version"] == head["version"])
        return [guard, *map(new, rows)]

    def touch(self, pk: str) -> None:
        """Another writer's change of a record: its version goes up, nothing else."""
        head = self._items[pk, "HEAD"]
        head["version"] += 1

    def events(self, pk: str) -> list[Item]:
        """The log of a record."""
        return self.partition(pk, "EVENT#")

    def unbroken(self, pk: str) -> bool:
        """Whether the log of a record is whole, by its HEAD."""
        return record.unbroken(self.events(pk), self._items[pk, "HEAD"])

    def types(self, pk: str) -> list[str]:
        """What the log of a record says, without the prefix of our names."""
        return [row["type"].removeprefix("vn.motcua.") for row in self.events(pk)]


def _events(pk: str, chain: str, seq: int, facts: Sequence[Fact], now: datetime) -> tuple[list[Item], str]:
    rows = []
    for number, fact in enumerate(facts, seq + 1):
        given = {
            "pk": pk,
            "sk": f"EVENT#{number:06d}",
            "type": fact.type.value,
            "at": stamp(now),
            "data": dict(fact.data),
            "state": fact.state,
            "actor": fact.actor or None,
            "prev": chain,
        }
        row = _kept(given)
        chain = record.link(row)
        rows.append({**row, "hash": chain})
    return rows, chain


def _kept(item: Mapping[str, Any]) -> Item:
    return {k: _stored(v) for k, v in item.items() if v is not None}


def _stored(value: Any) -> Any:
    """A value as it comes back from the table; what the table cannot hold is refused as there."""
    if isinstance(value, float):
        raise TypeError("Float types are not supported. Use Decimal types instead.")
    if isinstance(value, Mapping):
        return {str(k): _stored(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_stored(v) for v in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"Unsupported type {type(value)}")
