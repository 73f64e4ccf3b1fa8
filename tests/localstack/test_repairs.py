"""What our plug-in mends in LocalStack: each test fails on the stock one."""

import json
import uuid

import pytest
import requests
from botocore.exceptions import ClientError

from infra.local.names import REGION
from tests.localstack.test_functions import arrived, function, layer  # noqa: F401 - fixtures


@pytest.fixture
def table(client) -> str:
    name = f"t-{uuid.uuid4().hex[:8]}"
    client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return name


class Stream:
    """A shard iterator that was opened before anything was written."""

    def __init__(self, client, table: str) -> None:
        self.streams = client("dynamodbstreams")
        arn = client("dynamodb").describe_table(TableName=table)["Table"]["LatestStreamArn"]
        shard = self.streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        where = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
        self.iterator = self.streams.get_shard_iterator(**where)["ShardIterator"]

    def read(self) -> list[tuple]:
        page = self.streams.get_records(ShardIterator=self.iterator)
        self.iterator = page["NextShardIterator"]
        return [(r["eventName"], r["dynamodb"]["Keys"]["pk"]["S"]) for r in page["Records"]]


def put(table: str, key: str, **more) -> dict:
    return {"Put": {"TableName": table, "Item": {"pk": {"S": key}}, "ConditionExpression": "attribute_not_exists(pk)"}}


def test_a_stream_goes_on_after_a_cancelled_transaction(client, table):
    db, stream = client("dynamodb"), Stream(client, table)
    db.transact_write_items(TransactItems=[put(table, "a")])
    assert stream.read() == [("INSERT", "a")]
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        db.transact_write_items(TransactItems=[put(table, "b"), put(table, "a")])
    assert stream.read() == []
    assert "Item" not in db.get_item(TableName=table, Key={"pk": {"S": "b"}})
    db.transact_write_items(TransactItems=[put(table, "c")])
    assert stream.read() == [("INSERT", "c")]


def test_one_record_for_each_changed_item(client, table):
    db, stream = client("dynamodb"), Stream(client, table)
    key = {"pk": {"S": "a"}}
    change = {"TableName": table, "Key": key, "UpdateExpression": "SET n = :n"}
    db.update_item(**change, ExpressionAttributeValues={":n": {"N": "1"}})
    db.update_item(**change, ExpressionAttributeValues={":n": {"N": "1"}})  # changes nothing
    db.update_item(**change, ExpressionAttributeValues={":n": {"N": "2"}})
    db.delete_item(TableName=table, Key=key)
    assert stream.read() == [("INSERT", "a"), ("MODIFY", "a"), ("REMOVE", "a")]


def test_a_repeated_transaction_is_carried_out_once(client, table):
    db = client("dynamodb")
    update = {"TableName": table, "Key": {"pk": {"S": "n"}}, "UpdateExpression": "ADD n :one"}
    items = [{"Update": {**update, "ExpressionAttributeValues": {":one": {"N": "1"}}}}]
    token = uuid.uuid4().hex
    for _ in range(2):
        db.transact_write_items(TransactItems=items, ClientRequestToken=token)
    assert db.get_item(TableName=table, Key={"pk": {"S": "n"}})["Item"]["n"] == {"N": "1"}
    with pytest.raises(ClientError, match="IdempotentParameterMismatch"):
        db.transact_write_items(TransactItems=[put(table, "x")], ClientRequestToken=token)


def test_keys_in_events_are_as_they_are(client):
    s3, events, sqs = client("s3"), client("events"), client("sqs")
    bucket = f"b-{uuid.uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}})
    queue = sqs.create_queue(QueueName=bucket)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = {"source": ["aws.s3"], "detail": {"bucket": {"name": [bucket]}}}
    events.put_rule(Name=bucket, EventPattern=json.dumps(pattern))
    events.put_targets(Rule=bucket, Targets=[{"Id": "q", "Arn": arn}])
    s3.put_object(Bucket=bucket, Key="drops/a b/xác nhận+cư trú.jpg", Body=b"x")
    got = arrived(sqs, queue)
    assert json.loads(got[0]["Body"])["detail"]["object"]["key"] == "drops/a b/xác nhận+cư trú.jpg"


AUTHORIZER = """
def handler(event, context):
    token = event["authorizationToken"]
    if token == "Bearer nobody":
        raise Exception("Unauthorized")
    if token == "Bearer broken":
        raise ValueError("broken")
    effect = "Deny" if token == "Bearer denied" else "Allow"
    every = event["methodArn"].split("/")[0] + "/*"
    statement = [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": [every]}]
    policy = {"Version": "2012-10-17", "Statement": statement}
    return {"principalId": "who", "context": {"principal": token}, "policyDocument": policy}
"""
ECHO = """
import json
def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
"""


@pytest.fixture(scope="module")
def api(client, localstack, function) -> str:  # noqa: F811 - the fixture
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:{REGION}:000000000000:function:"
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": f"{uri}{function(ECHO)}/invocations"}
    body = {
        "swagger": "2.0",
        "info": {"title": "t", "version": "1"},
        "securityDefinitions": {
            "bearer": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "custom",
                "x-amazon-apigateway-authorizer": {
                    "type": "token",
                    "authorizerUri": f"{uri}{function(AUTHORIZER)}/invocations",
                    "authorizerResultTtlInSeconds": 0,
                },
            }
        },
        "paths": {
            "/open": {"get": {"x-amazon-apigateway-integration": integration}},
            "/mine": {"get": {"x-amazon-apigateway-integration": integration, "security": [{"bearer": []}]}},
        },
    }
    made = client("apigateway").import_rest_api(body=json.dumps(body).encode())["id"]
    client("apigateway").create_deployment(restApiId=made, stageName="api")
    return f"{localstack.endpoint}/_aws/execute-api/{made}/api"


@pytest.mark.parametrize(
    ("token", "status"), [(None, 401), ("nobody", 401), ("denied", 403), ("broken", 500), ("somebody", 200)]
)
def test_authorizers_are_called(api, token, status):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(f"{api}/mine", headers=headers, timeout=30)
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"principalId": "who", "principal": f"Bearer {token}"}


def test_a_public_route_asks_nobody(api):
    answer = requests.get(f"{api}/open", timeout=30)
    assert (answer.status_code, answer.json()) == (200, None)
