"""The tables of a world answer as moto's do: for all that a small world asks, and for what it never comes to ask."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.simulation.expressions import Unread, changed, condition, spoken
from tests.simulation.held import Held, described
from tests.simulation.run import simulate
from tests.simulation.tables import Tables
from tests.support.stores import NAMES, Stores

READS = {"get_item", "batch_get_item", "query", "scan"}
WRITES = {"put_item", "update_item", "delete_item", "transact_write_items"}


def answered(call: Callable[..., Any], given: dict[str, Any]) -> Any:
    """What a call answers, or how it is refused, without what only HTTP has."""
    try:
        answer = call(**given)
    except ClientError as error:
        reasons = [(r["Code"], r.get("Item")) for r in error.response.get("CancellationReasons", ())]
        return error.response["Error"]["Code"], reasons
    told = {name: part for name, part in answer.items() if name not in ("ResponseMetadata", "ConsumedCapacity")}
    if "Responses" in told:  # a batch is in no order
        told["Responses"] = {n: sorted(rows, key=repr) for n, rows in told["Responses"].items()}
    return {name: part for name, part in told.items() if part or name in ("Items", "Count")}


class Both:
    """A client that asks the tables here and moto the same, and compares."""

    def __init__(self, held: Any, moto: Any) -> None:
        self.held, self.moto, self.asked = held, moto, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        if name not in READS | WRITES:
            return getattr(self.held, name)

        def call(**given: Any) -> Any:
            here = answered(getattr(self.held, name), given) if name in WRITES else None
            there = answered(getattr(self.moto, name), given)
            here = here if name in WRITES else answered(getattr(self.held, name), given)
            if isinstance(here, dict) and here.get("Count") == given.get("Limit", -1):
                there.setdefault("LastEvaluatedKey", here["LastEvaluatedKey"])  # AWS never looks whether there is more
            assert here == there, (name, given)
            self.asked[name] += 1
            if isinstance(here, tuple):
                code, reasons = here
                told = [{"Code": c, **({"Item": item} if item else {})} for c, item in reasons]
                raise ClientError({"Error": {"Code": code}, "CancellationReasons": told}, name)  # type: ignore[typeddict-unknown-key]
            return {"Responses": {}, **here} if name == "batch_get_item" else here

        return call


class Twice(Held):
    """Stores whose tables are here and in moto."""

    def __init__(self) -> None:
        super().__init__()
        self.beside = Stores()
        self.both = Both(self.tables, self.beside.client("dynamodb"))
        self._clients["dynamodb"] = self.both

    def _clear_tables(self) -> None:
        super()._clear_tables()
        self.beside.clear()


def test_a_small_world_is_told_the_same_by_moto(tmp_path):
    stores = Twice()
    world, found = simulate(3, 4, tmp_path, stores=stores)
    assert found == []
    assert world.faults.done
    assert min(stores.both.asked[name] for name in ("get_item", "query", "transact_write_items", "update_item")) > 5


DOSSIERS = NAMES["Dossiers"]
STANDS = {
    "pk": {"S": "D-1"},
    "sk": {"S": "HEAD"},
    "state": {"N": "2"},
    "name": {"S": "b"},
    "is_open": {"BOOL": True},
    "nothing": {"NULL": True},
    "parts": {"L": [{"S": "x"}]},
}
CONDITIONS = (
    "attribute_exists(pk)",
    "attribute_not_exists(pk)",
    "attribute_exists(nowhere) OR #s = :two",
    "NOT #s = :two",
    "NOT (#s = :two AND is_open = :yes)",
    "#s < :ten AND #s >= :two",
    "#s = :text",
    "nowhere = :two",
    "nowhere < :two",
    "nowhere <> :two",
    "#s <> :two",
    "#s <> :text",
    "#n BETWEEN :a AND :c",
    "#n BETWEEN :c AND :a",
    "begins_with(#n, :b)",
    "begins_with(nowhere, :b)",
    "#n > :upper AND attribute_exists(nothing)",
    "is_open = :yes OR nowhere = :two AND #s = :ten",
    "parts = :parts",
)
VALUES = {
    ":two": {"N": "2.0"},
    ":ten": {"N": "10"},
    ":text": {"S": "2"},
    ":yes": {"BOOL": True},
    ":a": {"S": "a"},
    ":b": {"S": "b"},
    ":c": {"S": "c"},
    ":upper": {"S": "B"},
    ":parts": {"L": [{"S": "x"}]},
}
LETTERS = {"#s": "state", "#n": "name"}


def asked_with(text: str) -> dict[str, Any]:
    """A condition with the names and values that it uses."""
    words = spoken(text)
    given = {"ConditionExpression": text}
    names = {"ExpressionAttributeNames": {k: v for k, v in LETTERS.items() if k in words}}
    values = {"ExpressionAttributeValues": {k: v for k, v in VALUES.items() if k in words}}
    return given | {k: v for k, v in (names | values).items() if v}


@pytest.fixture
def both(tables: Stores) -> Both:
    return Both(Tables(described()), tables.client("dynamodb"))


@pytest.mark.parametrize("text", CONDITIONS)
@pytest.mark.parametrize("alone", [True, False])
def test_a_condition_holds_here_where_it_holds_in_moto(both, text, alone):
    both.put_item(TableName=DOSSIERS, Item=STANDS)
    op = {"TableName": DOSSIERS, "Item": {**STANDS, "is": {"S": "new"}}, **asked_with(text)}
    try:
        if alone:
            both.put_item(**op)
        else:
            both.transact_write_items(TransactItems=[{"Put": op}])
    except ClientError:
        assert both.held.get_item(TableName=DOSSIERS, Key=KEY) == {"Item": STANDS}
    both.get_item(TableName=DOSSIERS, Key=KEY)


KEY = {"pk": {"S": "D-1"}, "sk": {"S": "HEAD"}}
OTHER = {"pk": {"S": "D-1"}, "sk": {"S": "OTHER"}}


@pytest.mark.parametrize(
    ("update", "values"),
    [
        ("SET #a = :two REMOVE #s, #n", {":two": {"N": "2"}}),
        ("ADD #s :two, #a :two", {":two": {"N": "2"}}),
        ("SET #a = :two, #n = :two", {":two": {"N": "2"}}),
        ("REMOVE #a, #n, #s", {}),
    ],
)
@pytest.mark.parametrize("key", [KEY, OTHER])
def test_an_update_makes_the_same_here_and_in_moto(both, update, values, key):
    both.put_item(TableName=DOSSIERS, Item=STANDS)
    used = {k: v for k, v in {**LETTERS, "#a": "added"}.items() if k in spoken(update)}
    both.update_item(
        TableName=DOSSIERS,
        Key=key,
        UpdateExpression=update,
        ExpressionAttributeNames=used,
        ReturnValues="ALL_NEW",
        **({"ExpressionAttributeValues": values} if values else {}),
    )
    both.get_item(TableName=DOSSIERS, Key=key)


def test_what_moto_cannot_compare_is_in_no_order():
    assert not condition("#s < :text")(STANDS, LETTERS, VALUES)
    assert not condition("parts < :parts")(STANDS, {}, VALUES)


def test_of_a_transaction_all_is_written_or_nothing(both):
    both.put_item(TableName=DOSSIERS, Item=STANDS)
    new = {"TableName": DOSSIERS, "Item": {**OTHER, "is": {"S": "new"}}}
    lost = {"TableName": DOSSIERS, "Key": KEY, **asked_with("#s = :ten")}
    told = {**lost, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    for check in (lost, told):
        with pytest.raises(ClientError, match="TransactionCanceled"):
            both.transact_write_items(TransactItems=[{"Put": new}, {"ConditionCheck": check}])
        both.get_item(TableName=DOSSIERS, Key=OTHER)
    held = {**lost, **asked_with("#s = :two")}
    both.transact_write_items(TransactItems=[{"Put": new}, {"ConditionCheck": held}])
    both.transact_write_items(TransactItems=[{"Delete": {"TableName": DOSSIERS, "Key": KEY}}])
    both.query(TableName=DOSSIERS, KeyConditionExpression="pk = :b", ExpressionAttributeValues={":b": {"S": "D-1"}})


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("get_item", {"TableName": "none", "Key": KEY}),
        ("put_item", {"TableName": DOSSIERS, "Item": {"pk": {"S": "D-1"}}}),
        ("put_item", {"TableName": DOSSIERS, "Item": {**KEY, "wl_pk": {"S": ""}, "wl_sk": {"S": "a"}}}),
        ("put_item", {"TableName": DOSSIERS, "Item": {**KEY, "wl_pk": {"N": "1"}, "wl_sk": {"S": "a"}}}),
        ("put_item", {"TableName": DOSSIERS, "Item": {**KEY, "much": {"S": "x" * 400 * 1024}}}),
        ("put_item", {"TableName": DOSSIERS, "Item": KEY, "ConditionExpression": "attribute_exists(#no)"}),
        ("put_item", {"TableName": DOSSIERS, "Item": KEY, **asked_with("#s = :two"), "ConditionExpression": "#s = #s"}),
        ("transact_write_items", {"TransactItems": [{"Delete": {"TableName": DOSSIERS, "Key": KEY}}] * 2}),
        ("transact_write_items", {"TransactItems": []}),
        (
            "query",
            {
                "TableName": DOSSIERS,
                "KeyConditionExpression": "sk = :a",
                "ExpressionAttributeValues": {":a": KEY["pk"]},
            },
        ),
    ],
)
def test_what_dynamodb_refuses_is_refused(tables, name, given):
    with pytest.raises(ClientError):
        getattr(Tables(described()), name)(**given)


@pytest.mark.parametrize("text", ["size(pk) = :a", "pk LIKE :a", "a.b = :a", "pk = ", "contains(pk, :a)", "(pk = :a"])
def test_an_expression_that_no_store_writes_is_not_guessed(text):
    with pytest.raises(Unread):
        condition(text)


@pytest.mark.parametrize(
    "text", ["SET a = if_not_exists(a, :a)", "SET a = b + :a", "a = :a", "DELETE a :a", "SET a = b"]
)
def test_an_update_that_no_store_writes_is_not_guessed(text):
    with pytest.raises(Unread):
        changed(text, {}, {}, {":a": {"N": "1"}})


def test_pages_of_an_index_show_what_it_projects_in_its_order(both):
    for number, due in enumerate(("b", "a", "c", "a")):
        both.put_item(
            TableName=DOSSIERS,
            Item={
                "pk": {"S": f"D-{number}"},
                "sk": {"S": "TASK"},
                "wl_pk": {"S": "list"},
                "wl_sk": {"S": due},
                "secret": {"S": "not of the index"},
            },
        )
    both.put_item(TableName=DOSSIERS, Item={**KEY, "wl_pk": {"S": "list"}})  # one key is missing: not on the list
    asked = {
        "TableName": DOSSIERS,
        "IndexName": "worklist",
        "KeyConditionExpression": "wl_pk = :b",
        "ExpressionAttributeValues": {":b": {"S": "list"}},
        "Limit": 3,
    }
    for newest in (False, True):
        first = both.query(**asked, ScanIndexForward=not newest)
        second = both.query(**asked, ScanIndexForward=not newest, ExclusiveStartKey=first["LastEvaluatedKey"])
        assert first["Count"] + second["Count"] == 4
    assert "secret" not in first["Items"][0]
    with pytest.raises(ClientError):
        both.held.query(**asked, ConsistentRead=True)
    both.delete_item(TableName=DOSSIERS, Key={"pk": {"S": "D-1"}, "sk": {"S": "TASK"}})
    both.query(**asked)


def test_a_page_ends_after_a_megabyte(both):
    for number in range(4):
        both.put_item(
            TableName=DOSSIERS, Item={"pk": {"S": "D"}, "sk": {"S": str(number)}, "much": {"S": "x" * 390 * 1024}}
        )
    asked = {
        "TableName": DOSSIERS,
        "KeyConditionExpression": "pk = :b",
        "ExpressionAttributeValues": {":b": {"S": "D"}},
    }
    assert "LastEvaluatedKey" in both.query(**asked)
    found = list(both.held.get_paginator("query").paginate(**asked))
    assert [page["Count"] for page in found] == [2, 2]
    assert sum(page["Count"] for page in both.held.get_paginator("scan").paginate(TableName=DOSSIERS)) == 4
