"""What boto3 is answered without a socket is what moto's server answers, and our answers are stock moto's."""

import os
import socket
from copy import deepcopy

import pytest
from botocore.exceptions import ClientError
from botocore.httpsession import URLLib3Session
from moto.dynamodb.comparisons import ConditionExpressionParser
from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item

from infra.local.shims import lighter

EVERY_KIND = {
    "text": {"S": "Hồ sơ"},
    "number": {"N": "12.50"},
    "yes": {"BOOL": True},
    "nothing": {"NULL": True},
    "list": {"L": [{"S": ""}, {"N": "0"}, {"L": []}, {"M": {}}]},
    "map": {"M": {"a": {"M": {"b": {"BOOL": False}}}}},
    "texts": {"SS": ["a", "b"]},
    "numbers": {"NS": ["1", "2"]},
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_value_has_the_size_and_the_json_of_stock_moto(cloud, kind):
    deep = DynamoType({"M": {"Hồ sơ": {"L": [EVERY_KIND[kind], {"M": {"b": EVERY_KIND[kind]}}]}}})
    assert deep.size() == DynamoType.size.__wrapped__(deep)
    assert deep.to_regular_json() == DynamoType.to_regular_json.__wrapped__(deep)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_copy_of_a_value_is_equal_and_shares_nothing_that_changes(cloud, kind):
    deep = DynamoType({"M": {"Hồ sơ": {"L": [EVERY_KIND[kind], {"M": {"b": EVERY_KIND[kind]}}]}}})
    made = deepcopy(deep)
    assert made.to_json() == deep.to_json()
    for value in made.value["Hồ sơ"].value:
        value.value = "changed"
    made.value["Hồ sơ"].value.clear()
    assert made.to_json() != deep.to_json()
    assert len(deep.value["Hồ sơ"].value) == 2


@pytest.mark.parametrize("size", [100, 404_000, 405_001, 500_000])
def test_an_item_is_as_large_as_stock_moto_lets_it_be(cloud, size):
    said = []
    for begin in (Item.__init__, Item.__init__.__wrapped__):
        try:
            begin(made := object.__new__(Item), None, None, {"a": {"S": "x"}, "b": {"M": {"c": {"S": "y" * size}}}})
            said.append(made.to_json())
        except ItemSizeTooLarge:
            said.append("too large")
    assert said[0] == said[1]


CONDITIONS = [
    "pk = :p AND begins_with(sk, :s)",
    "attribute_not_exists(pk) OR #v = :v AND size(#a.b[0]) < :n",
    "version = :v AND state IN (:a, :b) AND NOT contains(x, :c)",
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_that_was_read_before_is_read_alike(cloud, text):
    lex = ConditionExpressionParser._lex_condition_expression
    stock = lex.__wrapped__(ConditionExpressionParser(text, {}, {}))
    for _ in range(2):
        assert lex(ConditionExpressionParser(text, {}, {})) == stock


def lasting(value):
    """A value without times and versions, wherever in it."""
    if isinstance(value, dict):
        return {k: lasting(v) for k, v in value.items() if k not in ("LastModified", "VersionId")}
    return [lasting(part) for part in value] if isinstance(value, list) else value


def told(call, *more, **given):
    """An answer or a refusal without what differs each time."""
    try:
        answer = call(*more, **given)
    except ClientError as refused:
        answer = refused.response
    meta = answer.pop("ResponseMetadata")
    body = answer.pop("Body").read() if "Body" in answer else None
    kept = {k: meta["HTTPHeaders"].get(k) for k in ("content-type", "content-length", "etag")}
    return meta["HTTPStatusCode"], kept, body, lasting(answer)


def asked_of_dynamodb(ddb, name):
    table, key = os.environ["TABLE"], {"pk": {"S": name}, "sk": {"S": "HEAD"}}
    free = {"ConditionExpression": "attribute_not_exists(pk)"}
    change = {"UpdateExpression": "SET #t = :t", "ExpressionAttributeNames": {"#t": "text"}}
    change["ExpressionAttributeValues"] = {":t": {"S": "new"}}
    mine = {"KeyConditionExpression": "pk = :p", "ExpressionAttributeValues": {":p": {"S": name}}}
    yield ddb.put_item, {"TableName": table, "Item": {**key, **EVERY_KIND}, **free}
    yield ddb.put_item, {"TableName": table, "Item": key, **free}
    yield ddb.get_item, {"TableName": table, "Key": key}
    yield ddb.get_item, {"TableName": table, "Key": {**key, "sk": {"S": "none"}}}
    yield ddb.query, {"TableName": table, **mine}
    yield ddb.query, {"TableName": table, **mine, "Limit": 1, "ProjectionExpression": "sk"}
    yield ddb.update_item, {"TableName": table, "Key": key, **change, "ReturnValues": "ALL_NEW"}
    yield ddb.batch_get_item, {"RequestItems": {table: {"Keys": [key]}}}
    yield ddb.transact_get_items, {"TransactItems": [{"Get": {"TableName": table, "Key": key}}]}
    yield ddb.transact_write_items, {"TransactItems": [{"Put": {"TableName": table, "Item": key, **free}}]}
    yield ddb.delete_item, {"TableName": table, "Key": key, "ReturnValues": "ALL_OLD"}
    yield ddb.get_item, {"TableName": "nobodys", "Key": key}


def asked_of_s3(s3, name):
    bucket, key = os.environ["INTAKE"], f"drops/{name}/hồ sơ 1+%2F.pdf"
    thing = {"Bucket": bucket, "Key": key}
    yield s3.put_object, {**thing, "Body": b"0123456789", "Metadata": {"by_whom": "a", "for-whom": "b"}}
    yield s3.head_object, thing
    yield s3.get_object, thing
    yield s3.get_object, {**thing, "Range": "bytes=2-4"}
    yield s3.list_objects_v2, {"Bucket": bucket, "Prefix": f"drops/{name}/"}
    yield s3.head_object, {**thing, "Key": "none"}
    yield s3.get_object, {**thing, "Key": "none"}
    yield s3.delete_object, thing


@pytest.mark.parametrize("service", ["dynamodb", "s3"])
def test_the_shortcut_answers_what_the_server_answers(cloud, client, monkeypatch, service):
    asked = {"dynamodb": asked_of_dynamodb, "s3": asked_of_s3}[service]
    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", None)  # there is none
        short = [told(call, **given) for call, given in asked(client(service), "same")]
    cloud.wait_idle()
    monkeypatch.setattr(URLLib3Session, "_get_connection_manager", URLLib3Session._get_connection_manager.__wrapped__)
    assert [told(call, **given) for call, given in asked(client(service), "same")] == short
    assert {status for status, *_ in short} >= {200, 404 if service == "s3" else 400}


def test_our_answers_are_those_of_stock_moto(cloud, client, monkeypatch):
    ours = [told(call, **given) for call, given in asked_of_dynamodb(client("dynamodb"), "answers")]
    monkeypatch.setattr(lighter, "ITEMS", frozenset())
    stock = [told(call, **given) for call, given in asked_of_dynamodb(client("dynamodb"), "answers")]
    assert [bodies for *_, bodies in ours] == [bodies for *_, bodies in stock]
    assert [status for status, *_ in ours] == [status for status, *_ in stock]
