"""Nobody deals with their own petition or request about data, and a number is somebody's own under whichever kind."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_archives import opened
from tests.http.test_data_requests import ask, decide
from tests.http.test_own_dossiers import Case, owner
from tests.http.test_petitions import ALL, file
from tests.support import mandated
from tests.support.asserts import problem
from tests.support.counter import paper, take_in
from tests.support.recall import leader_of
from tests.support.world import ready

ACTS = {
    "acceptance": {},
    "refusal": {"reason": "Trùng nội dung", "basis": "Điều 10"},
    "answer": {"words": "x"},
    "question": {"words": "x"},
    "publication": {"question": "x", "answer": "y"},
    "withholding": {"reason": "Trùng nội dung"},
    "erasure": {"ground": "retention", "basis": "Điều 10"},
    "erasure/confirmation": {"proposed_at": "2026-01-01T00:00:00+07:00", "decision": "confirm"},
}


def foreigner(where, document, **claims):
    """An account of a foreigner."""
    made = {"sub": f"foreign-{document}", "kind": "FOREIGNER", "name": "Anna Maria Weber", "document": document}
    return Client.login(where, **made, level=2, personal_id=None, **claims)


@pytest.fixture
def number():
    return story.somebody()["personal_id"]


def accounts(where, number):
    """As whom somebody with a number may turn to an agency: client by name."""
    claims = {"kind": "ORGANISATION", "organisation": "0109999991", "organisation_name": "Công ty Bình Minh"}
    return {
        "citizen": story.citizen(where, sub=f"citizen-{number}", personal_id=number),
        "foreigner": foreigner(where, number),
        "of a country": foreigner(where, f"VNM:{number}"),
        "of another": foreigner(where, f"USA:{number}"),
        "organisation": Client.login(where, sub=f"org-{number}", name="Lý", personal_id=number, level=2, **claims),
    }


KINDS = ("citizen", "foreigner", "of a country", "of another", "organisation")


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_deals_with_their_own_petition(where, number, kind):
    name = file(accounts(where, number)[kind]).ok(201).body["id"]
    mine = owner(where, "leader", number)
    for act, body in ACTS.items():
        told = problem(mine.post(f"{ALL}/{name}/{act}", body), 403, "officer_concerned")
        assert told["why"] == "own", act
    story.officer(where, "leader").post(f"{ALL}/{name}/acceptance", {}).ok()


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_decides_their_own_request_about_data(where, number, kind):
    name = ask(accounts(where, number)[kind]).ok(201).body["id"]
    mine = owner(where, "leader", number)
    for act, body in {"answer": {}, "extension": {"reason": "Trùng nội dung"}}.items():
        problem(mine.post(f"/v1/data/requests/{name}/{act}", body), 403, "own_data_request")
    problem(decide(mine, name), 403, "own_data_request")
    decide(story.officer(where, "leader"), name).ok()


@pytest.mark.parametrize("side", ["represented", "representative"])
def test_whom_they_represent_or_who_represents_them_is_as_they_themselves(cloud, where, side):
    one, other = mandated.person(where, "Lê Văn Ủy"), mandated.person(where, "Đỗ Thị Quyền")
    mandated.mandated(cloud, *((one, other) if side == "represented" else (other, one)))
    petition, request = file(one.client).ok(201).body["id"], ask(one.client).ok(201).body["id"]
    tied = owner(where, "leader", other.number)
    problem(tied.post(f"{ALL}/{petition}/acceptance", {}), 403, "officer_concerned")
    problem(decide(tied, request), 403, "own_data_request")
    free = owner(where, "leader", story.somebody()["personal_id"])
    free.post(f"{ALL}/{petition}/acceptance", {}).ok()
    decide(free, request).ok()


def test_nobody_deals_with_a_complaint_about_a_dossier_that_is_their_own(where, number, small_scan):
    """The father whom its form names, a leader, refused the mother's complaint about it."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    father = {**story.FORM["father"], "personal_id": number}
    story.fill(me, reference, {**story.FORM, "father": father}, version=1).ok()
    story.submit(me, reference).ok(201)
    for said in ({"dossier": reference}, {"words": f"Hồ sơ {reference} bị để lâu"}):
        name = file(me, "complaint", "conduct", **said).ok(201).body["id"]
        refused = {"reason": "Không có căn cứ", "basis": "Điều 10"}
        told = problem(owner(where, "leader", number).post(f"{ALL}/{name}/refusal", refused), 403, "officer_concerned")
        assert told["why"] == "own"
        story.officer(where, "leader").post(f"{ALL}/{name}/acceptance", {}).ok()


def test_whose_number_nobody_knows_deals_with_neither(where, number):
    me = accounts(where, number)["citizen"]
    petition, request = file(me).ok(201).body["id"], ask(me).ok(201).body["id"]
    nameless = owner(where, "leader", None)
    problem(nameless.post(f"{ALL}/{petition}/acceptance", {}), 403, "number_unknown")
    problem(decide(nameless, request), 403, "number_unknown")
    assert nameless.get(f"{ALL}/{petition}").ok(), "reading stays open"


# --- dossiers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ["{}", "VNM:{}", "USA:{}"])
def test_a_dossier_under_another_kind_with_the_same_number_is_ones_own(where, small_scan, number, document):
    me = foreigner(where, document.format(number))
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    case = Case(where, number, me, reference)
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")
    theirs = Case(where, story.somebody()["personal_id"], me, reference)
    theirs.complete("reception", "receive", "accepted").ok()


@pytest.mark.parametrize("written", ["{}", "VNM:{}", "LAO:{}"])
def test_at_the_counter_another_kind_hides_nobody(where, number, written):
    person = {"kind": "FOREIGNER", "number": written.format(number), "name": "Anna Maria Weber"}
    body = paper(applicant=person)
    problem(take_in(owner(where, "reception", number), body), 403, "own_dossier")
    reference = take_in(story.officer(where, "reception"), body).ok(201).body["reference"]
    case = Case(where, number, None, reference)
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")


def test_a_mandate_of_an_account_of_another_kind_ties_as_well(cloud, where, small_scan, number):
    agent, me = foreigner(where, f"VNM:{number}"), mandated.person(where, "Lê Văn Ủy")
    other = {"kind": "FOREIGNER", "identity": f"VNM:{number}", "name": "Anna Maria Weber"}
    body = {"role": "represented", "other": other, "procedures": ["1.004222"], "storage": "BOTH"}
    offered = me.client.post("/v1/mandates", body).ok(201).body
    terms = {"terms": offered["waiting"]["number"]}
    agent.post(f"/v1/mandates/{offered['id']}/confirmation", terms).ok()
    cloud.wait_idle()
    reference = ready(me.client, small_scan)
    story.submit(me.client, reference).ok(201)
    problem(Case(where, number, me.client, reference).complete("reception", "receive", "accepted"), 403, "own_dossier")


def test_a_paper_of_an_archive_under_another_kind_is_ones_own(where, number):
    desk = story.officer(where, "reception")
    archive = opened(desk, {"owner_number": f"LAO:{number}"})["id"]
    body = {"archive": archive, "filename": "1.jpg", "media_type": "image/jpeg"}
    problem(owner(where, "reception", number).post("/v1/drops", body), 403, "own_dossier")
    desk.post("/v1/drops", body).ok(201)


@pytest.mark.parametrize("case", ["a request about data", "a complaint"])
def test_who_decided_something_does_not_deal_with_the_complaint_about_that(where, case):
    """A leader refused somebody's request about their data, and then the complaint about that refusal."""
    me = story.citizen(where, **story.somebody())
    one = owner(where, "leader", story.somebody()["personal_id"])
    if case == "a complaint":
        before = file(me, "complaint", "conduct").ok(201).body["id"]
        one.post(f"{ALL}/{before}/refusal", {"reason": "Không có căn cứ", "basis": "Điều 10"}).ok()
    else:
        before = ask(me, "correct").ok(201).body["id"]
        decide(one, before, "refused", basis="Luật 91/2025/QH15, Điều 14").ok()
    written = before.replace("-", " ").lower()
    name = file(me, "complaint", "conduct", words=f"Khiếu nại việc từ chối {written} của tôi").ok(201).body["id"]
    refused = {"reason": "Không có căn cứ", "basis": "Điều 10"}
    assert problem(one.post(f"{ALL}/{name}/refusal", refused), 403, "officer_concerned")["why"] == "acted"
    leader_of(where).post(f"{ALL}/{name}/acceptance", {}).ok()
