"""Anyone who holds a file asks whether an agency signed it; who may read it has it on paper; agencies withdraw it."""

import base64
import hashlib

import pytest

from chalicelib.messages.verification import Known, verify
from infra.demo import story
from infra.demo.client import Client, fetch
from infra.local.cloud import LocalCloud
from tests.support.asserts import problem
from tests.support.recall import DECISION, withdraw
from tests.support.world import finish


@pytest.fixture
def anyone(where):
    """Somebody without a token."""
    return Client(where)


def told_of(client, message):
    return client.get(f"/v1/messages/{message}").ok().body


def asked(client, **body):
    return client.post("/v1/verifications", body)


def digest(pdf):
    return hashlib.sha256(pdf).hexdigest()


def of_kind(finished, holder, kind):
    """The finished dossier's paper of a kind with its file."""
    found = next(t for m in finished.messages if (t := told_of(holder, m))["kind"] == kind)
    return found, fetch(found["url"])


@pytest.mark.parametrize(
    ("kind", "origin", "signers"),
    [
        ("receipt", "native", ["agency"]),
        ("copy", "copied", ["person"]),
        ("conversion", "converted", ["agency"]),
        ("result", "native", ["person", "agency"]),
    ],
)
def test_a_file_is_known_by_its_hash_or_by_itself(finished, holder, anyone, kind, origin, signers):
    paper, pdf = of_kind(finished, holder, kind)
    by_hash = asked(anyone, sha256=digest(pdf).upper()).ok().body
    assert (by_hash["standing"], by_hash["origin"], by_hash["message"]) == ("unchanged", origin, paper["message"])
    assert [each["kind"] for each in by_hash["signatures"]] == signers
    assert by_hash["data_attached"] is (kind == "conversion")
    assert by_hash["said_vi"] != by_hash["said_en"]
    by_code = anyone.get(f"/v1/verifications/{paper['lookup']}").ok().body
    assert by_code["standing"] == "registered"
    if len(pdf) < 140_000:
        sent = asked(anyone, file=base64.b64encode(pdf).decode()).ok().body
        assert sent == by_hash
        changed = pdf[:-30] + b"x" + pdf[-29:]
        assert asked(anyone, file=base64.b64encode(changed).decode()).ok().body["standing"] == "changed"
    for value in (finished.claims["name"], finished.claims["personal_id"], finished.form["child"]["full_name"]):
        assert value not in str(by_hash)


def test_what_nobody_registered_is_not_there(finished, holder, anyone):
    problem(asked(anyone, sha256="ab" * 32), 404)
    problem(asked(anyone, file=base64.b64encode(b"%PDF-1.7 of somebody").decode()), 404)
    paper, _ = of_kind(finished, holder, "receipt")
    told = asked(anyone, sha256="ab" * 32, lookup=paper["lookup"].lower()).ok().body
    assert told["standing"] == "changed"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/sha256"),
        ({"sha256": "ab" * 32, "file": "QUJD"}, "/sha256"),
        ({"file": "not base64!"}, "/file"),
        ({"sha256": "xyz"}, "/sha256"),
    ],
)
def test_a_question_that_is_none_is_refused_by_its_field(anyone, body, pointer):
    refused = problem(asked(anyone, **body), 422)
    assert [each["pointer"] for each in refused["errors"]] == [pointer]


def test_a_data_message_carries_its_data_under_the_agencys_signature(finished, holder):
    _, pdf = of_kind(finished, holder, "conversion")
    verdict = verify(pdf, roots=LocalCloud.current.folder / "keys" / "ca.pem", registered_sha256=digest(pdf))
    assert verdict.valid, verdict.checks
    assert verdict.unchecked == ()
    (attached,) = verdict.attachments
    assert (attached.media_type, attached.relationship, attached.signed) == ("application/json", "Data", True)
    assert verdict.document.origin == "converted"


def test_whoever_reads_a_paper_has_it_printed_once_while_it_stays_as_it_is(cloud, finished, holder, where, anyone):
    paper, _ = of_kind(finished, holder, "result")
    first, again = (holder.post(f"/v1/messages/{paper['message']}/prints", {}).ok(202).body for _ in range(2))
    assert first == again
    cloud.wait_idle()
    printed = told_of(holder, first["message"])
    pdf = fetch(printed["url"])
    assert printed["kind"] == "print"
    assert verify(pdf, roots=LocalCloud.current.folder / "keys" / "ca.pem", registered_sha256=digest(pdf)).valid
    assert asked(anyone, sha256=digest(pdf)).ok().body["standing"] == "unchanged"
    problem(holder.post(f"/v1/messages/{first['message']}/prints", {}), 409)
    stranger = story.citizen(where, **story.somebody())
    problem(stranger.post(f"/v1/messages/{paper['message']}/prints", {}), 404)


def test_what_an_agency_withdrew_is_not_valid_and_not_printed(cloud, where, small_scan, anyone):
    life = finish(where, small_scan, claims=story.somebody())
    cloud.wait_idle()
    message = life.dossier["results"][0]
    me = story.citizen(where, **life.claims)
    paper = told_of(me, message)
    pdf = fetch(paper["url"])
    told = withdraw(where, message)
    assert told["decision"] == DECISION["decision"]
    for answer in (asked(anyone, sha256=digest(pdf)), anyone.get(f"/v1/verifications/{paper['lookup']}")):
        assert answer.ok().body["standing"] == "withdrawn"
        assert answer.body["decision"] == DECISION["decision"]
    problem(me.post(f"/v1/messages/{message}/prints", {}), 409)
    known = Known(digest(pdf), withdrawn=True)
    assert not verify(pdf, roots=LocalCloud.current.folder / "keys" / "ca.pem", registered_sha256=known).valid
