"""What is shared of a vault, over HTTP: by everybody who stands to it in some way, against the table of acts.

Cells are made from the table: lists, opening, and the text of refusals are held against each other.
"""

import json
from datetime import timedelta

import pytest

from chalicelib.kernel.access import ACTS, CITIZEN, Relation
from chalicelib.kernel.clock import utc_now
from chalicelib.vault import acts
from infra.demo import story
from tests.support.acts import every_act
from tests.support.asserts import problem
from tests.support.mandated import person
from tests.support.world import ALL_ROLES, OTHER_AGENCY, officer_of

every_act()
UNTIL = (utc_now() + timedelta(days=6)).isoformat()
PERSONS = {"owner": Relation.HOLDER, "receiver": Relation.RECEIVER, "stranger": Relation.STRANGER}


@pytest.fixture(scope="module")
def owner(cloud, finished):
    """The owner of a result, as others know them."""
    return story.citizen(cloud.where(), **finished.claims)


@pytest.fixture(scope="module")
def document(owner):
    return owner.get("/v1/vault/documents").ok().body["documents"][0]["id"]


@pytest.fixture(scope="module")
def friend(where_of):
    return person(where_of, "Trần Văn Thưởng")


@pytest.fixture(scope="module")
def where_of(cloud):
    return cloud.where()


@pytest.fixture(scope="module")
def given(owner, friend, document):
    """A grant to a person and one to an agency."""

    def give(receiver, purpose):
        body = {"document": document, "receiver": receiver, "purpose": purpose, "until": UNTIL}
        return owner.post("/v1/vault/grants", body).ok(201).body

    return {
        "person": give({"kind": "person", "identity": friend.number}, "employment"),
        "agency": give({"kind": "agency", "identity": story.AGENCY}, "administrative_procedure"),
    }


@pytest.fixture(scope="module")
def people(where_of, owner, friend):
    """Everybody: client, how they stand to the grant to a person and to the one to an agency, their roles."""
    stranger = person(where_of, "Lê Thị Út")
    found = {
        "owner": (owner, Relation.HOLDER, Relation.HOLDER, {CITIZEN}),
        "receiver": (friend.client, Relation.RECEIVER, Relation.STRANGER, {CITIZEN}),
        "stranger": (stranger.client, Relation.STRANGER, Relation.STRANGER, {CITIZEN}),
    }
    for role in ALL_ROLES:
        found[role] = (officer_of(where_of, story.AGENCY, role), Relation.STRANGER, Relation.RECEIVER, {role})
        elsewhere = officer_of(where_of, OTHER_AGENCY, role)
        found[f"{role} elsewhere"] = (elsewhere, Relation.STRANGER, Relation.STRANGER, {role})
    return found


def lets(act, roles, relation):
    """What the table says."""
    return any(grant.role in roles and grant.relation in (Relation.ANY, relation) for grant in ACTS[act])


def holes(people, given):
    """Where the product answers otherwise than the table says."""
    found = []
    for name, (client, to_person, to_agency, roles) in people.items():
        for kind, relation in (("person", to_person), ("agency", to_agency)):
            grant = given[kind]["id"]
            may = lets(acts.READ_SHARED, roles, relation)
            opened = client.get(f"/v1/received/documents/{grant}")
            listed = client.get("/v1/received/documents")
            shown = listed.status == 200 and grant in json.dumps(listed.body)
            found += [(name, kind, "open", opened.status)] * ((opened.status == 200) != may)
            found += [(name, kind, "list", listed.status)] * (shown != may)
            if not may and opened.status == 404:
                none = client.get("/v1/received/documents/GR-0000000000000000")
                strip = lambda answer: {k: v for k, v in answer.body.items() if k not in ("request_id", "instance")}  # noqa: E731 - said twice below
                found += [(name, kind, "text", opened.body)] * (strip(opened) != strip(none))
            mine = client.get("/v1/vault/grants")
            is_mine = mine.status == 200 and grant in json.dumps(mine.body)
            found += [(name, kind, "given", mine.status)] * (is_mine != lets(acts.LIST_GRANTS, roles, relation))
    return found


def test_everybody_reads_and_sees_what_the_table_says_and_nothing_else(people, given):
    assert holes(people, given) == []


def test_a_hole_in_the_table_is_found(people, given, monkeypatch):
    monkeypatch.setitem(ACTS, acts.READ_SHARED, frozenset())
    assert {(name, kind) for name, kind, *_ in holes(people, given)} == set()
    monkeypatch.undo()
    monkeypatch.setattr("chalicelib.vault.grants.service.allowed", lambda *_: False)
    assert {(name, kind) for name, kind, *_ in holes(people, given)} == {
        ("receiver", "person"), *((role, "agency") for role in ("reception", "processing", "leader")),
    }  # fmt: skip


def test_a_link_of_the_owner_is_opened_once_by_who_has_its_code(owner, friend, document):
    body = {"document": document, "purpose": "proof", "until": UNTIL}
    made = owner.post("/v1/vault/links", body).ok(201).body
    code = {"code": made["code"]}
    assert friend.client.post("/v1/received/links", code, key="first").ok().body["url"]
    assert friend.client.post("/v1/received/links", code, key="first").ok().body["url"]
    refused = problem(friend.client.post("/v1/received/links", code), 410, "grant_ended")
    assert refused["state"] == "used"
    problem(friend.client.post("/v1/received/links", {"code": "f" * 32}), 404, "not_found")
    lines = owner.get("/v1/vault/access?order=newest").ok().body["lines"]
    assert [(x["by"], x["officer"], x["route"]) for x in lines[:2]] == [("person", "Trần Văn Thưởng", "grants")] * 2


def test_what_is_withdrawn_is_gone_for_the_receiver(owner, friend, document):
    receiver = {"kind": "person", "identity": friend.number}
    body = {"document": document, "receiver": receiver, "purpose": "family", "until": UNTIL}
    made = owner.post("/v1/vault/grants", body).ok(201).body
    assert (made["standing"], made["receiver"]) == ("given", f"…{friend.number[-3:]}")
    assert friend.number not in json.dumps(made)
    assert owner.post(f"/v1/vault/grants/{made['id']}/withdrawal", {}).ok().body["standing"] == "withdrawn"
    problem(friend.client.get(f"/v1/received/documents/{made['id']}"), 410, "grant_ended")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"purpose": "anything"}, 409, "purpose_not_offered"),
        ({"until": "2199-01-01T00:00:00Z"}, 422, "body_invalid"),
        ({"document": "nothing"}, 404, "not_found"),
    ],
)
def test_a_grant_is_refused_by_name(owner, friend, document, changes, status, code):
    receiver = {"kind": "person", "identity": friend.number}
    body = {"document": document, "receiver": receiver, "purpose": "family", "until": UNTIL} | changes
    problem(owner.post("/v1/vault/grants", body), status, code)


def test_a_document_is_not_shared_with_oneself(owner, document, finished):
    receiver = {"kind": "person", "identity": finished.claims["personal_id"]}
    body = {"document": document, "receiver": receiver, "purpose": "family", "until": UNTIL}
    problem(owner.post("/v1/vault/grants", body), 409, "grant_to_self")


def test_the_purposes_that_are_offered_are_told(owner):
    found = owner.get("/v1/vault/purposes").ok().body["purposes"]
    assert {"code", "vi", "en", "receivers", "most_days"} == set(found[0])


def test_documents_are_found_over_http(owner, document):
    held = owner.get(f"/v1/vault/documents/{document}").ok().body["document"]
    listed = "/v1/vault/documents"
    for query in (
        f"kind={held['kind']}",
        f"number={held['number']}",
        f"issuer={held['agency']}&issued_from=2026-01-01",
    ):
        found = owner.get(f"{listed}?{query}").ok().body["documents"]
        assert document in [each["id"] for each in found], query
    assert owner.get(f"{listed}?number=9999/1999").ok().body["documents"] == []
    problem(owner.get(f"{listed}?issued_from=2026-02-01&issued_to=2026-01-01"), 422, "body_invalid")
    problem(owner.get(f"{listed}?issued_from=today"), 422, "body_invalid")
    problem(owner.get(f"{listed}?holder=x"), 422, "body_invalid")
