"""Every event may come twice and out of order (lesson 2): whatever was done is done once."""

import json
import random
import re
import threading
from collections import Counter

import pytest

from chalicelib.kernel.record import log_row
from chalicelib.outbox.publish import envelope
from infra.demo import story
from infra.demo.client import Client
from tests.support.sample import sampled
from tests.support.world import between, events, files_of, finish, listeners, parked, partition, tables, whole_list

STEPS = {"onestop_open_leg", "onestop_decide", "digitisation_await_step", "delivery_await_destination"}
BY_S3 = {"digitisation_take_in"}
BY_HAND = {
    "catalogue_load",
    "catalogue_import",
    "catalogue_export",
    "audit_sweep",
    "messages_stamp_again",  # no timestamp of this dossier's papers ends soon: test_stamping.py
    "submission_sweep_drafts",
    "digitisation_take_back",  # no signature of this dossier was refused: test_steps.py
    "submission_start_child",  # this dossier is no bundle: tests/journeys/test_bundles.py
    "outbox_publish",
    "outbox_redrive",  # no work was given up: tests/journeys/test_ops.py
    "outbox_replay",  # no stream gave anything up: tests/journeys/test_faults.py
    "subscriptions_push",  # who follows this dossier reads, and has no address: tests/http/test_events.py
    "measures_make_boards",  # by the clock: tests/http/test_board.py
    "measures_take_in",  # no other system reports here: tests/http/test_figures.py
    "delivery_send",  # this dossier's result goes to the vault alone: tests/http/test_deliveries.py
    "delivery_sweep",
    "delivery_drive",
    "delivery_await_destination",
    "identity_watch_requests",  # nobody asks about their data here: tests/http/test_data_requests.py
    "delivery_synchronise",  # no national portal is told here: tests/http/test_synchronisation.py
    "delivery_integrate",  # no national ID app is told here: tests/http/test_id_app.py
    "delivery_notify",  # no notice leaves the portal here: tests/http/test_notices.py
    "vault_make_takeout",  # nobody takes this vault away: tests/http/test_takeouts.py
    "vault_keep_upload",  # nobody puts anything into it: tests/http/test_own_uploads.py
    "identity_authorize",
}


def state_of(cloud, where, reference):
    """Everything that a second delivery could change."""
    cloud.wait_idle()
    runs = [json.dumps(e) for e in cloud.executions()]
    kept = tables(where)
    # A list that is made again says the same under a new time.
    kept["Catalogue"] = [re.sub(r'"as_of": {"S": "[^"]*"}', "", row) for row in kept["Catalogue"]]
    return {**kept, "files": files_of(where, reference), "executions": runs}


def calls_of(where, finished):
    """Every call of a worker in a dossier's life, made again from what is stored: (function, event)."""
    reference = finished.reference
    rows = events(where, reference) + [r for r in events(where) if r["pk"].startswith(("PROCEDURE#", "AGENCY#"))]
    found = [(name, {"detail": envelope(row["pk"], log_row(row))}) for row in rows for name in listeners(row["type"])]
    leg = next(r for r in partition(where, "Dossiers", reference) if r["sk"].startswith("LEG#"))
    stage, name = leg["sk"].removeprefix("LEG#").split("-", 1)
    step = {"dossier": reference, "execution": leg["execution"], "attempt": 1}
    agency = finished.draft["agency"]
    found.append(
        (
            "onestop_open_leg",
            {**step, "token": leg["token"], "stage": int(stage), "leg": {"leg": name, "agency": agency}},
        )
    )
    found.append(("onestop_decide", {**step, "outcomes": [[leg["outcome"]]]}))
    found.append(("onestop_sweep", {}))  # by the clock: it comes again and again anyway
    for component in (r for r in partition(where, "Dossiers", reference) if r["sk"].startswith("COMPONENT#")):
        thing = {"key": component["key"], "version-id": component["version_id"]}
        found.append(("digitisation_take_in", {"detail": {"object": thing}}))
        found += [("digitisation_await_step", each) for each in waited(where, reference, component["sk"])]
    return found


def waited(where, reference, sk):
    """What the machine of a component's paper handed over last, as Step Functions hands it over again."""
    component = sk.removeprefix("COMPONENT#")
    rows = partition(where, "Messages", f"PAPER#{reference}#{component}")
    for row in (r for r in rows if r["sk"] == "DRIVER"):
        handed = {name: row[name] for name in ("token", "execution", "step")}
        yield {**handed, "reference": reference, "component": component}


def test_every_worker_is_called_again_in_these_tests(where, finished):
    from infra.stack.functions import FUNCTIONS

    workers = {name for name in FUNCTIONS if not name.endswith("_api")} - BY_HAND
    assert {name for name, _ in calls_of(where, finished)} - BY_HAND == workers, "another file may have asked for more"


def difference(before, after):
    """What is in one state and not in the other."""
    return [(k, x) for k in before for x in set(before[k]) ^ set(after[k])]


def at_rest(cloud, where, finished):
    """What functions are called with, and what is kept once all that other tests left to the clock is done."""
    calls = calls_of(where, finished)
    for name, event in calls:
        if not event:
            cloud.functions.call(name, event)
    cloud.wait_idle()
    return calls, state_of(cloud, where, finished.reference)


def test_each_event_again_after_the_end_changes_no_byte(cloud, where, finished):
    calls, before = at_rest(cloud, where, finished)
    assert len(calls) > 15
    for name, event in sampled(calls, 12):
        cloud.functions.call(name, event)
        assert difference(before, state_of(cloud, where, finished.reference)) == [], (name, event)


@pytest.mark.parametrize("seed", sampled(range(4), 1))
def test_all_events_again_in_any_order_change_no_byte(cloud, where, finished, seed):
    calls, before = at_rest(cloud, where, finished)
    random.Random(seed).shuffle(calls)
    for name, event in calls:
        cloud.functions.call(name, event)
    assert difference(before, state_of(cloud, where, finished.reference)) == []


def test_a_stream_that_starts_again_from_its_beginning_changes_no_byte(cloud, where, finished):
    """The outbox publishes every row of the dossier once more, so the whole bus is heard again."""
    before = state_of(cloud, where, finished.reference)
    assert before["files"]
    for items in tables(where).values():
        rows = [json.loads(text) for text in items if finished.reference in text]
        records = [
            {
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "dynamodb": {"Keys": {k: row[k] for k in ("pk", "sk")}, "NewImage": row, "SequenceNumber": str(number)},
            }
            for number, row in enumerate(rows)
            if row["sk"]["S"].startswith("EVENT#")
        ]
        if records:
            assert cloud.functions.call("outbox_publish", {"Records": records}) == {"batchItemFailures": []}
    assert difference(before, state_of(cloud, where, finished.reference)) == []


def test_the_outbox_publishes_no_row_that_is_no_event(cloud, where, finished):
    head = {"pk": {"S": finished.reference}, "sk": {"S": "HEAD"}}
    before = state_of(cloud, where, finished.reference)
    for name, image in (("INSERT", head), ("MODIFY", {**head, "sk": {"S": "EVENT#000001"}}), ("REMOVE", {})):
        record = {"eventName": name, "dynamodb": {"Keys": head, "NewImage": image, "SequenceNumber": "1"}}
        assert cloud.functions.call("outbox_publish", {"Records": [record]}) == {"batchItemFailures": []}
    assert difference(before, state_of(cloud, where, finished.reference)) == []


def test_a_row_that_cannot_be_published_is_reported_alone_and_first(cloud, where, finished):
    row = {"pk": {"S": "X"}, "sk": {"S": "EVENT#000001"}}  # has no type: no envelope can be made
    good = {"eventName": "MODIFY", "dynamodb": {"Keys": row, "NewImage": row, "SequenceNumber": "1"}}
    bad = {"eventName": "INSERT", "dynamodb": {"Keys": row, "NewImage": row, "SequenceNumber": "2"}}
    answer = cloud.functions.call("outbox_publish", {"Records": [good, bad]})
    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}


def test_a_life_in_which_every_event_comes_twice_at_once_has_one_of_everything(cloud, where, small_scan):
    """Each worker runs in two threads for each event, from the upload to the vault."""
    doubled = Counter()

    def twice(stock, name, event):
        if name in BY_HAND | STEPS:  # Step Functions calls a step once; the outbox is told twice above
            return stock(name, event)
        doubled[name] += 1
        errors, answers = [], []

        def run():
            try:
                answers.append(stock(name, event))
            except Exception as error:  # noqa: BLE001 - told to the delivery, as Lambda would
                errors.append(error)

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]
        return answers[0]

    with between(cloud, twice):
        life = finish(where, small_scan, claims=story.somebody())
        cloud.wait_idle()
    assert doubled.keys() >= {
        "digitisation_take_in",
        "onestop_start_flow",
        "digitisation_make_copy",
        "messages_sign_copy",
        "digitisation_read_copy",
        "messages_issue_paper",
        "vault_store_result",
        "onestop_record_result",
    }
    assert parked(cloud, life.reference) == []
    one_of_everything(cloud, where, life)


def one_of_everything(cloud, where, life):
    reference, me = life.reference, story.citizen(where, **life.claims)
    rows = partition(where, "Dossiers", reference)
    kinds = Counter(r["type"] for r in rows if r["sk"].startswith("EVENT#"))
    assert {t: n for t, n in kinds.items() if n > 1} == {"vn.motcua.component.received": 2}, "one upload, one drop"
    assert [r["sk"] for r in rows if r["sk"].startswith("RESULT#")] == ["RESULT#KQ1"]
    assert len([r for r in rows if r["sk"].startswith("COMPONENT#")]) == 2
    slips = sorted(r["kind"] for r in rows if "slip" in r)
    assert slips == ["approve", "confirm", "receive", "verify"], "the applicant looks at the draft of the result"
    assert me.get(f"/v1/dossiers/{reference}/timeline").ok().body["unbroken"]
    states = [
        e["state"]["code"] for e in me.get(f"/v1/dossiers/{reference}/timeline").ok().body["events"] if e["state"]
    ]
    assert states == [1, 2, 4, 9, 10]
    mine = [e for e in cloud.executions() if e["input"].get("dossier") == reference]
    assert [(e["name"], e["status"]) for e in mine] == [(f"{reference}-1", "SUCCEEDED")]
    kept = Counter(d["group"] for d in me.get("/v1/vault/documents").ok().body["documents"])
    assert kept == {"results": 1, "digitised": 1}
    lines = whole_list(me, "/v1/vault/access", "lines")
    assert [x["act"] for x in lines if x["act"] != "read"] == ["stored"] * 2
    reviewed = [Counter(value["field"] for value in x["values"]) for x in lines if x["values"]]
    assert set(sum(reviewed, Counter()).values()) == {1}, "what an officer looked at, each field once"
    told = Counter(r["type"] for r in events(where, reference) if r["pk"] != reference)
    assert told.pop("vn.motcua.field.reviewed") == len(reviewed)
    read = [x for x in lines if x["act"] != "stored"]  # of what came in the vault's own log tells
    assert told.pop("vn.motcua.ledger.line") == len(read)
    assert set(told.values()) == {1, 2}
    assert {t for t, n in told.items() if n == 2} == {"vn.motcua.signature.ordered"}, "a copy's and a data message's"
    for message in life.messages:
        lookup = me.get(f"/v1/messages/{message}").ok().body["lookup"]
        assert Client(where).get(f"/v1/verifications/{lookup}").status == 200


def test_an_ordinary_life_has_one_of_everything(cloud, where, finished):
    one_of_everything_but_reads(cloud, where, finished)


def one_of_everything_but_reads(cloud, where, finished):
    rows = partition(where, "Dossiers", finished.reference)
    codes = [t for t in tables(where)["Dossiers"] if '"CODE#' in t and finished.reference in t]
    assert len(codes) == 1
    assert [r["sk"] for r in rows if r["sk"].startswith("RESULT#")] == ["RESULT#KQ1"]
    assert parked(cloud, finished.reference) == []
