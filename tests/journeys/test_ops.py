"""Each worker fails until its attempts are used up, executions die: an operator finds it, takes it up, nothing doubles.

The commands run as an operator runs them: against `where.json`, knowing nothing of the cloud's inside.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest
import requests
from typer.testing import CliRunner

from chalicelib.kernel import aws
from chalicelib.law.states import DossierState
from infra.command.letters import UNSAID, owner
from infra.command.ops import ops_app
from infra.demo import story
from infra.demo.client import Client
from infra.local.delivery import _scheduled
from infra.local.intrinsics import Names
from infra.local.names import physical
from infra.local.stage import keep_logs, local_stage
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import HEARING, RESOURCES, RETRIES, addresses, parked
from tests.support import world
from tests.support.breaking import BY_CLOCK, FAILING, STEPS
from tests.support.bundles import BIRTH, birth_form, children_of, desk, start

pytestmark = pytest.mark.story
BROKEN = "chalicelib.gone.handler"


@pytest.fixture(scope="module")
def alone():
    """No other cloud runs meanwhile."""
    with world.resting():
        yield


@pytest.fixture(scope="module")
def broken(tmp_path_factory, alone):
    """A cloud of its own, in which `broken.down(names)` lets functions fail and `broken.up(name)` mends one."""
    folder = tmp_path_factory.mktemp("ops")
    keep_logs(folder / "log.jsonl")
    cloud = local_stage(folder / "cloud")
    declared, failed = cloud.functions.declared, set()

    def down(*names):
        for name in names:
            declared[name] = FUNCTIONS[name]._replace(handler=BROKEN)
            failed.add(name)

    def up(name):
        declared[name] = FUNCTIONS[name]

    down(*STEPS["start"])
    with world.without_clock(), cloud:
        yield SimpleNamespace(cloud=cloud, down=down, up=up, failed=failed, where=cloud.folder / "where.json")


@pytest.fixture(scope="module")
def ops(broken):
    """`ops("parked", ...)`: the command's JSON answer; its exit code is the one expected."""

    def run(*words, expected=0):
        answer = CliRunner().invoke(ops_app, [*words, "--where", str(broken.where), "--json"])
        assert answer.exit_code == expected, (words, answer.output, answer.exception)
        broken.cloud.wait_idle()
        return json.loads(answer.stdout) if answer.stdout else None

    return run


@pytest.fixture(scope="module")
def mended(broken, ops):
    """`mended(name)`: the parked work of a function is found with owner and cause, and taken up once it works again.

    Whoever hears the same event is parked beside it, in its own queue: `mended(name, another)` knows both, and lets
    both work before it takes up either. Answers what the first had.
    """

    def mend(*names, kind="event"):
        broken.cloud.wait_idle()
        parked_now = ops("parked", expected=7)
        assert sorted(each["function"] for each in parked_now) == sorted(names)
        letters = {each["function"]: each for each in parked_now}
        for name in names:
            broken.up(name)
        for name in names:
            found = letters[name]
            assert (found["kind"], found["owner"]) == (kind, owner(name))
            assert (UNSAID if name in HEARING else f"after {RETRIES + 1}") in found["cause"]
            assert found["command"] == f"motcua ops replay --id {found['id']}"
            (done,) = ops("replay", "--id", found["id"])
            assert done["error"] == ""
            assert done["events"] >= 1
        return letters[names[0]]

    return mend


def own(broken, reference):
    """The flows of a dossier; the machines of its papers are named otherwise."""
    return [e for e in broken.cloud.executions() if e["name"].startswith(f"{reference}-")]


def once(broken, me, reference):
    """Nothing is doubled: one code, one result, one holding, one flow that came to its end, every step once."""
    table, code = os.environ["MOTCUA_DOSSIERS_TABLE"], story.dossier(me, reference)["dossier_code"]
    rows = aws.query(table, reference)
    assert len([r for r in rows if r["sk"].startswith("RESULT#")]) == 1
    assert aws.get(table, f"CODE#{code}", "DOSSIER")["reference"] == reference
    documents = me.get("/v1/vault/documents").ok().body["documents"]
    assert [d["id"] for d in documents if d["group"] == "results"] == [f"{code}-KQ1"]
    converted = [d["id"] for d in documents if d["group"] == "digitised"]
    lines = me.get("/v1/vault/access").ok().body["lines"]
    acts = [x["act"] for x in lines if x["document"] == f"{code}-KQ1"]
    assert acts[:1] == ["stored"]
    assert set(acts[1:]) <= {"read"}, "officers, for the watch over their reads"
    assert [x["document"] for x in lines if x["act"] == "stored"].count(f"{code}-KQ1") == 1
    of_agencies = [x["document"] for x in lines if x["act"] == "stored" and x["by"] != "owner"]
    assert sorted(of_agencies) == sorted([*converted, f"{code}-KQ1"])
    timeline = me.get(f"/v1/dossiers/{reference}/timeline").ok().body
    assert timeline["unbroken"]
    told = Counter(e["type"].removeprefix("vn.motcua.") for e in timeline["events"])
    steps = ("submitted", "accepted", "forwarded", "verified", "decided", "processed", "returned")
    assert {told[f"dossier.{s}"] for s in steps} == {1}
    assert told["component.received"] == len([r for r in rows if r["sk"].startswith("COMPONENT#")])
    assert [e["status"] for e in own(broken, reference)].count("SUCCEEDED") == 1
    assert story.dossier(me, reference)["results"] == [f"{code}-KQ1"]
    assert not [e for e in own(broken, reference) if e["status"] == "RUNNING"]


def complete(broken, reference, kind, me=None):
    if me is not None:
        story.confirm(me, reference)
    role, outcome = {k: (r, o) for k, r, o in story.STEPS}[kind]
    desk = story.officer(broken.cloud.where(), role)
    story.complete(desk, story.until(kind, lambda: story.task_of(desk, reference, kind)), outcome).ok()


def load(broken, ops):
    """The catalogue's publications failed before anybody came."""
    found = ops("parked", expected=7)
    assert {(x["function"], x["owner"]) for x in found} == {(name, owner(name)) for name in STEPS["start"]}
    for name in STEPS["start"]:
        broken.up(name)
    assert len(ops("replay", "--all")) == len(found) == len({x["id"] for x in found})
    assert ops("parked") == []


def strike(broken, mended):
    """What goes by the clock fails as well."""
    for rule, function in BY_CLOCK.items():
        broken.down(function)
        broken.cloud.journal.send("target", rule, function, json.dumps(_scheduled(rule)))
        mended(function)
    told = json.loads(Names(RESOURCES, FUNCTIONS, {}).resolve(addresses(HEARING)))
    assert {*broken.cloud.functions.call("outbox_redrive", told).values()} == {0}, "every queue that it names is there"


def arrive(broken, ops, mended, me, scan):
    """Upload and submission; the first step of the flow fails too."""
    where = broken.cloud.where()
    broken.down(*STEPS["upload"])
    draft = str(story.open_draft(me).ok(201).body["reference"])
    upload = story.upload(me, draft, scan)
    assert mended("digitisation_take_in")["subject"] == f"{where['bucket.IntakeBucket']}/uploads/{draft}/{upload}"
    assert story.checked(me, draft, upload)["status"] == "accepted"
    story.fill(me, draft).ok()
    broken.cloud.wait_idle()
    broken.down(*STEPS["submit"])
    reference = story.submit(me, draft).ok(201).body["reference"]
    assert mended("outbox_publish", kind="stream")["subject"].startswith(where["table.Dossiers"])
    assert mended("onestop_start_flow")["subject"] == reference
    (flow,) = ops("parked", expected=7)
    assert (flow["kind"], flow["owner"], flow["id"]) == ("execution", "onestop", f"{reference}-1")
    assert flow["command"] == f"motcua ops resume {reference}"
    broken.up("onestop_open_leg")
    assert ops("resume", reference) == {"reference": reference, "attempt": 2, "started": True}
    assert ops("resume", reference)["started"] is False
    return reference


def digitise(broken, mended, reference, scan):
    """A scanned paper from its drop to the data message."""
    broken.down(*STEPS["digitise"])
    story.drop(broken.cloud.where(), reference, scan, "KQ003785.jpg")
    assert mended("digitisation_make_copy")["subject"] == reference
    desk = story.officer(broken.cloud.where(), "reception")
    copy = story.copy_of(desk, reference)
    story.sign_copy(without_a_key(broken.cloud.where()), copy).ok(202)
    for name in ("messages_sign_copy", "digitisation_take_back"):
        assert mended(name)["subject"] == reference
    assert story.copy_of(desk, reference) == copy
    story.sign_copy(desk, copy).ok(202)
    assert mended("digitisation_read_copy")["subject"] == reference
    story.look_over(copy, desk)
    assert mended("digitisation_settle_component")["subject"] == reference


def without_a_key(where):
    """An officer of whom the register has a certificate, and nobody a key."""
    with world.aws(where, "s3") as s3:
        s3.put_object(
            Bucket=where["bucket.MessagesBucket"], Key="signers/officers/officer-H01.10.24-scanning.pem", Body=b"-"
        )
    return world.officer_of(where, story.AGENCY, "scanning")


def represent(broken, mended):
    """Somebody is given a mandate, an agency enrols an officer, and whoever would hear of it fails."""
    broken.down(*STEPS["people"])
    where, (one, other) = broken.cloud.where(), (story.somebody(), story.somebody())
    theirs = {"kind": "CITIZEN", "identity": other["personal_id"], "name": story.CITIZEN["name"]}
    terms = {"role": "represented", "other": theirs, "procedures": [story.PROCEDURE], "storage": "PRINCIPAL"}
    offered = story.citizen(where, **one).post("/v1/mandates", terms).ok(201).body["id"]
    story.citizen(where, **other).post(f"/v1/mandates/{offered}/confirmation", {"terms": 1}).ok()
    assert mended("submission_hear_people")["subject"] == f"MANDATE#{offered}"
    officer = {
        "subject": "officer-new",
        "name": "Lý Thanh Oanh",
        "roles": [{"role": "reception", "valid_from": "2026-01-01"}],
    }
    chief = world.officer_of(where, story.AGENCY, "administrator")
    broken.down("submission_hear_people")
    enrolled = chief.post("/v1/officers", officer).ok(201).body["id"]
    assert mended("submission_hear_people")["subject"] == f"OFFICER#{story.AGENCY}#{enrolled}"
    number, name, born = one["personal_id"], story.CITIZEN["name"], "1995-02-03"
    known = {"person.personal_id": number, "person.full_name": name, "person.born_on": born, "dead": True}
    kept = {"people": [known | {"person.sex": "Nữ", "at": "2026-07-01T00:00:00+07:00"}]}
    assert requests.put(f"{where['registers']}/data", json=kept, timeout=60).ok
    notice = {"kind": "died", "name": name, "born_on": born, "personal_id": number}
    assert chief.post("/v1/registers/persons", notice).ok().body["is_confirmed"]
    assert mended("identity_end_mandates")["subject"].startswith("PERSON#")
    mandate = story.citizen(where, **other).get(f"/v1/mandates/{offered}").ok().body
    assert (mandate["status"], mandate["ended_why"]) == ("ended", "represented_died")


def decide(broken, ops, mended, me, reference):
    """The desks do their part; everything behind them fails, the last step of the flow too."""
    broken.down(*STEPS["receive"])
    complete(broken, reference, "receive")
    mended("messages_issue_paper")
    complete(broken, reference, "verify")
    broken.down(*STEPS["approve"])
    complete(broken, reference, "approve", me)
    mended("onestop_report_leg")
    (flow,) = ops("parked", expected=7)
    assert flow["id"] == f"{reference}-2"
    broken.up("onestop_decide")
    code = aws.get(os.environ["MOTCUA_DOSSIERS_TABLE"], reference, "HEAD")["dossier_code"]
    assert ops("resume", code)["attempt"] == 3
    for name in ("messages_issue_paper", "onestop_record_result", "vault_store_result"):
        assert mended(name)["subject"] == reference
    broken.down(*STEPS["return"])
    for name in ("onestop_record_delivery", "catalogue_follow_dossier"):
        assert mended(name)["subject"] == reference


def deliver(broken, mended, me, reference):
    """The holder wishes the result by post too, and whoever gives it to the post fails."""
    home = {"name": "Nguyễn Thị Hoa", "phone": "0912345678", "address": "số 12, thôn Đông"}
    broken.down(*STEPS["deliver"])
    me.post(f"/v1/dossiers/{reference}/deliveries", {"destination": "post", "address": home}).ok(201)
    assert mended("delivery_send", "delivery_drive")["subject"] == reference
    broken.cloud.wait_idle()
    *_, post = me.get(f"/v1/dossiers/{reference}/deliveries").ok().body["deliveries"]
    assert (post["destination"], post["progress"], post["why"]) == ("post", "delivered", None)
    assert len(broken.cloud.carriers.kept["post"]) == 1


def show(broken, ops, me, reference):
    """The machine that waits for the counter fails, and is lost: the result is handed over all the same."""
    desk = story.officer(broken.cloud.where(), "reception")
    broken.down("delivery_await_destination")
    desk.post(f"/v1/dossiers/{reference}/deliveries", {"destination": "counter"}).ok(201)
    broken.cloud.wait_idle()
    (flow,) = ops("parked", expected=7)
    assert (flow["kind"], flow["owner"], flow["subject"]) == ("execution", "delivery", reference)
    assert flow["command"] == f"motcua ops resume {reference}"
    broken.up("delivery_await_destination")
    (done,) = ops("resume", reference)["executions"]
    assert (done["execution"], done["started"]) == (f"{flow['id'].removesuffix('.1')}.2", True)
    (done,) = ops("resume", reference)["executions"]
    assert done["started"] is False
    forget(broken.cloud, done["execution"], "Delivery")
    (done,) = ops("resume", reference)["executions"]
    assert done["started"] is True
    hand = {"to": "applicant", "proof": "signature", "paper": "print"}
    desk.post(f"/v1/dossiers/{reference}/deliveries/counter/handover", hand).ok()
    broken.cloud.wait_idle()
    shown = {e["name"]: e["status"] for e in broken.cloud.executions("Delivery")}
    assert shown[done["execution"]] == "SUCCEEDED"
    assert ops("parked", "--idle", "0") == []


def split(broken, mended, me, scan):
    """A bundle is received, its first child is made and refused, and whoever does that fails."""
    broken.down(*STEPS["bundle"])
    bundle = start(me, BIRTH, birth_form(wants_card=False), scan)
    for name in ("onestop_drive_bundle", "submission_start_child"):
        assert mended(name)["subject"] == bundle
    child = children_of(me, bundle)["0-birth"]
    refused = {"reason": "Trẻ đã được đăng ký khai sinh ở nơi khác", "basis": "Luật Hộ tịch, Điều 16"}
    broken.down("onestop_drive_bundle")
    desk(broken.cloud.where(), child, "receive", "refused", **refused).ok()
    assert mended("onestop_drive_bundle")["subject"] == child["reference"]
    assert story.dossier(me, bundle)["state"]["code"] == DossierState.STOPPED


def take(broken, mended, me):
    """The owner takes their vault away; it is made once whoever makes it works again."""
    broken.down(*STEPS["take"])
    asked = me.post("/v1/vault/takeouts", {}).ok(202).body["id"]
    assert mended("vault_make_takeout")["subject"].startswith("OWNER#")
    done = me.get(f"/v1/vault/takeouts/{asked}").ok().body
    assert (done["takeout"]["standing"], done["takeout"]["documents"]) == ("ready", 2)


def put(broken, mended, me, scan):
    """The owner uploads something of their own; it is in the vault once whoever keeps it works again."""
    broken.down(*STEPS["put"])
    own = {"title": "Bằng lái xe", "media_type": "image/jpeg", "size": len(scan)}
    ticket = me.post("/v1/vault/uploads", own).ok(201).body
    story.post(ticket["post"], scan)
    assert mended("vault_keep_upload")["subject"].startswith("OWN#")
    (kept,) = me.get("/v1/vault/uploads").ok().body["uploads"]
    assert kept["standing"] == "kept"


def report(broken, mended):
    """A system drops a file of figures; they are shown once whoever takes them in works again."""
    broken.down(*STEPS["report"])
    where = broken.cloud.where()
    system = Client.login(where, sub="figures", kind="SERVICE", name="S", agency=story.AGENCY, roles=["integration"])
    asked = {"system": "ops", "dialect": "portal_report", "version": 1, "file": "a.csv"}
    ticket = system.post("/v1/figures/drops", asked).ok(201).body
    names = "departmentId,timeType,year,formula,indicator,numerator,denominator"
    story.post(ticket["post"], f"{names}\n{story.AGENCY},year,2025,monitoring-2026,online_share,4,5\n".encode())
    assert mended("measures_take_in")["function"] == "measures_take_in"
    told = story.citizen(where).get(f"/v1/measures?unit={story.AGENCY}&period=2025").ok().body["elsewhere"]
    assert [each["system"] for each in told] == ["ops"]


def watch(broken, mended, me, reference):
    """An officer opens a paper, and whoever looks at reads fails."""
    broken.down(*STEPS["watch"])
    paper = story.dossier(me, reference)["results"][0]
    world.officer_of(broken.cloud.where(), story.AGENCY, "leader").get(f"/v1/messages/{paper}").ok()
    assert mended("vault_watch_reads")["function"] == "vault_watch_reads"


def test_every_worker_fails_is_found_and_taken_up_and_nothing_is_doubled(broken, ops, mended, small_scan):
    load(broken, ops)
    strike(broken, mended)
    represent(broken, mended)
    me = story.citizen(broken.cloud.where(), **story.somebody())
    reference = arrive(broken, ops, mended, me, small_scan)
    digitise(broken, mended, reference, small_scan)
    assert story.settled(me, reference)
    decide(broken, ops, mended, me, reference)
    assert story.returned(me, reference)
    take(broken, mended, me)
    put(broken, mended, me, small_scan)
    watch(broken, mended, me, reference)
    report(broken, mended)
    deliver(broken, mended, me, reference)
    show(broken, ops, me, reference)
    split(broken, mended, story.citizen(broken.cloud.where(), **story.somebody()), small_scan)
    assert broken.failed == FAILING
    assert ops("parked", "--idle", "0") == []
    assert [e["status"] for e in own(broken, reference)] == ["FAILED", "FAILED", "SUCCEEDED"]
    once(broken, me, reference)
    assert ops("resume", reference, expected=4) is None
    assert ops("replay", "--id", reference)[0]["events"] > 20
    once(broken, me, reference)


def forget(cloud, name, of="OneStop"):
    """The engine loses an execution, as when its machine was deleted with the app stack."""
    from infra.local.shims import stepfunctions

    (machine,) = (m for m in stepfunctions._backend().state_machines if m.name == of)
    machine.executions[:] = [e for e in machine.executions if e.name != name]
    with cloud.journal.tx() as db:
        db.execute("DELETE FROM execution WHERE name=?", (name,))


def lose_letter(function):
    """Somebody deletes a letter that was not replayed."""
    sqs = aws.client("sqs")
    queue = sqs.get_queue_url(QueueName=physical(parked(function)))["QueueUrl"]
    (letter,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=letter["ReceiptHandle"])


def test_a_lost_and_a_killed_flow_go_on_and_a_lost_letter_is_no_lost_dossier(broken, ops, small_scan):
    where, cloud = broken.cloud.where(), broken.cloud
    me = story.citizen(where, **story.somebody())
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    cloud.wait_idle()
    complete(broken, reference, "receive")
    cloud.wait_idle()
    assert ops("parked", "--idle", "0") == []

    forget(cloud, f"{reference}-1")
    assert ops("parked") == [], "not yet: its start may be in flight"
    (lost,) = ops("parked", "--idle", "0", expected=7)
    assert (lost["kind"], lost["subject"], lost["cause"]) == ("dossier", reference, "no execution drives it")
    assert ops("resume", reference) == {"reference": reference, "attempt": 1, "started": True}
    assert ops("parked", "--idle", "0") == []

    complete(broken, reference, "verify")
    leg = next(r for r in aws.query(where["table.Dossiers"], reference, "LEG#"))
    aws.client("stepfunctions").send_task_failure(taskToken=leg["token"], error="Operator.Killed", cause="a test")
    cloud.wait_idle()
    (killed,) = ops("parked", expected=7)
    assert (killed["kind"], killed["cause"]) == ("execution", "FAILED: Operator.Killed")
    assert ops("resume", reference)["attempt"] == 2

    broken.down("vault_store_result")
    complete(broken, reference, "approve", me)
    cloud.wait_idle()
    lose_letter("vault_store_result")
    broken.up("vault_store_result")
    (stuck,) = ops("parked", "--idle", "0", expected=7)
    assert (stuck["owner"], stuck["cause"]) == ("vault", "processed, not in the vault")
    assert stuck["command"] == f"motcua ops replay --id {reference}"
    assert ops("replay", "--id", reference)[0]["error"] == ""
    assert story.returned(me, reference)
    assert ops("parked", "--idle", "0") == []
    once(broken, me, reference)


def test_a_dossier_without_a_driver_is_none_that_lost_it_and_comes_to_its_end(broken, ops, small_scan, monkeypatch):
    monkeypatch.setenv("MOTCUA_DRIVEN_LEGS", "2")
    me = story.citizen(broken.cloud.where(), **story.somebody())
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    for kind in ("receive", "verify"):
        broken.cloud.wait_idle()
        assert ops("parked", "--idle", "0") == []
        complete(broken, reference, kind)
    broken.down("onestop_report_leg")
    complete(broken, reference, "approve", me)
    broken.cloud.wait_idle()
    lose_letter("onestop_report_leg")
    broken.up("onestop_report_leg")
    (stuck,) = ops("parked", "--idle", "0", expected=7)
    assert (stuck["cause"], stuck["owner"]) == ("the tasks are done, the flow was not told", "onestop")
    assert ops("replay", "--id", reference)[0]["error"] == ""
    assert story.returned(me, reference)
    assert own(broken, reference) == []
    assert ops("parked", "--idle", "0") == []


def test_another_process_finds_the_same(broken):
    command = [sys.executable, "-m", "infra.command.ops", "parked", "--where", str(broken.where)]
    env = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "MOTCUA_"))}
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300, env=env, check=False)
    assert (answer.returncode, answer.stdout) == (0, "nothing is parked\n"), answer.stderr
