"""What a record's transaction said becomes a CloudEvent on the bus, and nothing else does."""

import json

import pytest

from chalicelib.contracts.event import known_events
from chalicelib.kernel import aws, log
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
        self.refuses, self.entries, self.noted, self.calls = refuses, [], [], []

    def update_item(self, **given):
        self.noted.append(given)
        return {"Attributes": {}}

    def batch_get_item(self, **given):
        return {"Responses": {}}

    def get_item(self, **given):
        return {}  # nothing was counted yet

    def query(self, **given):
        return {"Items": []}  # a log without facts

    def put_events(self, Entries):  # noqa: N803 - AWS's name
        self.calls.append(len(Entries))
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
    assert notes(bus) == [[{"record": "MC-1", "number": 4, "digest": ROW["hash"]}]]
    assert aws.plain(bus.noted[0]["Key"])["sk"].startswith("dossiers MC-1 4 ")
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


# --- who hears, and how many at once --------------------------------------------------------------------------


def test_an_event_that_nobody_hears_stays_in_its_log_and_is_noted(bus):
    quiet = [name for name, kind in known_events().items() if not kind.heard_by]
    assert "vn.motcua.draft.opened" in quiet
    for kind in quiet:
        publish(record(type=kind))
    assert bus.entries == []
    assert len(bus.noted) == len(quiet), "the nightly sweep looks at every record that grew"


def test_every_event_that_somebody_hears_leaves(bus):
    loud = [name for name, kind in known_events().items() if kind.heard_by]
    for kind in loud:
        publish(record(type=kind))
    assert [entry["DetailType"] for entry in bus.entries] == loud


def test_an_event_of_a_release_that_this_one_does_not_know_leaves(bus):
    publish(record(type="vn.motcua.of.tomorrow"))
    assert [entry["DetailType"] for entry in bus.entries] == ["vn.motcua.of.tomorrow"]


def test_ten_events_go_in_a_call_in_their_order(bus):
    batch = [record(number=str(n), sk=f"EVENT#{n:06d}") for n in range(1, 24)]
    assert outbox_publish({"Records": batch}, None) == {"batchItemFailures": []}
    assert bus.calls == [10, 10, 3]
    assert [json.loads(e["Detail"])["id"] for e in bus.entries] == [f"MC-1/EVENT#{n:06d}" for n in range(1, 24)]


def test_a_call_has_no_more_bytes_than_the_bus_takes(bus):
    long = {"reference": "MC-1", "note": "x" * 100_000}
    batch = [record(number=str(n), sk=f"EVENT#{n:06d}", data=long) for n in range(1, 6)]
    assert outbox_publish({"Records": batch}, None) == {"batchItemFailures": []}
    assert bus.calls == [2, 2, 1]
    assert all(len(e["Detail"].encode()) > 100_000 for e in bus.entries)


def test_a_record_that_grew_by_several_events_is_noted_once_at_the_newest(bus):
    batch = [record(number=str(n), sk=f"EVENT#{n:06d}", hash=f"{n:032x}") for n in (1, 3, 2)]
    batch.append(record(number="4", pk="MC-2"))
    outbox_publish({"Records": batch}, None)
    (noted,) = notes(bus)
    assert [(each["record"], each["number"]) for each in noted] == [("MC-1", 3), ("MC-2", 4)]
    assert noted[0]["digest"] == f"{3:032x}"


def notes(bus):
    """What each note says of the records of a batch."""
    said = [aws.plain(each["ExpressionAttributeValues"]).values() for each in bus.noted]
    return [next(value for value in values if isinstance(value, list)) for values in said]


def test_each_batch_has_a_note_of_its_own_and_the_same_batch_the_same(bus):
    batch = [record(), record(number="2", pk="MC-2")]
    for records in (batch, batch, batch[:1], batch[1:]):
        outbox_publish({"Records": records}, None)
    first, again, *parts = [str(aws.plain(each["Key"])) for each in bus.noted]
    assert first == again
    assert len({first, *parts}) == 3, "no note takes another's place"
    assert {each["ConditionExpression"] for each in bus.noted} == {"attribute_not_exists(pk)"}


def test_what_cannot_be_noted_stays_and_what_another_table_tells_leaves(bus, monkeypatch):
    stock = bus.update_item

    def update_item(**given):
        if aws.plain(given["Key"])["sk"].startswith("vaults "):
            raise TimeoutError
        return stock(**given)

    monkeypatch.setattr(bus, "update_item", update_item)
    other = record(number="2", pk="OWNER#1")
    other["eventSourceARN"] = other["eventSourceARN"].replace("dossiers", "vaults")
    answer = outbox_publish({"Records": [record(), other]}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert [json.loads(e["Detail"])["subject"] for e in bus.entries] == ["MC-1"]


def test_a_bus_that_does_not_answer_leaves_its_call_to_the_stream(bus, monkeypatch):
    stock = bus.put_events

    def put_events(Entries):  # noqa: N803 - AWS's name
        if len(bus.calls) == 1:
            bus.calls.append(0)
            raise ConnectionError
        return stock(Entries)

    monkeypatch.setattr(bus, "put_events", put_events)
    batch = [record(number=str(n), sk=f"EVENT#{n:06d}") for n in range(1, 24)]
    answer = outbox_publish({"Records": batch}, None)
    assert [f["itemIdentifier"] for f in answer["batchItemFailures"]] == [str(n) for n in range(11, 21)]
    assert bus.calls == [10, 0, 3]


def test_what_failed_is_logged_by_its_number_and_its_error_without_what_it_says(bus, monkeypatch):
    told = []
    monkeypatch.setattr(log, "trouble", lambda event, error, **facts: told.append((event, type(error), facts)))
    outbox_publish({"Records": [record(), record(number="77", pk="MC-BAD")]}, None)
    assert told == [("event not published", NotPublished, {"function": "outbox_publish", "message_id": "77"})]


def test_what_grew_goes_into_the_feeds_once_it_was_published_and_what_fails_comes_again(bus, monkeypatch):
    fed = []

    def feed(grew, now):
        assert [entry["DetailType"] for entry in bus.entries], "published first"
        fed.append(grew)
        return {"MC-2": ValueError("full")}

    monkeypatch.setattr("chalicelib.subscriptions.fence.feed", feed)
    batch = [
        record(),
        record(number="2", sk="EVENT#000005"),
        record(number="3", pk="MC-2"),
        record(number="4", pk="MC-BAD"),
    ]
    answer = outbox_publish({"Records": batch}, None)
    assert fed == [{"MC-1": 5, "MC-2": 4}]
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["3", "4"]


def test_what_rows_tell_is_counted_once_they_were_published_and_what_fails_comes_again(bus, monkeypatch):
    measured = []

    def measure(rows):
        assert bus.entries, "published first"
        measured.extend((pk, row.number) for pk, row in rows)
        return {"MC-2": ValueError("full")}

    monkeypatch.setattr("chalicelib.measures.fence.measure", measure)
    batch = [record(), record(number="2", pk="MC-2"), record(number="3", pk="MC-BAD")]
    answer = outbox_publish({"Records": batch}, None)
    assert measured == [("MC-1", 4), ("MC-2", 4)]
    assert [each["itemIdentifier"] for each in answer["batchItemFailures"]] == ["2", "3"]
