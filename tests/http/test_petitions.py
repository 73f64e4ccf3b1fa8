"""Petitions and complaints over HTTP: filed, followed, forwarded, answered, published; others see nothing."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, officer_of

MINE, ALL = "/v1/me/petitions", "/v1/petitions"


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def leader(where):
    return officer_of(where, story.AGENCY, "leader")


@pytest.fixture
def other(where):
    return officer_of(where, OTHER_AGENCY, "leader")


@pytest.fixture
def reception(where):
    return officer_of(where, story.AGENCY, "reception")


def file(who, kind="petition", about="other", key=None, **more):
    body = {"kind": kind, "about": about, "agency": story.AGENCY, "words": "Hồ sơ bị trả lại không nêu lý do"} | more
    return who.post(MINE, body, key=key)


def owed(who, query=""):
    """All that an agency has to do, over all pages."""
    found, after = [], ""
    while after is not None:
        page = who.get(f"{ALL}?cursor={after}{query}").ok().body
        found, after = [*found, *page["petitions"]], page.get("next")
    return [each["id"] for each in found]


def test_it_names_a_dossier_of_ones_own_and_no_other(me, other):
    assert file(me).ok(201).body["dossier"] is None
    assert rules(file(me, dossier="MC-0000000000000000")) == {"/dossier": "known"}
    assert rules(file(me, dossier="X-1")) == {"/dossier": "string_pattern_mismatch"}


def test_a_petition_about_a_dossier_is_of_whoever_it_is_of(me, where, small_scan):
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    filed = file(me, dossier=reference).ok(201).body
    assert filed["dossier"] == reference
    assert me.get(f"{MINE}/{filed['id']}").ok().body["dossier"] == reference
    stranger = story.citizen(where, **story.somebody())
    assert rules(file(stranger, dossier=reference)) == {"/dossier": "known"}, "no other answer than for none such"
    draft = story.open_draft(me).ok(201).body["reference"]
    assert rules(file(me, dossier=draft)) == {"/dossier": "known"}, "what was not submitted is no dossier yet"


def test_one_is_filed_forwarded_answered_and_published(me, leader, other, reception):
    filed = file(me).ok(201).body
    assert (filed["progress"], filed["owes"], filed["late"]) == ("received", "take_up", False)
    assert filed["id"].startswith("PK-")
    assert filed["filed_at"] < filed["due_at"]
    name = filed["id"]
    assert name in owed(reception)
    row = reception.get(ALL).ok().body["petitions"][0]
    assert not {"name", "words", "answer", "question"} & row.keys(), "a list has no words"
    assert reception.get(f"{ALL}/{name}").ok().body["words"] == filed["words"]
    moved = reception.post(f"{ALL}/{name}/forwarding", {"to": OTHER_AGENCY}).ok().body
    assert (moved["to"], bool(moved["due_at"])) == (OTHER_AGENCY, True)
    assert name not in owed(reception)
    problem(leader.get(f"{ALL}/{name}"), 404, "not_found")
    assert name in owed(other)
    assert rules(other.post(f"{ALL}/{name}/forwarding", {"to": story.AGENCY})) == {"/to": "not_back"}
    other.post(f"{ALL}/{name}/question", {"words": "Ngày nào, hồ sơ nào?"}).ok()
    problem(other.post(f"{ALL}/{name}/question", {"words": "x"}), 409, "petition_asked_before")
    me.post(f"{MINE}/{name}/supply", {"words": "Ngày 20, hồ sơ khai sinh"}).ok()
    other.post(f"{ALL}/{name}/answer", {"words": "Đã hướng dẫn lại"}).ok()
    question = f"Vì sao hồ sơ bị trả lại {name[-4:]}?"
    other.post(f"{ALL}/{name}/publication", {"question": question, "answer": "Phải nêu lý do."}).ok()
    seen = me.get(f"{MINE}/{name}").ok().body
    assert (seen["progress"], seen["answer"], seen["public"]) == ("answered", "Đã hướng dẫn lại", True)
    assert (seen["supplied"], seen["agencies_before"]) == ("Ngày 20, hồ sơ khai sinh", [story.AGENCY])
    assert [each["id"] for each in me.get(MINE).ok().body["petitions"]] == [name]
    problem(other.post(f"{ALL}/{name}/answer", {"words": "x"}), 409, "petition_over")
    told = me.get(f"{MINE}/{name}/notices").ok().body["notices"]
    assert [each["about"] for each in told] == ["filed", "forwarded", "asked", "answered", "published"]
    assert all(each["handler"] for each in told[1:])


def test_everybody_reads_what_was_published_until_it_is_taken_back(me, leader, other, where):
    name = file(me).ok(201).body["id"]
    leader.post(f"{ALL}/{name}/answer", {"words": "Đã trả lời riêng"}).ok()
    question = f"Câu hỏi chung {name[-6:]}"
    leader.post(f"{ALL}/{name}/publication", {"question": question, "answer": "Trả lời chung"}).ok()
    nobody = Client(where)
    shown = nobody.get(f"/v1/public/petitions?agency={story.AGENCY}").ok().body["answers"]
    assert question in [each["question"] for each in shown]
    assert not any(word in str(shown) for word in (name, "riêng", "không nêu lý do"))
    back = {"ground": "shows_person", "reason": "Có tên người gửi"}
    problem(other.post(f"{ALL}/{name}/retraction", back), 404, "not_found")
    assert leader.post(f"{ALL}/{name}/retraction", back).ok().body["retracted_at"]
    assert question not in str(nobody.get(f"/v1/public/petitions?agency={story.AGENCY}").ok().body)
    seen = me.get(f"{MINE}/{name}").ok().body
    assert (seen["public"], seen["retracted_why"]) == (False, "Có tên người gửi")


def test_a_complaint_is_for_whoever_leads_and_is_settled(me, leader, reception):
    name = file(me, "complaint", "conduct").ok(201).body["id"]
    assert name not in owed(reception)
    assert name in owed(leader)
    problem(reception.get(f"{ALL}/{name}"), 404, "not_found")
    problem(leader.post(f"{ALL}/{name}/answer", {"words": "x"}), 409, "petition_over")
    leader.post(f"{ALL}/{name}/acceptance", {}).ok()
    leader.post(f"{ALL}/{name}/prolongation", {"reason": "Nhiều bên liên quan"}).ok()
    assert leader.get(f"{ALL}/{name}").ok().body["complex_why"] == "Nhiều bên liên quan"
    assert rules(leader.post(f"{ALL}/{name}/refusal", {"reason": "Trùng nội dung", "basis": ""})) == {
        "/basis": "string_too_short"
    }
    done = leader.post(f"{ALL}/{name}/answer", {"words": "Quyết định", "basis": "Điều 31"}).ok().body
    assert (done["progress"], done["owes"]) == ("answered", None)
    assert leader.get(f"{ALL}/{name}").ok().body["basis"] == "Điều 31"
    assert rules(file(me, "petition", earlier=name)) == {"/earlier": "first_complaint"}
    assert rules(file(me, "complaint", earlier=name)) == {"/agency": "other_agency"}
    assert file(me, "complaint", agency=OTHER_AGENCY, earlier=name).ok(201).body["instance"] == 2


def test_what_was_refused_or_withdrawn_is_over(me, leader):
    first, second = (file(me).ok(201).body["id"] for _ in range(2))
    leader.post(f"{ALL}/{first}/refusal", {"reason": "Trùng nội dung", "basis": "Điều 10"}).ok()
    problem(me.post(f"{MINE}/{first}/withdrawal", {}), 409, "petition_over")
    assert me.post(f"{MINE}/{second}/withdrawal", {}).ok().body["progress"] == "withdrawn"
    problem(leader.post(f"{ALL}/{second}/acceptance", {}), 409, "petition_over")
    problem(leader.post(f"{ALL}/{second}/withholding", {"reason": "Trùng nội dung"}), 409, "petition_over")


def test_who_it_does_not_concern_sees_and_does_nothing(where, me, leader, other):
    name = file(me).ok(201).body["id"]
    stranger = story.citizen(where, **story.somebody())
    problem(stranger.get(f"{MINE}/{name}"), 404, "not_found")
    problem(stranger.get(f"{MINE}/{name}/notices"), 404, "not_found")
    problem(stranger.post(f"{MINE}/{name}/withdrawal", {}), 404, "not_found")
    problem(other.get(f"{ALL}/{name}"), 404, "not_found")
    for what, body in {
        "acceptance": {},
        "forwarding": {"to": OTHER_AGENCY},
        "question": {"words": "x"},
        "answer": {"words": "x"},
        "refusal": {"reason": "Trùng nội dung", "basis": "Điều 10"},
        "publication": {"question": "x", "answer": "y"},
        "withholding": {"reason": "Trùng nội dung"},
        "retraction": {"ground": "wrong", "reason": "Trùng nội dung"},
        "erasure": {"ground": "retention", "basis": "Điều 10"},
        "erasure/confirmation": {"proposed_at": "x", "decision": "confirm"},
        "prolongation": {"reason": "Trùng nội dung"},
    }.items():
        problem(other.post(f"{ALL}/{name}/{what}", body), 404, "not_found")
    reception = officer_of(where, story.AGENCY, "reception")
    problem(reception.post(f"{ALL}/{name}/answer", {"words": "x"}), 403, "not_allowed")
    problem(officer_of(where, story.AGENCY, "processing").get(ALL), 403, "not_allowed")
    assert name not in owed(other)
    assert rules(file(me, agency="H99.99.99")) == {"/agency": "known"}


def test_late_ones_are_listed_for_the_agency_and_not_for_a_stranger(leader, other, me):
    name = file(me).ok(201).body["id"]
    assert name not in owed(leader, "&late=true")
    late = leader.get(f"/v1/late/petitions?agency={story.AGENCY}").ok().body["petitions"]
    assert name not in [each["id"] for each in late]
    problem(other.get(f"/v1/late/petitions?agency={story.AGENCY}"), 404, "not_found")
