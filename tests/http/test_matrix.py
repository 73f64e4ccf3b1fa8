"""Every route on a thing of somebody's, by everybody who stands to it in some way, at each stage of it.

What is expected is made from the table of acts and from the routes; a hole that is planted in either is found.
`test_access.py` has the other routes, whose things are nobody's, an agency's or one's own.
"""

from dataclasses import dataclass

import pytest

from chalicelib.dossier import acting
from chalicelib.kernel.access import ACTS, CITIZEN, Grant, Relation, Stage
from infra.demo import story
from infra.demo.client import Client
from tests.http.test_access import READS, WRITES
from tests.support.acts import every_act
from tests.support.asserts import problem
from tests.support.mandated import opened_for, person, proved
from tests.support.vaults import ACTS_OF_VAULTS
from tests.support.world import ALL_ROLES, OTHER_AGENCY, officer_of

TABLE = dict(every_act())
"""The table as the product declares it: what is planted later is not in it."""
OF_SOMEBODY = {
    act for act, grants in TABLE.items() if any(g.role == CITIZEN and g.relation is not Relation.ANY for g in grants)
} - {*ACTS_OF_VAULTS, "delivery.ask_app", "app_paper.read", "app_paper.show", "kept_paper.read"}
"""Acts on a thing that several stand to; vaults, and what is shared of them, are in test_vault_matrix.py.

Papers in the national ID app have theirs in test_id_app.py: a stage has to be connected to one.

A component that lies in a vault too has the route of every component: test_own_clients.py.

A wish for the app has the route of every wish, and its body says which it is: tests/unit/delivery/test_handing.py.
"""
BODIES = {
    "/v1/dossiers/{dossier}/slips": {},
    "/v1/messages/{message}/prints": {},
    "/v1/drafts/{reference}/form": {"form": story.FORM},
    "/v1/drafts/{reference}/renewal": {},
    "/v1/drafts/{reference}/holders": {"name": "Đinh Công Tráng", "personal_id": "001093054329"},
    "/v1/dossiers/{dossier}/messages": {"text": "Xin hỏi"},
    "/v1/dossiers/{dossier}/messages/read": {"up_to": 1},
    "/v1/dossiers/{dossier}/deliveries": {"destination": "counter"},
    "/v1/dossiers/{dossier}/deliveries/{destination}/withdrawal": {},
    "/v1/dossiers/{dossier}/withdrawal": {},
    "/v1/dossiers/{dossier}/confirmation": {"confirmed": True},
    "/v1/drafts/{reference}/documents": {"component": "none", "document": "none"},
    "/v1/drafts/{reference}/lookups": {"papers": []},
    "/v1/drafts/{reference}/lookups/files": {"component": "none", "file": "0" * 16},
    "/v1/drafts/{reference}/uploads": {
        "component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 1,
    },
    "/v1/dossiers/{dossier}/uploads": {
        "component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 1,
    },
    "/v1/dossiers/{dossier}/rating": {"satisfied": True},
    "/v1/dossiers/{dossier}/supplement": {},
    "/v1/dossiers/{dossier}/supplement/objection": {"reason": "Không đúng"},
}  # fmt: skip
SUBMIT = "/v1/dossiers"
"""Its thing is named in the body: a draft that lacks a paper, so that nothing is submitted here."""


@dataclass(frozen=True)
class Somebody:
    """A client, how they stand to the things, and what they may act as."""

    client: Client
    relation: Relation
    roles: frozenset[str] = frozenset({CITIZEN})


@dataclass(frozen=True)
class World:
    """Things of one holder by their stage, and everybody who stands to them."""

    things: dict[Stage, dict[str, str]]
    people: dict[str, Somebody]


def held(cloud, holder, agent, spouse, mandate, scan, stage):
    """A dossier of somebody at a stage, filed by their agent, held together with a spouse."""
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    holder.client.post(f"/v1/drafts/{draft}/holders", spouse.named()).ok()
    if stage is not Stage.DRAFT:
        assert story.checked(agent.client, draft, story.upload(agent.client, draft, scan))["status"] == "accepted"
    spouse.client.post(f"/v1/drafts/{draft}/holders/confirmation", {}).ok()
    found = {"reference": draft, "dossier": draft}
    if stage is Stage.DRAFT:
        return found
    story.submit(agent.client, draft).ok(201)
    if stage is Stage.OPEN:  # it is due from its acceptance on
        desk = story.officer(cloud.where(), "reception")
        task = story.until("the task", lambda: story.task_of(desk, draft, "receive"))
        story.complete(desk, task, "accepted").ok()
    found["component"] = story.dossier(holder.client, draft)["components"][0]["id"]
    if stage is Stage.ENDED:
        story.through_the_desks(cloud.where(), holder.client, draft)
        done = story.until("the result", lambda: story.returned(holder.client, draft))
        found |= {"message": done["receipt"], "document": done["vault_document"]}
    return found


def of_one(cloud, scan, *, revoked):
    """The things of somebody, and their people; the mandate of their agent may have been revoked since."""
    where = cloud.where()
    names = ("Nguyễn Thị Bích Liễu", "Trần Văn Thưởng", "Lê Quốc Vượng", "Lê Thị Út")
    holder, agent, spouse, stranger = (person(where, name) for name in names)
    mandate = proved(cloud, holder, agent, b"%PDF-1.7 a mandate", may=["withdraw"])
    things = {stage: held(cloud, holder, agent, spouse, mandate, scan, stage) for stage in Stage}
    if revoked:
        holder.client.post(f"/v1/mandates/{mandate}/revocation", {"reason": "Đổi người đại diện"}).ok()
        cloud.wait_idle()
    people = {
        "holder": Somebody(holder.client, Relation.HOLDER),
        "agent": Somebody(agent.client, Relation.STRANGER if revoked else Relation.REPRESENTATIVE),
        "spouse": Somebody(spouse.client, Relation.CO_HOLDER),
        "stranger": Somebody(stranger.client, Relation.STRANGER),
    }
    for role in ALL_ROLES:
        people[role] = Somebody(officer_of(where, story.AGENCY, role), Relation.AGENCY, frozenset({role}))
        other = officer_of(where, OTHER_AGENCY, role)
        people[f"{role} elsewhere"] = Somebody(other, Relation.STRANGER, frozenset({role}))
    return World(things, people)


@pytest.fixture(scope="module", params=["the mandate holds", "the mandate was revoked"])
def world(request, cloud, small_scan):
    return of_one(cloud, small_scan, revoked=request.param != "the mandate holds")


@pytest.fixture
def cells(routes):
    """Route, and the names of things in its path, of each act on things of somebody's."""
    return [each for each in routes if each.act in OF_SOMEBODY]


def test_every_route_is_here_or_in_the_other_matrix(routes, cells):
    assert {route.act for route in cells} == OF_SOMEBODY
    assert {route.path for route in routes} == READS.keys() | WRITES.keys()
    assert {route.path for route in cells if route.method != "GET"} == BODIES.keys() | {SUBMIT}


def expected(route, who, stage):
    """Whether the table lets somebody do it."""
    return any(
        grant.role in who.roles and grant.relation in (Relation.ANY, who.relation) and stage in grant.stages
        for grant in TABLE[route.act]
    )


def asked(route, who, thing):
    """What somebody is answered; None where there is no such thing at that stage."""
    path = route.path
    for name in [part.strip("{}") for part in path.split("/") if part.startswith("{")]:
        if name not in thing:
            return None
        path = path.replace("{" + name + "}", thing[name])
    if path == SUBMIT:
        return who.client.post(SUBMIT, {"draft": thing["reference"], "declares_true": True})
    if route.method == "GET":
        return who.client.get(path)
    return who.client.call(route.method, path, BODIES[route.path], version=0 if route.versioned else None)


def holes(world, cells):
    """What the product answers otherwise than the table says: route, person, stage, status."""
    found, looked = [], 0
    for route in cells:
        for stage, thing in world.things.items():
            for name, who in world.people.items():
                answer = asked(route, who, thing)
                if answer is None:
                    continue
                looked += 1
                is_let = answer.status not in (401, 403, 404)
                if is_let and answer.status >= 400:
                    problem(answer, answer.status)
                    is_let = answer.body["code"] != "already_submitted"
                if is_let != expected(route, who, stage):
                    found.append((f"{route.method} {route.path}", name, stage.value, answer.status))
    assert looked > 30 * len(world.people)
    return found


def strangers_of(world):
    """The same things, and nobody but the stranger: what is planted for strangers is found without the others."""
    return World(world.things, {"stranger": world.people["stranger"]})


def test_everybody_may_do_what_the_table_says_and_nothing_else(world, cells):
    assert "\n".join(map(str, holes(world, cells))) == ""


def test_a_hole_in_the_table_is_found(world, cells, monkeypatch):
    monkeypatch.setitem(ACTS, "dossier.read", ACTS["dossier.read"] | {Grant(CITIZEN, Relation.STRANGER)})
    found = {(route, who) for route, who, _, _ in holes(strangers_of(world), cells)}
    assert ("GET /v1/dossiers/{dossier}", "stranger") in found
    assert all(route.startswith("GET /v1/dossiers/") for route, _ in found)


def test_a_hole_in_how_somebody_stands_to_a_thing_is_found(world, cells, monkeypatch):
    real = acting.relation_of
    strangers = {Relation.STRANGER: Relation.HOLDER}
    monkeypatch.setattr(acting, "relation_of", lambda *given: strangers.get(stands := real(*given), stands))
    found = {(route, who) for route, who, _, _ in holes(strangers_of(world), cells)}
    assert ("GET /v1/drafts/{reference}", "stranger") in found
