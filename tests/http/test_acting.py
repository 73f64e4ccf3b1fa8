"""A parent files for a child, a portal for a citizen: names on receipt, result, notices, in ledger and vault."""

import pypdfium2
import pytest
import requests

from infra.demo import story
from infra.demo.client import Client, fetch
from tests.http.test_exchange import credentials, exchange, signed_in
from tests.http.test_registers import BORN, CHILD_BORN, Family, person, put
from tests.support import mandated
from tests.support.asserts import problem

PORTAL, SECRET = "sandbox-portal", "sandbox-portal-secret"


def text_of(who, message):
    pdf = fetch(who.get(f"/v1/messages/{message}").ok().body["url"])
    return " ".join(" ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf)).split())


def finished(where, who, draft, scan, look):
    """A draft that somebody files, carried to its result; `look` sees it to its end."""
    story.fill(who, draft).ok()
    assert story.checked(who, draft, story.upload(who, draft, scan))["status"] == "accepted"
    reference = story.submit(who, draft).ok(201).body["reference"]
    story.through_the_desks(where, who, reference)
    return story.until("the result", lambda: story.returned(look, reference))


@pytest.fixture(scope="module")
def family(where):
    return Family(where)


@pytest.fixture(scope="module")
def of_child(cloud, where, family, small_scan):
    """A birth registered by a parent for a child who has a number of their own."""
    made = family.parent.post("/v1/representations", family.body()).ok(201).body["id"]
    cloud.wait_idle()
    body = {"procedure": story.PROCEDURE, "agency": story.AGENCY, "acts_for": made}
    draft = family.parent.post("/v1/drafts", body).ok(201).body["reference"]
    done = finished(where, family.parent, draft, small_scan, family.parent)
    cloud.wait_idle()
    return made, done


def test_the_child_holds_what_its_parent_files_and_both_see_it(family, of_child):
    made, done = of_child
    assert (done["holder_name"], done["filed_by"]["name"]) == ("Phạm Sổ Con", family.claims["name"])
    assert (done["filed_by"]["representation"], done["filed_by"]["kind"]) == (made, "parent")
    for who in (family.parent, child(family)):
        assert [row["reference"] for row in who.get("/v1/dossiers").ok().body["dossiers"]] == [done["reference"]]


def test_the_receipt_names_the_parent_and_the_child_and_the_certificate_who_asked(family, of_child):
    _, done = of_child
    receipt = text_of(family.parent, done["receipt"])
    assert f"Tiếp nhận hồ sơ của: {family.claims['name']}" in receipt
    assert "Chủ hồ sơ: Phạm Sổ Con" in receipt
    result = text_of(child(family), done["results"][0])
    assert family.claims["name"] in result


def test_notices_ledger_and_vault_are_the_childs(family, of_child):
    _, done = of_child
    told = family.parent.get(f"/v1/dossiers/{done['reference']}/notices").ok().body
    assert (told["holder_name"], told["filed_by"]["name"]) == ("Phạm Sổ Con", family.claims["name"])
    documents = child(family).get("/v1/vault/documents").ok().body["documents"]
    assert [d["id"] for d in documents] == done["results"]
    assert family.parent.get("/v1/vault/documents").ok().body["documents"] == []
    component = done["components"][0]["id"]
    family.parent.get(f"/v1/dossiers/{done['reference']}/components/{component}").ok()
    lines = child(family).get("/v1/vault/access").ok().body["lines"]
    assert ("person", family.claims["name"]) in [(x["by"], x["officer"]) for x in lines]


def child(family):
    """The child, by an account of level 2, as from age 6 on there is one."""
    return Client.login(
        family.where, sub=f"child-{family.child}", kind="CITIZEN", name="Phạm Sổ Con", level=2, personal_id=family.child
    )


def test_a_number_that_was_replaced_takes_everything_along(cloud, where, small_scan):
    claims = {**story.CITIZEN, **story.somebody()}
    old, number = Client.login(where, **claims), story.somebody()["personal_id"]
    new = Client.login(where, **claims | {"personal_id": number})
    done = finished(where, old, story.open_draft(old).ok(201).body["reference"], small_scan, old)
    draft = story.open_draft(old).ok(201).body["reference"]
    problem(new.get(f"/v1/dossiers/{done['reference']}"), 404, "not_found")
    put(where, "data", {"people": [person(number, claims["name"], BORN, former=[claims["personal_id"]])]})
    assert new.post("/v1/me/numbers", {"born_on": BORN}).ok().body == {"count": 2}
    cloud.wait_idle()
    assert [row["reference"] for row in new.get("/v1/dossiers").ok().body["dossiers"]] == [draft, done["reference"]]
    assert story.dossier(new, done["reference"])["holder_name"] == claims["name"]
    assert f"Tiếp nhận hồ sơ của: {claims['name']}" in text_of(new, done["receipt"])
    assert [d["id"] for d in new.get("/v1/vault/documents").ok().body["documents"]] == done["results"]
    assert new.get(f"/v1/vault/documents/{done['results'][0]}").ok().body["url"]
    lines = [(x["act"], x["by"]) for x in new.get("/v1/vault/access").ok().body["lines"]]
    assert ("asked", "owner") in lines
    assert lines[-2:] == [("read", "owner")] * 2  # the receipt, the result
    assert ("read", "person") not in lines
    story.fill(new, draft).ok()
    mine = story.open_draft(new).ok(201).body["reference"]
    problem(old.get(f"/v1/drafts/{mine}"), 404, "not_found")
    assert mine not in [row["reference"] for row in old.get("/v1/dossiers").ok().body["dossiers"]]


def test_mandates_of_a_former_number_are_its_persons(cloud, where):
    claims, other = {**story.CITIZEN, **story.somebody()}, mandated.person(where, "Trần Văn Thưởng")
    old, number = Client.login(where, **claims), story.somebody()["personal_id"]
    new = Client.login(where, **claims | {"personal_id": number})
    mandate = mandated.mandated(cloud, mandated.Person(claims, old), other)
    assert new.get("/v1/mandates").ok().body["mandates"] == []
    put(where, "data", {"people": [person(number, claims["name"], BORN, former=[claims["personal_id"]])]})
    assert new.post("/v1/me/numbers", {"born_on": BORN}).ok().body == {"count": 2}
    (row,) = new.get("/v1/mandates").ok().body["mandates"]
    assert (row["id"], row["my_side"]) == (mandate, "represented")
    ended = new.post(f"/v1/mandates/{mandate}/revocation", {"reason": "Không còn cần"}).ok().body
    assert ended["ended_why"] == "withdrawn_by_represented"


def test_a_stranger_is_no_parent(where, family):
    stranger = story.citizen(where, **story.somebody())
    told = {"ground": "parent", "name": "Phạm Sổ Con", "born_on": CHILD_BORN, "personal_id": family.child}
    problem(stranger.post("/v1/representations", told), 409, "not_its_representative")


def test_a_portal_files_for_a_citizen_and_stands_beside_their_name(cloud, where, small_scan):
    portal = Client(where, credentials(where, PORTAL, SECRET).json()["access_token"])
    token, me = signed_in(where)
    by_portal = Client(where, exchange(portal, token).ok(200).body["access_token"])
    mine = Client.login(where, **{k: v for k, v in me.items() if k != "client_id"})
    draft = story.open_draft(by_portal).ok(201).body["reference"]
    done = finished(where, by_portal, draft, small_scan, mine)
    assert (done["holder_name"], done["filed_by"]["portal"], done["filed_by"]["name"]) == (me["name"], PORTAL, None)
    assert f"Tiếp nhận hồ sơ của: {me['name']}" in text_of(mine, done["receipt"])
    assert me["name"] in text_of(mine, done["results"][0])
    told = mine.get(f"/v1/dossiers/{done['reference']}/notices").ok().body
    assert told["filed_by"]["portal"] == PORTAL
    component = done["components"][0]["id"]
    by_portal.get(f"/v1/dossiers/{done['reference']}/components/{component}").ok()
    lines = mine.get("/v1/vault/access").ok().body["lines"]
    assert [x["portal"] for x in lines if x["document"] == f"{done['reference']}/{component}"] == [PORTAL]
    assert [d["id"] for d in mine.get("/v1/vault/documents").ok().body["documents"]] == done["results"]
    problem(by_portal.get("/v1/vault/documents"), 403, "not_allowed")
    assert requests.get(f"{where['url']}/v1/me", timeout=60).status_code == 401
