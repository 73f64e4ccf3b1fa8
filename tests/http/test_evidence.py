"""The file that proves a mandate: posted by a side, held against its hash, opened by whom it concerns alone."""

import base64
import hashlib
import json

import pytest
import requests

from infra.demo import story
from infra.demo.client import fetch
from tests.support.asserts import problem, rules
from tests.support.mandated import Person, evidence_of, mandated, opened_for, person, proved
from tests.support.world import OTHER_AGENCY, officer_of

PDF = b"%PDF-1.7 a mandate that a commune certified"
PRINCIPAL, AGENT = "Nguyễn Thị Bích Liễu", "Trần Văn Thưởng"


@pytest.fixture
def sides(where):
    """Two who have nothing with each other yet."""
    return person(where, PRINCIPAL), person(where, AGENT)


def offered(giver: Person, agent: Person, data: bytes = PDF) -> str:
    """A certified mandate that waits for its confirmation."""
    other = {"kind": "CITIZEN", "identity": agent.number, "name": agent.name}
    body = {"role": "represented", "other": other, "procedures": [story.PROCEDURE], "storage": "BOTH"}
    return giver.client.post("/v1/mandates", body | evidence_of(data)).ok(201).body["id"]


def posted(who: Person, mandate: str, data: bytes, media_type: str = "application/pdf", terms: int = 1):
    """What S3 answers to a file that is posted by our form."""
    body = {"terms": terms, "media_type": media_type, "size": len(data)}
    form = who.client.post(f"/v1/mandates/{mandate}/evidence", body).ok(201).body["post"]
    return requests.post(form["url"], data=form["fields"], files={"file": ("f", data)}, timeout=60)


def checked(who: Person, mandate: str, terms: int = 1):
    return who.client.post(f"/v1/mandates/{mandate}/evidence/check", {"terms": terms})


def test_both_sides_open_what_one_posted_and_the_ledger_says_who(sides):
    giver, agent = sides
    mandate = offered(giver, agent)
    path = f"/v1/mandates/{mandate}/evidence"
    problem(checked(agent, mandate), 409, "evidence_not_here")
    problem(giver.client.get(path), 404, "not_found")
    assert posted(agent, mandate, PDF).ok
    assert checked(giver, mandate).ok().body["waiting"]["evidence"]["is_kept"]
    assert checked(giver, mandate).ok().body["waiting"]["evidence"]["is_kept"], "asked again"
    for who in sides:
        assert fetch(who.client.get(path).ok().body["url"]) == PDF
    lines = giver.client.get("/v1/vault/access").ok().body["lines"]
    assert [(x["document"], x["by"], x["officer"], x["act"]) for x in lines] == [
        (f"{mandate}/evidence", "owner", None, "read"),
        (f"{mandate}/evidence", "person", AGENT, "read"),
    ]
    assert lines[1]["basis"] == f"mandate {mandate}"


def test_what_is_posted_later_does_not_take_its_place(sides):
    giver, agent = sides
    mandate = offered(giver, agent)
    assert posted(giver, mandate, PDF).ok
    checked(giver, mandate).ok()
    assert posted(agent, mandate, b"%PDF-1.7 another").ok
    checked(agent, mandate).ok()
    assert fetch(giver.client.get(f"/v1/mandates/{mandate}/evidence").ok().body["url"]) == PDF


@pytest.mark.parametrize(
    ("sent", "named", "broken"),
    [
        (b"%PDF-1.7 another", PDF, {"/sha256": "other_hash"}),
        (b"MZ\x90 a program", b"MZ\x90 a program", {"/media_type": "wrong_type"}),
    ],
)
def test_another_file_or_one_of_another_kind_is_refused_by_name_and_not_kept(sides, sent, named, broken):
    giver, agent = sides
    mandate = offered(giver, agent, named)
    assert posted(giver, mandate, sent).ok
    refused = checked(giver, mandate)
    assert rules(refused) == broken
    problem(refused, 422, "evidence_refused")
    problem(giver.client.get(f"/v1/mandates/{mandate}/evidence"), 404, "not_found")


def test_the_form_takes_no_other_type_and_nothing_larger(sides):
    giver, agent = sides
    mandate = offered(giver, agent)
    body = {"terms": 1, "media_type": "application/pdf", "size": len(PDF)}
    form = giver.client.post(f"/v1/mandates/{mandate}/evidence", body).ok(201).body["post"]
    assert "AWS4-HMAC-SHA256" in form["fields"]["x-amz-algorithm"]
    asked = json.loads(base64.b64decode(form["fields"]["policy"]))["conditions"]
    assert ["content-length-range", 1, len(PDF)] in asked
    assert {"Content-Type": "application/pdf"} in asked
    assert {"key": f"evidence/{mandate}/1"} in asked


def test_terms_that_name_no_file_take_none_and_other_terms_are_not_these(cloud, sides):
    giver, agent = sides
    plain = mandated(cloud, giver, agent)
    body = {"terms": 1, "media_type": "image/png", "size": 10}
    problem(agent.client.post(f"/v1/mandates/{plain}/evidence", body), 409, "evidence_not_here")
    problem(agent.client.post(f"/v1/mandates/{plain}/evidence", body | {"terms": 2}), 409, "terms_changed")


def test_an_officer_opens_it_with_the_dossier_that_was_filed_under_it_and_nobody_else(cloud, where, sides, small_scan):
    giver, agent = sides
    mandate = proved(cloud, giver, agent, PDF)
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    path = f"/v1/dossiers/{draft}/evidence"
    problem(agent.client.get(path), 404, "not_found")
    reference = story.submit(agent.client, draft).ok(201).body["reference"]
    assert reference == draft
    desk = officer_of(where, story.AGENCY, "reception")
    assert hashlib.sha256(fetch(desk.get(path).ok().body["url"])).digest() == hashlib.sha256(PDF).digest()
    line = giver.client.get("/v1/vault/access").ok().body["lines"][-1]
    assert (line["document"], line["basis"], line["by"]) == (
        f"{mandate}/evidence", f"dossier {reference}", story.AGENCY,
    )  # fmt: skip
    for who in (officer_of(where, OTHER_AGENCY, "reception"), person(where, "Lê Thị Út").client):
        problem(who.get(path), 404, "not_found")
        assert who.get(f"/v1/mandates/{mandate}/evidence").status in (403, 404)
    giver.client.post(f"/v1/mandates/{mandate}/revocation", {"reason": "Đổi người đại diện"}).ok()
    cloud.wait_idle()
    problem(agent.client.get(path), 404, "not_found")
    assert fetch(giver.client.get(path).ok().body["url"]) == PDF
    assert fetch(desk.get(path).ok().body["url"]) == PDF
