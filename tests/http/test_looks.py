"""Who looks at what a person said is on that person's ledger, by whichever page: officers looked at some without it."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_petitions import ALL, file
from tests.http.test_supplement import ask
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of, ready, whole_list

NAME = "Cao Thị Nhìn"
WORDS = "Xin giữ kín: con tôi là con nuôi"


@pytest.fixture(scope="module")
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture(scope="module")
def dossier(cloud, me, small_scan):
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    me.post(f"/v1/dossiers/{reference}/messages", {"text": WORDS}).ok(201)
    cloud.wait_idle()
    return reference


@pytest.fixture(scope="module")
def petition(me):
    return file(me, "complaint", "conduct", words=WORDS).ok(201).body["id"]


@pytest.fixture
def curious(where):
    """An officer who has no task in it, but may read what their agency has."""
    return Client.login(
        where, kind="OFFICER", sub="nhin", name=NAME, agency=story.AGENCY, roles=["reception", "leader"]
    )


def lines(me):
    return whole_list(me, "/v1/vault/access", "lines")


def added(me, look):
    before = lines(me)
    look()
    after = lines(me)
    assert after[: len(before)] == before
    return [
        (each["document"], each["by"], each["officer"], each["basis"], each["act"]) for each in after[len(before) :]
    ]


@pytest.mark.parametrize("page", ["notices", "messages", "legs", "consultations"])
def test_an_officer_who_looks_at_what_a_dossier_says_of_its_holder_is_on_their_ledger(me, dossier, curious, page):
    path = f"/v1/dossiers/{dossier}/{page}"
    assert added(me, lambda: curious.get(path).ok()) == [
        (f"{dossier}/{page}", story.AGENCY, NAME, f"dossier {dossier}", "read")
    ]
    assert added(me, lambda: me.get(path)) == [], "their own look is none"


@pytest.mark.parametrize("page", ["notices", "messages"])
def test_who_is_shown_nothing_is_on_no_ledger(me, dossier, where, page):
    stranger = officer_of(where, OTHER_AGENCY, "reception")
    assert added(me, lambda: problem(stranger.get(f"/v1/dossiers/{dossier}/{page}"), 404, "not_found")) == []


def test_an_officer_who_reads_what_a_dossier_was_asked_to_supplement_is_on_its_ledger(
    cloud, me, where, dossier, curious, small_scan
):
    path = f"/v1/dossiers/{dossier}/supplement"
    assert added(me, lambda: curious.get(path).ok()) == [], "nothing was asked"
    asked = ready(me, small_scan)
    story.submit(me, asked).ok(201)
    ask(story.officer(where, "reception"), asked).ok()
    cloud.wait_idle()
    path = f"/v1/dossiers/{asked}/supplement"
    assert added(me, lambda: curious.get(path).ok()) == [
        (f"{asked}/supplement", story.AGENCY, NAME, f"dossier {asked}", "read")
    ]


@pytest.mark.parametrize("page", ["timeline", "slip", "fee"])
def test_what_says_nothing_of_a_person_leaves_no_line(me, dossier, curious, page):
    assert added(me, lambda: curious.get(f"/v1/dossiers/{dossier}/{page}").ok()) == []


def test_an_officer_who_reads_a_petition_is_on_the_ledger_of_who_filed_it(me, petition, curious):
    assert added(me, lambda: curious.get(f"{ALL}/{petition}").ok()) == [
        (petition, story.AGENCY, NAME, f"petition {petition}", "read")
    ]
    assert added(me, lambda: me.get(f"/v1/me/petitions/{petition}").ok()) == []
    assert added(me, lambda: curious.get(ALL).ok()) == [], "a list has no words"


def test_who_may_not_read_a_petition_is_on_no_ledger(me, petition, where):
    reception = officer_of(where, story.AGENCY, "reception")
    assert added(me, lambda: problem(reception.get(f"{ALL}/{petition}"), 404, "not_found")) == []


def test_an_officer_who_reads_a_request_about_data_is_on_the_ledger_of_who_asked(me, curious):
    body = {"kind": "view", "agency": story.AGENCY, "words": WORDS}
    asked = me.post("/v1/me/data/requests", body).ok(201).body
    one = f"/v1/data/requests/{asked['id']}"
    assert added(me, lambda: curious.get(one).ok()) == [
        (asked["id"], story.AGENCY, NAME, f"data request {asked['id']}", "read")
    ]
    assert curious.get(one).ok().body["words"] == WORDS
    assert added(me, lambda: me.get(f"/v1/me/data/requests/{asked['id']}").ok()) == []
    assert me.get("/v1/me/data/requests").ok().body["requests"][0]["words"] == WORDS


def test_neither_the_list_of_requests_nor_an_act_on_one_says_who_asked(me, curious):
    body = {"kind": "view", "agency": story.AGENCY, "words": WORDS}
    asked = me.post("/v1/me/data/requests", body).ok(201).body["id"]
    shown = [each for each in whole_list(curious, "/v1/data/requests", "requests") if each["id"] == asked]
    shown.append(curious.post(f"/v1/data/requests/{asked}/answer", {}).ok().body)
    assert [(each["name"], each["words"]) for each in shown] == [(None, None)] * 2


def test_who_may_not_read_a_request_about_data_is_on_no_ledger(me, where):
    body = {"kind": "view", "agency": story.AGENCY, "words": WORDS}
    asked = me.post("/v1/me/data/requests", body).ok(201).body["id"]
    other = officer_of(where, OTHER_AGENCY, "leader")
    assert added(me, lambda: problem(other.get(f"/v1/data/requests/{asked}"), 404, "not_found")) == []


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("answer", {}),
        ("extension", {"reason": "Nhiều hồ sơ phải tìm"}),
        ("decision", {"outcome": "refused", "reason": "Cơ quan phải lưu giữ", "basis": "Luật 91/2025/QH15 Điều 14(2)"}),
    ],
)
def test_an_officer_who_acts_on_a_request_that_they_never_read_is_on_the_ledger_of_who_asked(me, curious, act, body):
    """Once for an act: the same one again, and one that is refused, is no further line."""
    asked = {"kind": "view", "agency": story.AGENCY, "words": WORDS}
    request = me.post("/v1/me/data/requests", asked).ok(201).body["id"]
    one, again = f"/v1/data/requests/{request}/{act}", f"once-{act}-{request}"
    line = (request, story.AGENCY, NAME, f"data request {request}", "read")
    assert added(me, lambda: curious.post(one, body, key=again).ok()) == [line]
    assert added(me, lambda: curious.post(one, body, key=again).ok()) == []
    refused = "extended_before" if act == "extension" else "data_request_over"
    assert added(me, lambda: problem(curious.post(one, body), 409, refused)) == []


def test_a_task_that_is_done_names_no_applicant_as_nobody_hears_who_reads_it(where, small_scan):
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    desk = story.officer(where, "reception")
    task = story.until("receive", lambda: story.task_of(desk, reference, "receive"))
    assert desk.get(f"/v1/tasks/{task}").ok().body["applicant"] == story.CITIZEN["name"]
    story.complete(desk, task, "accepted").ok()
    seen = desk.get(f"/v1/tasks/{task}").ok().body
    assert (seen["status"], seen["applicant"]) == ("done", None)
