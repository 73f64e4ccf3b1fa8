import gc
import json
import os
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import moto
import pytest
from botocore.exceptions import ClientError
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.s3.models import s3_backends
from moto.stepfunctions.parser.asl.parse import asl_parser
from moto.stepfunctions.parser.models import stepfunctions_parser_backends

from infra.local import shims
from infra.local.names import ACCOUNT, REGION
from tests.infra.test_cloud import put, rows


@pytest.fixture
def ddb(cloud, client):
    return client("dynamodb")


def op(pk, sk="HEAD", *, condition=None, **values):
    made = {"TableName": os.environ["TABLE"], "Item": {"pk": {"S": pk}, "sk": {"S": sk}, **values}}
    return {"Put": {**made, **({"ConditionExpression": condition} if condition else {})}}


def get(ddb, pk, sk="HEAD"):
    return ddb.get_item(TableName=os.environ["TABLE"], Key={"pk": {"S": pk}, "sk": {"S": sk}}).get("Item")


def test_another_version_of_moto_is_refused(cloud, monkeypatch):
    monkeypatch.setattr(moto, "__version__", "5.2.6")
    with pytest.raises(shims.WrongMoto, match=r"5\.2\.6"):
        shims.install(cloud.journal, cloud.functions, [], {})


def test_a_cancelled_transaction_leaves_nothing_in_memory_or_on_disk(clouds, client):
    clouds()
    ddb = client("dynamodb")
    put(client, "x", text="old")
    add = {
        "TableName": os.environ["TABLE"], "Key": {"pk": {"S": "x"}, "sk": {"S": "HEAD"}},
        "UpdateExpression": "SET #t = :n ADD tags :s", "ExpressionAttributeNames": {"#t": "text"},
        "ExpressionAttributeValues": {":n": {"S": "new"}, ":s": {"SS": ["a"]}},
    }  # fmt: skip
    put(client, "taken")
    with pytest.raises(ddb.exceptions.TransactionCanceledException) as caught:
        ddb.transact_write_items(
            TransactItems=[op("fresh", "EVENT#1"), {"Update": add}, op("taken", condition="attribute_not_exists(pk)")]
        )
    codes = [r["Code"] for r in caught.value.response["CancellationReasons"]]
    assert codes == ["None", "None", "ConditionalCheckFailed"]

    def untouched():
        assert get(ddb, "x") == {"pk": {"S": "x"}, "sk": {"S": "HEAD"}, "text": {"S": "old"}}
        assert rows(client, "fresh") == []

    untouched()
    cloud = clouds()
    untouched()
    assert cloud.messages_left() == 0


def test_an_update_that_fails_half_way_changes_nothing(ddb, client):
    put(client, "big", text="old")
    with pytest.raises(ClientError):
        ddb.update_item(
            TableName=os.environ["TABLE"], Key={"pk": {"S": "big"}, "sk": {"S": "HEAD"}},
            UpdateExpression="SET #t = :n, more = :m", ExpressionAttributeNames={"#t": "text"},
            ExpressionAttributeValues={":n": {"S": "new"}, ":m": {"S": "x" * 410_000}},
        )  # fmt: skip
    assert get(ddb, "big")["text"] == {"S": "old"}
    with pytest.raises(ClientError):
        ddb.update_item(
            TableName=os.environ["TABLE"], Key={"pk": {"S": "none"}, "sk": {"S": "HEAD"}},
            UpdateExpression="SET a = b", ConditionExpression="attribute_not_exists(pk)",
        )  # fmt: skip
    assert rows(client, "none") == []


def test_a_transactions_token_makes_it_happen_once(ddb):
    update = {
        "TableName": os.environ["TABLE"], "Key": {"pk": {"S": "once"}, "sk": {"S": "HEAD"}},
        "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": {":one": {"N": "1"}},
    }  # fmt: skip
    for _ in range(2):
        ddb.transact_write_items(TransactItems=[{"Update": update}], ClientRequestToken="t-1")
    assert get(ddb, "once")["n"] == {"N": "1"}
    with pytest.raises(ClientError, match="IdempotentParameterMismatchException"):
        ddb.transact_write_items(TransactItems=[op("other")], ClientRequestToken="t-1")


def test_many_writers_lose_nothing(ddb):
    table = os.environ["TABLE"]

    def add(_):
        ddb.update_item(
            TableName=table, Key={"pk": {"S": "count"}, "sk": {"S": "HEAD"}}, UpdateExpression="ADD n :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )  # fmt: skip

    def claim(i):
        try:
            ddb.transact_write_items(
                TransactItems=[op("claim", condition="attribute_not_exists(pk)"), op("claim", f"BY#{i}")]
            )
        except ddb.exceptions.TransactionCanceledException:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(80)))
        assert sum(pool.map(claim, range(16))) == 1
    assert get(ddb, "count")["n"] == {"N": "80"}


def test_a_query_never_sees_half_of_a_transaction(ddb):
    table, stop, halves = os.environ["TABLE"], threading.Event(), []

    def watch():
        while not stop.is_set():
            found = ddb.query(
                TableName=table, KeyConditionExpression="pk = :p", ExpressionAttributeValues={":p": {"S": "whole"}}
            )["Items"]
            if len({i["v"]["N"] for i in found}) > 1:
                halves.append(found)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for i in range(40):
        ddb.transact_write_items(TransactItems=[op("whole", f"{j}", v={"N": f"{i}"}) for j in range(4)])
    stop.set()
    watcher.join()
    assert halves == []


def test_queries_answer_in_order_with_ranges_pages_and_indexes(ddb, client):
    for i in range(6):
        put(client, "q", f"EVENT#{i}", type="none", wl_pk="list", wl_sk=f"{9 - i}", state="1", other="x")
    put(client, "q", "HEAD")
    table = os.environ["TABLE"]
    values = {":p": {"S": "q"}, ":e": {"S": "EVENT#"}}
    found, start = [], {}
    while True:
        page = ddb.query(
            TableName=table, KeyConditionExpression="pk = :p AND begins_with(sk, :e)", Limit=4,
            ExpressionAttributeValues=values, **start,
        )  # fmt: skip
        found += [i["sk"]["S"] for i in page["Items"]]
        if "LastEvaluatedKey" not in page:
            break
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    assert found == [f"EVENT#{i}" for i in range(6)]
    listed = ddb.query(
        TableName=table, IndexName="worklist", KeyConditionExpression="wl_pk = :p AND wl_sk > :s", Limit=2,
        ExpressionAttributeValues={":p": {"S": "list"}, ":s": {"S": "5"}}, ScanIndexForward=False,
    )  # fmt: skip
    assert [i["wl_sk"]["S"] for i in listed["Items"]] == ["9", "8"]
    assert "other" not in listed["Items"][0]
    assert ddb.scan(TableName=table, Select="COUNT")["Count"] >= 7


def item_in_memory(pk):
    """What moto holds of an item, by a reference that does not hold it."""
    (found,) = dynamodb_backends[ACCOUNT][REGION].tables[os.environ["TABLE"]].items[DynamoType({"S": pk})].values()
    return weakref.ref(found)


def file_in_memory(key):
    (found,) = s3_backends[ACCOUNT]["aws"].buckets[os.environ["INTAKE"]].keys.getlist(key)
    return weakref.ref(found)


def gone(*references):
    """Whether nothing holds any of them; threads of an execution take a moment to end."""
    end = time.monotonic() + 60
    while any(each() is not None for each in references) and time.monotonic() < end:
        gc.collect()
        time.sleep(0.05)
    return [type(each()).__name__ for each in references if each() is not None] == []


def test_what_was_overwritten_or_deleted_leaves_memory(ddb, client):
    s3 = client("s3")
    put(client, "again", text="old")
    s3.put_object(Bucket=os.environ["INTAKE"], Key="again", Body=b"old")
    before = item_in_memory("again"), file_in_memory("again")
    put(client, "again", text="new")
    versions = s3.list_object_versions(Bucket=os.environ["INTAKE"], Prefix="again")["Versions"]
    s3.delete_object(Bucket=os.environ["INTAKE"], Key="again", VersionId=versions[0]["VersionId"])
    assert gone(*before)
    assert get(ddb, "again")["text"] == {"S": "new"}


def test_a_cloud_that_was_stopped_leaves_nothing_in_memory(clouds, client):
    cloud = clouds()
    put(client, "x", text="old")
    client("s3").put_object(Bucket=os.environ["INTAKE"], Key="x", Body=b"old")
    given = {"dossier": "M-1", "attempt": 1, "timeout": 300, "stages": [[{"leg": "1", "agency": "A"}]]}
    client("stepfunctions").start_execution(
        stateMachineArn=os.environ["MACHINE"], name="M-1-1", input=json.dumps(given)
    )
    cloud.wait_idle()
    machines = stepfunctions_parser_backends[ACCOUNT][REGION].state_machines
    (execution,) = [each for machine in machines for each in machine.executions]
    kept = [weakref.ref(each) for each in (execution, execution.exec_worker.env, cloud.journal)]
    kept += [item_in_memory("x"), file_in_memory("x")]
    del execution, machines
    cloud.stop()
    assert gone(*kept)


def test_a_machine_is_read_by_itself(cloud):
    read, state = asl_parser.AmazonStateLanguageParser.parse, {"Type": "Pass", "End": True}
    unfit = {"QueryLanguage": "JSONata", "StartAt": "S", "States": {"S": {**state, "QueryLanguage": "JSONPath"}}}
    with pytest.raises(ValueError, match="Cannot downgrade"):
        read(json.dumps(unfit))
    program, _ = read(json.dumps({"StartAt": "S", "States": {"S": state}}))
    assert program.query_language.query_language_mode.name == "JSONPath"


def test_without_a_cloud_moto_is_moto(clouds):
    clouds().stop()
    with moto.mock_aws():
        import boto3

        stock = boto3.client("dynamodb", region_name="ap-southeast-1", endpoint_url=None)
        keys = [{"AttributeName": "pk", "KeyType": "HASH"}]
        names = [{"AttributeName": "pk", "AttributeType": "S"}]
        stock.create_table(TableName="t", KeySchema=keys, AttributeDefinitions=names, BillingMode="PAY_PER_REQUEST")
        put_ops = [
            {"Put": {"TableName": "t", "Item": {"pk": {"S": "a"}}, "ConditionExpression": c}}
            for c in ("attribute_not_exists(pk)",)
        ]
        stock.transact_write_items(TransactItems=put_ops)
        with pytest.raises(stock.exceptions.TransactionCanceledException):
            stock.transact_write_items(TransactItems=put_ops, ClientRequestToken="another")
        assert stock.scan(TableName="t")["Count"] == 1
        stock.close()
