import json
import os
import threading
import time

import pytest

from infra.demo import story
from infra.local import delivery as the_delivery
from infra.local.delivery import Delivery, Schedule
from infra.local.journal import Journal
from infra.local.lateness import SEED
from infra.local.names import physical
from infra.stack.resources import RETRIES, TABLES, schedule, stream
from tests.infra.conftest import seen
from tests.infra.sample import app as sample
from tests.infra.sample.stack import RESOURCES
from tests.infra.test_cloud import put


def test_an_event_goes_all_the_way(cloud, client, http):
    assert http(cloud, "POST", "/v1/things", {"id": "way"}, Authorization="Bearer ok").status == 201
    cloud.wait_idle()
    assert seen("record") == [("INSERT", "way", "EVENT#1")]  # HEAD is not an event: filtered
    assert seen("made") == ["way"]


def test_a_commit_wakes_the_delivery_at_once(clouds, client, monkeypatch):
    """Where it would look again in an hour, only what wakes it brings anything on."""
    monkeypatch.setattr(the_delivery, "REST", 3600.0)
    cloud = clouds()
    for i in range(5):
        put(client, f"hop{i}", "EVENT#1", type="made")
        cloud.wait_idle()
    assert seen("made") == [f"hop{i}" for i in range(5)]


def test_only_new_events_of_the_prefix_are_streamed(cloud, client):
    put(client, "f", "EVENT#1", type="other")
    put(client, "f", "EVENT#1", type="other", changed="yes")  # MODIFY
    put(client, "f", "WORK#1", type="made")
    client("dynamodb").delete_item(TableName=os.environ["TABLE"], Key={"pk": {"S": "f"}, "sk": {"S": "EVENT#1"}})
    cloud.wait_idle()
    assert seen("record") == [("INSERT", "f", "EVENT#1")]
    assert seen("made") == []


def test_a_failing_target_is_retried_then_succeeds(cloud, client):
    sample.FAIL["made"] = 3
    put(client, "retry", "EVENT#1", type="made")
    cloud.wait_idle()
    assert seen("made") == ["retry"]
    assert len(seen("hop")) == 4
    assert cloud.parked() == []


def test_what_keeps_failing_is_parked_and_stays_visible(clouds, client, http):
    cloud = clouds()
    sample.FAIL["made"] = 1000
    put(client, "lost", "EVENT#1", type="made")
    cloud.wait_idle()
    assert len(seen("hop")) == RETRIES + 1
    (parked,) = cloud.parked()
    assert parked["function"] == "made"
    assert parked["source"] == "OnMade"
    assert parked["error"] == "ValueError: made fails"
    assert parked["tries"] == RETRIES + 1
    assert '"pk": "lost"' in parked["body"]
    assert http(cloud, "GET", "/health").json["parked"] == 1
    cloud = clouds()
    assert [p["function"] for p in cloud.parked()] == ["made"]


def test_what_is_sent_to_a_queue_of_work_reaches_its_function_and_survives_a_stop(clouds, client):
    cloud = clouds()
    sample.FAIL["made"] = 99
    queue = client("sqs").get_queue_url(QueueName=physical("MadeWork"))["QueueUrl"]
    client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps({"detail": {"pk": "sent", "at": 0}}))
    cloud.stop()
    assert seen("made") == []
    sample.FAIL["made"] = 0
    clouds().wait_idle()
    assert seen("made") == ["sent"]


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}])
def test_a_message_comes_in_the_shape_of_sqs_and_is_done_when_nobody_reports_it(clouds, client, monkeypatch, answer):
    cloud, got = clouds(), []
    monkeypatch.setattr(sample, "made", lambda event, context: got.append(event) or answer)
    put(client, "shape", "EVENT#1", type="made")
    cloud.wait_idle()
    ((record,),) = [event["Records"] for event in got]
    assert json.loads(record["body"])["detail"]["pk"] == "shape"
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"].endswith(":motcua-made-work")
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert cloud.parked() == []


def test_a_message_that_is_reported_comes_again_and_is_parked_as_it_was(clouds, client, monkeypatch):
    cloud, got = clouds(), []

    def made(event, context):
        (record,) = event["Records"]
        got.append((record["messageId"], record["attributes"]["ApproximateReceiveCount"]))
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}

    monkeypatch.setattr(sample, "made", made)
    put(client, "lost", "EVENT#1", type="made")
    cloud.wait_idle()
    assert [count for _, count in got] == [str(n) for n in range(1, RETRIES + 2)]
    assert len({name for name, _ in got}) == 1
    queue = client("sqs").get_queue_url(QueueName=physical("MadeParked"))["QueueUrl"]
    (letter,) = client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert letter["Body"] == cloud.parked()[0]["body"]
    assert json.loads(letter["Body"])["detail"]["pk"] == "lost"
    client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=letter["ReceiptHandle"])
    assert cloud.parked() == []


def test_a_poisoned_record_is_reported_and_parked_and_the_rest_goes_on(clouds, client):
    cloud = clouds()
    for name in ("one", "poison", "two"):
        put(client, name, "EVENT#1", type="made")
    cloud.wait_idle()
    assert sorted(seen("made")) == ["one", "two"]
    assert [p["function"] for p in cloud.parked()] == ["outbox_publish"]
    assert len(seen("poison")) == RETRIES + 1


def test_a_batch_that_raises_is_halved_down_to_the_culprit(clouds, client, monkeypatch):
    cloud = clouds()
    batches = []

    def outbox_publish(event, context):
        names = [r["dynamodb"]["Keys"]["pk"]["S"] for r in event["Records"]]
        batches.append(names)
        if "bad" in names:
            raise ValueError("bad")

    monkeypatch.setattr(sample, "outbox_publish", outbox_publish)
    with cloud.journal.lock:  # so that all four are one batch
        ops = [
            {"Put": {"TableName": os.environ["TABLE"], "Item": {"pk": {"S": n}, "sk": {"S": "EVENT#1"}}}}
            for n in ("a", "b", "bad", "c")
        ]
    client("dynamodb").transact_write_items(TransactItems=ops)
    cloud.wait_idle()
    assert batches[0] == ["a", "b", "bad", "c"]
    assert ["a", "b"] in batches
    assert ["c"] in batches
    assert [p["tries"] for p in cloud.parked()] == [RETRIES + 1]


def test_what_waits_for_a_function_by_its_former_name_reaches_it_by_its_name_of_today(clouds, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    journal = Journal(folder / "journal.sqlite")
    image = {"pk": {"S": "old"}, "sk": {"S": "EVENT#1"}, "type": {"S": "made"}}
    record = {"eventName": "INSERT", "dynamodb": {"Keys": {}, "NewImage": image}}
    journal.send("stream", physical("Dossiers"), "outbox", json.dumps(record))
    journal.send("target", "invoke", "decide", '{"dossier": "MC-1", "outcomes": []}')
    journal.send("target", "OnComponentReceived", "copy", "{}")
    journal.failed(journal.waiting("target", target="copy")[0], "ValueError: x", 0)
    journal.close()
    cloud = clouds(folder)
    cloud.wait_idle()
    assert (seen("made"), seen("decide")) == (["old"], [{"dossier": "MC-1", "outcomes": []}])
    assert [p["function"] for p in cloud.parked()] == ["digitisation_make_copy"]


def test_a_row_that_an_earlier_release_parked_becomes_a_letter_with_its_row(clouds, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    journal = Journal(folder / "journal.sqlite")
    image = {"pk": {"S": "old"}, "sk": {"S": "EVENT#1"}, "type": {"S": "made"}}
    journal.send("stream", physical("Dossiers"), "outbox_publish", json.dumps({"dynamodb": {"NewImage": image}}))
    journal.failed(journal.waiting("stream")[0], "ValueError: x", 0)
    journal.close()
    cloud = clouds(folder)
    (letter,) = cloud.parked()
    assert (letter["function"], json.loads(letter["body"])["Records"][0]["dynamodb"]["NewImage"]) == (
        "outbox_publish",
        image,
    )
    assert cloud.journal.count("parked") == 0
    assert cloud.health()["parked"] == 1


def test_messages_wait_for_the_next_start(clouds, client):
    cloud = clouds()
    sample.FAIL["outbox_publish"] = 99  # as long as the first cloud lives, however often it tries
    put(client, "wait", "EVENT#1", type="made")
    cloud.stop()
    assert seen("made") == []
    sample.FAIL["outbox_publish"] = 0
    cloud = clouds()
    cloud.wait_idle()
    assert seen("made") == ["wait"]


def test_an_object_calls_the_rule_of_the_default_bus(cloud, client):
    for _ in range(2):
        client("s3").put_object(Bucket=os.environ["INTAKE"], Key="drops/hồ sơ 1.pdf", Body=b"x")
    cloud.wait_idle()
    (key, etag, zone, one), (*_, two) = seen("scanned")
    assert key == "drops/hồ sơ 1.pdf"  # as it is: EventBridge does not encode keys
    assert len(etag) == 32
    assert zone == "Z"
    assert one != two  # stock moto gives every event of S3 the same id


def test_invoke_as_an_event_answers_before_the_work(cloud, client, monkeypatch):
    stock, answered = sample.made, threading.Event()
    monkeypatch.setattr(sample, "made", lambda event, context: answered.wait(60) and stock(event, context))
    answer = client("lambda").invoke(
        FunctionName="made", InvocationType="Event", Payload=b'{"detail": {"pk": "direct", "at": 0}}'
    )
    assert answer["StatusCode"] == 202
    assert seen("made") == []
    answered.set()
    cloud.wait_idle()
    assert seen("made") == ["direct"]


def test_invoke_answers_what_the_function_returns_or_raises(cloud, client):
    sample.FAIL["made"] = 1
    payload = b'{"detail": {"pk": "direct", "at": 0}}'
    failed = client("lambda").invoke(FunctionName="made", Payload=payload)
    assert failed["FunctionError"]
    assert b'"errorType": "ValueError"' in failed["Payload"].read()
    good = client("lambda").invoke(FunctionName="made", Payload=payload)
    assert "FunctionError" not in good
    assert good["Payload"].read() == b"null"


def test_two_tables_do_not_hold_each_other_back(clouds, client, monkeypatch):
    stock, gate = sample.outbox_publish, threading.Event()

    def outbox(event, context):
        if any(r["dynamodb"]["Keys"]["pk"]["S"] == "poison" for r in event["Records"]):
            gate.wait(60)
        return stock(event, context)

    monkeypatch.setattr(sample, "outbox_publish", outbox)
    resources = {**RESOURCES, "Vaults": TABLES["Vaults"], **stream("Vaults", "outbox_publish")}
    cloud = clouds(resources=resources)
    put(client, "poison", "EVENT#1", type="made")
    item = {"pk": {"S": "free"}, "sk": {"S": "EVENT#1"}, "type": {"S": "made"}}
    client("dynamodb").put_item(TableName="motcua-vaults", Item=item)
    story.until("what is free", lambda: "free" in seen("made"))
    gate.set()
    cloud.wait_idle()
    assert [p["source"] for p in cloud.parked()] == [os.environ["TABLE"]]


def test_a_seed_lets_deliveries_overtake_each_other_and_loses_none(clouds, client, monkeypatch):
    monkeypatch.setenv(SEED, "7")
    cloud, names = clouds(), [f"late{number:02d}" for number in range(30)]
    with cloud.journal.lock:  # so that all come at once
        for name in names:
            put(client, name, "EVENT#1", type="made")
    cloud.wait_idle()
    assert seen("made") != names
    assert sorted(seen("made")) == names


class Slow:
    """A function that ends when it is let go."""

    def __init__(self):
        self.calls, self.running, self.go = 0, 0, threading.Event()

    def call(self, name, event):
        self.calls += 1
        assert self.go.wait(300)


def test_what_ends_while_the_queue_is_read_is_not_delivered_again(tmp_path):
    slow, reads = Slow(), []

    class Behind(Journal):
        """Its list is old when it is answered: the function that was running has ended."""

        def waiting(self, *args, **more):
            found = super().waiting(*args, **more)
            reads.append(len(found))
            if slow.calls and not slow.go.is_set():
                slow.go.set()
                story.until("the end", lambda: not super(Behind, self).waiting("target"))
            return found

    journal = Behind(tmp_path / "journal.sqlite")
    delivery = Delivery(journal, slow, [], [])
    journal.send("target", "Rule", "made", "{}")
    delivery.start()
    story.until("another look", lambda: journal.wake() or (slow.go.is_set() and reads[-3:] == [0, 0, 0]))
    delivery.stop()
    journal.close()
    assert slow.calls == 1


# --- schedules -------------------------------------------------------------------------------------------------------


class Called:
    """Functions that only remember; the first call fails when it is asked to."""

    def __init__(self, fails=0):
        self.events, self.running, self.fails = [], 0, fails

    def call(self, name, event):
        self.events.append((name, event))
        if len(self.events) <= self.fails:
            raise ValueError("not yet")


@pytest.mark.parametrize("fails", [0, 1])
def test_a_schedule_calls_its_function_again_and_again_and_a_failure_is_tried_again(tmp_path, fails):
    journal, functions = Journal(tmp_path / "journal.sqlite"), Called(fails)
    delivery = Delivery(journal, functions, [], [Schedule("Often", "made", 0.05)])
    delivery.start()
    story.until("three calls", lambda: len(functions.events) >= 3 + fails)
    delivery.stop()
    journal.close()
    assert {name for name, _ in functions.events} == {"made"}
    ids = [event["id"] for _, event in functions.events]
    assert len(ids) >= 3 + fails
    assert len(set(ids)) == len(ids) - fails, "the one that failed came again"
    event = functions.events[0][1]
    assert (event["source"], event["detail-type"], event["detail"]) == ("aws.events", "Scheduled Event", {})


def test_nothing_is_called_before_the_first_interval_is_over(tmp_path):
    journal, functions = Journal(tmp_path / "journal.sqlite"), Called()
    delivery = Delivery(journal, functions, [], [Schedule("Rarely", "made", 60.0)])
    delivery.start()
    for _ in range(3):
        journal.wake()
        time.sleep(0.02)  # long enough to find a call that comes too early, on most machines; never too short
    delivery.stop()
    journal.close()
    assert functions.events == []


@pytest.mark.parametrize("clocked", [True, False])
def test_a_cloud_has_its_schedules_unless_its_clock_is_to_stand_still(clouds, clocked):
    cloud = clouds(resources={**RESOURCES, **schedule("Rarely", "rate(1 day)", "made")}, clocked=clocked)
    cloud.wait_idle()
    assert ("motcua-Rarely" in {thread.name for thread in threading.enumerate()}) is clocked
