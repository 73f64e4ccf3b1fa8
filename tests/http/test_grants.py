"""What is shared of a vault, over HTTP. Who may do what with it is in `test_vault_matrix.py`."""

import json
from datetime import timedelta

import pytest

from chalicelib.kernel.clock import utc_now
from infra.demo import story
from tests.support.asserts import problem
from tests.support.mandated import person

UNTIL = (utc_now() + timedelta(days=6)).isoformat()


@pytest.fixture(scope="module")
def owner(cloud, finished):
    """The owner of a result, as others know them."""
    return story.citizen(cloud.where(), **finished.claims)


@pytest.fixture(scope="module")
def document(finished):
    return finished.dossier["vault_document"]


@pytest.fixture(scope="module")
def friend(where_of):
    return person(where_of, "Trần Văn Thưởng")


@pytest.fixture(scope="module")
def where_of(cloud):
    return cloud.where()


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
