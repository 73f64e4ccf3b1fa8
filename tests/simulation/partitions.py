"""A table of DynamoDB in process: items by their key, and in the order of each index that lists them."""

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.expressions import Item

type Key = tuple[str, str]


@dataclass
class Sorted:
    """One partition of a table or an index: its items in the order of their sort keys."""

    order: list[tuple[str, ...]] = field(default_factory=list)
    items: dict[tuple[str, ...], Item] = field(default_factory=dict)

    def put(self, place: tuple[str, ...], item: Item) -> None:
        """An item at its place."""
        if place not in self.items:
            insort(self.order, place)
        self.items[place] = item

    def drop(self, place: tuple[str, ...]) -> None:
        """No item at its place."""
        if self.items.pop(place, None) is not None:
            del self.order[bisect_left(self.order, place)]


class Index:
    """A table's own order, or one of its indexes: which items it has, and what it shows of them."""

    def __init__(self, schema: Sequence[Mapping[str, str]], projection: Mapping[str, Any] | None = None) -> None:
        self.keys = tuple(k["AttributeName"] for k in schema)
        kind = (projection or {}).get("ProjectionType", "ALL")
        shown = {"pk", "sk", *self.keys, *(projection or {}).get("NonKeyAttributes", ())}
        self.shown = None if kind == "ALL" else frozenset(shown)
        self.partitions: dict[str, Sorted] = {}

    def put(self, item: Item) -> None:
        """List an item, when it has the keys of this index."""
        if all(key in item for key in self.keys):
            shown = item if self.shown is None else {k: v for k, v in item.items() if k in self.shown}
            self.partitions.setdefault(item[self.keys[0]]["S"], Sorted()).put(self.place(item), shown)

    def drop(self, item: Item) -> None:
        """List it no more."""
        if all(key in item for key in self.keys):
            self.partitions[item[self.keys[0]]["S"]].drop(self.place(item))

    def place(self, item: Item) -> tuple[str, ...]:
        """Where an item stands in its partition; what is equal in an index is in the order of its own key."""
        return (*(item[key]["S"] for key in self.keys[1:]), item["pk"]["S"], item["sk"]["S"])


class Table:
    """One table: items by key, and its indexes."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.own = Index(given["KeySchema"])
        self.indexes = {
            each["IndexName"]: Index(each["KeySchema"], each["Projection"])
            for each in given.get("GlobalSecondaryIndexes", ())
        }
        self.items: dict[Key, Item] = {}
        self.typed = frozenset(each["AttributeName"] for each in given["AttributeDefinitions"])

    def write(self, key: Key, after: Item | None) -> None:
        """An item as it is now, in all orders; None takes it away."""
        orders = (self.own, *self.indexes.values())
        if before := self.items.pop(key, None):
            for order in orders:
                order.drop(before)
        if after is not None:
            self.items[key] = after
            for order in orders:
                order.put(after)
