"""What a person puts into their vault themselves: checked as all that arrives, counted, never an agency's result."""

import hashlib
from datetime import timedelta

import pytest
import requests

from chalicelib.kernel import aws
from chalicelib.kernel.clock import utc_now
from infra.demo import story
from tests.support.asserts import problem
from tests.support.own_files import OWN, PNG, UPLOADS, announce, judged, picture, put_in
from tests.support.world import whole_list

DOCUMENTS = "/v1/vault/documents"


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


def quota(who):
    return who.get(DOCUMENTS).ok().body["quota"]


def versions(where, key):
    listed = aws.client("s3").list_object_versions(Bucket=where["bucket.IntakeBucket"], Prefix=key)
    return [*listed.get("Versions", ()), *listed.get("DeleteMarkers", ())]


def test_an_own_file_is_checked_kept_listed_opened_shared_taken_away_and_erased(me, where):
    before = quota(me)
    assert (before["bytes"], before["documents"], before["most_bytes"]) == (0, 0, 1 << 30)
    told = {"kind": "KQ009999", "number": "79 0123", "issued_on": "2024-05-06", "valid_until": "2034-05-06"}
    name = put_in(me, **told)
    opened = me.get(f"{DOCUMENTS}/{name}").ok().body
    document = opened["document"]
    assert (document["group"], document["provenance"], document["agency"]) == ("self_uploaded", "SELF_UPLOADED", "")
    assert (document["title"], document["media_type"], document["standing"]) == (OWN["title"], "image/png", "valid")
    assert (document["sha256"], document["size"]) == (hashlib.sha256(PNG).hexdigest(), len(PNG))
    answer = requests.get(opened["url"], timeout=60)
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    (found,) = me.get(f"{DOCUMENTS}?number=790123").ok().body["documents"]
    assert {key: found[key] for key in told} == told
    taken = quota(me)
    assert (taken["bytes"], taken["documents"]) == (len(PNG), 1)
    lines = [(x["act"], x["by"]) for x in whole_list(me, "/v1/vault/access", "lines") if x["document"] == name]
    assert lines == [("stored", "owner"), ("read", "owner")]

    archive = me.post("/v1/vault/takeouts", {}).ok(202).body["id"]

    def made():
        found = me.get(f"/v1/vault/takeouts/{archive}").ok().body["takeout"]
        return found if found["standing"] != "being_made" else None

    assert story.until("the archive", made)["standing"] == "ready"

    erased = me.post(f"{DOCUMENTS}/{name}/erasure", {}).ok().body
    assert (erased["quota"]["bytes"], erased["quota"]["documents"]) == (0, 0)
    assert me.post(f"{DOCUMENTS}/{name}/erasure", {}).ok().body == erased, "again it is as it was"
    problem(me.get(f"{DOCUMENTS}/{name}"), 404, "not_found")
    (upload,) = me.get(UPLOADS).ok().body["uploads"]
    assert (upload["standing"], upload["title"]) == ("erased", "")
    story.until("the file is gone", lambda: not named(where, name))
    lines = [x["act"] for x in whole_list(me, "/v1/vault/access", "lines") if x["document"] == name]
    assert lines == ["stored", "read"], "what was is told for ever"


def test_what_is_said_of_an_own_file_is_held_against_the_rules(me):
    wrong = {**OWN, "issued_on": "2024-05-06", "valid_until": "2024-05-05"}
    (field,) = problem(me.post(UPLOADS, wrong), 422, "body_invalid")["errors"]
    assert field["pointer"] == "/valid_until"
    for name, value in (("size", 0), ("size", 20 * 1024 * 1024 + 1), ("media_type", "text/html"), ("title", " ")):
        problem(me.post(UPLOADS, {**OWN, name: value}), 422, "body_invalid")


def named(where, name):
    return [each for each in versions(where, "vaults/") if each["Key"].endswith(f"/{name}")]


def test_what_is_no_paper_is_refused_with_the_reason_and_its_room_is_free(me, where):
    data = b"MZ" + b"\0" * 5000
    ticket = announce(me, data)
    assert quota(me)["bytes"] == len(data), "room is kept for what was announced"
    story.post(ticket["post"], data)
    refused = judged(me, ticket["upload"]["id"])
    assert (refused["standing"], refused["reason_code"]) == ("refused", "wrong_type")
    assert refused["reason"]
    assert quota(me)["bytes"] == 0
    problem(me.get(f"{DOCUMENTS}/{refused['id']}"), 404, "not_found")
    story.until("the file is gone", lambda: not named(where, refused["id"]))


def test_a_second_file_under_the_same_form_is_not_kept(me, where):
    ticket = announce(me)
    story.post(ticket["post"], PNG)
    name = ticket["upload"]["id"]
    assert judged(me, name)["standing"] == "kept"
    other = picture("X")
    assert len(other) <= len(PNG)
    story.post(ticket["post"], other)
    story.until("one version", lambda: len(named(where, name)) == 1)
    assert requests.get(me.get(f"{DOCUMENTS}/{name}").ok().body["url"], timeout=60).content == PNG


def test_the_quota_refuses_with_the_figures_and_is_free_again_on_erasure(me, monkeypatch):
    monkeypatch.setenv("MOTCUA_VAULT_BYTES", str(2 * len(PNG)))
    first = put_in(me)
    put_in(me)
    told = problem(me.post(UPLOADS, OWN), 409, "vault_full")
    figures = ("bytes", "most_bytes", "documents", "most_documents", "wanted")
    assert [told[name] for name in figures] == [2 * len(PNG), 2 * len(PNG), 2, 1000, len(PNG)]
    me.post(f"{DOCUMENTS}/{first}/erasure", {}).ok()
    put_in(me)
    monkeypatch.setenv("MOTCUA_VAULT_DOCUMENTS", "2")
    monkeypatch.setenv("MOTCUA_VAULT_BYTES", str(1 << 30))
    assert problem(me.post(UPLOADS, OWN), 409, "vault_full")["documents"] == 2


def test_an_own_file_answers_no_component_and_no_agencys_result_is_erased(me, holder, finished):
    draft = story.open_draft(me).ok(201).body["reference"]
    own = put_in(me, kind=story.BIRTH_NOTICE)
    body = {"component": story.BIRTH_NOTICE, "document": own}
    problem(me.post(f"/v1/drafts/{draft}/documents", body), 404, "not_found")
    theirs = finished.dossier["vault_document"]
    problem(holder.post(f"{DOCUMENTS}/{theirs}/erasure", {}), 409, "kept_by_law")
    holder.get(f"{DOCUMENTS}/{theirs}").ok()


def test_an_own_file_is_shared_as_what_it_is(me, where):
    own, friend = put_in(me), story.somebody()
    until = (utc_now() + timedelta(days=6)).isoformat()
    receiver = {"kind": "person", "identity": friend["personal_id"]}
    body = {"document": own, "receiver": receiver, "purpose": "employment", "until": until}
    grant = me.post("/v1/vault/grants", body).ok(201).body["id"]
    theirs = story.citizen(where, **friend)
    opened = theirs.get(f"/v1/received/documents/{grant}").ok().body
    assert (opened["provenance"], opened["document"]["document"]) == ("SELF_UPLOADED", own)
    assert requests.get(opened["url"], timeout=60).content == PNG
    me.post(f"{DOCUMENTS}/{own}/erasure", {}).ok()
    assert theirs.get(f"/v1/received/documents/{grant}").status in (404, 409)
