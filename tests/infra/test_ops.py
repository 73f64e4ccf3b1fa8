"""Letters of every shape, queues that are looked at without loss, and what an operator is told when it does not go."""

import io
import json
import os

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from typer.testing import CliRunner

from chalicelib.kernel import aws, log
from chalicelib.outbox.letters import outbox_replay
from chalicelib.outbox.letters import read as read_letter
from infra.command import letters as letters_room
from infra.command.letters import function_of, held, letter_of, owner
from infra.command.ops import ops_app
from infra.command.place import NotNamed, Place, place_of
from infra.command.replay import NotReplayed, replay
from tests.infra.conftest import seen
from tests.infra.sample import app as sample
from tests.infra.test_cloud import put

ARN = "arn:aws:lambda:ap-southeast-1:123456789012:function:"
EVENT = {
    "source": "motcua",
    "detail-type": "vn.motcua.dossier.accepted",
    "detail": {"id": "MC-1/EVENT#000005", "subject": "MC-1", "data": {"reference": "MC-1"}},
}
SCAN = {
    "source": "aws.s3",
    "detail-type": "Object Created",
    "detail": {"bucket": {"name": "b"}, "object": {"key": "drops/a"}},
}
CONTEXT = {
    "functionArn": f"{ARN}motcua-MessagesIssuePaper-1AB:$LATEST",
    "condition": "RetriesExhausted",
    "approximateInvokeCount": 3,
}
AT = "2026-11-25T03:04:05.678Z"
RAISED = {"errorType": "ValueError", "errorMessage": "Nguyễn Thị Bích Liễu 001195012345"}
BATCH = {
    "shardId": "shard-1",
    "startSequenceNumber": "11",
    "endSequenceNumber": "12",
    "approximateArrivalOfFirstRecord": AT,
    "approximateArrivalOfLastRecord": AT,
    "batchSize": 2,
    "streamArn": "arn:aws:dynamodb:ap-southeast-1:123456789012:table/t-dossiers/stream/2026",
}


def message(body, **told):
    return {
        "MessageId": "m1",
        "ReceiptHandle": "r1",
        "Body": body if isinstance(body, str) else json.dumps(body),
        "Attributes": {"SentTimestamp": "1795575845678"},
        "MessageAttributes": {k: {"StringValue": v, "DataType": "String"} for k, v in told.items()},
    }


def test_a_function_that_failed_every_attempt():
    body = {"timestamp": AT, "requestContext": CONTEXT, "requestPayload": EVENT, "responsePayload": RAISED}
    letter = letter_of(message(body), "q")
    assert (letter.function, letter.subject, letter.event) == ("messages_issue_paper", "MC-1", EVENT)
    assert letter.since == "2026-11-25T03:04:05+00:00"
    assert letter.cause == "ValueError (RetriesExhausted after 3)"
    assert "Liễu" not in repr(letter)


def test_what_had_all_its_rounds_says_so_beside_its_reason():
    body = {"timestamp": AT, "requestContext": CONTEXT, "requestPayload": {**EVENT, "redriven": 3}}
    letter = letter_of(message({**body, "responsePayload": RAISED}), "q")
    assert letter.cause == "ValueError (RetriesExhausted after 3, 3 rounds of its queue before)"
    assert letter.event == EVENT, "replayed, its rounds are counted anew"


@pytest.mark.parametrize("kind", ["Malformed", "Unreadable"])
def test_of_our_contracts_errors_the_cause_names_the_field(kind):
    raised = {"errorType": kind, "errorMessage": "PlanItem: plan.office: missing"}
    body = {"timestamp": AT, "requestContext": CONTEXT, "requestPayload": EVENT, "responsePayload": raised}
    letter = letter_of(message(body), "q")
    assert letter.cause == f"{kind}: PlanItem: plan.office: missing (RetriesExhausted after 3)"


@pytest.mark.parametrize(
    ("name", "cause"),
    [("MC-1/EVENT#000005", ", under event_id MC-1/EVENT#000005"), ("", ""), ("<b>\n", ", under event_id  b ")],
)
@pytest.mark.parametrize("rounds", [0, 2])
def test_of_what_its_queue_gave_up_the_log_says_why(name, cause, rounds):
    event = EVENT | {"detail": EVENT["detail"] | {"id": name}, "time": "2026-11-25T03:04:05Z"}
    body = event | ({"redriven": rounds} if rounds else {})
    letter = letter_of(message(body), "https://sqs/1/motcua-app-MessagesIssuePaperParked-1AB")
    assert (letter.function, letter.subject, letter.event) == ("messages_issue_paper", "MC-1", event), "counted anew"
    assert letter.cause == f"{letters_room.UNSAID}{cause}; by itself it goes back each hour, {rounds} of 3 times so far"
    assert letter.since == "2026-11-25T03:04:05+00:00", "since it was told, for hours before it was parked"


@pytest.mark.parametrize(
    "target",
    [
        f"{ARN}motcua-MessagesIssuePaper-1AB",
        "arn:aws:sqs:ap-southeast-1:1:motcua-MessagesIssuePaperWork-1AB",
    ],
)
def test_an_event_that_never_reached_its_function(target):
    rule = "arn:aws:events:ap-southeast-1:123456789012:rule/motcua-events/motcua-OnDossierAccepted-X"
    told = {"RULE_ARN": rule, "TARGET_ARN": target, "ERROR_CODE": "NO_PERMISSIONS"}
    letter = letter_of(message(EVENT, **told), "q")
    assert (letter.function, letter.cause) == (
        "messages_issue_paper",
        "NO_PERMISSIONS (rule motcua-OnDossierAccepted-X)",
    )
    assert letter.event == EVENT


def test_a_functions_own_dead_letter_queue_names_no_function_so_the_rules_do():
    letter = letter_of(
        message(EVENT, RequestID="x", ErrorCode="200"), "https://sqs/1/motcua-MessagesIssuePaperParked-1AB"
    )
    assert (letter.function, letter.cause) == ("messages_issue_paper", "code 200")
    assert letter_of(message(EVENT, RequestID="x", ErrorCode="200"), "q").function == "?", "two listen"
    assert letter_of(message(SCAN, RequestID="x", ErrorCode="200"), "q").subject == "b/drops/a"


@pytest.mark.parametrize("body", ["not json", "[]", "{}", '{"requestContext": {}}', '{"timestamp": 1}'])
def test_a_letter_of_another_shape_is_shown_and_stays(body):
    letter = letter_of(message(body), "q")
    assert letter.cause == "a letter of no known shape"
    with pytest.raises(NotReplayed):
        replay(Place({}), letter)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"{ARN}onestop_record_result:$LATEST", "onestop_record_result"),
        (f"{ARN}motcua-app-OnestopRecordResult-8ZQ:$LATEST", "onestop_record_result"),
        (f"{ARN}motcua-prod-onestop_record_result", "onestop_record_result"),
        (f"{ARN}motcua-prod-digitisation-settle-component", "digitisation_settle_component"),
        (f"{ARN}motcua-digitisation-make-copy", "digitisation_make_copy"),
        (f"{ARN}motcua-app-ResultSigned-8ZQ", "onestop_record_result"),
        (f"{ARN}component_converted", "digitisation_settle_component"),
        ("https://sqs.x/1/motcua-app-VaultStoreResultParked-8ZQ", "vault_store_result"),
        ("http://127.0.0.1:1/123456789012/motcua-vault-store-result-parked", "vault_store_result"),
        ("arn:aws:sqs:ap-southeast-1:123456789012:motcua-vault-store-result-work", "vault_store_result"),
        ("http://127.0.0.1:1/123456789012/motcua-parked", "motcua-parked"),
        (f"{ARN}somebody-elses", "somebody-elses"),
    ],
)
def test_a_function_is_known_by_every_name_a_stack_gives_it(name, expected):
    assert function_of(name) == expected


def test_owners_are_capabilities():
    names = (
        "digitisation_make_copy",
        "messages_issue_paper",
        "onestop_start_flow",
        "outbox_publish",
        "vault_store_result",
        "submission_hear_catalogue",
        "nobody",
    )
    assert [owner(n) for n in names] == [
        "digitisation",
        "messages",
        "onestop",
        "outbox",
        "vault",
        "submission",
        "?",
    ]


def read():
    with held(Place({"endpoint": "here"})) as letters:
        return letters


def test_parked_messages_are_letters_that_survive_and_end_with_their_deletion(clouds, client):
    cloud = clouds()
    sample.FAIL["made"] = 1000
    put(client, "lost", "EVENT#1", type="made")
    put(client, "poison", "EVENT#1", type="other")
    cloud.wait_idle()
    before = read()
    assert [bool(x.key) for x in before].count(True) == 1
    (event,) = (x for x in before if not x.key)
    assert event.function == "?", "the sample's own, which no rule of ours names"
    assert event.cause.startswith(letters_room.UNSAID)
    assert event.event["detail"]["pk"] == "lost"
    (rows,) = (x for x in before if x.key)
    assert (rows.function, rows.subject) == ("outbox_publish", f"{os.environ['TABLE']}: 1 records")
    assert [r["dynamodb"]["NewImage"]["pk"]["S"] for r in read_letter(rows.bucket, rows.key).records] == ["poison"]

    clouds()
    after = read()
    assert [(x.id, x.since, x.cause) for x in after] == [(x.id, x.since, x.cause) for x in before]
    assert [x.id for x in read()] == [x.id for x in after], "looking takes nothing away"
    with held(Place({"endpoint": "here"})) as letters:
        next(x for x in letters if not x.key).delete()
    client("s3").delete_object(Bucket=rows.bucket, Key=rows.key)
    cloud = clouds()
    assert (read(), cloud.parked()) == ([], [])


def test_more_letters_than_one_receive_brings(clouds, client):
    cloud = clouds()
    sample.FAIL["made"] = 1000
    for i in range(12):
        put(client, f"m{i}", "EVENT#1", type="made")
    cloud.wait_idle()
    assert len({x.id for x in read()}) == len({x.id for x in read()}) == 12
    sample.FAIL.clear()
    assert seen("made") == []


ROW = {"sk": "EVENT#000001", "type": "x", "at": "-", "prev": "-", "hash": "-"}


def of_a_stream(*names, payload=lambda records: {"Records": records}):
    """A letter as Lambda writes it into a bucket."""
    rows = [{k: {"S": v} for k, v in {**ROW, "pk": name}.items()} for name in names]
    told = {"eventName": "INSERT", "eventSourceARN": BATCH["streamArn"]}
    records = [{**told, "dynamodb": {"SequenceNumber": "1", "NewImage": row}} for row in rows]
    context = {**CONTEXT, "functionArn": f"{ARN}outbox_publish", "condition": "RetryAttemptsExhausted"}
    body = {"timestamp": AT, "requestContext": context, "DDBStreamBatchInfo": BATCH, "payload": payload(records)}
    return json.dumps(body).encode()


KEY = "aws/lambda/9f0b/shardId-1/2026/11/25/2026-11-25T03.04.05-6f1d7c1e-5d0c-5c62-9d0e-0a53a5a8c8b4"


class Bucket:
    """A bucket of letters, and a bus that refuses some records' events."""

    def __init__(self, **objects):
        self.objects, self.put, self.noted, self.refuses = objects, [], [], ()

    def get_paginator(self, name):
        return self

    def paginate(self, **given):
        yield {"Contents": [{"Key": key} for key in sorted(self.objects) if key.startswith(given["Prefix"])]}

    def get_object(self, **given):
        return {"Body": io.BytesIO(self.objects[given["Key"]])}

    def put_object(self, **given):
        self.objects[given["Key"]] = given["Body"]

    def delete_object(self, **given):
        del self.objects[given["Key"]]

    def put_events(self, Entries):  # noqa: N803 - boto3's name
        found = [json.loads(e["Detail"])["subject"] for e in Entries]
        self.put += [name for name in found if name not in self.refuses]
        told = [{"ErrorCode": "Throttled"} if name in self.refuses else {"EventId": "1"} for name in found]
        return {"FailedEntryCount": 0, "Entries": told}

    def update_item(self, **given):
        self.noted.append(json.dumps(given))
        return {"Attributes": {}}

    def batch_get_item(self, **_):
        return {"Responses": {"subscriptions": []}, "UnprocessedKeys": {}}  # nobody ever followed

    def get_item(self, **_):
        return {}  # nothing was counted yet

    def query(self, **_):
        return {"Items": []}  # a log without facts


@pytest.fixture
def bucket(monkeypatch):
    monkeypatch.setenv("MOTCUA_BUS", "bus")
    monkeypatch.setenv("MOTCUA_ANCHORS_TABLE", "anchors")
    monkeypatch.setenv("MOTCUA_SUBSCRIPTIONS_TABLE", "subscriptions")
    monkeypatch.setenv("MOTCUA_MEASURES_TABLE", "measures")
    monkeypatch.setenv("MOTCUA_DOSSIERS_TABLE", "dossiers")
    monkeypatch.setenv("MOTCUA_NOTICES", "none")
    monkeypatch.setenv("MOTCUA_NATIONAL_PORTAL", "none")
    monkeypatch.setenv("MOTCUA_ID_APP", "none")
    monkeypatch.setattr(Place, "queues", lambda self: [])
    made = Bucket()
    monkeypatch.setattr(aws, "client", lambda _service: made)
    return made


HERE = Place({"endpoint": "here"})


@pytest.mark.parametrize("payload", [lambda records: {"Records": records}, lambda r: json.dumps({"Records": r})])
def test_a_letter_of_a_stream_holds_the_rows_and_is_deleted_when_they_are_on_their_way(bucket, payload):
    bucket.objects[KEY] = of_a_stream("MC-11", "MC-12", payload=payload)
    with held(HERE) as (letter,):
        assert (letter.id, letter.function) == ("6f1d7c1e-5d0c-5c62-9d0e-0a53a5a8c8b4", "outbox_publish")
        assert (letter.subject, letter.since) == ("t-dossiers: 2 records", "2026-11-25T03:04:05+00:00")
        assert letter.cause == "RetryAttemptsExhausted after 3"
        assert replay(HERE, letter) == 2
    assert (bucket.objects, bucket.put) == ({}, ["MC-11", "MC-12"])
    (noted,) = bucket.noted
    assert all(name in noted for name in ("t-dossiers", "MC-11", "MC-12")), (
        "for the sweep, as the outbox would have done"
    )


@pytest.mark.parametrize("refused", [["MC-12"], ["MC-11", "MC-13"]])
def test_of_a_letter_that_fails_in_part_the_rest_stays(bucket, refused):
    bucket.objects[KEY] = of_a_stream("MC-11", "MC-12", "MC-13")
    bucket.refuses = refused
    with held(HERE) as (letter,), pytest.raises(NotReplayed, match=f"{len(refused)} of 3 rows"):
        replay(HERE, letter)
    bucket.put.clear()
    bucket.refuses = ()
    with held(HERE) as (letter,):
        assert (letter.subject, replay(HERE, letter)) == (f"t-dossiers: {len(refused)} records", len(refused))
    assert (bucket.objects, bucket.put) == ({}, refused)


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"payload": "no json"}', b'{"payload": {"Records": 7}}'])
def test_an_object_that_is_no_letter_is_shown_and_stays(bucket, body):
    bucket.objects[KEY] = body
    with held(HERE) as (letter,), pytest.raises(NotReplayed):
        replay(HERE, letter)
    assert (letter.subject, letter.cause) == (KEY, "a letter of no known shape")
    assert bucket.objects == {KEY: body}


def test_by_the_clock_each_letter_is_tried_and_one_that_is_none_holds_back_no_other(bucket, monkeypatch):
    monkeypatch.setenv("MOTCUA_STAGE", "local")
    monkeypatch.setenv("MOTCUA_LETTERS_BUCKET", "letters")
    counted = []
    monkeypatch.setattr(log, "measure", lambda **counts: counted.append(counts))
    bucket.objects |= {KEY: b"{}", KEY + "1": of_a_stream("MC-11"), "other/x": b"{}"}
    assert outbox_replay({}, None) == {"rows": 1, "left": 1}
    assert counted == [{"LettersRowsReplayed": 1, "LettersLeft": 1}]
    assert (sorted(bucket.objects), bucket.put) == ([KEY, "other/x"], ["MC-11"])


OLD = {"timestamp": AT, "requestContext": CONTEXT, "requestPayload": EVENT, "responsePayload": RAISED}
BUS = {"RULE_ARN": "r/OnDossierAccepted", "TARGET_ARN": f"{ARN}motcua-MessagesIssuePaper-1AB", "ERROR_CODE": "X"}


class Queues:
    """SQS, of which only what is sent and deleted matters."""

    def __init__(self):
        self.done = []

    def send_message(self, **given):
        self.done.append((given["QueueUrl"], json.loads(given["MessageBody"])))

    def delete_message(self, **given):
        self.done.append("deleted")


@pytest.mark.parametrize(("body", "told"), [(EVENT, {}), (OLD, {}), (EVENT, BUS), (EVENT, {"ErrorCode": "200"})])
def test_whatever_shape_it_has_an_event_goes_back_into_the_queue_of_the_one_that_failed(monkeypatch, body, told):
    queues = Queues()
    monkeypatch.setattr(aws, "client", lambda _service: queues)
    letter = letter_of(message(body, **told), "https://sqs/1/motcua-MessagesIssuePaperParked-1AB")
    assert replay(Place({"queue.MessagesIssuePaperWork": "https://sqs/work"}), letter) == 1
    assert queues.done == [("https://sqs/work", EVENT), "deleted"]


def test_letters_are_looked_for_where_they_are_parked_and_never_among_the_work():
    names = {
        "queue.Parked": "https://a",
        "queue.VaultStoreResultParked": "https://b",
        "queue.VaultStoreResultWork": "c",
    }
    assert Place(names).queues() == ["https://a", "https://b"]


@pytest.fixture
def run(tmp_path):
    def call(*words, where=None):
        file = tmp_path / "where.json"
        if where is not None:
            file.write_text(where if isinstance(where, str) else json.dumps(where))
        answer = CliRunner().invoke(ops_app, [*words, "--where", str(file)])
        return answer.exit_code, answer.stderr

    return call


@pytest.mark.parametrize("where", [None, "{", "[]"])
def test_a_stage_that_is_not_there(run, where):
    code, said = run("parked", where=where)
    assert code == 3
    assert "no where.json there" in said


def test_a_stage_that_does_not_name_its_things(run, monkeypatch):
    monkeypatch.setattr(aws, "client", lambda service: pytest.fail(f"{service} was asked for what has no name"))
    assert run("parked", where={"region": "ap-southeast-1"})[0] == 3
    with pytest.raises(NotNamed):
        Place({}).name("Dossiers")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ClientError({"Error": {"Code": "AccessDenied"}}, "ListQueues"), 5),
        (ClientError({"Error": {"Code": "UnauthorizedOperation"}}, "ListQueues"), 5),
        (ClientError({"Error": {"Code": "InternalFailure"}}, "ListQueues"), 6),
        (EndpointConnectionError(endpoint_url="http://x"), 6),
    ],
)
def test_what_aws_refuses_is_an_exit_code(run, monkeypatch, error, expected):
    def refuse(_service):
        raise error

    monkeypatch.setattr(letters_room.aws, "client", refuse)
    assert run("parked", where={"endpoint": "http://127.0.0.1:9"})[0] == expected


@pytest.mark.parametrize(
    ("where", "remedy"),
    [
        ({"endpoint": "http://127.0.0.1:9"}, "serve --folder {folder}"),
        ({"region": "ap-southeast-1", "queue.Parked": "parked"}, "look at the network"),
    ],
    ids=["local", "aws"],
)
def test_of_a_stage_that_does_not_answer_one_line_says_so_and_one_what_to_try(
    run, monkeypatch, tmp_path, where, remedy
):
    def refuse(_service):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")

    monkeypatch.setattr(aws, "client", refuse)
    code, said = run("parked", where=where)
    first, second = said.splitlines()
    assert (code, first) == (6, "motcua: the stage does not answer: EndpointConnectionError")
    assert second.startswith("try: ")
    assert remedy.format(folder=tmp_path) in second


def test_a_letter_or_dossier_nobody_knows(clouds, run):
    cloud = clouds()
    assert run("replay", "--id", "nobody", where=cloud.where())[0] == 3
    assert run("replay", "--id", "MC-NOBODY", where=cloud.where())[0] == 3
    assert run("resume", "MC-NOBODY", where=cloud.where())[0] == 3
    assert run("replay", "--all", where=cloud.where())[0] == 0
    assert run("replay", where={})[0] == run("replay", "--all", "--id", "x", where={})[0] == 2


def test_the_environment_comes_back(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_BUS", "before")
    monkeypatch.delenv("MOTCUA_VAULTS_TABLE", raising=False)
    (tmp_path / "where.json").write_text(json.dumps({"bus.Bus": "ours", "table.Vaults": "v", "region": "x"}))
    with place_of(tmp_path / "where.json").entered() as place:
        assert (os.environ["MOTCUA_BUS"], os.environ["MOTCUA_VAULTS_TABLE"], place.is_local) == ("ours", "v", False)
    assert os.environ["MOTCUA_BUS"] == "before"
    assert "MOTCUA_VAULTS_TABLE" not in os.environ
