"""DynamoDB in process, without HTTP: what a world of hundreds of dossiers can afford, and no kinder than the service.

Every condition is looked at, a transaction is all or nothing, an index shows what it projects, a page ends after 1 MB.
`test_tables.py` holds each answer against moto's, request by request, for all that a small world asks.
Items are kept as they were given and are never changed in place: an update makes another.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Never

from botocore.exceptions import ClientError

from tests.simulation.expressions import Item, changed, condition, projected, spoken
from tests.simulation.partitions import Key, Sorted, Table

PAGE: Final = 2**20
MOST_PARTS: Final = 100
MOST_BYTES: Final = 400 * 1024
KINDS: Final = ("Put", "Update", "Delete", "ConditionCheck")


def refuse(call: str, code: str, message: str, **further: Any) -> Never:
    """Answer as the service refuses."""
    raise ClientError({"Error": {"Code": code, "Message": message}, **further}, call)  # type: ignore[arg-type]


class Failed(Exception):
    """A condition did not hold; `stood` is the item that it was on."""

    def __init__(self, stood: Item | None) -> None:
        self.stood = stood


class Tables:
    """The client of DynamoDB, as far as our stores know it."""

    def __init__(self, given: Mapping[str, Mapping[str, Any]]) -> None:
        self._given = given
        self.clear()

    def clear(self) -> None:
        """Every table, empty."""
        self._tables = {name: Table(given) for name, given in self._given.items()}

    def _table(self, call: str, name: str) -> Table:
        if name not in self._tables:
            refuse(call, "ResourceNotFoundException", f"no table {name}")
        return self._tables[name]

    # --- reads ----------------------------------------------------------------------------------------------------

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False) -> dict[str, Any]:  # noqa: N803
        """One item by its key."""
        del ConsistentRead
        found = self._table("GetItem", TableName).items.get(_key("GetItem", Key))
        return {"Item": found} if found is not None else {}

    def batch_get_item(self, *, RequestItems: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N803 - AWS's name
        """Items by their keys, a hundred at most."""
        call, found = "BatchGetItem", dict[str, list[Item]]()
        if sum(len(asked["Keys"]) for asked in RequestItems.values()) > MOST_PARTS:
            refuse(call, "ValidationException", "too many keys")
        for name, asked in RequestItems.items():
            table, keys = self._table(call, name), [_key(call, key) for key in asked["Keys"]]
            if len(set(keys)) != len(keys):
                refuse(call, "ValidationException", "a key twice")
            found[name] = [table.items[key] for key in keys if key in table.items]
        return {"Responses": found, "UnprocessedKeys": {}}

    def query(self, **asked: Any) -> dict[str, Any]:
        """One page of a partition of a table or an index."""
        call, table = "Query", self._table("Query", asked["TableName"])
        name = asked.get("IndexName")
        if name and (name not in table.indexes or asked.get("ConsistentRead")):
            refuse(call, "ValidationException", f"no index {name}, or not as it is read")
        index = table.indexes[name] if name else table.own
        names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
        keys, unless = asked["KeyConditionExpression"], asked.get("FilterExpression", "")
        _all_used(call, asked, keys, unless, asked.get("ProjectionExpression", ""))
        partition = index.partitions.get(_equal(call, keys, index.keys[0], names, values), Sorted())
        places = partition.order if asked.get("ScanIndexForward", True) else partition.order[::-1]
        if start := asked.get("ExclusiveStartKey"):
            places = _after(places, index.place(start), newest=not asked.get("ScanIndexForward", True))
        test = condition(keys)
        rows = (item for item in (partition.items[place] for place in places) if test(item, names, values))
        return _page(rows, asked, {"pk", "sk", *index.keys})

    def scan(self, **asked: Any) -> dict[str, Any]:
        """One page of a whole table."""
        table = self._table("Scan", asked["TableName"])
        _all_used("Scan", asked, asked.get("FilterExpression", ""), asked.get("ProjectionExpression", ""))
        keys = sorted(table.items)
        if start := asked.get("ExclusiveStartKey"):
            keys = keys[bisect_right(keys, _key("Scan", start)) :]
        return _page((table.items[key] for key in keys), asked, {"pk", "sk"})

    def get_paginator(self, name: str) -> "Pages":
        """All pages of a query or a scan."""
        return Pages({"query": self.query, "scan": self.scan}[name])

    # --- writes ---------------------------------------------------------------------------------------------------

    def put_item(self, **op: Any) -> dict[str, Any]:
        """An item in the place of what stood there."""
        self._alone("PutItem", "Put", op)
        return {}

    def delete_item(self, **op: Any) -> dict[str, Any]:
        """No item."""
        self._alone("DeleteItem", "Delete", op)
        return {}

    def update_item(self, *, ReturnValues: str = "NONE", **op: Any) -> dict[str, Any]:  # noqa: N803 - AWS's name
        """Another item made of what stood there."""
        before, after = self._alone("UpdateItem", "Update", op)
        match ReturnValues:
            case "NONE":
                return {}
            case "ALL_NEW":
                return {"Attributes": after}
            case "UPDATED_NEW":
                return {"Attributes": {k: v for k, v in after.items() if (before or {}).get(k) != v}}
        refuse("UpdateItem", "ValidationException", f"ReturnValues {ReturnValues} is not known here")

    def _alone(self, call: str, kind: str, op: dict[str, Any]) -> tuple[Item | None, Item]:
        table = self._table(call, op["TableName"])
        try:
            key, before, after = self._looked_at(call, kind, op)
        except Failed:
            refuse(call, "ConditionalCheckFailedException", "The conditional request failed")
        table.write(key, after)
        return before, after or {}

    def transact_write_items(self, *, TransactItems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:  # noqa: N803
        """All parts, or none and the reasons."""
        call = "TransactWriteItems"
        if not 0 < len(TransactItems) <= MOST_PARTS:
            refuse(call, "ValidationException", "a transaction has 1 to 100 parts")
        writes, reasons = dict[tuple[str, Key], Item | None](), list[dict[str, Any]]()
        for part in TransactItems:
            ((kind, op),) = part.items()
            key = (op["TableName"], _key(call, op["Item"] if kind == "Put" else op["Key"]))
            if key in writes:
                refuse(call, "ValidationException", "two operations on one item")
            try:
                _, before, after = self._looked_at(call, kind, op)
                reasons.append({"Code": "None"})
            except Failed as failed:
                shown = failed.stood if op.get("ReturnValuesOnConditionCheckFailure") == "ALL_OLD" else None
                reasons.append({"Code": "ConditionalCheckFailed", **({"Item": shown} if shown else {})})
                before = after = None
            writes[key] = before if kind == "ConditionCheck" else after
        if any(reason["Code"] != "None" for reason in reasons):
            refuse(call, "TransactionCanceledException", "cancelled", CancellationReasons=reasons)
        for (name, place), after in writes.items():
            self._tables[name].write(place, after)
        return {}

    def _looked_at(
        self, call: str, kind: str, op: Mapping[str, Any]
    ) -> tuple[tuple[str, str], Item | None, Item | None]:
        """An operation's key, what stands there, what would. Raises Failed."""
        if kind not in KINDS:
            refuse(call, "ValidationException", f"no operation {kind}")
        table = self._table(call, op["TableName"])
        key = _key(call, op["Item"] if kind == "Put" else op["Key"])
        before = table.items.get(key)
        texts = op.get("ConditionExpression", ""), op.get("UpdateExpression", "")
        names, values = _all_used(call, op, *texts)
        if texts[0] and not condition(texts[0])(before or {}, names, values):
            raise Failed(before)
        match kind:
            case "Put":
                after = op["Item"]
            case "Update":
                after = changed(texts[1], before or op["Key"], names, values)
                if _key(call, after) != key:
                    refuse(call, "ValidationException", "a key is not changed")
            case _:
                return key, before, None
        _fits(call, table, after)
        return key, before, after


class Pages:
    """A paginator."""

    def __init__(self, page: Callable[..., dict[str, Any]]) -> None:
        self._page = page

    def paginate(self, **asked: Any) -> Iterator[dict[str, Any]]:
        """One page after another."""
        while True:
            answer = self._page(**asked)
            yield answer
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _key(call: str, item: Item) -> Key:
    pk, sk = item.get("pk", {}).get("S"), item.get("sk", {}).get("S")
    if not pk or not sk:
        refuse(call, "ValidationException", "a key is missing, empty or no string")
    return pk, sk


def _fits(call: str, table: Table, item: Item) -> None:
    """Keys of indexes are strings that are not empty, and an item is not too large."""
    if any(name in item and not item[name].get("S") for name in table.typed):
        refuse(call, "ValidationException", "a key of an index is empty or no string")
    if size(item) > MOST_BYTES:
        refuse(call, "ValidationException", "Item size has exceeded the maximum allowed size")


def _all_used(call: str, asked: Mapping[str, Any], *texts: str) -> tuple[Mapping[str, str], Mapping[str, Any]]:
    """Names and values of a request; what is given is used, what is used is given."""
    names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
    if spoken(*texts) != names.keys() | values.keys():
        refuse(call, "ValidationException", f"names or values that are not used, or not given: {texts}")
    return names, values


def _equal(call: str, text: str, key: str, names: Mapping[str, str], values: Mapping[str, Any]) -> str:
    """The partition that a condition on keys names, first of all."""
    word, sign, value = text.split(maxsplit=3)[:3]
    if names.get(word, word) != key or sign != "=":
        refuse(call, "ValidationException", f"Query condition missed key schema element: {key}")
    found: str = values[value]["S"]
    return found


def _after(places: list[tuple[str, ...]], start: tuple[str, ...], *, newest: bool) -> list[tuple[str, ...]]:
    return [place for place in places if (place < start if newest else place > start)]


def _page(rows: Iterator[Item], asked: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    """Rows until the limit or 1 MB; only then the filter looks at them. A limit that is met says that there is more."""
    read, bytes_read, is_cut = list[Item](), 0, False
    for row in rows:
        bytes_read += size(row)
        if is_cut := bool(read) and bytes_read > PAGE:
            break
        read.append(row)
        if is_cut := len(read) == asked.get("Limit"):
            break
    names, values = asked.get("ExpressionAttributeNames", {}), asked.get("ExpressionAttributeValues", {})
    kept, unless = read, asked.get("FilterExpression")
    if unless:
        kept = [row for row in read if condition(unless)(row, names, values)]
    if wanted := asked.get("ProjectionExpression"):
        kept = projected(wanted, names, kept)
    answer = {"Items": kept, "Count": len(kept), "ScannedCount": len(read)}
    return {**answer, "LastEvaluatedKey": {k: v for k, v in read[-1].items() if k in keys}} if is_cut else answer


def size(value: Any) -> int:
    """Bytes of an item or a value in DynamoDB's notation, near enough."""
    match value:
        case str():
            return len(value.encode())
        case dict():
            return sum(len(name) + size(part) for name, part in value.items())
        case list():
            return sum(1 + size(part) for part in value)
    return 1
