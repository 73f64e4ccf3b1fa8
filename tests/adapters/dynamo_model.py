"""DynamoDB's documented rules, as far as `chalicelib.kernel.aws` relies on them, over plain items in memory.

Sources: the developer guide's chapters on expressions, transactions, constraints, and secondary indexes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kernel import aws

type Key = tuple[str, str]
type Item = dict[str, Any]
WORKLIST = ("wl_pk", "wl_sk")
LISTED = {"pk", "sk", "wl_pk", "wl_sk", "opened_at", "due_at", "overdue_at", "dossier_code", "procedure"}


class Refused(Exception):
    """The request is not valid."""


class Cancelled(Exception):
    """A condition failed: a reason for each operation in order, and what stood there where it was asked for."""

    def __init__(self, reasons: Sequence[str], items: Sequence[Item | None]) -> None:
        super().__init__(reasons)
        self.reasons, self.items = tuple(reasons), tuple(items)


@dataclass(frozen=True)
class Step:
    """One operation: what it does in words, what the kernel makes of it, what the rules say."""

    words: str
    key: Key
    op: Callable[[str], aws.Op]
    holds: Callable[[Item | None], bool]
    after: Callable[[Item | None], Item | None]
    shows: bool = False

    def __repr__(self) -> str:
        return f"{self.words} {self.key}"


def new(key: Key, attributes: Mapping[str, Any]) -> Step:
    """An item that must not exist yet."""
    item = {"pk": key[0], "sk": key[1], **attributes}
    return Step("new", key, lambda t: aws.put_new(t, item), lambda old: old is None, lambda _: _whole(item))


def put(key: Key, attributes: Mapping[str, Any]) -> Step:
    """An item, whatever was there."""
    item = {"pk": key[0], "sk": key[1], **attributes}
    op = {"Put": {"Item": aws.packed(item)}}
    return Step("put", key, lambda t: {"Put": {**op["Put"], "TableName": t}}, lambda _: True, lambda _: _whole(item))


def _whole(item: Mapping[str, Any]) -> Item:
    return {k: v for k, v in item.items() if v is not None}


def _updated(key: Key, change: Mapping[str, Any], remove: Sequence[str]) -> Callable[[Item | None], Item]:
    def after(old: Item | None) -> Item:
        kept = {k: v for k, v in (old or {"pk": key[0], "sk": key[1]}).items() if k not in remove}
        return kept | _whole(change)

    return after


def versioned(key: Key, change: Mapping[str, Any], expected: int, remove: Sequence[str] = ()) -> Step:
    """A change under an equality; what is not there equals nothing."""

    def op(table: str) -> aws.Op:
        reserved = {"#v": "version"}
        return aws.update(
            table, key, put=change, remove=remove, condition="#v = :e", expect={"e": expected}, reserved=reserved
        )

    def holds(old: Item | None) -> bool:
        return old is not None and old.get("version") == expected and not isinstance(old["version"], str)

    return Step(f"update if version {expected}", key, op, holds, _updated(key, change, remove), shows=True)


def newer(key: Key, change: Mapping[str, Any], at: str) -> Step:
    """A change unless something newer is there; it makes the item. Another type is neither less nor more."""

    def op(table: str) -> aws.Op:
        condition, reserved = "attribute_not_exists(pk) OR #a < :newer", {"#a": "at"}
        return aws.update(
            table, key, put={**change, "at": at}, condition=condition, expect={"newer": at}, reserved=reserved
        )

    def holds(old: Item | None) -> bool:
        return old is None or (isinstance(old.get("at"), str) and old["at"].encode() < at.encode())

    return Step(f"update if before {at}", key, op, holds, _updated(key, {**change, "at": at}, ()), shows=True)


def check(key: Key, expected: Any) -> Step:
    """A condition on an item that is not changed."""

    def op(table: str) -> aws.Op:
        return aws.check(table, key, "version = :e", {"e": expected})

    def holds(old: Item | None) -> bool:
        return old is not None and type(old.get("version")) is type(expected) and old["version"] == expected

    return Step(f"check version {expected}", key, op, holds, lambda old: old)


@dataclass
class Table:
    """The items of a table."""

    items: dict[Key, Item] = field(default_factory=dict)

    def write(self, steps: Sequence[Step]) -> None:
        """All or none. Raises Refused, Cancelled."""
        if not 0 < len(steps) <= 100:
            raise Refused("operations")
        if len({s.key for s in steps}) < len(steps):
            raise Refused("two operations on one item")
        held = [s.holds(self.items.get(s.key)) for s in steps]
        if not all(held):
            reasons = ["None" if good else "ConditionalCheckFailed" for good in held]
            shown = [None if h or not s.shows else self.items.get(s.key) for s, h in zip(steps, held, strict=True)]
            raise Cancelled(reasons, shown)
        for step in steps:
            after = step.after(self.items.get(step.key))
            if after is not None:
                self.items[step.key] = after

    def partition(self, pk: str, prefix: str = "") -> list[Item]:
        """Items of a partition in the order of their sort keys' UTF-8 bytes."""
        found = [i for (p, s), i in self.items.items() if p == pk and s.encode().startswith(prefix.encode())]
        return sorted(found, key=lambda i: i["sk"].encode())

    def listed(self, pk: str, *, newest: bool = False) -> list[Item]:
        """Entries of the worklist: only items with both keys, only what is projected."""
        entries = [
            {k: v for k, v in item.items() if k in LISTED}
            for item in self.items.values()
            if item.get("wl_pk") == pk and "wl_sk" in item
        ]
        return sorted(entries, key=lambda i: i["wl_sk"].encode(), reverse=newest)
