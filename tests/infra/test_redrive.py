"""What a worker gave up goes back into its queue, so many times and no more; what fails at last has its reason."""

import json
from datetime import timedelta

import pytest

from chalicelib.kernel import aws, log
from chalicelib.kernel.clock import utc_now
from chalicelib.outbox import redrive as module
from chalicelib.outbox.redrive import LASTS, ROUNDS, Run, Worker, has_reason, next_round, outbox_redrive, payload
from infra.command.letters import UNSAID, held
from infra.command.place import Place
from infra.local.intrinsics import Names
from infra.local.names import physical
from infra.stack.resources import RETRIES, addresses, parked, work
from tests.infra.conftest import seen
from tests.infra.sample import app as sample
from tests.infra.sample.stack import FUNCTIONS, RESOURCES
from tests.infra.test_cloud import put

TOLD = Names(RESOURCES, FUNCTIONS, {"Stage": "local"}).resolve(addresses(("made", "scanned")))
HERE = Place({"endpoint": "here"})
NOTHING = {"again": 0, "last": 0, "left": 0, "failed": 0, "unfinished": 0}


@pytest.fixture
def counted(monkeypatch):
    """What was counted for the alarms."""
    found = []
    monkeypatch.setenv("MOTCUA_STAGE", "local")
    monkeypatch.setattr(log, "measure", lambda **counts: found.append(counts))
    return found


@pytest.fixture
def tick(clouds, counted):
    """`tick()`: the schedule calls, and what it brings about is done; answers what differs from nothing."""
    cloud = clouds()

    def call():
        told = outbox_redrive(json.loads(TOLD), None)
        cloud.wait_idle()
        return {k: v for k, v in told.items() if v != NOTHING[k]}

    call.cloud = cloud
    return call


def letters():
    with held(HERE) as found:
        return found


def given_up(tick, client, *names):
    """Events that `made` fails at until its queue parks them."""
    sample.FAIL["made"] = 1000
    for name in names:
        put(client, name, "EVENT#1", type="made")
    tick.cloud.wait_idle()
    assert len(letters()) == len(names)


def test_with_nothing_parked_nothing_is_done(tick, counted):
    assert tick() == {}
    assert counted == [dict.fromkeys(counted[0], 0)]


def test_what_mended_itself_needs_nobody(tick, client):
    given_up(tick, client, "one", "two")
    sample.FAIL.clear()
    assert tick() == {"again": 2}
    assert (letters(), tick.cloud.parked()) == ([], []), "deleted, and not only out of sight"
    assert sorted(seen("made")) == ["one", "two"]
    assert tick() == {}


def test_poison_goes_round_so_often_and_no_more_and_then_waits_with_its_reason(tick, client, counted):
    given_up(tick, client, "hopeless")
    for number in range(ROUNDS):
        (letter,) = letters()
        assert letter.cause.startswith(UNSAID)
        assert letter.cause.endswith(f"{number} of {ROUNDS} times so far")
        assert tick() == {"again": 1}
    assert tick() == {"last": 1}
    (letter,) = letters()
    assert letter.cause == f"ValueError (RetriesExhausted after {RETRIES + 1}, {ROUNDS} rounds of its queue before)"
    assert letter.event["detail"]["pk"] == "hopeless"
    sample.FAIL.clear()
    for _ in range(2):
        assert tick() == {"left": 1}
        assert [x.id for x in letters()] == [letter.id], "who looks sees at once what a run left"
    assert seen("made") == []
    assert [each["WorkLeft"] for each in counted[-2:]] == [1, 1]


def test_one_that_is_poison_holds_back_no_other(tick, client):
    given_up(tick, client, "one", "two", "three")
    sqs = aws.client("sqs")
    for message in sqs.receive_message(QueueUrl=queue(parked("made")), VisibilityTimeout=0)["Messages"]:
        body = json.loads(message["Body"])
        sqs.delete_message(QueueUrl=queue(parked("made")), ReceiptHandle=message["ReceiptHandle"])
        told = {"requestContext": {}, "requestPayload": body}
        sqs.send_message(QueueUrl=queue(parked("made")), MessageBody=json.dumps(told))
    sample.FAIL.clear()
    assert tick() == {"again": 2, "left": 1}
    assert len(seen("made")) == 2


def queue(logical):
    return aws.client("sqs").get_queue_url(QueueName=physical(logical))["QueueUrl"]


@pytest.mark.parametrize("call", ["send_message", "delete_message"])
def test_what_cannot_be_sent_or_deleted_stays_and_holds_back_no_other(tick, client, monkeypatch, call):
    given_up(tick, client, "one", "two")
    sample.FAIL.clear()
    sqs = aws.client("sqs")
    stock, left = getattr(sqs, call), [1]

    def once(**given):
        if left:
            left.pop()
            raise ConnectionError
        return stock(**given)

    with monkeypatch.context() as patched:
        patched.setattr(sqs, call, once)
        assert tick()["failed"] == 1
    assert len(letters()) == 1, "it is seen at once, and tried at the next tick"
    assert tick() == {"again": 1}
    assert letters() == []
    assert {*seen("made")} == {"one", "two"}, "one perhaps twice, none never"


def test_a_queue_that_is_not_there_holds_back_no_other(tick, client):
    given_up(tick, client, "one")
    sample.FAIL.clear()
    names = (("no-such-queue", "x"), (physical(parked("made")), physical(work("made"))))
    done = Run(utc_now).empty([Worker(function="made", work=to, parked=of) for of, to in names])
    assert (done.failed, done.again) == (1, 1)


def test_a_run_ends_when_its_time_is_over_and_the_next_goes_on(tick, client):
    given_up(tick, client, "one", "two")
    sample.FAIL.clear()
    begun = utc_now()
    times = iter([begun, begun])
    run = Run(lambda: next(times, begun + LASTS))
    done = run.empty(module.heard(module.Workers, json.loads(TOLD)).workers)
    assert (done.again, done.unfinished) == (1, 1)
    assert len(letters()) == 1
    assert tick() == {"again": 1}


@pytest.mark.parametrize("body", ["no json", "[]", "7", '{"redriven": "x"}', f'{{"redriven": {ROUNDS}}}'])
def test_what_counts_nothing_or_had_all_its_rounds_gets_none(body):
    assert next_round(body) is None
    assert not has_reason(body)


def test_a_round_is_counted_beside_what_the_bus_wrote_which_stays_as_it_was():
    body = '{"detail-type": "x", "detail": {"data": {"größe": 1.50}}}'
    for number in range(1, ROUNDS + 1):
        body = next_round(body)
        assert json.loads(body)["redriven"] == number
    assert '"detail": {"data": {"größe": 1.50}}'.replace(" ", "") in body.replace(" ", "")


def test_a_function_is_called_with_json_whatever_lay_there():
    assert payload('{"a": 1}') == '{"a": 1}'
    assert json.loads(payload("không phải json")) == "không phải json"


def test_a_run_takes_no_message_longer_than_its_function_lives():
    from infra.stack.functions import FUNCTIONS as OURS

    assert LASTS + timedelta(minutes=1) <= timedelta(seconds=OURS["outbox_redrive"].timeout)
    assert OURS["outbox_redrive"].timeout <= module.HIDDEN
