"""The national e-data store over HTTP: its stand-in, ledger and history of who was looked up, what is taken."""

import base64
import json
import uuid

import pytest
import requests

from chalicelib.submission.estore.connection import MOST_SECONDS
from infra.demo import story
from infra.demo.client import Answer, Client
from infra.local.cloud import LocalCloud
from infra.local.national_store import MOUNT
from tests.http.test_exchange import PORTAL, SECRET, credentials, exchange
from tests.support.asserts import problem
from tests.support.world import officer_of

PURPOSE, NUMBER = "Giấy tờ đã có thì không yêu cầu nộp", "15/GCS-2026"


def connection(cloud, seconds):
    """What a stage is told that waits so long for an answer of the store."""
    at, words = cloud.url + MOUNT, {"channel": "2", "purpose": PURPOSE, "basis": "made up for tests"}
    return json.dumps({"papers": f"{at}/papers", "files": f"{at}/files", **words, "seconds": seconds})


@pytest.fixture(scope="module")
def store(cloud):
    """The store of a stage that is connected to one, while this file runs; a busy machine is no store that is slow."""
    if not isinstance(cloud, LocalCloud):
        pytest.skip("a deployed stage has its store from its parameters")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_NATIONAL_STORE", connection(cloud, MOST_SECONDS))
        yield cloud.national_store
    cloud.national_store.behave("well")


@pytest.fixture
def claims():
    return story.somebody()


@pytest.fixture
def me(where, claims):
    return story.citizen(where, **claims)


@pytest.fixture
def draft(store, me):
    return str(story.open_draft(me).ok(201).body["reference"])


@pytest.fixture
def held(store, claims, small_scan):
    """A birth notice that the store holds of me."""
    path = f"2026/11/{claims['personal_id']}.jpg"
    paper = {
        "MaKetQua": story.BIRTH_NOTICE,
        "TenGiayTo": "Giấy chứng sinh",
        "SoKyHieu": NUMBER,
        "CoQuanChuQuan": "G15.03",
        "DanhSachTepDinhKem": [{"TenTep": "giay-chung-sinh.jpg", "DuongDan": path}],
    }
    store.add(claims["personal_id"], paper, {path: base64.b64encode(small_scan).decode()})
    return paper


def impatient(client, path, body):
    """A POST that does not come again, whatever `Retry-After` says."""
    headers = {"Authorization": f"Bearer {client.token}", "Idempotency-Key": uuid.uuid4().hex}
    answer = requests.post(client.where["url"] + path, json=body, headers=headers, timeout=60)
    return Answer(answer.status_code, answer.headers, answer.json())


def look_up(me, draft, *components):
    body = {"papers": [{"component": each} for each in components]}
    return me.post(f"/v1/drafts/{draft}/lookups", body).ok().body


def test_a_token_that_lies_at_a_portal_looks_nothing_up_and_takes_nothing_before_it_is_exchanged(
    where, claims, me, draft, held
):
    paper = {"component": story.BIRTH_NOTICE}
    (found,) = look_up(me, draft)["papers"]
    theirs = story.citizen(where, **claims, client_id=PORTAL)
    at = f"/v1/drafts/{draft}/lookups"
    for path, body in ((at, {"papers": [paper]}), (f"{at}/files", paper | {"file": found["files"][0]["id"]})):
        assert problem(theirs.post(path, body), 403, "client_not_own")["act"] == "papers.look_up"
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    exchanged = Client(where, exchange(portal, theirs.token).ok(200).body["access_token"])
    assert look_up(exchanged, draft)["papers"]


def test_what_is_held_is_told_with_its_keeper_and_taken_without_an_upload(cloud, me, draft, held, store):
    found = look_up(me, draft)
    (paper,) = found["papers"]
    assert (found["is_answered"], found["reason"]) == (True, None)
    assert (paper["component"], paper["number"], paper["issuer"]) == (story.BIRTH_NOTICE, NUMBER, "G15.03")
    (file,) = paper["files"]
    assert held["DanhSachTepDinhKem"][0]["DuongDan"] not in json.dumps(found)
    taken = me.post(
        f"/v1/drafts/{draft}/lookups/files", {"component": story.BIRTH_NOTICE, "file": file["id"]}, key="take"
    )
    assert taken.ok(201).body["component"] == story.BIRTH_NOTICE
    cloud.wait_idle()
    view = me.get(f"/v1/drafts/{draft}").ok().body
    (upload,) = view["uploads"]
    assert (upload["id"], upload["status"]) == (taken.body["upload"], "accepted")
    assert story.BIRTH_NOTICE not in {each["code"] for each in view["missing"]}
    again = me.post(
        f"/v1/drafts/{draft}/lookups/files", {"component": story.BIRTH_NOTICE, "file": file["id"]}, key="take-2"
    )
    assert again.ok(201).body == {**taken.body, "status": "accepted"}


def test_each_look_up_stands_in_the_ledger_and_the_history_and_tells_no_value(me, draft, held):
    for _ in range(2):
        look_up(me, draft, story.BIRTH_NOTICE)
    lines = [each for each in me.get("/v1/vault/access").ok().body["lines"] if each["act"] == "asked"]
    assert [each["asked"]["register_name"] for each in lines] == ["national_store"] * 2
    assert lines[0]["asked"] == {
        "register_name": "national_store",
        "purpose": PURPOSE,
        "use": story.PROCEDURE,
        "fields": [story.BIRTH_NOTICE],
    }
    assert {each["reference"] for each in lines} == {draft}
    assert NUMBER not in json.dumps(lines)
    (use,) = [each for each in me.get("/v1/vault/history").ok().body["uses"] if each["document"] == "national_store"]
    assert (use["purpose"], use["times"], use["user"]) == (PURPOSE, 2, "owner")


@pytest.mark.parametrize(
    ("way", "reason"), [("down", "down"), ("slow", "slow"), ("refuses", "refused"), ("nonsense", "unreadable")]
)
def test_a_store_that_fails_is_told_and_the_draft_goes_on_without_it(
    cloud, store, me, draft, held, monkeypatch, way, reason
):
    if way == "slow":  # it answers nobody before it behaves again
        monkeypatch.setenv("MOTCUA_NATIONAL_STORE", connection(cloud, 1))
    store.behave(way)
    try:
        found = look_up(me, draft)
        assert (found["is_answered"], found["reason"], found["papers"]) == (False, reason, [])
        body = {"component": story.BIRTH_NOTICE, "file": "0" * 16}
        taken = problem(impatient(me, f"/v1/drafts/{draft}/lookups/files", body), 503, "national_store_unavailable")
        assert taken["reason"] == reason
        assert me.get(f"/v1/drafts/{draft}").ok().body["missing"]
    finally:
        store.behave("well")


def test_where_none_is_connected_taking_is_refused_for_good_and_nobody_is_told_to_wait(store, me, draft, monkeypatch):
    monkeypatch.setenv("MOTCUA_NATIONAL_STORE", "none")
    body = {"component": story.BIRTH_NOTICE, "file": "0" * 16}
    answer = impatient(me, f"/v1/drafts/{draft}/lookups/files", body)
    assert problem(answer, 409, "national_store_unusable")["reason"] == "off"
    assert "Retry-After" not in answer.headers


def test_what_the_store_tells_too_much_goes_nowhere(store, me, draft, claims, held):
    other = {**held, "MaKetQua": "000.00.00.G15-KQ009999", "SoKyHieu": "99/KHAC"}
    store.add(claims["personal_id"], other, {})
    store.behave("more")
    try:
        assert "99/KHAC" not in json.dumps(look_up(me, draft))
    finally:
        store.behave("well")


def test_bad_input_is_named_and_nothing_is_asked(store, where, me, draft):
    before = len(store.questions)
    told = problem(me.post(f"/v1/drafts/{draft}/lookups", {"papers": [{"component": "KQ000000"}]}), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == ["/papers/0/component"]
    assert len(store.questions) == before
    nobody = story.citizen(where, **story.somebody())
    problem(nobody.post(f"/v1/drafts/{draft}/lookups", {"papers": []}), 404, "not_found")
    officer = officer_of(where, story.AGENCY, "leader")
    problem(officer.post(f"/v1/drafts/{draft}/lookups", {"papers": []}), 403, "not_allowed")
    body = {"component": story.BIRTH_NOTICE, "file": "0" * 16}
    problem(me.post(f"/v1/drafts/{draft}/lookups/files", body), 404, "not_found")
    assert len(store.questions) == before + 1
