"""The only door to boto3: cached clients, plain items, conditional transactions; AWS_ENDPOINT_URL moves it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

type Item = dict[str, Any]
type Op = dict[str, Any]


class WriteLost(Exception):
    """A conditional write found another state; `reasons` has a code per operation, `items` what stood there."""

    def __init__(self, reasons: Sequence[str], items: Sequence[Item | None]) -> None:
        super().__init__("a condition of the transaction did not hold")
        self.reasons, self.items = tuple(reasons), tuple(items)

    def at(self, index: int) -> bool:
        """Whether the operation at this place lost."""
        return self.reasons[index] == "ConditionalCheckFailed"


class WriteContended(Exception):
    """Another transaction held an item of ours; nothing was written and the caller may try again."""


@cache
def client(service: str) -> Any:
    """The process's client of a service, made at first use."""
    import boto3

    make: Any = boto3.client  # its overloads want a literal name
    return make(service)


@cache
def _codecs() -> tuple[Any, Any]:
    from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

    return TypeSerializer(), TypeDeserializer()


def packed(item: Mapping[str, Any]) -> dict[str, Any]:
    """A plain item in DynamoDB's notation; None values are left out."""
    serializer, _ = _codecs()
    return {k: serializer.serialize(v) for k, v in item.items() if v is not None}


def plain(item: Mapping[str, Any]) -> Item:
    """An item of DynamoDB as plain values, whole numbers as int and others as Decimal."""
    _, deserializer = _codecs()
    return {k: _whole(deserializer.deserialize(v)) for k, v in item.items()}


def _whole(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, list):
        return [_whole(v) for v in value]
    if isinstance(value, dict):
        return {k: _whole(v) for k, v in value.items()}
    return value


def get(table: str, pk: str, sk: str) -> Item | None:
    """One item, read consistently; None when there is none."""
    found = (
        client("dynamodb").get_item(TableName=table, Key=packed({"pk": pk, "sk": sk}), ConsistentRead=True).get("Item")
    )
    return plain(found) if found else None


def query(table: str, pk: str, prefix: str = "") -> list[Item]:
    """All items of a partition whose sort key has the prefix, read consistently, in order."""
    return list(_pages(_partition(table, pk, prefix)))


def _partition(table: str, pk: str, prefix: str) -> dict[str, Any]:
    condition, values = "pk = :p", {":p": pk}
    if prefix:
        condition, values = condition + " AND begins_with(sk, :s)", {**values, ":s": prefix}
    return {
        "TableName": table,
        "ConsistentRead": True,
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": packed(values),
    }


def _pages(request: dict[str, Any]) -> Iterator[Item]:
    while True:
        page = client("dynamodb").query(**request)
        yield from (plain(i) for i in page["Items"])
        if "LastEvaluatedKey" not in page:
            return
        request = {**request, "ExclusiveStartKey": page["LastEvaluatedKey"]}


def page(
    table: str,
    index: str,
    keys: tuple[str, str],
    pk: str,
    *,
    limit: int,
    start: Item | None = None,
    newest: bool = False,
) -> tuple[list[Item], Item | None]:
    """One page of an index in the order of its sort key, and where the next one starts (None at the end)."""
    request: dict[str, Any] = {
        "TableName": table,
        "IndexName": index,
        "KeyConditionExpression": "#p = :p",
        "Limit": limit,
        "ExpressionAttributeNames": {"#p": keys[0]},
        "ExpressionAttributeValues": packed({":p": pk}),
        "ScanIndexForward": not newest,
    }
    if start:
        request["ExclusiveStartKey"] = packed(start)
    answer = client("dynamodb").query(**request)
    last = answer.get("LastEvaluatedKey")
    return [plain(i) for i in answer["Items"]], plain(last) if last else None


def put_new(table: str, item: Item) -> Op:
    """An item that must not exist yet."""
    return {"Put": {"TableName": table, "Item": packed(item), "ConditionExpression": "attribute_not_exists(pk)"}}


def update(
    table: str,
    key: tuple[str, str],
    *,
    put: Mapping[str, Any],
    condition: str,
    expect: Mapping[str, Any] | None = None,
    remove: Sequence[str] = (),
    reserved: Mapping[str, str] | None = None,
) -> Op:
    """Set and remove attributes of one item under a condition; `expect` gives the condition's `:values`."""
    given = {k: v for k, v in put.items() if v is not None}
    names = (
        {f"#{i}": k for i, k in enumerate(given)} | {f"#r{i}": k for i, k in enumerate(remove)} | dict(reserved or {})
    )
    values = {f":{i}": v for i, v in enumerate(given.values())} | {f":{k}": v for k, v in (expect or {}).items()}
    text = "SET " + ", ".join(f"#{i} = :{i}" for i in range(len(given)))
    if remove:
        text += " REMOVE " + ", ".join(f"#r{i}" for i in range(len(remove)))
    op: Op = {
        "TableName": table,
        "Key": packed({"pk": key[0], "sk": key[1]}),
        "UpdateExpression": text,
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": packed(values),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    return {"Update": op}


def check(table: str, key: tuple[str, str], condition: str, expect: Mapping[str, Any]) -> Op:
    """A condition on an item that this transaction does not change."""
    op: Op = {
        "TableName": table,
        "Key": packed({"pk": key[0], "sk": key[1]}),
        "ConditionExpression": condition,
        "ExpressionAttributeValues": packed({f":{k}": v for k, v in expect.items()}),
    }
    return {"ConditionCheck": op}


def write(*ops: Op) -> None:
    """All operations or none, in one call. Raises WriteLost (a condition failed), WriteContended (try again)."""
    from botocore.exceptions import ClientError

    try:
        client("dynamodb").transact_write_items(TransactItems=list(ops))
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "TransactionCanceledException":
            raise
        reasons: list[Any] = list(error.response.get("CancellationReasons", []))
        codes = [r.get("Code", "None") for r in reasons]
        if "ConditionalCheckFailed" in codes:
            items = [plain(r["Item"]) if r.get("Item") else None for r in reasons]
            raise WriteLost(codes, items) from error
        if "TransactionConflict" in codes:
            raise WriteContended from error
        raise
