"""The only door to boto3: cached clients, plain items, conditional transactions; AWS_ENDPOINT_URL moves it."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal

from chalicelib.kernel.session import session
from chalicelib.kernel.settings import is_elsewhere

type Item = dict[str, Any]
type Op = dict[str, Any]


class Lost(Exception):
    """Conditions of a transaction did not hold and nothing was written; it contains the names of the parts that lost.

    `stood` has what stood there instead, by part, as far as the service told.
    """

    def __init__(self, parts: Iterable[str], stood: Mapping[str, Item] | None = None) -> None:
        self.parts, self.stood = frozenset(parts), dict(stood or {})
        super().__init__(", ".join(sorted(self.parts)))

    def __contains__(self, part: str) -> bool:
        return part in self.parts


class WriteContended(Exception):
    """Another transaction held an item of ours, or a table had too much to do; nothing was written: try again."""


CONTENDED: Final = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Why a transaction was cancelled, where the next try may go through."""
PASSING: Final = frozenset({
    "503",  # what S3 answers HEAD has no body that could name it
    "InternalError", "InternalServerError", "ProvisionedThroughputExceededException", "RequestLimitExceeded",
    "ServiceUnavailable", "SlowDown", "ThrottlingException", "TransactionConflictException",
    "TransactionInProgressException",
})  # fmt: skip
"""Codes of AWS for troubles that pass by themselves."""
CONNECTS: Final = 2.0
ANSWERS: Final = 5.0
TRIES: Final = 3
"""Seconds for a connection and for an answer, and how often botocore asks: all of it within the time of a function."""
SENT_ONCE: Final = frozenset({"sesv2", "sns"})
"""Services that send to people and know no message again: botocore asks once, or somebody gets it twice."""


def passes(error: BaseException) -> bool:
    """Whether a failure of AWS passes by itself: too much to do, a lost connection, no answer in time.

    A write among such calls may have been carried out: who tries again has to find that, by a token or by reading.
    """
    from botocore import exceptions as lost

    if isinstance(error, lost.ClientError):
        return _code(error) in PASSING
    cut = lost.ConnectionClosedError | lost.ConnectTimeoutError | lost.EndpointConnectionError
    return isinstance(error, WriteContended | cut | lost.ReadTimeoutError | lost.ResponseStreamingError)


def _code(error: Any) -> str:
    """What AWS calls a refusal of botocore's ClientError; empty when it does not say."""
    return str(error.response.get("Error", {}).get("Code", ""))


_making = threading.Lock()  # botocore's session does not make two clients at a time


@cache
def client(service: str) -> Any:
    """The process's client of a service, made at first use.

    Botocore makes it: boto3's own clients of S3 load the transfer manager, which no request here needs.
    """
    from botocore.config import Config

    # What we send is packed here and held against the service by tests: checking its shape again is a fifth of a call.
    # S3 refuses older signatures for objects under a key of KMS; left alone, botocore signs links with them.
    signed = "s3v4" if service == "s3" else None
    # S3's global name sends whoever follows a link into a new bucket elsewhere (307); there its signature is no good.
    style: Literal["auto", "virtual"] = "auto" if is_elsewhere() else "virtual"
    fast = Config(
        parameter_validation=service != "dynamodb",
        retries={"mode": "standard", "total_max_attempts": 1 if service in SENT_ONCE else TRIES},
        connect_timeout=CONNECTS,
        read_timeout=ANSWERS,
        max_pool_connections=50,  # the nightly sweep asks as often at a time; they are opened as needed
        signature_version=signed,
        s3={"us_east_1_regional_endpoint": "regional", "addressing_style": style} if service == "s3" else None,
    )
    with _making:
        return session().create_client(service, config=fast)


def packed(item: Mapping[str, Any]) -> dict[str, Any]:
    """A plain item in DynamoDB's notation; None values at the top are left out. Raises TypeError for other types.

    Ours, not boto3's: its type serializer brings the whole of boto3 and s3transfer into the cold start of a submission.
    """
    return {k: _pack(v) for k, v in item.items() if v is not None}


def _pack(value: Any) -> dict[str, Any]:
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": str(value)}
        case int() | Decimal():
            return {"N": str(value)}
        case Mapping():
            return {"M": {str(k): _pack(v) for k, v in value.items()}}
        case list() | tuple():
            return {"L": [_pack(v) for v in value]}
    raise TypeError(f"no attribute of a table: {type(value).__name__}")


def plain(item: Mapping[str, Any]) -> Item:
    """An item of DynamoDB as plain values, whole numbers as int and others as Decimal."""
    # A row of counters is numbers above all: no call of our own for each of them.
    return {k: int(n) if (n := v.get("N")) is not None and n.isdecimal() else _unpack(v) for k, v in item.items()}


def _unpack(attribute: Mapping[str, Any]) -> Any:
    ((kind, value),) = attribute.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            number = Decimal(value)
            return int(number) if number == number.to_integral_value() else number
        case "M":
            return {k: _unpack(v) for k, v in value.items()}
        case "L":
            return [_unpack(v) for v in value]
        case "NULL":
            return None
    raise TypeError(f"not an attribute of ours: {kind}")


def get(table: str, pk: str, sk: str) -> Item | None:
    """One item, read consistently; None when there is none."""
    told = client("dynamodb").get_item(TableName=table, Key=packed({"pk": pk, "sk": sk}), ConsistentRead=True)
    return plain(told["Item"]) if told.get("Item") else None


MOST_AT_ONCE = 100  # keys of one BatchGetItem
LAST: Final = "\U0010ffff"  # no sort key of ours comes after it


def many(table: str, keys: Sequence[tuple[str, str]], *, as_now: bool = False) -> list[Item]:
    """Those of at most a hundred items that are there, in no order, as they were a moment ago; or as they are now."""
    assert len(keys) <= MOST_AT_ONCE
    asked: dict[str, Any] = {"Keys": [packed({"pk": pk, "sk": sk}) for pk, sk in keys]}
    rest: dict[str, Any] = {table: asked | ({"ConsistentRead": True} if as_now else {})} if keys else {}
    found: list[Item] = []
    while rest:  # what a busy table leaves out is asked for again
        answer = client("dynamodb").batch_get_item(RequestItems=rest)
        found += map(plain, answer["Responses"].get(table, ()))
        rest = answer.get("UnprocessedKeys", {})
    return found


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


def between(table: str, pk: str, first: str, last: str) -> list[Item]:
    """All items of a partition from one sort key to another, both included, read consistently, in order."""
    asked: Item = {"KeyConditionExpression": "pk = :p AND sk BETWEEN :f AND :l"}
    asked |= {"ExpressionAttributeValues": packed({":p": pk, ":f": first, ":l": last})}
    return list(_pages(_partition(table, pk, "") | asked))


def since(table: str, pk: str, sk: str) -> list[Item]:
    """All items of a partition from a sort key on, in order."""
    return between(table, pk, sk, LAST)


def page(
    table: str,
    index: str,
    key: str,
    pk: str,
    *,
    limit: int,
    start: Item | None = None,
    newest: bool = False,
    within: tuple[str, Literal["<", ">="], str] | tuple[str, Literal["BETWEEN"], str, str] | None = None,
    only: Mapping[str, str] | None = None,
    consistent: bool = False,
) -> tuple[list[Item], Item | None]:
    """One page of an index, or of the table itself, in the order of its sort key, and where the next one starts.

    `key` is the name of the partition's attribute; `within` is a bound of the sort key: its name, on which side, where;
    between two, both are included. `only` are attributes and their values: of the `limit` rows that are looked at,
    those that have them. An index is never read consistently.
    """
    request: dict[str, Any] = {"TableName": table, "Limit": limit, "KeyConditionExpression": "#p = :p"}
    request |= {"ExpressionAttributeNames": {"#p": key}, "ExpressionAttributeValues": packed({":p": pk})}
    request |= {"ScanIndexForward": not newest, "ConsistentRead": consistent, **({"IndexName": index} if index else {})}
    if within:
        name, side, *bounds = within
        request["KeyConditionExpression"] += f" AND #s {side} :s" + " AND :t" * (len(bounds) - 1)
        request["ExpressionAttributeNames"]["#s"] = name
        request["ExpressionAttributeValues"] |= packed(dict(zip((":s", ":t"), bounds, strict=False)))
    if only:
        request["FilterExpression"] = " AND ".join(f"#{name} = :{name}" for name in only)
        request["ExpressionAttributeNames"] |= {f"#{name}": name for name in only}
        request["ExpressionAttributeValues"] |= packed({f":{name}": value for name, value in only.items()})
    if start:
        request["ExclusiveStartKey"] = packed(start)
    answer = client("dynamodb").query(**request)
    last = answer.get("LastEvaluatedKey")
    return [plain(i) for i in answer["Items"]], plain(last) if last else None


def put_new(table: str, item: Item) -> Op:
    """An item that must not exist yet."""
    return {"Put": {"TableName": table, "Item": packed(item), "ConditionExpression": "attribute_not_exists(pk)"}}


def put(table: str, item: Item, **condition: Any) -> Op:
    """An item, whatever stood there: under a condition in DynamoDB's words, or on another item of its transaction."""
    return {"Put": {"TableName": table, "Item": packed(item), **condition}}


def delete(
    table: str,
    key: tuple[str, str],
    condition: str = "",
    expect: Mapping[str, Any] | None = None,
    reserved: Mapping[str, str] | None = None,
) -> Op:
    """An item that is to be gone, perhaps under a condition; `expect` and `reserved` as in `check`."""
    if condition:
        return {"Delete": check(table, key, condition, expect, reserved)["ConditionCheck"]}
    return {"Delete": {"TableName": table, "Key": packed({"pk": key[0], "sk": key[1]})}}


def count(table: str, key: tuple[str, str], by: Mapping[str, int]) -> Op:
    """Add to counters of one item, which begin at nothing. In a transaction with a mark that it was not done before."""
    names = {f"#{i}": name for i, name in enumerate(by)}
    op: Op = {
        "TableName": table,
        "Key": packed({"pk": key[0], "sk": key[1]}),
        "UpdateExpression": "ADD " + ", ".join(f"#{i} :{i}" for i in range(len(by))),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": packed({f":{i}": n for i, n in enumerate(by.values())}),
    }
    return {"Update": op}


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


def check(
    table: str,
    key: tuple[str, str],
    condition: str,
    expect: Mapping[str, Any] | None = None,
    reserved: Mapping[str, str] | None = None,
) -> Op:
    """A condition on an item that this transaction does not change."""
    op: Op = {"TableName": table, "Key": packed({"pk": key[0], "sk": key[1]}), "ConditionExpression": condition}
    if expect:
        op["ExpressionAttributeValues"] = packed({f":{k}": v for k, v in expect.items()})
    if reserved:
        op["ExpressionAttributeNames"] = dict(reserved)
    return {"ConditionCheck": op}


def updated(op: Op) -> Item | None:
    """Carry out one conditional update; answers the item as it is now, or None when the condition did not hold."""
    asked = {k: v for k, v in op["Update"].items() if k != "ReturnValuesOnConditionCheckFailure"}
    answer = _unless_lost("update_item", **asked, ReturnValues="ALL_NEW")
    return plain(answer["Attributes"]) if answer else None


def alone(op: Op) -> bool:
    """Put or delete one item that is no record, for half of a transaction's price; False when a condition was lost."""
    ((kind, asked),) = op.items()
    return _unless_lost({"Put": "put_item", "Delete": "delete_item"}[kind], **asked) is not None


def _unless_lost(call: str, **asked: Any) -> Any:
    from botocore.exceptions import ClientError

    try:
        return getattr(client("dynamodb"), call)(**asked)
    except ClientError as error:
        if _code(error) == "ConditionalCheckFailedException":
            return None
        raise


def add(table: str, key: tuple[str, str], name: str, by: int) -> int:
    """Add to a counter, which begins at nothing, outside of any transaction; answers what it is now."""
    answer = client("dynamodb").update_item(
        TableName=table,
        Key=packed({"pk": key[0], "sk": key[1]}),
        UpdateExpression="ADD #n :by",
        ExpressionAttributeNames={"#n": name},
        ExpressionAttributeValues=packed({":by": by}),
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"][name]["N"])


def found(table: str, index: str, condition: str, values: Mapping[str, Any], *, unless: str = "") -> Iterator[Item]:
    """All items of an index under a condition on its keys, page after page; `unless` filters what is handed on."""
    request: dict[str, Any] = {"TableName": table, "IndexName": index, "KeyConditionExpression": condition}
    request["ExpressionAttributeValues"] = packed(values)
    return _pages({**request, "FilterExpression": unless} if unless else request)


def scanned(table: str, condition: str, values: Mapping[str, Any], names: str = "") -> Iterator[Item]:
    """All items under a condition as they are now, or some attributes, from the whole table: for work done once."""
    request = {"TableName": table, "FilterExpression": condition, **({"ProjectionExpression": names} if names else {})}
    pages = client("dynamodb").get_paginator("scan")
    for page in pages.paginate(**request, ConsistentRead=True, ExpressionAttributeValues=packed(values)):
        yield from (plain(item) for item in page["Items"])


def transact(parts: Mapping[str, Op]) -> None:
    """All parts or none, in one call. Raises Lost (conditions failed, by name), WriteContended (try again).

    Botocore gives the call a token and asks with it again when an answer is lost: DynamoDB then tells the same.
    """
    from botocore.exceptions import ClientError

    try:
        client("dynamodb").transact_write_items(TransactItems=list(parts.values()))
    except ClientError as error:
        if _code(error) != "TransactionCanceledException":
            raise
        reasons: list[Any] = list(error.response.get("CancellationReasons", []))
        by_part = dict(zip(parts, reasons, strict=False))
        lost = [part for part, reason in by_part.items() if reason.get("Code") == "ConditionalCheckFailed"]
        if lost:
            stood = {part: plain(by_part[part]["Item"]) for part in lost if by_part[part].get("Item")}
            raise Lost(lost, stood) from error
        if CONTENDED & {reason.get("Code") for reason in reasons}:
            raise WriteContended from error
        raise
