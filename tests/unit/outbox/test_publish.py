"""What a record's transaction said becomes a CloudEvent on the bus, and nothing else does."""

import json

import pytest

from chalicelib.kernel import aws
from chalicelib.outbox.publish import NotPublished, outbox_publish, publish

ROW = {
    "pk": "MC-1",
    "sk": "EVENT#000004",
    "type": "vn.motcua.dossier.submitted",
    "at": "2026-11-25T02:20:05.000+00:00",
    "data": {"reference": "MC-1", "attempt": 1, "components": [{"size": 7}]},
    "state": 1,
    "prev": "0" * 32,
    "hash": "a" * 32,
}


class Bus:
    """The bus; it refuses an event whose subject is in `refuses`."""

    def __init__(self, *refuses):
        self.refuses, self.entries, self.noted = refuses, [], []

    def update_item(self, **given):
        self.noted.append(given)
        return {"Attributes": {}}

    def put_events(self, Entries):  # noqa: N803 - AWS's name
        refused = [e for e in Entries if json.loads(e["Detail"])["subject"] in self.refuses]
        self.entries += [e for e in Entries if e not in refused]
        answers = [{"ErrorCode": "ThrottlingException"} if e in refused else {"EventId": "1"} for e in Entries]
        return {"FailedEntryCount": len(refused), "Entries": answers}


@pytest.fixture
def bus(monkeypatch):
    made = Bus("MC-BAD")
    monkeypatch.setattr(aws, "client", {"events": made, "dynamodb": made}.__getitem__)
    return made


def record(name="INSERT", number="1", **changes):
    item = {**ROW, **changes}
    return {
        "eventID": number,
        "eventName": name,
        "eventSource": "aws:dynamodb",
        "eventSourceARN": "arn:aws:dynamodb:ap-southeast-1:123456789012:table/dossiers/stream/2026-11-26T00:00:00.000",
        "dynamodb": {
            "Keys": aws.packed({"pk": item["pk"], "sk": item["sk"]}),
            "NewImage": aws.packed(item),
            "SequenceNumber": number,
            "StreamViewType": "NEW_IMAGE",
        },
    }


def test_an_event_row_becomes_a_cloudevent(bus):
    publish(record())
    (entry,) = bus.entries
    assert (entry["EventBusName"], entry["Source"], entry["DetailType"]) == ("bus", "motcua", ROW["type"])
    assert json.loads(entry["Detail"]) == {
        "specversion": "1.0",
        "id": "MC-1/EVENT#000004",
        "source": "motcua",
        "type": ROW["type"],
        "subject": "MC-1",
        "time": ROW["at"],
        "datacontenttype": "application/json",
        "data": ROW["data"],
    }


def test_that_a_record_grew_is_noted_before_its_event_leaves(bus):
    publish(record())
    (noted,) = bus.noted
    values = aws.plain(noted["ExpressionAttributeValues"]).values()
    assert {"dossiers", ROW["pk"], 4, ROW["hash"]} <= set(values)
    assert aws.plain(noted["Key"])["sk"] == "dossiers MC-1"
    with pytest.raises(NotPublished):
        publish(record(pk="MC-BAD"))
    assert len(bus.noted) == 2, "noted, though the bus refused it: it comes again"


def test_what_cannot_be_noted_does_not_leave(bus, monkeypatch):
    monkeypatch.setattr(bus, "update_item", lambda **_: (_ for _ in ()).throw(TimeoutError))
    with pytest.raises(TimeoutError):
        publish(record())
    assert bus.entries == []


@pytest.mark.parametrize(
    "other",
    [
        record(sk="HEAD"),
        record(sk="TASK#0-commune#receive"),
        record("MODIFY"),
        record("REMOVE"),
        {"eventName": "REMOVE", "dynamodb": {}, "eventSourceARN": ""},
    ],
    ids=["head", "task", "modified", "removed", "no image"],
)
def test_whatever_is_no_new_event_row_is_left_alone(bus, other):
    publish(other)
    assert bus.entries == []


def test_an_event_that_the_bus_refuses_is_an_error_by_its_code(bus):
    with pytest.raises(NotPublished, match="ThrottlingException"):
        publish(record(pk="MC-BAD"))


def test_a_batch_names_what_failed_and_publishes_the_rest(bus):
    batch = {"Records": [record(), record(number="2", pk="MC-BAD"), record(number="3", sk="HEAD")]}
    assert outbox_publish(batch, None) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert [json.loads(e["Detail"])["subject"] for e in bus.entries] == ["MC-1"]


def test_a_batch_without_failure_names_none_and_one_of_only_failures_all(bus):
    assert outbox_publish({"Records": [record()]}, None) == {"batchItemFailures": []}
    bad = [record(number=n, pk="MC-BAD") for n in "12"]
    assert outbox_publish({"Records": bad}, None) == {"batchItemFailures": [{"itemIdentifier": n} for n in "12"]}
