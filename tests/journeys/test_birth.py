"""A birth is registered: from the parents' phone to the certificate in their vault (the story of infra/demo/run.py)."""

import hashlib
import re
import shutil
import subprocess
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from chalicelib.messages.inquiry import SAID
from chalicelib.messages.model import size_text
from chalicelib.messages.verification import verify
from infra.demo import story
from infra.demo.client import Client, fetch
from infra.demo.run import BIRTH_SCAN, RESIDENCE_SCAN
from infra.demo.scans import make_scan
from tests.support.asserts import problem
from tests.support.world import NOBODYS, OTHER_AGENCY, aws, officer_of, ready, whole_list

DESKS = {kind: (role, outcome) for kind, role, outcome in story.STEPS}
NAMES = {role: officer["name"] for role, officer in story.OFFICERS.items()}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="module")
def life(cloud):
    """The story as it went; each test looks at one duty of it."""
    where = cloud.where()
    me = story.citizen(where, **story.somebody())
    birth, residence = make_scan(**BIRTH_SCAN), make_scan(**RESIDENCE_SCAN)
    draft = str(story.open_draft(me).ok(201).body["reference"])
    assert story.checked(me, draft, story.upload(me, draft, birth.jpeg))["status"] == "accepted"
    story.fill(me, draft).ok()
    submitted = story.submit(me, draft).ok(201)
    reference = submitted.body["reference"]

    story.drop(where, reference, residence.jpeg, "KQ003785 xác nhận cư trú.jpg")
    desk = story.officer(where, "reception")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    early = {}
    for kind, (role, outcome) in DESKS.items():
        officer = story.officer(where, role)
        if kind == "approve":
            story.confirm(me, reference)
        task = story.until(kind, lambda o=officer, k=kind: story.task_of(o, reference, k))
        if kind == "approve":  # the leader is too early: the paper waits for its officer's signature
            early["approve"] = story.complete(officer, task, outcome)
            early["component"] = next(c for c in story.dossier(me, reference)["components"] if c["origin"] == "drop")
            story.digitised(where, copy)
            story.until("the data message", lambda: story.settled(me, reference))
        story.complete(officer, task, outcome).ok()
    done = story.until("the result", lambda: story.returned(me, reference))
    cloud.wait_idle()
    return SimpleNamespace(
        where=where, me=me, reference=reference, copy=copy, submitted=submitted, early=early, done=done,
        birth=birth, residence=residence, timeline=me.get(f"/v1/dossiers/{reference}/timeline").ok().body,
    )  # fmt: skip


@pytest.fixture(scope="module")
def papers(life):
    """Receipt, copy, component and result: the files, what the register says of them."""
    converted = next(c for c in life.done["components"] if c["origin"] == "drop")["digitisation"]
    names = {
        "receipt": life.done["receipt"],
        "copy": f"COPY.{life.copy}",
        "component": converted["conversion_id"],
        "result": life.done["results"][0],
    }
    found = {}
    for name, message in names.items():
        view = life.me.get(f"/v1/messages/{message}").ok().body
        registered = Client(life.where).get(f"/v1/verifications/{view['lookup']}").ok().body
        found[name] = SimpleNamespace(pdf=fetch(view["url"]), view=view, registered=registered)
    return found


def test_the_dossier_went_through_the_states_of_the_national_portal(life):
    assert [e["state"]["code"] for e in life.timeline["events"] if e["state"]] == [1, 2, 4, 9, 10]
    assert life.done["state"]["key"] == "RESULT_RETURNED"
    assert life.timeline["unbroken"]
    assert [e["number"] for e in life.timeline["events"]] == list(range(1, len(life.timeline["events"]) + 1))


def entered(life, word, begins):
    """The one execution of a machine whose name begins so: its status, and how many states it entered."""
    with aws(life.where, "stepfunctions") as client:
        machines = client.list_state_machines()["stateMachines"]
        (machine,) = [each["stateMachineArn"] for each in machines if each["name"].endswith(word)]
        runs = client.get_paginator("list_executions").paginate(stateMachineArn=machine)
        (own,) = [e for p in runs for e in p["executions"] if e["name"].startswith(begins)]
        pages = client.get_paginator("get_execution_history").paginate(executionArn=own["executionArn"])
        return own["status"], len([e for p in pages for e in p["events"] if e["type"].endswith("StateEntered")])


def test_its_one_execution_entered_four_states(life):
    assert entered(life, "OneStop", f"{life.reference}-1") == ("SUCCEEDED", 4)


def test_the_one_of_its_scanned_paper_entered_three(life):
    assert entered(life, "Digitisation", f"{life.reference}.") == ("SUCCEEDED", 3)


def test_the_submission_was_one_write_within_its_budget(life):
    headers = life.submitted.headers
    if "X-Local-DynamoDB-Calls" not in headers:
        pytest.skip("only the embedded cloud counts calls and units")
    components = len(life.submitted.body["seal"]["components"])
    assert headers["X-Local-DynamoDB-Calls"] == "1"
    # Two of them, since the event has the traces of what was written with it and passes a kilobyte (ADR 0022).
    assert int(headers["X-Local-Write-Units"]) <= 14 + 2 * components


def test_nothing_is_approved_before_the_paper_is_digitised(life):
    told = problem(life.early["approve"], 409, "task_not_ready")
    assert told["components"] == [life.early["component"]["id"]]
    assert life.early["component"]["digitisation"]["status"] == "waiting"


@pytest.mark.parametrize("name", ["receipt", "copy", "component", "result"])
def test_a_paper_is_valid_and_the_registered_one(life, papers, name):
    paper = papers[name]
    roots = Path(life.where["folder"], "keys", "ca.pem")
    verdict = verify(paper.pdf, roots=roots, registered_sha256=paper.registered["sha256"])
    assert verdict.valid, [c for c in verdict.checks if c.ok is False]
    assert verdict.sha256 == paper.view["sha256"] == sha256(paper.pdf)
    assert paper.view["size"] == paper.registered["size"] == len(paper.pdf)
    *before, last = verdict.signers
    assert [signer.name for signer in before] == ([NAMES["leader"]] if name == "result" else [])
    assert last.name == (NAMES["reception"] if name == "copy" else "Ủy ban nhân dân xã Vĩnh Phước")
    assert all(signer.timestamped for signer in verdict.signers)


@pytest.mark.parametrize("name", ["receipt", "copy", "component", "result"])
@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_pdfsig_finds_a_paper_valid(papers, tmp_path, name):
    (tmp_path / "in.pdf").write_bytes(papers[name].pdf)
    told = subprocess.run(
        ["pdfsig", tmp_path / "in.pdf"], capture_output=True, text=True, check=True, env={"HOME": str(tmp_path)}
    )
    assert "Signature is Valid" in told.stdout
    assert "Total document signed" in told.stdout


def words(pdf, folder):
    (folder / "in.pdf").write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-raw", folder / "in.pdf", "-"], capture_output=True, text=True, check=True)
    return " ".join(told.stdout.split())


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_the_code_on_a_paper_opens_its_page_and_takes_the_file(life, papers):
    file, view = papers["result"].pdf, papers["result"].view
    address = f"{life.where['url']}/v1/verifications/{view['lookup']}"
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    page = requests.get(address, headers=browser, timeout=60)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert view["sha256"] in page.text
    assert SAID["registered"][0] in page.text
    for data, standing in ((file, "unchanged"), (file[:-1], "changed")):
        told = requests.post(address, files={"file": ("giay.pdf", data, "application/pdf")}, timeout=60)
        assert told.json()["standing"] == standing


def test_the_papers_say_whose_they_are(life, papers, tmp_path):
    holder, child = story.CITIZEN["name"], story.FORM["child"]["full_name"]
    receipt, result = (words(papers[name].pdf, tmp_path) for name in ("receipt", "result"))
    assert holder in receipt
    assert life.done["dossier_code"] in receipt
    for line in life.submitted.body["seal"]["components"]:
        assert size_text(line["size"]) in receipt, "the receipt lists exactly what was received"
        assert line["filename"] in receipt.replace(" ", "")
    assert holder in result
    assert child.upper() in result.upper()
    assert life.done["results"][0] in result
    assert life.done["holder_name"] == holder
    component = words(papers["component"].pdf, tmp_path)
    assert "BẢN CHUYỂN ĐỔI" in component.upper()
    assert NAMES["reception"] in component


def test_each_change_of_state_told_its_five_facts_once(life):
    told = life.me.get(f"/v1/dossiers/{life.reference}/notices").ok().body["notices"]
    notices = [each for each in told if each["about"] == "state"]
    assert [n["state"]["code"] for n in notices] == [1, 2, 4, 9, 10]
    for notice in notices:
        facts = {k: notice[k] for k in ("agency", "handler", "received_at", "processed_at", "due_at")}
        assert all(facts.values()), (notice["state"]["key"], facts)
        assert notice["state"]["label_vi"]
        assert notice["state"]["label_en"]
        assert notice["received_at"] <= notice["processed_at"]
    assert {n["agency"] for n in notices} == {story.AGENCY}
    assert [n["handler"] for n in notices][1:3] == [NAMES["reception"]] * 2


def test_the_control_slip_says_who_gave_it_to_whom_and_whether_in_time(life):
    rows = life.me.get(f"/v1/dossiers/{life.reference}/slip").ok().body["rows"]
    assert [(r["giver"], r["receiver"]) for r in rows] == [
        (NAMES["reception"], "Bộ phận thẩm tra"),
        (NAMES["processing"], "Người nộp hồ sơ"),
        ("Người nộp hồ sơ", "Lãnh đạo ký duyệt"),
        (NAMES["leader"], "Bộ phận trả kết quả"),
    ]
    assert {r["result"] for r in rows} <= {"Trước hạn", "Đúng hạn"}
    assert [r["at"] for r in rows] == sorted(r["at"] for r in rows)


def test_the_due_date_is_the_one_that_was_promised_and_explains_itself(life):
    due = life.me.get(f"/v1/dossiers/{life.reference}/due").ok().body["explanation"]
    assert due["due_at"] == life.done["due_at"]
    assert due["received_at"][:19] == life.done["accepted_at"][:19]
    assert due["days"]
    assert due["citations"]


def test_the_result_is_in_the_vault_and_every_look_at_it_in_the_ledger(life, papers):
    kept = life.me.get("/v1/vault/documents").ok().body["documents"]
    held = [d for d in kept if d["group"] == "results"]
    assert [d["kind"] for d in kept if d["group"] == "digitised"] == [story.RESIDENCE]
    assert [d["id"] for d in held] == [life.done["vault_document"]] == life.done["results"]
    assert held[0]["sha256"] == papers["result"].registered["sha256"]
    opened = life.me.get(f"/v1/vault/documents/{held[0]['id']}").ok().body
    assert sha256(fetch(opened["url"])) == held[0]["sha256"]
    lines = life.me.get("/v1/vault/access").ok().body["lines"]
    assert all(x["basis"] for x in lines)
    assert [(x["act"], x["by"]) for x in lines if x["document"] == held[0]["id"]][:1] == [("stored", story.AGENCY)]
    assert (lines[-1]["act"], lines[-1]["document"], lines[-1]["by"]) == ("read", held[0]["id"], "owner")
    assert {x["document"] for x in lines} >= {paper.view["message"] for paper in papers.values()}


def test_the_conversion_record_names_the_very_files(life, papers):
    by_origin = {c["origin"]: c for c in life.done["components"]}
    record = by_origin["drop"]["digitisation"]
    assert record["status"] == "converted"
    assert record["direction"] == "P2D"
    assert record["source_sha256"] == sha256(life.residence.jpeg) == by_origin["drop"]["sha256"]
    assert record["copy_sha256"] == sha256(papers["copy"].pdf)
    assert record["output_sha256"] == sha256(papers["component"].pdf)
    assert record["converter"]["officer"] == NAMES["reception"]
    assert record["converter"]["agency_code"] == story.AGENCY
    assert record["mark_text"]
    assert record["agency_signature"]["message"] == record["conversion_id"]
    exempt = by_origin["upload"]["digitisation"]
    assert (exempt["status"], bool(exempt["citation"])) == ("exempt", True)


def test_the_copy_was_signed_before_anything_was_read(life):
    order = [e["type"].removeprefix("vn.motcua.") for e in life.timeline["events"]]
    assert order.index("component.converted") < order.index("leg.completed")
    assert Counter(order)["component.converted"] == 1
    signed = life.me.get(f"/v1/messages/COPY.{life.copy}").ok().body["signed_at"]
    converted = next(c for c in life.done["components"] if c["origin"] == "drop")["digitisation"]["converted_at"]
    assert datetime.fromisoformat(signed) <= datetime.fromisoformat(converted) + timedelta(seconds=1)


def test_the_file_behind_each_component_is_the_sealed_one(life):
    sent = {"upload": life.birth.jpeg, "drop": life.residence.jpeg}
    for component in life.done["components"]:
        link = life.me.get(f"/v1/dossiers/{life.reference}/components/{component['id']}").ok().body
        assert fetch(link["url"]) == sent[component["origin"]]
        assert link["sha256"] == component["sha256"]


def test_the_dossier_code_has_the_form_the_decree_gives_it(life):
    assert re.fullmatch(rf"{re.escape(story.AGENCY)}-\d{{6,8}}-\d{{4,7}}", life.done["dossier_code"])
    assert life.done["results"] == [f"{life.done['dossier_code']}-KQ1"]
    assert story.dossier(life.me, life.done["dossier_code"])["reference"] == life.reference


# --- drops that are not as they should be -------------------------------------------------------------------------


def refused(where, agency):
    return {d["key"]: d for d in whole_list(officer_of(where, agency, "scanning"), "/v1/drops", "drops")}


def refusal(where, agency, key):
    """What an agency is told of a drop, once it is: an idle cloud may not have heard yet that a file was put there."""
    return story.until(f"the verdict on {key}", lambda: refused(where, agency).get(key))


def dropped(who, reference, count=1):
    """The dossier's papers from scanners, once there are so many."""

    def look():
        found = [c for c in story.dossier(who, reference)["components"] if c["origin"] == "drop"]
        return found if len(found) >= count else None

    return story.until("what was dropped", look)


@pytest.fixture
def dossier(citizen, small_scan):
    """A dossier that was just submitted."""
    return story.submit(citizen, ready(citizen, small_scan)).ok(201).body["reference"]


def test_a_drop_for_another_agencys_dossier_becomes_no_component(cloud, where, citizen, dossier, small_scan):
    cloud.wait_idle()
    before = story.dossier(citizen, dossier)
    story.drop(where, dossier, small_scan, "KQ003785.jpg", agency=OTHER_AGENCY)
    told = refusal(where, OTHER_AGENCY, f"drops/{OTHER_AGENCY}/{dossier}/KQ003785.jpg")
    cloud.wait_idle()
    assert story.dossier(citizen, dossier) == before
    assert told["reason_code"] == "no_dossier"
    assert told["reason"]
    assert f"drops/{OTHER_AGENCY}/{dossier}/KQ003785.jpg" not in refused(where, story.AGENCY)


@pytest.mark.parametrize("batch", [NOBODYS, "lo-2026-11-25", "H01.10.24-20261125-9999999"])
def test_a_drop_into_an_unknown_batch_becomes_no_component(where, small_scan, batch):
    story.drop(where, batch, small_scan, "KQ003785.jpg")
    key = f"drops/{story.AGENCY}/{batch}/KQ003785.jpg"
    assert refusal(where, story.AGENCY, key)["reason_code"] == "no_dossier"


def test_a_drop_that_is_no_scan_becomes_no_component(cloud, where, citizen, dossier):
    story.drop(where, dossier, b"text", "KQ003785.jpg")
    told = refusal(where, story.AGENCY, f"drops/{story.AGENCY}/{dossier}/KQ003785.jpg")
    cloud.wait_idle()
    assert len(story.dossier(citizen, dossier)["components"]) == 1
    assert told["reason_code"] == "wrong_type"


def test_a_drop_into_a_draft_becomes_no_component(cloud, where, citizen, small_scan):
    draft = story.open_draft(citizen).ok(201).body["reference"]
    story.drop(where, draft, small_scan, "KQ004389.jpg")
    told = refusal(where, story.AGENCY, f"drops/{story.AGENCY}/{draft}/KQ004389.jpg")
    cloud.wait_idle()
    assert [m["code"] for m in citizen.get(f"/v1/drafts/{draft}").ok().body["missing"]] == [story.BIRTH_NOTICE]
    assert told["reason_code"] == "no_dossier"


def test_a_drop_after_the_result_changes_nothing(cloud, life, small_scan):
    before = story.dossier(life.me, life.reference)
    story.drop(life.where, life.reference, small_scan, "KQ003785-late.jpg")
    told = refusal(life.where, story.AGENCY, f"drops/{story.AGENCY}/{life.reference}/KQ003785-late.jpg")
    cloud.wait_idle()
    assert story.dossier(life.me, life.reference) == before
    assert told["reason_code"] == "no_dossier"


def test_a_drop_named_without_a_code_is_for_an_officer_to_sort(where, citizen, dossier, small_scan):
    story.drop(where, dossier, small_scan, "Scan 0001.jpg")
    (component,) = dropped(citizen, dossier)
    assert (component["code"], component["filename"]) == ("UNCLASSIFIED", "Scan 0001.jpg")
    desk = story.officer(where, "reception")
    assert story.until("the copy", lambda: story.copy_of(desk, dossier)) == f"{dossier}.{component['id']}"


def test_a_drop_under_the_dossier_code_reaches_its_dossier(where, citizen, dossier, small_scan):
    desk = story.officer(where, "reception")
    story.complete(desk, story.until("the task", lambda: story.task_of(desk, dossier, "receive")), "accepted").ok()
    code = story.dossier(citizen, dossier)["dossier_code"]
    story.drop(where, code, small_scan, "lô 7/KQ003785.jpg")
    assert [c["code"] for c in dropped(citizen, dossier)] == [story.RESIDENCE]


def test_the_same_scan_dropped_twice_is_two_papers(cloud, where, citizen, dossier, small_scan):
    """Two versions of one key are two arrivals: nothing is overwritten, nothing swapped after its check."""
    for _ in range(2):
        story.drop(where, dossier, small_scan, "KQ003785.jpg")
    dropped(citizen, dossier, count=2)
    cloud.wait_idle()
    drops = dropped(citizen, dossier)
    assert len(drops) == len({c["id"] for c in drops}) == 2
