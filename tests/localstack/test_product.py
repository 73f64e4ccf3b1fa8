"""The packaged product on LocalStack: what only a deployment can show."""

import contextlib
import json
import os
import re
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests

from chalicelib.catalogue.shipped import shipped_agencies
from infra.build.compose import application
from infra.demo import story
from infra.demo.client import Client
from infra.localstack.product import PORTAL
from infra.stack.resources import NIGHT, work
from infra.stack.rest_api import owner
from infra.stack.stores import TRIED_FOR
from tests.localstack.test_functions import archive
from tests.support.world import page


@pytest.fixture(scope="module")
def names(deployed) -> dict[str, str]:
    """Physical name of a function -> its name."""
    named = {k: v.partition(":")[0] for k, v in deployed.where().items() if k.startswith("function.")}
    return {v: k.removeprefix("function.") for k, v in named.items()}


def calls(deployed, names) -> Counter:
    return Counter({names[k]: n for k, n in deployed.activity()["calls"].items() if k in names})


def all_routes() -> list[tuple[str, str]]:
    app = application()
    return [(method, path) for path in sorted(app.routes) for method in sorted(app.routes[path])]


@pytest.mark.parametrize(("method", "path"), all_routes())
def test_a_route_is_answered_by_its_own_function(deployed, names, method, path):
    route = application().routes[path][method]
    private = route.authorizer is not None  # workers that are still busy call none of the functions that are counted
    before = calls(deployed, names)
    concrete = re.sub(r"{\w+}", "MC-0000000000000000", path)
    who = story.citizen(deployed.where(), **story.somebody())
    answer = who.call(method, concrete, {} if method in ("POST", "PUT", "PATCH") else None, version=0)
    called = calls(deployed, names) - before
    assert {k: n for k, n in called.items() if k.endswith("_api")} == {owner(route.view_function): 1}, answer
    assert called["identity_authorize"] == int(private)
    assert answer.status < 500, answer.body


def test_the_sweep_runs_with_its_own_zip_and_sees_every_agency(deployed):
    # Journeys of the same run make agencies of their own; nobody does while this test runs.
    known, path = set(), "/v1/agencies"
    while path:
        listed = Client(deployed.where()).get(path).ok().body
        known |= {agency["id"] for agency in listed["agencies"]}
        path = listed.get("next") and f"/v1/agencies?cursor={listed['next']}"
    answer = ask(deployed, deployed.function("onestop_sweep"), {"source": "aws.events", "detail": {}})
    counted = ("overdue", "resumed", "apologies", "handed_over", "lapsed", "receptions", "told", "missed", "silent")
    assert answer.keys() == {"agencies", "left", "failed", *counted}
    # What other tests filed may be due on the next working day, before a weekend or not: then an apology is owed.
    assert all(answer[name] >= 0 for name in counted)
    assert known >= {agency.id for agency in shipped_agencies()}
    assert (answer["agencies"], answer["left"], answer["failed"]) == (len(known), 0, 0)


def test_the_machine_of_deliveries_ends_when_each_destination_has_its_end(deployed):
    """Its definition, its function with its own zip, and a token for each destination: of no dossier of ours."""
    machine, name = deployed.client("stepfunctions"), f"MC-0000000000000000.{uuid.uuid4().int}.1"
    ways = ["app", "post", "counter", "register"]
    given = {"reference": "MC-0000000000000000", "destinations": ways, "timeout": 600}
    machine.start_execution(stateMachineArn=deployed.where()["machine.Delivery"], name=name, input=json.dumps(given))

    def found() -> dict:
        return next(e for e in deployed.executions("Delivery") if e["name"] == name)

    story.until("the machine", lambda: found()["status"] != "RUNNING")
    assert found()["status"] == "SUCCEEDED"
    assert found()["output"] == [{"destination": way, "outcome": "gone"} for way in ways]


def test_a_schedule_calls_the_sweep(deployed):
    events = deployed.client("events")
    clocks = [rule for rule in events.list_rules()["Rules"] if rule.get("ScheduleExpression")]
    assert {rule["ScheduleExpression"] for rule in clocks} == {
        "rate(1 minute)", "rate(5 minutes)", "rate(1 hour)", "rate(1 day)", NIGHT,
    }  # fmt: skip
    assert {rule["State"] for rule in clocks} == {"ENABLED"}
    often = [rule["Name"] for rule in clocks if rule["ScheduleExpression"] == "rate(5 minutes)"]
    targets = [events.list_targets_by_rule(Rule=name)["Targets"] for name in often]
    called = sorted(target["Arn"].partition(":function:")[2] for (target,) in targets)
    assert called == sorted(deployed.function(name) for name in ("delivery_sweep", "onestop_sweep"))


@pytest.mark.parametrize(
    ("origin", "method", "allowed"),
    [
        (PORTAL, "POST", True),
        ("https://other.example", "POST", False),
        (PORTAL, "PUT", False),
        (PORTAL, "DELETE", False),
    ],
)
def test_a_browser_may_upload_from_a_portals_page_and_do_nothing_else(deployed, origin, method, allowed):
    me = story.citizen(deployed.where(), **story.somebody())
    draft = story.open_draft(me).ok(201).body["reference"]
    url = story.announce(me, draft, page()).ok(201).body["post"]["url"]
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    answer = requests.options(url, headers=asked, timeout=30)
    assert (answer.headers.get("Access-Control-Allow-Origin") == origin) is allowed, answer.headers
    assert answer.status_code == (200 if allowed else 403)


# --- layers --------------------------------------------------------------------------------------------------

LOOK = """
import importlib, os
def handler(event, context):
    return {name: importlib.import_module(name).__file__ for name in event}
"""


@pytest.fixture
def beside(deployed):
    """A function with the layers of a function of ours, and nothing in its zip."""
    client, made = deployed.client("lambda"), []

    def create(like: str) -> str:
        given = client.get_function_configuration(FunctionName=deployed.own_name(like))
        name = f"beside-{uuid.uuid4().hex[:8]}"
        client.create_function(
            FunctionName=name, Runtime="python3.13", Role=given["Role"], Handler="it.handler", Timeout=30,
            Code={"ZipFile": archive({"it.py": LOOK})}, Layers=[x["Arn"] for x in given.get("Layers", [])],
        )  # fmt: skip
        client.get_waiter("function_active_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        made.append(name)
        return name

    yield create
    for name in made:
        client.delete_function(FunctionName=name)


def ask(deployed, name, event):
    out = deployed.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
    return json.load(out["Payload"])


@pytest.mark.parametrize(
    ("like", "modules"),
    [
        ("digitisation_read_copy", ["tesserocr", "numpy", "pypdfium2", "typst"]),
        ("messages_sign_copy", ["pyhanko.sign.signers", "pikepdf", "cryptography"]),
    ],
)
def test_ocr_and_signing_come_from_layers(deployed, beside, like, modules):
    found = ask(deployed, beside(like), modules)
    assert {m: str(found[m]).startswith("/opt/python/") for m in modules} == dict.fromkeys(modules, True)


@pytest.mark.parametrize("like", ["outbox_publish", "onestop_start_flow", "vault_store_result"])
def test_who_has_no_layer_cannot_read_or_sign(deployed, beside, like):
    answer = ask(deployed, beside(like), ["tesserocr"])
    assert answer["errorType"] == "ModuleNotFoundError"


@contextlib.contextmanager
def without(deployed, function: str, layer: str):
    """A function of ours whose alias points to a version that lacks one of its layers."""
    client, (name, _, alias) = deployed.client("lambda"), deployed.function(function).partition(":")
    before = client.get_alias(FunctionName=name, Name=alias)["FunctionVersion"]
    given = [x["Arn"] for x in client.get_function_configuration(FunctionName=name)["Layers"]]
    less = [arn for arn in given if layer not in arn.lower()]
    assert len(less) == len(given) - 1
    ready = client.get_waiter("function_updated_v2")
    client.update_function_configuration(FunctionName=name, Layers=less)
    ready.wait(FunctionName=name, WaiterConfig={"Delay": 1})
    version = client.publish_version(FunctionName=name)["Version"]
    client.update_alias(FunctionName=name, Name=alias, FunctionVersion=version)
    time.sleep(4)  # LocalStack's former poller takes what comes within 3 s, and lets it lie for the time-out and 60 s
    try:
        yield
    finally:
        client.update_alias(FunctionName=name, Name=alias, FunctionVersion=before)
        client.update_function_configuration(FunctionName=name, Layers=given)
        ready.wait(FunctionName=name, WaiterConfig={"Delay": 1})


POLL = 4.0
"""Seconds: a poller waits three at a queue (the plug-in's `polling.py`), and LocalStack hides what comes meanwhile for
as long as the queue said when the wait began."""


@contextlib.contextmanager
def impatient(deployed, function: str):
    """A queue that brings again within seconds what failed, three times in all; the template's does for six hours."""
    sqs, url = deployed.client("sqs"), deployed.where()[f"queue.{work(function)}"]
    told = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout", "RedrivePolicy"])["Attributes"]
    redrive = json.loads(told["RedrivePolicy"])
    assert int(redrive["maxReceiveCount"]) * int(told["VisibilityTimeout"]) >= TRIED_FOR
    fewer = json.dumps(redrive | {"maxReceiveCount": 3})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": "2", "RedrivePolicy": fewer})
    time.sleep(POLL)
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=told)


def operator(deployed, *words: str) -> Any:
    """What `motcua ops` answers."""
    command = [str(Path(sys.executable).with_name("motcua")), "ops", *words, "--json"]
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    command += ["--where", str(deployed.folder / "where.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, env=os.environ | keys)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def test_a_missing_layer_fails_and_its_event_is_parked_and_taken_up_again(deployed):
    where = deployed.where()
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, story.ready_draft(me, page())).ok(201).body["reference"]
    name = deployed.own_name("digitisation_make_copy")
    before = deployed.activity()["calls"].get(name, 0)
    with impatient(deployed, "digitisation_make_copy"):
        with without(deployed, "digitisation_make_copy", "pdflayer"):
            story.drop(where, reference, page(), "KQ003785.jpg")
            letter = story.until("the letter", lambda: next(iter(letters_of(deployed, reference)), None))
        assert (letter["subject"], letter["function"]) == (reference, "digitisation_make_copy")
        assert letter["event"] == "vn.motcua.component.received"
        assert f"under event_id {reference}/EVENT#" in letter["cause"]
        assert deployed.activity()["calls"][name] - before >= 3
        assert Client(where).get("/v1/services").status == 200
        (done,) = operator(deployed, "replay", "--id", letter["id"])
        assert (done["events"], done["error"]) == (1, "")
        # What fails once more comes again within seconds only here: the template hides it for minutes.
        desk = story.officer(where, "reception")
        story.until("the copy", lambda: story.copy_of(desk, reference))
    assert letters_of(deployed, reference) == []


def letters_of(deployed, reference: str) -> list[Any]:
    """What is parked of a dossier."""
    return [letter for letter in operator(deployed, "parked") if letter["subject"] == reference]
