"""A record that cannot be read is told to the operator by its name and field: by the log, a count, and a command."""

import json
import threading
from pathlib import Path

import pytest
from botocore.client import BaseClient
from typer.testing import CliRunner

from chalicelib.contracts.event import told
from chalicelib.contracts.onestop import LegCompleted
from chalicelib.kernel import aws
from chalicelib.outbox.publish import publish
from infra.command.letters import UNSAID, held
from infra.command.ops import ops_app
from infra.command.place import place_of
from infra.demo import story
from infra.stack.resources import RETRIES
from infra.stack.watch import alarms
from tests.support.asserts import problem
from tests.support.world import NOBODYS, ready

CANARY = "canary-7"
LATER = "86400"


@pytest.fixture
def damage(where):
    """`damage(reference, sk, change)`: the item is stored as `change` leaves it, until the test's end or `mend()`."""
    table, whole = where["table.Dossiers"], {}

    def put(item):
        aws.client("dynamodb").put_item(TableName=table, Item=aws.packed(item))

    def mend():
        for item in whole.values():
            put(item)
        whole.clear()

    def do(reference, sk, change):
        item = whole[reference, sk] = aws.get(table, reference, sk)
        changed = json.loads(json.dumps(item))
        change(changed)
        put(changed)
        return mend

    yield do
    mend()


def lines(where, **having):
    """The lines of the log that have these values."""
    text = Path(where["folder"], "log.jsonl").read_text(encoding="utf-8")
    return [x for x in map(json.loads, text.splitlines()) if all(x.get(k) == v for k, v in having.items())]


def parked(where, subject, *more):
    """What the operator's command says of a dossier."""
    words = ["parked", "--where", str(Path(where["folder"], "where.json")), "--idle", LATER, "--json", *more]
    answer = CliRunner().invoke(ops_app, words)
    assert answer.exit_code in (0, 7), (answer.output, answer.exception)
    found = [row for row in json.loads(answer.stdout) if row["subject"] == subject]
    assert answer.exit_code == 7 or not found
    return found


def without(*path):
    def change(item):
        for name in path[:-1]:
            item = item[name]
        del item[path[-1]]

    return change


DAMAGES = [
    ("PLAN", without("pin", "office"), "PlanItem: pin.office: missing"),
    ("PLAN", lambda item: item["pin"].update(sha256="0" * 64), f"PlanContent {'0' * 64}: missing"),
    ("PLAN", without("pin"), "PlanItem: plan: missing"),
    ("HEAD", without("state"), "Head: state: missing"),
    ("HEAD", lambda item: item.update(state=CANARY), "Head: state: Expected `int`, got `str`"),
    ("HEAD", lambda item: item.update(state=11), "Head: state: Expected `int` <= 10"),
    ("FORM", lambda item: item.update(version=CANARY), "FormItem: version: Expected `int`, got `str`"),
]


@pytest.mark.parametrize(("sk", "change", "reason"), DAMAGES, ids=[reason for *_, reason in DAMAGES])
def test_a_draft_that_cannot_be_read_is_named_with_its_field(where, citizen, damage, sk, change, reason):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    story.fill(citizen, reference).ok()
    holder = aws.get(where["table.Dossiers"], reference, "HEAD")["holder"]
    assert parked(where, reference) == []

    mend = damage(reference, sk, change)
    answer = citizen.get(f"/v1/drafts/{reference}")
    told_to_the_client = problem(answer, 500, "record_unreadable")
    assert told_to_the_client["record"] == f"{reference}/{sk}"
    assert reason not in json.dumps(told_to_the_client)

    record, route = f"{reference}/{sk}", "GET /v1/drafts/{reference}"
    (line,) = lines(where, message="request broke", record=record)
    assert (line["level"], line["route"], line["reason"]) == ("ERROR", route, reason)
    assert line["request_id"] == told_to_the_client["request_id"]
    (counted,) = lines(where, RecordsUnreadable=[1.0], record=record)
    assert counted["reason"] == reason
    assert lines(where, RoutesBroken=[1.0], route=route)

    (found,) = parked(where, reference)
    assert (found["kind"], found["owner"], found["cause"]) == ("record", "dossier", f"{record}: {reason}")
    for text in (json.dumps(line), json.dumps(counted), json.dumps(found)):
        assert CANARY not in text
        assert holder not in text

    mend()
    citizen.get(f"/v1/drafts/{reference}").ok()
    assert parked(where, reference) == []


def test_a_plan_that_is_gone_is_found_too(where, citizen, damage):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    mend = damage(reference, "PLAN", lambda item: item.update(sk="PLAN"))
    key = aws.packed({"pk": reference, "sk": "PLAN"})
    aws.client("dynamodb").delete_item(TableName=where["table.Dossiers"], Key=key)
    problem(citizen.get(f"/v1/drafts/{reference}"), 500, "record_unreadable")
    (found,) = parked(where, reference)
    assert found["cause"] == f"{reference}/PLAN: PlanItem: missing"
    mend()
    assert parked(where, reference) == []


def test_an_item_that_no_part_of_a_dossier_begins_like_is_named(where, citizen):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    item = {"pk": reference, "sk": "MYSTERY"}
    aws.client("dynamodb").put_item(TableName=where["table.Dossiers"], Item=aws.packed(item))
    (found,) = parked(where, reference)
    assert found["cause"] == f"{reference}/MYSTERY: Dossier: no part of ours"
    aws.client("dynamodb").delete_item(TableName=where["table.Dossiers"], Key=aws.packed(item))
    assert parked(where, reference) == []


def test_a_dossier_in_process_and_its_flow_are_told_by_the_field(where, cloud, citizen, damage, small_scan):
    """The last leg is done, and the step behind it cannot read the dossier."""
    reference = story.submit(citizen, ready(citizen, small_scan)).ok(201).body["reference"]
    cloud.wait_idle()
    leg = next(r for r in aws.query(where["table.Dossiers"], reference, "LEG#"))
    mend = damage(reference, "HEAD", without("agency"))
    outcome = json.dumps({"outcome": "approved", "leg": "commune"})
    aws.client("stepfunctions").send_task_success(taskToken=leg["token"], output=outcome)
    cloud.wait_idle()
    flow, record = sorted(parked(where, reference), key=lambda row: row["kind"])
    assert (flow["kind"], flow["id"]) == ("execution", f"{reference}-1")
    assert flow["cause"] == "FAILED: Unreadable: Head: agency: missing"
    assert (record["kind"], record["cause"]) == ("record", f"{reference}/HEAD: Head: agency: missing")

    file = str(Path(where["folder"], "where.json"))
    answer = CliRunner().invoke(ops_app, ["resume", reference, "--where", file])
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert f"{reference}/HEAD cannot be read: Head: agency: missing" in answer.stderr

    mend()
    assert [row["kind"] for row in parked(where, reference)] == ["execution"]
    assert CliRunner().invoke(ops_app, ["resume", reference, "--where", file]).exit_code == 0
    cloud.wait_idle()
    assert parked(where, reference) == []


@pytest.fixture
def asked(monkeypatch):
    """What the operator's command asks of DynamoDB: operation, index, partition; workers of the cloud are not it."""
    stock, found = BaseClient._make_api_call, []

    def call(self, operation, given):
        ours = not threading.current_thread().name.startswith("motcua-")
        if ours and self.meta.service_model.service_name == "dynamodb":
            values = [v.get("S") for v in given.get("ExpressionAttributeValues", {}).values()]
            found.append((operation, given.get("IndexName"), values[0] if values else None))
        return stock(self, operation, given)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    return found


def test_what_is_open_is_found_by_its_own_index_and_nothing_is_scanned(where, citizen, finished, asked):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    asked.clear()
    assert parked(where, reference) == []
    assert {operation for operation, *_ in asked} <= {"Query", "GetItem"}
    assert {index for _, index, _ in asked} == {None, "open"}
    read = {partition for operation, index, partition in asked if operation == "Query" and not index}
    assert reference in read
    assert finished.reference not in read, "it ended"
    assert "open_pk" not in aws.get(where["table.Dossiers"], finished.reference, "HEAD")
    parked(where, reference, "--ended")
    assert ("Scan", "mine", None) in asked


def test_what_an_earlier_release_wrote_is_open_from_its_next_change_on(where, citizen, damage):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    damage(reference, "HEAD", without("open_pk"))
    story.fill(citizen, reference).ok()
    head = aws.get(where["table.Dossiers"], reference, "HEAD")
    assert head["open_pk"] == f"OPEN#{reference[-1]}"


def test_a_sealed_name_that_was_changed_is_told_by_the_record(where, finished, damage):
    """One letter of it was, and whoever read the dossier was told that all is broken."""
    me = story.citizen(where, **finished.claims)

    def change(item):
        item["sealed"] = item["sealed"][:-1] + ("A" if item["sealed"][-1] != "A" else "B")

    damage(finished.reference, "HEAD", change)
    for page in ("", "/notices"):
        told = problem(me.get(f"/v1/dossiers/{finished.reference}{page}"), 500, "record_unreadable")
        assert told["record"] == finished.reference
    assert me.get("/v1/dossiers").ok()


def test_a_sealed_name_of_another_dossier_is_told_by_the_record(where, finished, damage):
    me = story.citizen(where, **finished.claims)
    other = str(story.open_draft(me).ok(201).body["reference"])
    sealed = aws.get(where["table.Dossiers"], other, "HEAD")["sealed"]
    damage(finished.reference, "HEAD", lambda item: item.update(sealed=sealed))
    told = problem(me.get(f"/v1/dossiers/{finished.reference}"), 500, "record_unreadable")
    assert told["record"] == finished.reference


def test_a_dossier_that_ended_is_read_when_asked_for(where, finished, damage):
    mend = damage(finished.reference, "PLAN", without("pin", "office"))
    assert parked(where, finished.reference) == []
    (found,) = parked(where, finished.reference, "--ended")
    assert found["cause"] == f"{finished.reference}/PLAN: PlanItem: pin.office: missing"
    mend()
    assert parked(where, finished.reference, "--ended") == []


def test_an_event_that_lacks_a_field_parks_and_the_log_names_the_field(where, cloud):
    facts = {"agency": "H01", "handler": CANARY, "received_at": "-", "processed_at": "-", "due_at": "-"}
    data = told(LegCompleted(leg=CANARY, **facts))
    del data["leg"]
    row = {"pk": NOBODYS, "sk": "EVENT#000001", "type": LegCompleted.type, "prev": "-", "hash": "-", "data": data}
    row["at"] = "2026-11-25T02:20:05.000+00:00"
    publish({"eventName": "INSERT", "dynamodb": {"NewImage": aws.packed(row)}})
    cloud.wait_idle()
    (found,) = parked(where, NOBODYS)
    assert found["function"] == "onestop_report_leg"
    assert found["cause"].startswith(f"{UNSAID}, under event_id {NOBODYS}/EVENT#000001; by itself it goes back")
    told_of = lines(where, event_id=f"{NOBODYS}/EVENT#000001", function="onestop_report_leg")
    assert len(told_of) == RETRIES + 1
    assert {line["reason"] for line in told_of} == {f"{LegCompleted.type}: leg: missing"}
    assert CANARY not in json.dumps(found)
    with held(place_of(Path(where["folder"], "where.json"))) as letters:
        next(x for x in letters if x.id == found["id"]).delete()
    assert parked(where, NOBODYS) == []


@pytest.mark.parametrize(("alarm", "count"), [("RoutesBreak", "RoutesBroken"), ("RecordsUnreadable",) * 2])
def test_the_alarm_hears_the_very_count_that_the_log_has(where, citizen, damage, alarm, count):
    reference = story.open_draft(citizen).ok(201).body["reference"]
    damage(reference, "PLAN", without("pin", "office"))
    problem(citizen.get(f"/v1/drafts/{reference}"), 500, "record_unreadable")
    heard = alarms()[alarm]["Properties"]
    assert (heard["MetricName"], heard["Threshold"]) == (count, 0)
    line = lines(where, **{count: [1.0]})[-1]
    (given,) = line["_aws"]["CloudWatchMetrics"]
    assert given["Namespace"] == heard["Namespace"]
    assert set(given["Dimensions"][0]) == {d["Name"] for d in heard["Dimensions"]}
    assert line["service"] == next(d["Value"] for d in heard["Dimensions"] if d["Name"] == "service")
    assert heard["EvaluationPeriods"] * heard["Period"] <= 86_400, "CloudWatch takes no longer alarm"
