"""Letters of every shape, queues that are looked at without loss, and what an operator is told when it does not go."""

import json
import os

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from typer.testing import CliRunner

from chalicelib.kernel import aws
from chalicelib.outbox.publish import NotPublished
from infra.command import letters as letters_room
from infra.command import replay as replay_room
from infra.command.letters import Letter, function_of, held, letter_of, owner
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
def test_of_what_its_queue_gave_up_the_log_says_why(name, cause):
    event = EVENT | {"detail": EVENT["detail"] | {"id": name}, "time": "2026-11-25T03:04:05Z"}
    letter = letter_of(message(event), "https://sqs/1/motcua-app-MessagesIssuePaperParked-1AB")
    assert (letter.function, letter.subject, letter.event) == ("messages_issue_paper", "MC-1", event)
    assert letter.cause == letters_room.UNSAID + cause
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


def test_a_stream_that_failed_holds_only_pointers():
    context = {**CONTEXT, "functionArn": f"{ARN}outbox_publish", "condition": "RetryAttemptsExhausted"}
    letter = letter_of(message({"timestamp": AT, "requestContext": context, "DDBStreamBatchInfo": BATCH}), "q")
    assert (letter.function, letter.table, letter.subject) == ("outbox_publish", "t-dossiers", "t-dossiers: 2 records")


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
    assert [bool(x.batch) for x in before].count(True) == 1
    (event,) = (x for x in before if not x.batch)
    assert (event.function, event.cause) == ("?", letters_room.UNSAID), "the sample's own, which no rule of ours names"
    assert event.event["detail"]["pk"] == "lost"
    (pointers,) = (x for x in before if x.batch)
    assert (pointers.function, pointers.table) == ("outbox_publish", os.environ["TABLE"])
    assert "other" not in json.dumps(pointers.batch)

    clouds()
    after = read()
    assert [(x.id, x.since, x.cause) for x in after] == [(x.id, x.since, x.cause) for x in before]
    assert [x.id for x in read()] == [x.id for x in after], "looking takes nothing away"
    with held(Place({"endpoint": "here"})) as letters:
        letters[0].delete()
    cloud = clouds()
    assert [x.id for x in read()] == [x.id for x in after[1:]]
    assert len(cloud.parked()) == 1


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


class Streams:
    """A stream of DynamoDB, and a bus that may refuse."""

    def __init__(self, numbers=(11, 12, 13), *, error="", refuses=0):
        self.numbers, self.error, self.refuses, self.put, self.pages = numbers, error, refuses, [], 0

    def describe_stream(self, **given):
        if "ExclusiveStartShardId" in given:
            return {"StreamDescription": {"Shards": [{"ShardId": "shard-1"}]}}
        return {"StreamDescription": {"Shards": [{"ShardId": "shard-0"}], "LastEvaluatedShardId": "shard-0"}}

    def get_shard_iterator(self, **given):
        if self.error:
            raise ClientError({"Error": {"Code": self.error}}, "GetShardIterator")
        assert (given["ShardIteratorType"], given["SequenceNumber"]) == ("AT_SEQUENCE_NUMBER", "11")
        return {"ShardIterator": "0"}

    def get_records(self, ShardIterator):  # noqa: N803 - boto3's name
        self.pages += 1
        if self.pages == 1:
            return {"Records": [], "NextShardIterator": "1"}
        rows = [{k: {"S": v} for k, v in {**ROW, "pk": f"MC-{n}"}.items()} for n in self.numbers]
        records = [
            {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(n), "NewImage": row}}
            for n, row in zip(self.numbers, rows, strict=True)
        ]
        return {"Records": records}

    def put_events(self, Entries):  # noqa: N803
        self.put += [json.loads(e["Detail"])["id"] for e in Entries]
        told = {"ErrorCode": "ThrottlingException"} if self.refuses else {"EventId": "1"}
        return {"FailedEntryCount": self.refuses, "Entries": [told]}

    def delete_message(self, **given):
        self.put.append("deleted")

    def update_item(self, **given):
        self.noted.append(given["Key"]["sk"]["S"])
        return {"Attributes": {}}


@pytest.fixture
def streams(monkeypatch):
    def use(made):
        monkeypatch.setenv("MOTCUA_BUS", "bus")
        monkeypatch.setenv("MOTCUA_ANCHORS_TABLE", "anchors")
        made.noted = []
        monkeypatch.setattr(aws, "client", lambda _service: made)
        return made

    return use


LETTER = Letter("m1", "q", "r1", "outbox_publish", batch=BATCH)


def test_a_batch_is_published_from_the_stream_while_it_has_it(streams):
    made = streams(Streams())
    assert replay(Place({}), LETTER) == 2
    assert made.put == ["MC-11/EVENT#000001", "MC-12/EVENT#000001", "deleted"]
    assert made.noted == ["t-dossiers MC-11", "t-dossiers MC-12"], "for the sweep, as the outbox would have done"


@pytest.mark.parametrize(
    "made",
    [Streams(error="TrimmedDataAccessException"), Streams(error="ResourceNotFoundException"), Streams(numbers=(11,))],
    ids=["trimmed", "gone", "incomplete"],
)
def test_else_from_the_log(streams, monkeypatch, made):
    streams(made)
    monkeypatch.setattr(replay_room, "_logged", lambda letter: 7 if letter is LETTER else 0)
    assert replay(Place({}), LETTER) == 7
    assert made.put == ["deleted"]


def test_a_refusal_of_aws_is_no_missing_stream(streams):
    made = streams(Streams(error="AccessDeniedException"))
    with pytest.raises(ClientError):
        replay(Place({}), LETTER)
    assert made.put == []


def test_a_bus_that_refuses_leaves_the_letter(streams):
    made = streams(Streams(refuses=1))
    with pytest.raises(NotPublished):
        replay(Place({}), LETTER)
    assert "deleted" not in made.put


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
