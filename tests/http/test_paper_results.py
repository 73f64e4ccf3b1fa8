"""A result that was signed by hand, over HTTP: handed in by who decides, converted, and then the dossier's result."""

import hashlib

import pytest
import requests

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_deliveries import ask, hand, of
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, officer_of, page, ready

PHOTO = "Giấy khai sinh ký tay.jpg"


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def awaited(where, me, small_scan):
    """A dossier that waits for its approval alone."""
    return approval_awaited(where, me, small_scan)


def approval_awaited(where, me, scan):
    """A dossier that was verified by officers with nothing else to do with it."""
    reference = str(story.submit(me, ready(me, scan)).ok(201).body["reference"])
    verified(where, me, reference)
    return reference


def verified(where, me, reference):
    for kind, role, outcome in story.STEPS[:2]:
        desk = story.officer(where, role)
        story.complete(desk, story.until(kind, lambda d=desk, k=kind: story.task_of(d, reference, k)), outcome).ok()
    story.confirm(me, reference)
    story.until("the approval", lambda: story.task_of(story.officer(where, "leader"), reference, "approve"))


def offer(desk, reference, **more):
    body = {"dossier": reference, "filename": PHOTO, "media_type": "image/jpeg", "result": True}
    return desk.post("/v1/drops", body | more)


def handed_in(where, reference, data=None):
    """The result as a component, once its copy waits for a signature."""
    desk = story.officer(where, "reception")
    ticket = offer(desk, reference).ok(201).body
    post = ticket["post"]
    requests.post(post["url"], data=post["fields"], files={"file": data or page()}, timeout=60).raise_for_status()
    return story.until("the copy", lambda: story.copy_of(desk, reference))


def approve(where, reference):
    leader = story.officer(where, "leader")
    return leader.post(f"/v1/tasks/{reference}.0-commune.approve/complete", {"outcome": "approved"})


def refused(where, key):
    """What the list of refused drops says of an object."""
    rows = story.listed(story.officer(where, "reception"), "/v1/drops?verdict=refused&", "drops")
    return next((row["reason_code"] for row in rows if row["key"] == key), None)


def test_a_paper_result_becomes_a_data_message_and_goes_on_as_the_result(cloud, where, me, awaited):
    desk = story.officer(where, "reception")
    ask(me, awaited, "counter").ok(201)
    ask(me, awaited, "app").ok(201)
    copy = handed_in(where, awaited)
    component = copy.partition(".")[2]
    (shown,) = [each for each in story.dossier(desk, awaited)["components"] if each["id"] == component]
    assert (shown["code"], shown["digitisation"]["status"]) == ("KQ.G15.000031", "waiting")
    notices = me.get(f"/v1/dossiers/{awaited}/notices").ok().body["notices"]
    assert ["Giấy khai sinh" in each["reason"] for each in notices if each["about"] == "scan"] == [True], "told at once"
    assert problem(approve(where, awaited), 409, "task_not_ready")["components"] == [component]
    story.digitised(where, copy)
    done = story.until("the data message", lambda: story.settled(me, awaited))
    assert me.get("/v1/vault/documents").ok().body["documents"] == [], "nothing is in the vault before the decision"
    approve(where, awaited).ok()
    cloud.wait_idle()
    found = story.dossier(me, awaited)
    code = f"{found['dossier_code']}-KQ1"
    assert (found["state"]["code"], found["results"], found["vault_document"]) == (9, [code], code)
    (shown,) = [each for each in done["components"] if each["id"] == component]
    assert shown["digitisation"]["conversion_id"] == code
    opened = me.get(f"/v1/vault/documents/{code}").ok().body
    held = opened["document"]
    assert (held["provenance"], held["group"], held["kind"]) == ("CONVERTED_SIGNED", "results", "KQ.G15.000031")
    assert held["title"] == "Giấy khai sinh"
    assert len(me.get("/v1/vault/documents").ok().body["documents"]) == 1
    body = {"sha256": hashlib.sha256(requests.get(opened["url"], timeout=60).content).hexdigest()}
    told = Client(where).post("/v1/verifications", body).ok().body
    assert (told["standing"], told["message"], told["origin"]) == ("unchanged", code, "converted")
    lines = me.get("/v1/vault/access").ok().body["lines"]
    assert [line["basis"] for line in lines if line["act"] == "stored"] == ["45/2020 Art. 14(3)"]
    assert of(me, awaited)["app"]["progress"] == "delivered"

    problem(hand(desk, awaited, paper="original", conversion="none"), 409, "conversion_not_valid")
    hand(desk, awaited, paper="original", conversion=component).ok()
    cloud.wait_idle()
    assert story.dossier(me, awaited)["state"]["code"] == 10
    taken = of(me, awaited)["counter"]["handed_over"]
    assert (taken["paper"], taken["conversion"]) == ("original", code)
    problem(offer(desk, awaited), 409, "result_not_awaited")
    assert story.dossier(me, awaited)["results"] == [code]


def test_it_is_handed_in_while_the_approval_is_awaited_and_once(cloud, where, me, small_scan):
    desk = story.officer(where, "reception")
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    problem(offer(desk, reference), 409, "result_not_awaited")
    name = ".result/som.jpg"
    story.drop(where, reference, page(), name)
    key = f"drops/{story.AGENCY}/{reference}/{name}"
    assert story.until("the refusal", lambda: refused(where, key)) == "result_not_awaited"
    verified(where, me, reference)
    copy = handed_in(where, reference)
    problem(offer(desk, reference), 409, "result_twice")
    story.drop(where, reference, page(900), ".result/hai.jpg")
    key = f"drops/{story.AGENCY}/{reference}/.result/hai.jpg"
    assert story.until("the refusal", lambda: refused(where, key)) == "result_twice"
    asked = problem(me.post(f"/v1/dossiers/{reference}/withdrawal", {}), 409, "forbidden_step")
    assert asked["allowed"] == [9]
    problem(desk.post(f"/v1/copies/{copy}/sorting", {"component": story.RESIDENCE}), 409, "forbidden_step")
    desk.post(f"/v1/copies/{copy}/rejection", {"reason": "unreadable"}).ok()
    again = handed_in(where, reference, page(1000))
    assert again != copy
    story.digitised(where, again)
    story.until("the data message", lambda: not problem_of(approve(where, reference)))
    done = story.until("the result", lambda: story.returned(me, reference))
    assert done["results"] == [f"{done['dossier_code']}-KQ1"]
    cloud.wait_idle()


def problem_of(answer):
    """Why an approval was refused; empty once it was not."""
    return "" if answer.status == 200 else answer.body["code"]


def test_nobody_else_hands_in_a_result(where, me, awaited):
    problem(offer(me, awaited), 403, "not_allowed")
    problem(offer(officer_of(where, OTHER_AGENCY, "scanning"), awaited), 404, "not_found")
    problem(offer(officer_of(where, story.AGENCY, "processing"), awaited), 403, "not_allowed")
    story.drop(where, awaited, page(), ".result/la.jpg", agency=OTHER_AGENCY)
    other = officer_of(where, OTHER_AGENCY, "reception")
    key = f"drops/{OTHER_AGENCY}/{awaited}/.result/la.jpg"

    def listed():
        rows = story.listed(other, "/v1/drops?verdict=refused&", "drops")
        return next((row["reason_code"] for row in rows if row["key"] == key), None)

    assert story.until("the refusal", listed) == "no_dossier"
    assert len(story.dossier(me, awaited)["components"]) == 1
    draft = str(story.open_draft(me).ok(201).body["reference"])
    problem(story.announce(me, draft, page(), component="KQ.G15.000031"), 422, "upload_refused")
    answer = offer(story.officer(where, "reception"), "")
    assert rules(answer) == {"/dossier": "required"}
