"""The scanning desk: who cannot sign is told before, and what cannot be signed comes back."""

import base64
import json
import re

import pytest

from infra.demo import story
from infra.demo.client import Client, fetch
from infra.demo.run import Demo
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, aws, officer_of, ready, whole_list

RESIDENCE = "000.00.00.G15-KQ003785"


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


def test_a_colleagues_key_and_body_are_no_act_of_ones_own(where, submitted):
    first = story.officer(where, "reception")
    task = story.until("receive", lambda: story.task_of(first, submitted, "receive"))
    done = story.complete(first, task, "accepted", key="one-key").ok().body
    assert story.complete(first, task, "accepted", key="one-key").ok().body == done, "one's own is told again"
    colleague = officer_of(where, story.AGENCY, "reception")
    problem(story.complete(colleague, task, "accepted", key="one-key"), 409, "task_closed")


@pytest.fixture
def submitted(where, small_scan):
    """The reference of a submitted dossier."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


def dropped(desk, reference, scan, name="KQ003785.jpg"):
    """The id of the copy of a paper that a scanner dropped."""
    story.scanned(desk, reference, scan, name)
    return story.until("the copy", lambda: story.copy_of(desk, reference))


@pytest.fixture
def paper(desk, submitted, small_scan):
    """A dropped paper whose copy waits: the dossier's reference, and the copy's id."""
    return submitted, dropped(desk, submitted, small_scan)


def scanner(where, sub):
    """Somebody of the demo's agency who may scan."""
    return Client.login(where, sub=sub, kind="OFFICER", name="Lý Thanh Oanh", agency=story.AGENCY, roles=["scanning"])


def on_desk(desk, copy):
    """The copy as the desk lists it."""
    return next((each for each in story.listed(desk, "/v1/copies?", "copies") if each["id"] == copy), None)


def test_a_signature_that_cannot_be_made_is_refused_before_or_brings_the_copy_back(where, desk, paper):
    reference, copy = paper
    without = scanner(where, f"officer-{copy[-8:]}")
    told = problem(story.sign_copy(without, copy), 409, "no_signing_certificate")
    assert (told["signer"], on_desk(without, copy)["step"]) == ("officer", "copied")

    with aws(where, "s3") as s3:  # a certificate is registered, and the key behind it is nowhere
        s3.put_object(
            Bucket=where["bucket.MessagesBucket"],
            Key=f"signers/officers/officer-{copy[-8:]}.pem",
            Body=b"a certificate",
        )
    assert story.sign_copy(without, copy, key="first").ok(202).body["step"] == "signature_ordered"
    back = story.until("the copy is back", lambda: on_desk(without, copy))
    assert (back["step"], back["reason_code"]) == ("copied", "no_signing_certificate")
    assert back["reason"] == "Người ký chưa đăng ký chứng thư chữ ký số"
    assert story.sign_copy(without, copy, key="first").ok(202).body["reason_code"] == back["reason_code"]

    story.sign_copy(desk, copy).ok(202)
    story.look_over(copy, desk)
    story.until("the data message", lambda: story.settled(desk, reference))
    assert on_desk(desk, copy) is None


def test_many_copies_are_signed_by_one_call_each_with_its_own_verdict(where, desk, submitted, small_scan):
    for number in range(2):
        story.scanned(desk, submitted, small_scan, f"KQ003785-{number}.jpg")

    def both():
        found = [c["id"] for c in story.listed(desk, "/v1/copies?", "copies") if c["reference"] == submitted]
        return found if len(found) == 2 else None

    first, second = story.until("two copies", both)
    body = {"compared_with_original": True, "copies": [first, "MC-NEVER.x", second, first]}
    foreign = officer_of(where, OTHER_AGENCY, "scanning").post("/v1/copies/signatures", body).ok(202).body
    assert {v["refusal"] for v in foreign["verdicts"]} == {"not_found"}, "each as it would be alone"
    told = desk.post("/v1/copies/signatures", body, key="all").ok(202).body
    assert (told["done"], told["refused"]) == (2, 1)
    assert [(v["id"], v["done"], v["refusal"]) for v in told["verdicts"]] == [
        (first, True, None), ("MC-NEVER.x", False, "not_found"), (second, True, None),
    ]  # fmt: skip
    assert told["verdicts"][0]["step"] == "signature_ordered"
    assert told["verdicts"][1]["title"]
    assert desk.post("/v1/copies/signatures", body, key="all").ok(202).body == told, "the same key is the same act"
    again = desk.post("/v1/copies/signatures", body, key="others").ok(202).body
    assert [v["refusal"] for v in again["verdicts"]] == ["forbidden_step", "not_found", "forbidden_step"]
    for copy in (first, second):
        story.look_over(copy, desk)
    found = story.until("the data messages", lambda: story.settled(desk, submitted))
    assert len([c for c in found["components"] if c["digitisation"]["status"] == "converted"]) == 2


def component(desk, reference, copy):
    """The component behind a copy, as its dossier shows it."""
    found = desk.get(f"/v1/dossiers/{reference}").ok().body["components"]
    return next(each for each in found if each["id"] == copy.partition(".")[2])


def test_an_officer_sees_sorts_and_takes_out_a_paper_that_was_dropped_without_a_name(desk, submitted, small_scan):
    copy = dropped(desk, submitted, small_scan, "scan0001.jpg")
    seen = desk.get(f"/v1/copies/{copy}").ok().body
    assert (seen["code"], seen["step"], seen["fields"]) == ("UNCLASSIFIED", "copied", None)
    assert fetch(desk.get(f"/v1/copies/{copy}/original").ok().body["url"]) == small_scan
    assert fetch(desk.get(f"/v1/copies/{copy}/file").ok().body["url"]).startswith(b"%PDF-1.")

    assert rules(desk.post(f"/v1/copies/{copy}/sorting", {"component": "nothing"})) == {"/component": "unknown"}
    desk.post(f"/v1/copies/{copy}/sorting", {"component": RESIDENCE}).ok()
    assert component(desk, submitted, copy)["code"] == RESIDENCE

    assert rules(desk.post(f"/v1/copies/{copy}/rejection", {"reason": "ugly"})) == {"/reason": "literal_error"}
    rejected = desk.post(f"/v1/copies/{copy}/rejection", {"reason": "not_this_dossier"}, key="r").ok().body
    assert rejected["step"] == "rejected"
    assert desk.post(f"/v1/copies/{copy}/rejection", {"reason": "not_this_dossier"}, key="r").ok().body == rejected
    problem(desk.post(f"/v1/copies/{copy}/rejection", {"reason": "duplicate"}), 409, "forbidden_step")
    assert on_desk(desk, copy) is None
    said = component(desk, submitted, copy)["digitisation"]
    assert (said["status"], said["code"]) == ("rejected", "not_this_dossier")


def test_each_drop_has_a_verdict_that_its_agency_lists_and_acknowledges(where, desk, submitted, small_scan):
    taken = story.scanned(desk, submitted, small_scan, "KQ003785.jpg")
    story.until("taken", lambda: listed(desk, taken, "taken"))
    story.drop(where, "tray 7", small_scan, f"{submitted}.jpg")
    lost = f"drops/{story.AGENCY}/tray 7/{submitted}.jpg"
    drop = story.until("refused", lambda: listed(desk, lost, "refused"))
    assert (drop["reason_code"], drop["size"]) == ("no_dossier", len(small_scan))
    assert drop["at"].endswith("+07:00")
    done = desk.post(f"/v1/drops/{drop['id']}/acknowledgement", {"seen": True}).ok().body
    assert (done["verdict"], done["acknowledged_by"]) == ("acknowledged", "Phan Bích Lượng")
    assert listed(desk, lost, "refused") is None
    assert listed(desk, lost, "acknowledged")["id"] == drop["id"]
    problem(desk.post("/v1/drops/0123456789abcdef/acknowledgement", {"seen": True}), 404, "not_found")


def listed(desk, key, verdict):
    """A drop on the list of its verdict."""
    return next((d for d in whole_list(desk, f"/v1/drops?verdict={verdict}", "drops") if d["key"] == key), None)


def test_a_scanner_gets_a_form_for_its_own_agency_alone(where, desk, submitted):
    body = {"dossier": submitted, "filename": "a.jpg", "media_type": "image/jpeg"}
    foreign = officer_of(where, OTHER_AGENCY, "scanning")
    problem(foreign.post("/v1/drops", body), 404, "not_found")
    key = foreign.post("/v1/drops", {**body, "dossier": ""}).ok(201).body["key"]
    assert key.startswith(f"drops/{OTHER_AGENCY}/")
    assert rules(desk.post("/v1/drops", {**body, "media_type": "text/html"})) == {"/media_type": "literal_error"}
    ticket = desk.post("/v1/drops", body, key="once").ok(201).body
    assert desk.post("/v1/drops", body, key="once").ok(201).body["key"] == ticket["key"]
    policy = json.loads(base64.b64decode(ticket["post"]["fields"]["policy"]))  # S3 holds the post against it
    assert {"key": ticket["post"]["fields"]["key"]} in policy["conditions"]
    assert ["content-length-range", 1, ticket["max_bytes"]] in policy["conditions"]


def test_the_demo_drops_by_a_form_of_the_api(where, desk, submitted, tmp_path):
    demo = Demo(tmp_path, print)
    demo.where, demo.reference = where, submitted
    demo._scanning_desk()
    taken = [drop["key"] for drop in whole_list(desk, "/v1/drops?verdict=taken", "drops") if submitted in drop["key"]]
    assert len(taken) == 1
    assert re.fullmatch(rf"drops/{story.AGENCY}/{submitted}/[0-9a-f]{{8}}-KQ003785 .*", taken[0])
