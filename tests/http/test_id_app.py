"""Papers in the national ID app, over HTTP: told by themselves, shown by their owner's wish, put right by a leader."""

import json

import pytest
import requests

from infra.demo import story
from infra.demo.client import Client
from infra.local.cloud import LocalCloud
from infra.local.id_app import MOUNT
from infra.local.officers import OFFICERS
from tests.support.asserts import problem
from tests.support.mandated import person
from tests.support.world import ALL_ROLES, OTHER_AGENCY, officer_of, ready

MINE, ALL = "/v1/me/app/papers", "/v1/app/papers"


@pytest.fixture(scope="module")
def app(cloud, finished):
    """The app of a stage that is connected to one, while this file runs; results of birth registrations are."""
    if not isinstance(cloud, LocalCloud):
        pytest.skip("a deployed stage has its app from its parameters")
    owner = story.citizen(cloud.where(), **finished.claims)
    held = owner.get(f"/v1/vault/documents/{finished.dossier['vault_document']}").ok().body["document"]
    connection = {"url": cloud.url + MOUNT, "kinds": [{"code": held["kind"], "source": "made up for tests"}]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTCUA_ID_APP", json.dumps(connection))
        patch.setenv("MOTCUA_ID_APP_KEY", "key")
        yield cloud.id_app
    cloud.id_app.behave("well")


@pytest.fixture
def claims():
    return story.somebody()


@pytest.fixture
def me(where, claims):
    return story.citizen(where, **claims)


@pytest.fixture
def document(app, cloud, where, me, small_scan):
    """A result in the vault of its holder."""
    reference = str(story.submit(me, ready(me, small_scan)).ok(201).body["reference"])
    story.through_the_desks(where, me, reference)
    cloud.wait_idle()
    return str(story.dossier(me, reference)["vault_document"])


def tick(cloud):
    cloud.wait_idle()
    cloud.functions.call("delivery_integrate", {})


def mine(who):
    return {each["document"]: each for each in who.get(MINE).ok().body["papers"]}


def test_a_paper_is_told_shown_and_hidden(cloud, app, me, document):
    tick(cloud)
    told = mine(me)[document]
    assert (told["progress"], told["showing"], told["overdue"], told["told_revision"]) == (
        "integrated",
        False,
        False,
        1,
    )
    (first,) = app.told_of(document)
    assert (first["standing"], first["shown"], first["link"]) == ("valid", False, None)

    asked = me.post(f"{MINE}/{document}/showing", {}, key="show").ok().body
    assert (asked["progress"], asked["showing"]) == ("waiting", True)
    assert asked["integrate_by"]
    assert me.post(f"{MINE}/{document}/showing", {}, key="show").ok().body["revision"] == asked["revision"]
    problem(me.post(f"{MINE}/{document}/withdrawal", {}, key="show"), 409, "key_reused")
    app.behave("mute")
    tick(cloud)
    app.behave("well")
    assert mine(me)[document]["progress"] == "retrying"
    assert requests.get(app.told_of(document)[-1]["link"], timeout=60).content.startswith(b"%PDF")
    history = me.get("/v1/vault/history").ok().body["uses"]
    assert [each["times"] for each in history if each["purpose"] == "69/2024 Art. 9(6)"] == [1]

    me.post(f"{MINE}/{document}/withdrawal", {}).ok()
    tick(cloud)
    assert [each["shown"] for each in app.told_of(document)] == [False, True, False]
    assert mine(me)[document]["progress"] == "integrated"


def test_what_the_app_refuses_is_put_right_by_the_leader_of_its_agency(cloud, app, where, me, claims, document):
    app.behave("refuses")
    tick(cloud)
    app.behave("well")
    found = mine(me)[document]
    assert (found["progress"], found["why"]) == ("parked", "refused")
    leader, other = story.officer(where, "leader"), officer_of(where, OTHER_AGENCY, "leader")
    is_me = OFFICERS["leader"] | {"personal_id": claims["personal_id"]}
    owner = Client.login(where, kind="OFFICER", agency=story.AGENCY, **is_me)
    assert found["id"] in [each["id"] for each in leader.get(ALL).ok().body["papers"]]
    assert found["id"] not in [each["id"] for each in other.get(ALL).ok().body["papers"]]
    for act in ("retry", "hand"):
        problem(other.post(f"{ALL}/{found['id']}/{act}", {}), 404, "not_found")
        problem(me.post(f"{ALL}/{found['id']}/{act}", {}), 403, "not_allowed")
        problem(story.officer(where, "reception").post(f"{ALL}/{found['id']}/{act}", {}), 403, "not_allowed")
        problem(owner.post(f"{ALL}/{found['id']}/{act}", {}), 403, "own_dossier")
    assert leader.post(f"{ALL}/{found['id']}/retry", {}).ok().body["progress"] == "waiting"
    tick(cloud)
    assert mine(me)[document]["progress"] == "integrated"
    problem(leader.post(f"{ALL}/{found['id']}/hand", {}), 409, "not_in_trouble")


def test_a_leader_notes_what_was_put_there_by_hand(cloud, app, where, me, document):
    app.behave("refuses")
    tick(cloud)
    app.behave("well")
    done = story.officer(where, "leader").post(f"{ALL}/{mine(me)[document]['id']}/hand", {}).ok().body
    assert (done["progress"], done["by_hand"]) == ("integrated", True)
    tick(cloud)
    assert app.told_of(document) == []


def test_a_paper_is_its_owners_alone(cloud, app, where, finished):
    document = finished.dossier["vault_document"]
    owner, low = (story.citizen(where, **{**finished.claims, **more}) for more in ({}, {"level": 1}))
    owner.post(f"{MINE}/{document}/showing", {}).ok()
    assert document in mine(owner)
    answer = low.get(MINE).ok().body
    assert document not in str(answer)
    assert answer["withheld"] > 0
    stranger = person(where, "Lê Thị Út").client
    assert document not in str(stranger.get(MINE).ok().body)
    for what in ("showing", "withdrawal"):
        problem(low.post(f"{MINE}/{document}/{what}", {}), 403, "level_too_low")
        theirs, never = (stranger.post(f"{MINE}/{each}/{what}", {}) for each in (document, "nothing-KQ1"))
        assert (theirs.status, theirs.body["code"]) == (never.status, never.body["code"]) == (404, "not_found")
        for role in ALL_ROLES:
            problem(officer_of(where, story.AGENCY, role).post(f"{MINE}/{document}/{what}", {}), 403, "not_allowed")
    for role in ALL_ROLES:
        problem(officer_of(where, story.AGENCY, role).get(MINE), 403, "not_allowed")
