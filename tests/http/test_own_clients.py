"""What is a person's alone is opened by a client of this stage, and by no other that holds their token (ADR 0028)."""

from datetime import timedelta

import pytest

from chalicelib.kernel.access import NOT_BY_PORTAL
from chalicelib.kernel.clock import utc_now
from infra.demo import story
from infra.demo.client import Client
from infra.demo.scans import make_scan
from infra.local.issuer import OWN_CLIENT
from tests.http.test_deliveries import HOME
from tests.http.test_exchange import PORTAL, SECRET, credentials, exchange, signed_in
from tests.http.test_petitions import file as file_petition
from tests.support import mandated
from tests.support.asserts import problem
from tests.support.own_files import put_in

FOREIGN = {
    "a portal": {"client_id": PORTAL},
    "a client that nobody knows": {"client_id": "somebody-s-app"},
    "a portal of a provider that says azp": {"azp": PORTAL},
    "none": {"client_id": None},
    "no client but its word": {"client_id": "none"},
    "one that adds ours": {"client_id": f"{OWN_CLIENT},{PORTAL}"},
    "two that differ": {"client_id": OWN_CLIENT, "azp": PORTAL},
    "two that differ, the other way round": {"client_id": PORTAL, "azp": OWN_CLIENT},
    "another case": {"client_id": OWN_CLIENT.upper()},
}


def guarded(routes, acts):
    """Each route of these acts, and its path with names of nothing; what answers GET answers HEAD."""
    for route in routes:
        if route.act in acts:
            path = route.path.replace("{", "x-").replace("}", "")
            yield from ((method, path) for method in (("HEAD", "GET") if route.method == "GET" else (route.method,)))


@pytest.fixture(scope="module")
def owner(finished):
    return finished.claims | {"kind": "CITIZEN", "level": 2}


def test_every_such_act_has_a_route_or_is_asked_for_by_destination(routes):
    assert {route.act for route in routes} >= NOT_BY_PORTAL - {"delivery.ask_app", "data_request.ask_deletion"}


@pytest.mark.parametrize("client", FOREIGN.values(), ids=FOREIGN)
def test_the_token_of_another_client_or_of_none_opens_nothing_that_is_a_persons_alone(routes, where, owner, client):
    theirs = Client.login(where, **owner, **client)
    tried = list(guarded(routes, NOT_BY_PORTAL))
    assert {method for method, _ in tried} >= {"GET", "HEAD", "POST"}
    for method, path in tried:
        answer = theirs.call(method, path, None if method in ("GET", "HEAD") else {}, version=0)
        assert answer.status == 403, (method, path, answer.body)
        if method != "HEAD":
            told = problem(answer, 403, "client_not_own")
            assert (told["rule"], told["act"] in NOT_BY_PORTAL) == ("own_client", True)
            assert "/v1/token" in told["detail"]
    csv = theirs.call("GET", "/v1/vault/history", Accept="text/csv")
    problem(csv, 403, "client_not_own")
    assert theirs.get("/v1/dossiers").ok(), "what a person's token opens as before"


def test_a_client_of_the_stage_opens_them_by_either_name(where, owner, finished):
    document = finished.dossier["vault_document"]
    for client in ({}, {"client_id": OWN_CLIENT}, {"azp": OWN_CLIENT}, {"client_id": OWN_CLIENT, "azp": OWN_CLIENT}):
        mine = Client.login(where, **owner, **client)
        assert mine.get(f"/v1/vault/documents/{document}").ok().body["url"]
        line = mine.get("/v1/vault/access?order=newest").ok().body["lines"][0]
        assert (line["document"], line["client"], line["portal"]) == (document, OWN_CLIENT, None)
        use = mine.get("/v1/vault/history?order=newest").ok().body["uses"][0]
        assert (use["document"], use["client"]) == (document, OWN_CLIENT)
        assert OWN_CLIENT in mine.call("GET", "/v1/vault/history?order=newest", Accept="text/csv").body


def test_the_ledger_names_the_portal_that_holds_an_unexchanged_token(where, owner, finished):
    theirs = Client.login(where, **owner, client_id=PORTAL)
    component = finished.dossier["components"][0]["id"]
    theirs.get(f"/v1/dossiers/{finished.reference}/components/{component}").ok()
    mine = Client.login(where, **owner)
    line = mine.get("/v1/vault/access?order=newest").ok().body["lines"][0]
    assert (line["document"], line["client"]) == (f"{finished.reference}/{component}", PORTAL)


def test_what_was_exchanged_does_what_it_did_mandates_among_it_and_opens_no_vault(where):
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    token, me = signed_in(where)
    theirs = Client(where, exchange(portal, token).ok(200).body["access_token"])
    other = mandated.person(where, "Trần Văn Thưởng")
    offer = {
        "role": "represented",
        "other": {"kind": "CITIZEN", "identity": other.number, "name": "Trần Văn Thưởng"},
        "procedures": [story.PROCEDURE],
        "storage": "PRINCIPAL",
    }
    assert theirs.post("/v1/mandates", offer).ok(201)
    problem(theirs.get("/v1/vault/documents"), 403, "not_allowed")
    problem(Client(where, token).get("/v1/vault/documents"), 403, "client_not_own")
    assert Client.login(where, **me | {"client_id": OWN_CLIENT}).get("/v1/vault/documents").ok()


def test_a_token_of_our_own_client_is_no_portals_to_exchange(where):
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    token, _ = signed_in(where, client=OWN_CLIENT)
    problem(exchange(portal, token), 403, "not_signed_in_here")


def test_a_result_is_shown_in_the_app_by_a_client_of_the_stage_alone(where, owner, finished):
    theirs = Client.login(where, **owner, client_id=PORTAL)
    refused = theirs.post(f"/v1/dossiers/{finished.reference}/deliveries", {"destination": "app"})
    assert problem(refused, 403, "client_not_own")["act"] == "delivery.ask"


def test_a_result_which_is_the_vaults_document_is_read_by_a_client_of_the_stage_or_by_an_exchange(
    where, owner, finished
):
    code = finished.dossier["results"][0]
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    held = Client.login(where, **owner, client_id=PORTAL)
    for method, path in (("GET", f"/v1/messages/{code}"), ("POST", f"/v1/messages/{code}/prints")):
        told = problem(held.call(method, path, {} if method == "POST" else None), 403, "client_not_own")
        assert (told["act"], told["rule"]) == ("message.read", "own_client")
    mine, theirs = (
        Client.login(where, **owner),
        Client(where, exchange(portal, held.token).ok(200).body["access_token"]),
    )
    for who in (mine, theirs):
        assert who.get(f"/v1/messages/{code}").ok().body["url"]


@pytest.fixture(scope="module")
def converted(cloud, where, owner):
    """A document of the owner's vault that may stand for a component: the data message of a paper."""
    me = Client.login(where, **owner)
    draft = str(story.open_draft(me).ok(201).body["reference"])
    story.fill(me, draft).ok()
    scan = make_scan("giay_chung_sinh", seed=11).jpeg
    assert story.checked(me, draft, story.upload(me, draft, scan))["status"] == "accepted"
    story.submit(me, draft).ok(201)
    story.drop(where, draft, scan, "KQ004389 giấy chứng sinh.jpg")
    story.digitised(where, story.until("the copy", lambda: story.copy_of(story.officer(where, "reception"), draft)))
    cloud.wait_idle()
    done = story.until("the data message", lambda: story.settled(me, draft))
    return next(c for c in done["components"] if c["origin"] == "drop")["digitisation"]["conversion_id"]


def refer(who, draft, document):
    return who.post(f"/v1/drafts/{draft}/documents", {"component": story.BIRTH_NOTICE, "document": document})


def test_where_a_result_is_brought_on_paper_is_said_by_a_client_of_the_stage_or_by_an_exchange(where, owner, converted):
    """A portal that held the holder's token had it posted to itself, and nobody was told."""
    mine = Client.login(where, **owner)
    reference = str(story.open_draft(mine).ok(201).body["reference"])
    story.fill(mine, reference).ok()
    refer(mine, reference, converted).ok()
    story.submit(mine, reference).ok(201)
    path = f"/v1/dossiers/{reference}/deliveries"
    wish = {"destination": "post", "address": HOME}
    portal = Client.login(where, **owner, client_id=PORTAL)
    problem(portal.post(path, wish), 403, "client_not_own")
    assert "post" not in [each["destination"] for each in portal.get(path).ok().body["deliveries"]]
    mine.post(path, wish).ok(201)


def test_who_acts_for_a_person_is_said_by_a_client_of_the_stage_or_by_an_exchange(routes, where, owner):
    """A portal gave its employee a mandate with a person's own token, and the employee looked up their papers."""
    held = Client.login(where, **owner, client_id=PORTAL)
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    theirs = Client(where, exchange(portal, held.token).ok(200).body["access_token"])
    acts = {"mandate.offer", "mandate.confirm", "mandate.end", "representation.begin", "holding.confirm"}
    tried = list(guarded(routes, acts))
    assert len(tried) >= len(acts)
    for method, path in tried:
        told = problem(held.call(method, path, {}, version=0), 403, "client_not_own")
        assert (told["act"] in acts, told["rule"]) == (True, "own_client"), path
        assert theirs.call(method, path, {}, version=0).body.get("code") not in ("client_not_own", "not_allowed"), path
    clerk = mandated.person(where, "Phạm Nhân Viên")
    other = {"kind": "CITIZEN", "identity": clerk.number, "name": clerk.name}
    body = {"role": "represented", "other": other, "procedures": [story.PROCEDURE], "storage": "AGENT"}
    problem(held.post("/v1/mandates", body), 403, "client_not_own")
    assert clerk.name not in str(held.get("/v1/mandates").ok().body["mandates"])
    theirs.post("/v1/mandates", body).ok(201)


def test_a_complaint_is_withdrawn_by_a_client_of_the_stage_or_by_an_exchange(where, owner):
    """A portal that a complaint was about withdrew it with the person's own token."""
    mine = Client.login(where, **owner)
    complaint = file_petition(mine, kind="complaint").ok(201).body["id"]
    path = f"/v1/me/petitions/{complaint}/withdrawal"
    held = Client.login(where, **owner, client_id=PORTAL)
    told = problem(held.post(path, {}), 403, "client_not_own")
    assert (told["act"], told["rule"]) == ("petition.withdraw", "own_client")
    assert mine.get(f"/v1/me/petitions/{complaint}").ok().body["progress"] != "withdrawn"
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    theirs = Client(where, exchange(portal, held.token).ok(200).body["access_token"])
    assert theirs.post(path, {}).ok().body["progress"] == "withdrawn"


def test_a_document_of_the_vault_is_reused_by_a_client_of_the_stage_and_by_no_portal(where, owner, converted):
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    held = Client.login(where, **owner, client_id=PORTAL)
    theirs = Client(where, exchange(portal, held.token).ok(200).body["access_token"])
    for who, code in ((held, "client_not_own"), (theirs, "not_allowed")):
        draft = str(story.open_draft(who).ok(201).body["reference"])
        assert problem(refer(who, draft, converted), 403, code)["act"] == "vault.reuse"
        mine = Client.login(where, **owner)
        assert mine.get(f"/v1/drafts/{draft}").ok().body["documents"] == []
        assert refer(mine, draft, converted).ok().body["documents"]


def test_a_document_of_the_vault_in_a_dossier_is_opened_by_a_client_of_the_stage_or_by_an_exchange(
    cloud, where, owner, converted
):
    mine = Client.login(where, **owner)
    draft = str(story.open_draft(mine).ok(201).body["reference"])
    story.fill(mine, draft).ok()
    refer(mine, draft, converted).ok()
    story.submit(mine, draft).ok(201)
    cloud.wait_idle()
    (component,) = story.dossier(mine, draft)["components"]
    path = f"/v1/dossiers/{draft}/components/{component['id']}"
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    held = Client.login(where, **owner, client_id=PORTAL)
    told = problem(held.get(path), 403, "client_not_own")
    assert (told["act"], told["rule"]) == ("kept_paper.read", "own_client")
    theirs = Client(where, exchange(portal, held.token).ok(200).body["access_token"])
    for who in (mine, theirs, story.officer(where, "reception")):
        assert who.get(path).ok().body["url"]


def test_officers_tokens_are_of_whichever_client_their_agency_has(where):
    for client in ({}, {"client_id": "desk-of-the-agency"}):
        desk = Client.login(
            where, **{"kind": "OFFICER", "agency": story.AGENCY, **story.OFFICERS["reception"]}, **client
        )
        assert desk.get("/v1/received/documents").ok()


def test_an_own_upload_says_by_which_client_it_came(cloud, where):
    mine = Client.login(where, **{**story.CITIZEN, **story.somebody()})
    name = put_in(mine)
    cloud.wait_idle()
    (line,) = [each for each in mine.get("/v1/vault/access").ok().body["lines"] if each["document"] == name]
    assert (line["act"], line["client"]) == ("stored", OWN_CLIENT)


def test_a_grant_made_before_goes_on_for_who_got_it_by_a_client_of_the_stage(where, owner, finished):
    friend = mandated.person(where, "Trần Văn Thưởng")
    until = (utc_now() + timedelta(days=6)).isoformat()
    given = {"document": finished.dossier["vault_document"], "purpose": "family", "until": until}
    given["receiver"] = {"kind": "person", "identity": friend.number}
    mine = Client.login(where, **owner)
    grant = mine.post("/v1/vault/grants", given).ok(201).body["id"]
    assert friend.client.get(f"/v1/received/documents/{grant}").ok().body["url"]
    line = mine.get("/v1/vault/access?order=newest").ok().body["lines"][0]
    assert (line["by"], line["client"]) == ("person", OWN_CLIENT)
    theirs = Client.login(where, **friend.claims | {"client_id": PORTAL})
    problem(theirs.get(f"/v1/received/documents/{grant}"), 403, "client_not_own")
