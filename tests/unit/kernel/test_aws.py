"""One door to the cloud: plain items, whole transactions, and what a lost one was lost on."""

from decimal import Decimal
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

import pytest
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
    ResponseStreamingError,
    SSLError,
)
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import aws
from chalicelib.law.states import DossierState
from tests.support.writing import write


class Dynamo:
    """A client that answers from lists and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def _answer(self, **request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    query = get_item = transact_write_items = _answer


@pytest.fixture
def dynamo(monkeypatch):
    def make(*answers):
        made = Dynamo(*answers)
        monkeypatch.setattr(aws, "client", {"dynamodb": made}.__getitem__)
        return made

    return make


def cancelled(*codes, code="TransactionCanceledException", items=()):
    reasons = [{"Code": c} for c in codes]
    for place, item in items:
        reasons[place]["Item"] = aws.packed(item)
    return ClientError({"Error": {"Code": code}, "CancellationReasons": reasons}, "TransactWriteItems")


REGIONS = (
    "us-east-1",
    "us-west-2",
    "eu-west-1",
    "eu-central-1",
    "ap-southeast-1",
    "ap-southeast-5",
    "ap-northeast-1",
    "ap-east-1",
    "sa-east-1",
    "me-central-1",
)


@pytest.mark.parametrize("region", REGIONS)
def test_links_and_forms_name_the_bucket_in_its_region_and_are_signed_by_sigv4(monkeypatch, region):
    """S3 opens objects under a key of KMS to SigV4 only, and redirects from its global name; no emulator does."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": region}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_REGION", raising=False)
    s3 = aws.client.__wrapped__("s3")
    link = urlsplit(s3.generate_presigned_url("get_object", Params={"Bucket": "papers", "Key": "a/b.pdf"}))
    form = s3.generate_presigned_post("papers", "a/b.pdf")
    host = f"papers.s3.{region}.amazonaws.com"
    assert (link.hostname, urlsplit(form["url"]).hostname) == (host, host)
    asked = parse_qs(link.query)
    assert asked["X-Amz-Algorithm"] == [form["fields"]["x-amz-algorithm"]] == ["AWS4-HMAC-SHA256"]
    assert f"/{region}/s3/" in asked["X-Amz-Credential"][0]
    assert f"/{region}/s3/" in form["fields"]["x-amz-credential"]


def test_a_cloud_that_is_not_aws_is_asked_by_paths(monkeypatch):
    """No name of a bucket resolves under `localhost`."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://localhost:4566")
    link = aws.client.__wrapped__("s3").generate_presigned_url("get_object", Params={"Bucket": "papers", "Key": "a"})
    assert link.startswith("http://localhost:4566/papers/a?")


def refused(code):
    return ClientError({"Error": {"Code": code}}, "GetItem")


ITEM = {"pk": "a", "sk": "b", "n": 7, "yes": True, "no": None, "list": [1, {"x": "y"}], "text": "Đặng"}


def test_an_item_comes_back_as_it_was_without_its_empty_fields():
    assert aws.plain(aws.packed(ITEM)) == {k: v for k, v in ITEM.items() if v is not None}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**37), 10**37) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(min_size=1), JSON, max_size=5))
def test_items_are_written_as_boto3_writes_them_and_read_as_boto3_reads_them(item):
    told = {k: v for k, v in item.items() if v is not None}
    theirs = {k: TypeSerializer().serialize(v) for k, v in told.items()}
    assert aws.packed(item) == theirs
    assert aws.plain(theirs) == told == {k: TypeDeserializer().deserialize(v) for k, v in theirs.items()}


NO_ATTRIBUTES = [1.5, float("nan"), {1}, object(), [0.1], {"a": 0.1}]


@pytest.mark.parametrize("value", NO_ATTRIBUTES, ids=lambda value: type(value).__name__)
def test_what_a_table_cannot_hold_is_refused(value):
    with pytest.raises(TypeError):
        aws.packed({"x": value})


class Kind(StrEnum):
    A = "a"


def test_enumerations_and_tuples_are_stored_as_what_they_are():
    given_ = {"kind": Kind.A, "state": DossierState.ACCEPTED, "pair": (1, "a")}
    assert aws.plain(aws.packed(given_)) == {"kind": "a", "state": 2, "pair": [1, "a"]}


def test_whole_numbers_are_whole_and_a_fraction_is_not_cut():
    back = aws.plain(aws.packed({"whole": Decimal(7), "part": Decimal("1.5")}))
    assert back == {"whole": 7, "part": Decimal("1.5")}
    assert isinstance(back["whole"], int)


def test_an_item_is_read_consistently(dynamo):
    client = dynamo({"Item": aws.packed(ITEM)}, {})
    assert aws.get("t", "a", "b")["n"] == 7
    assert aws.get("t", "a", "c") is None
    assert all(request["ConsistentRead"] for request in client.asked)


def test_a_partition_is_read_to_its_last_page(dynamo):
    client = dynamo(
        {"Items": [aws.packed({"sk": "1"})], "LastEvaluatedKey": {"sk": {"S": "1"}}},
        {"Items": [aws.packed({"sk": "2"})]},
    )
    assert [i["sk"] for i in aws.query("t", "a", "EVENT#")] == ["1", "2"]
    assert client.asked[1]["ExclusiveStartKey"] == {"sk": {"S": "1"}}
    assert "begins_with" in client.asked[0]["KeyConditionExpression"]


def test_a_page_of_an_index_says_where_the_next_begins(dynamo):
    client = dynamo({"Items": [], "LastEvaluatedKey": aws.packed({"pk": "a"})}, {"Items": []})
    assert aws.page("t", "i", "p", "v", limit=5) == ([], {"pk": "a"})
    assert aws.page("t", "i", "p", "v", limit=5, start={"pk": "a"}, newest=True) == ([], None)
    assert "ExclusiveStartKey" not in client.asked[0]
    assert client.asked[1]["ExclusiveStartKey"] == {"pk": {"S": "a"}}
    assert client.asked[1]["ScanIndexForward"] is False


def test_an_update_sets_removes_and_expects(dynamo):
    op = aws.update("t", ("a", "b"), put={"x": 1, "none": None}, condition="#v = :v", expect={"v": 2}, remove=["y"])
    body = op["Update"]
    assert body["UpdateExpression"] == "SET #0 = :0 REMOVE #r0"
    assert body["ExpressionAttributeNames"] == {"#0": "x", "#r0": "y"}
    assert aws.plain(body["ExpressionAttributeValues"]) == {":0": 1, ":v": 2}


def test_a_write_is_one_call(dynamo):
    client = dynamo({})
    ops = [aws.put_new("t", {"pk": "a", "sk": "b"}), aws.check("t", ("a", "c"), "x = :y", {"y": 1})]
    write(*ops)
    assert client.asked == [{"TransactItems": ops}]


def test_a_lost_condition_is_told_by_its_name_with_what_stood_there(dynamo):
    dynamo(cancelled("None", "ConditionalCheckFailed", "TransactionConflict", items=[(1, {"pk": "a", "version": 3})]))
    ops = {name: aws.put_new("t", {"pk": "a", "sk": name}) for name in ("head", "task", "slip")}
    with pytest.raises(aws.Lost) as lost:
        aws.transact(ops)
    assert [name in lost.value for name in ops] == [False, True, False]
    assert lost.value.stood == {"task": {"pk": "a", "version": 3}}


@pytest.mark.parametrize("code", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_conflict_with_another_transaction_or_a_busy_table_may_be_tried_again(dynamo, code):
    dynamo(cancelled("None", code))
    with pytest.raises(aws.WriteContended):
        write()


@pytest.mark.parametrize(
    "error",
    [cancelled("ValidationError"), cancelled(code="ThrottlingException"), cancelled(code="ResourceNotFoundException")],
    ids=["validation", "throttling", "no table"],
)
def test_whatever_else_broke_goes_up_as_it_is(dynamo, error):
    dynamo(error)
    with pytest.raises(ClientError):
        write()


# --- troubles that pass -------------------------------------------------------------------------------------------

PASS = [
    *map(
        refused,
        [
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "SlowDown",
            "TransactionInProgressException",
            "TransactionConflictException",
            "503",
            "InternalError",
            "InternalServerError",
            "ServiceUnavailable",
        ],
    ),
    ConnectionClosedError(endpoint_url="x"),
    ConnectTimeoutError(endpoint_url="x"),
    EndpointConnectionError(endpoint_url="x"),
    ReadTimeoutError(endpoint_url="x"),
    ResponseStreamingError(error="x"),
    aws.WriteContended(),
]
STAY = [
    *map(
        refused,
        ["AccessDeniedException", "ResourceNotFoundException", "ValidationException", "TransactionCanceledException"],
    ),
    SSLError(endpoint_url="x", error="no trust"),
    NoCredentialsError(),
    aws.Lost(["task"]),
    ConnectionError("not of AWS"),
    KeyError("code"),
]


def name_of(error):
    return error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__


@pytest.mark.parametrize("error", PASS, ids=name_of)
def test_too_much_to_do_and_a_lost_connection_pass(error):
    assert aws.passes(error)


@pytest.mark.parametrize("error", STAY, ids=name_of)
def test_what_another_try_would_meet_again_does_not_pass(error):
    assert not aws.passes(error)
