import os

import pytest

from infra.local import meter
from infra.local.meter import Index, index_units, item_size, read_units, value_size, write_units

WORKLIST = Index(("wl_pk", "wl_sk"), frozenset({"pk", "sk", "wl_pk", "wl_sk", "state"}))
EVERYTHING = Index(("wl_pk",), None)


def item(**values):
    return {k: {"S": v} for k, v in values.items()}


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "hồ"}, 4),
        ({"S": ""}, 0),
        ({"N": "0"}, 1),
        ({"N": "7"}, 2),
        ({"N": "12"}, 2),
        ({"N": "123"}, 3),
        ({"N": "-123"}, 3),
        ({"N": "1000"}, 2),
        ({"N": "0.0012"}, 2),
        ({"N": "10.5"}, 3),
        ({"N": "1.5E+10"}, 2),
        ({"N": "1764072000123"}, 8),
        ({"B": "aGVsbG8="}, 5),
        ({"B": b"hello"}, 5),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"SS": ["a", "bc"]}, 3),
        ({"NS": ["1", "123"]}, 5),
        ({"BS": ["aGVsbG8="]}, 5),
        ({"L": []}, 3),
        ({"M": {}}, 3),
        ({"L": [{"S": "ab"}, {"N": "1"}]}, 3 + (1 + 2) + (1 + 2)),
        ({"M": {"k": {"S": "ab"}, "l": {"L": []}}}, 3 + (1 + 1 + 2) + (1 + 1 + 3)),
    ],
)
def test_sizes_of_values(value, size):
    assert value_size(value) == size


def test_the_size_of_an_item_is_its_names_and_values():
    assert item_size({"pk": {"S": "a"}, "tên": {"N": "12"}}) == 2 + 1 + 4 + 2
    assert item_size({}) == 0


def sized(size, **more):
    """An item of exactly so many bytes."""
    rest = item_size(item(pk="a", **more))
    return item(pk="a", **more) | {"x": {"S": "y" * (size - rest - 1)}}


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        (None, sized(1024), 1),
        (None, sized(1025), 2),
        (sized(3000), sized(100), 3),  # the larger of the two
        (sized(3000), None, 3),
        (None, None, 1),  # deleting what is not there
        (sized(10), sized(10), 1),
    ],
)
def test_writes(before, after, units):
    assert write_units(before, after) == units
    assert write_units(before, after, transaction=True) == 2 * units


def entry(**more):
    return item(pk="a", sk="b", **more)


LISTED = {"wl_pk": "H01", "wl_sk": "1"}


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        (None, entry(), 0),  # not in the index
        (None, entry(wl_pk="H01"), 0),  # half a key is none
        (None, entry(**LISTED), 1),
        (entry(**LISTED), None, 1),
        (entry(**LISTED), entry(), 1),  # left the index
        (entry(), entry(**LISTED), 1),
        (entry(**LISTED), entry(wl_pk="H01", wl_sk="2"), 2),  # another key: deleted and put
        (entry(**LISTED), entry(**LISTED, state="5"), 1),  # projected
        (entry(**LISTED), entry(**LISTED, other="5"), 0),  # not projected
        (entry(**LISTED), entry(**LISTED), 0),
        (None, entry(**LISTED, state="x" * 1100), 2),
        (None, entry(**LISTED, other="x" * 1100), 1),
    ],
)
def test_index_writes(before, after, units):
    assert index_units(before, after, WORKLIST) == units


def test_an_index_of_everything_and_a_transaction_do_not_double_the_index():
    assert index_units(entry(**LISTED), entry(**LISTED, other="5"), EVERYTHING) == 1
    assert write_units(None, entry(**LISTED), [WORKLIST, EVERYTHING], transaction=True) == 2 + 1 + 1


@pytest.mark.parametrize(
    ("size", "eventual", "consistent", "transaction"),
    [(0, 0.5, 1, 2), (4096, 0.5, 1, 2), (4097, 1, 2, 4), (40960, 5, 10, 20)],
)
def test_reads(size, eventual, consistent, transaction):
    assert read_units(size) == eventual
    assert read_units(size, consistent=True) == consistent
    assert read_units(size, transaction=True) == transaction


# --- on the cloud -----------------------------------------------------------------------------------------------------


@pytest.fixture
def table(cloud, client):
    return client("dynamodb"), os.environ["TABLE"]


def row(pk, size=10, **more):
    return item(pk=pk, sk="HEAD", text="x" * size, **more)


def key(pk, sk="HEAD"):
    return item(pk=pk, sk=sk)


def used(meter_):
    return meter_.write_calls, meter_.write_units, meter_.read_calls, meter_.read_units


def test_calls_are_metered_where_they_are_made(table):
    ddb, name = table
    with meter.measure() as m:
        ddb.put_item(TableName=name, Item=row("m1", 1500))
    assert used(m) == (1, 2, 0, 0)
    ddb.put_item(TableName=name, Item=row("m2"))  # outside
    with meter.measure() as m:
        ddb.update_item(
            TableName=name, Key=key("m1"), UpdateExpression="SET wl_pk = :a, wl_sk = :a",
            ExpressionAttributeValues={":a": {"S": "q"}},
        )  # fmt: skip
        ddb.delete_item(TableName=name, Key=key("missing"))
    assert used(m) == (2, 2 + 1 + 1, 0, 0)


def test_a_transaction_counts_twice_with_its_checks(table):
    ddb, name = table
    ddb.put_item(TableName=name, Item=row("t0", 2500))
    ops = [
        {"Put": {"TableName": name, "Item": row("t1", wl_pk="a", wl_sk="b", mine_pk="c", mine_sk="d", code_pk="e")}},
        {"ConditionCheck": {"TableName": name, "Key": key("t0"), "ConditionExpression": "attribute_exists(pk)"}},
    ]
    with meter.measure() as m:
        ddb.transact_write_items(TransactItems=ops)
    assert used(m) == (1, 2 + 3 + 2 * 3, 0, 0)


def test_a_failed_condition_costs_what_was_there(table):
    ddb, name = table
    ddb.put_item(TableName=name, Item=row("c", 2500))
    with meter.measure() as m, pytest.raises(ddb.exceptions.ConditionalCheckFailedException):
        ddb.put_item(TableName=name, Item=row("c"), ConditionExpression="attribute_not_exists(pk)")
    assert used(m) == (1, 3, 0, 0)


def test_reads_are_metered_by_what_they_read(table):
    ddb, name = table
    for i in range(10):
        ddb.put_item(TableName=name, Item=item(pk="r", sk=f"{i}", text="x" * 2000, wl_pk="mlist", wl_sk=f"{i}"))
    with meter.measure() as m:
        ddb.get_item(TableName=name, Key=key("r", "0"))
        ddb.get_item(TableName=name, Key=key("r", "0"), ConsistentRead=True)
        ddb.get_item(TableName=name, Key=key("r", "missing"))
    assert used(m) == (0, 0, 3, 0.5 + 1 + 0.5)
    query = {"TableName": name, "KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": "r"}}}
    with meter.measure() as m:
        everything = ddb.query(**query)
    assert (m.read_calls, m.read_units) == (1, 2.5)  # 20,250 bytes, eventually
    assert everything["Count"] == 10
    with meter.measure() as m:  # a filter and a projection save nothing
        few = ddb.query(
            **{**query, "ExpressionAttributeValues": {":p": {"S": "r"}, ":x": {"S": "3"}}},
            FilterExpression="wl_sk = :x", ProjectionExpression="sk", ConsistentRead=True,
        )  # fmt: skip
    assert (few["Items"], few["ScannedCount"], m.read_units) == ([{"sk": {"S": "3"}}], 10, 5)
    with meter.measure() as m:  # an index has its own, smaller entries
        listed = ddb.query(
            TableName=name, IndexName="worklist", KeyConditionExpression="wl_pk = :p",
            ExpressionAttributeValues={":p": {"S": "mlist"}},
        )  # fmt: skip
    assert (len(listed["Items"]), m.read_units) == (10, 0.5)
    assert "text" not in listed["Items"][0]
    with meter.measure() as m:
        ddb.transact_get_items(TransactItems=[{"Get": {"TableName": name, "Key": key("r", "0")}}])
        ddb.batch_get_item(RequestItems={name: {"Keys": [key("r", "0"), key("r", "1")]}})
    assert (m.read_calls, m.read_units) == (2, 2 + 1)
