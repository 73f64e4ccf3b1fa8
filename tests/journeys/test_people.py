"""Who acts, for whom: each way of filing by the API alone, with its names right on papers, in ledgers and vaults."""

from types import SimpleNamespace

import pypdfium2
import pytest

from infra.demo import story
from infra.demo.client import Client, fetch
from tests.support.asserts import problem
from tests.support.catalogue import opened
from tests.support.mandated import mandated, opened_for, person

PRINCIPAL, AGENT = "Nguyễn Thị Bích Liễu", "Trần Văn Thưởng"
GROOM, BRIDE = "Phạm Minh Đức", "Lý Thu Hà"
COMPANY = {
    "kind": "ORGANISATION",
    "organisation": "0100109106",
    "organisation_name": "Công ty TNHH Hoa Sen",
    "name": "Vũ Thị Hoa",
    "level": 2,
}
MARRIAGE, WATER = "1.000894", "U.000001"
WATER_FORM = {
    "customer": "Tổ chức",
    "organisation": {"name": "Công ty TNHH Hoa Sen", "tax_code": "0100109106"},
    "contact": {"phone": "0912345678"},
    "premises": {"address": "Thôn 3, xã Vĩnh Phước", "right": "Chủ sở hữu"},
    "purpose": "Sản xuất",
    "people": 4,
    "terms_read": True,
}


def text_of(who, message):
    """What a signed paper says, read by who may read it."""
    pdf = fetch(who.get(f"/v1/messages/{message}").ok().body["url"])
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.fixture(scope="module")
def birth(cloud, small_scan):
    """A birth that an agent registers for a mother, to its end."""
    where = cloud.where()
    principal, agent = person(where, PRINCIPAL), person(where, AGENT)
    mandate = mandated(cloud, principal, agent)
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    reference = story.submit(agent.client, draft).ok(201).body["reference"]
    story.through_the_desks(where, agent.client, reference)
    done = story.until("the result", lambda: story.returned(principal.client, reference))
    cloud.wait_idle()
    return SimpleNamespace(where=where, principal=principal, agent=agent, mandate=mandate, done=done)


def test_the_dossier_names_its_holder_and_who_filed_it(birth):
    for who in (birth.principal, birth.agent):
        seen = story.dossier(who.client, birth.done["reference"])
        assert seen["holder_name"] == PRINCIPAL
        filed = {"name": AGENT, "representation": birth.mandate, "kind": "mandate", "holds": True, "portal": None}
        assert seen["filed_by"] == filed


def test_the_receipt_names_who_submitted_and_the_certificate_who_asked(birth):
    receipt = text_of(birth.agent.client, birth.done["receipt"])
    assert AGENT in receipt
    assert f"Chủ hồ sơ: {PRINCIPAL}" in " ".join(receipt.split())
    result = text_of(birth.agent.client, birth.done["results"][0])
    assert PRINCIPAL in result
    assert AGENT not in result


def test_both_have_it_on_their_list_and_the_notices_of_it(birth):
    for who in (birth.principal, birth.agent):
        rows = [row["reference"] for row in who.client.get("/v1/dossiers").ok().body["dossiers"]]
        assert rows == [birth.done["reference"]]
        told = who.client.get(f"/v1/dossiers/{birth.done['reference']}/notices").ok().body
        assert [each["state"]["code"] for each in told["notices"] if each["about"] == "state"] == [1, 2, 4, 9, 10]
        assert (told["holder_name"], told["filed_by"]["name"]) == (PRINCIPAL, AGENT)


def test_the_result_is_kept_by_both_as_the_mandate_says(birth):
    held = {
        name: [(d["id"], d["held_for_another"]) for d in who.client.get("/v1/vault/documents").ok().body["documents"]]
        for name, who in {"principal": birth.principal, "agent": birth.agent}.items()
    }
    code = birth.done["results"][0]
    assert held == {"principal": [(code, False)], "agent": [(code, True)]}


def test_the_holders_ledger_says_what_the_agent_opened(birth):
    component = birth.done["components"][0]["id"]
    birth.agent.client.get(f"/v1/dossiers/{birth.done['reference']}/components/{component}").ok()
    lines = birth.principal.client.get("/v1/vault/access").ok().body["lines"]
    (line,) = [x for x in lines if x["document"] == f"{birth.done['reference']}/{component}"]
    assert (line["by"], line["officer"], line["act"]) == ("person", AGENT, "read")


def test_revoked_by_the_principal_it_is_over_at_once(cloud, birth, small_scan):
    where = birth.where
    principal, agent = person(where, PRINCIPAL), person(where, AGENT)
    mandate = mandated(cloud, principal, agent)
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    principal.client.post(f"/v1/mandates/{mandate}/revocation", {"reason": "Tôi tự nộp hồ sơ"}).ok()
    problem(story.submit(agent.client, draft), 403, "representation_ended")
    cloud.wait_idle()
    problem(agent.client.get(f"/v1/drafts/{draft}"), 403, "representation_ended")
    assert agent.client.get("/v1/dossiers").ok().body["dossiers"] == []
    reference = story.submit(principal.client, draft).ok(201).body["reference"]
    assert story.dossier(principal.client, reference)["filed_by"] is None


def test_a_mandate_for_one_act_ends_with_it(cloud, birth, small_scan):
    where = birth.where
    principal, agent = person(where, PRINCIPAL), person(where, AGENT)
    mandate = mandated(cloud, principal, agent, for_one_act=True)
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    story.submit(agent.client, draft).ok(201)
    cloud.wait_idle()
    ended = principal.client.get(f"/v1/mandates/{mandate}").ok().body
    assert (ended["status"], ended["ended_why"]) == ("ended", "work_done")


def test_one_for_more_than_filing_ends_when_the_dossier_does(cloud, birth, small_scan):
    where = birth.where
    principal, agent = person(where, PRINCIPAL), person(where, AGENT)
    mandate = mandated(cloud, principal, agent, for_one_act=True, may=["notices"])
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    reference = story.submit(agent.client, draft).ok(201).body["reference"]
    cloud.wait_idle()
    assert agent.client.get(f"/v1/mandates/{mandate}").ok().body["status"] == "active"
    story.through_the_desks(where, agent.client, reference)
    story.until("the result", lambda: story.returned(principal.client, reference))
    cloud.wait_idle()
    assert agent.client.get(f"/v1/mandates/{mandate}").ok().body["ended_why"] == "work_done"


FOUNDED = {"reason": "Hồ sơ không thuộc thẩm quyền của Ủy ban nhân dân xã", "basis": "61/2018/NĐ-CP Art. 17(1)(b)"}
UNDONE = {
    "refused": ([("receive", "reception", "refused", FOUNDED)], 3),
    "stopped": (
        [("receive", "reception", "accepted", {}), ("verify", "processing", "refused", FOUNDED)],
        8,
    ),
}


@pytest.mark.parametrize("how", UNDONE)
def test_one_for_one_act_ends_with_a_dossier_that_comes_to_nothing(cloud, birth, small_scan, how):
    where, (steps, state) = birth.where, UNDONE[how]
    principal, agent = person(where, PRINCIPAL), person(where, AGENT)
    mandate = mandated(cloud, principal, agent, for_one_act=True, may=["withdraw"])
    draft = opened_for(agent, mandate)
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    reference = story.submit(agent.client, draft).ok(201).body["reference"]
    for kind, role, outcome, words in steps:
        desk = story.officer(where, role)
        task = story.until(f"the task {kind}", lambda desk=desk, kind=kind: story.task_of(desk, reference, kind))
        desk.post(f"/v1/tasks/{task}/complete", {"outcome": outcome, **words}).ok()
    assert story.dossier(principal.client, reference)["state"]["code"] == state
    cloud.wait_idle()
    assert principal.client.get(f"/v1/mandates/{mandate}").ok().body["ended_why"] == "work_done"


def test_one_for_more_than_one_act_goes_on(birth):
    assert birth.principal.client.get(f"/v1/mandates/{birth.mandate}").ok().body["status"] == "active"


def side(who, name, born, **more):
    return {
        "full_name": name,
        "personal_id": who.number,
        "born_on": born,
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "residence": "Thôn 3, xã Vĩnh Phước, tỉnh Vĩnh Long",
        "marital_status": "Chưa kết hôn",
        **more,
    }


def test_a_marriage_is_by_two_tokens_and_each_has_the_result(cloud, where, small_scan):
    groom, bride = person(where, GROOM), person(where, BRIDE)
    draft = opened(groom.client, MARRIAGE)
    form = {
        "man": side(groom, GROOM, "1996-03-02"),
        "woman": side(bride, BRIDE, "1998-07-21"),
        "contact": {"phone": "0912345678"},
    }
    saved = story.fill(groom.client, draft, form).ok().body
    assert saved["form_errors"] == []
    for paper in saved["missing"]:
        sent = story.upload(groom.client, draft, small_scan, component=paper["code"])
        assert story.checked(groom.client, draft, sent)["status"] == "accepted"
    groom.client.post(f"/v1/drafts/{draft}/holders", {"name": BRIDE, "personal_id": bride.number}).ok()
    told = problem(story.submit(groom.client, draft), 409, "holders_unconfirmed")
    assert told["unconfirmed"] == 1
    stranger = person(where, AGENT)
    problem(stranger.client.post(f"/v1/drafts/{draft}/holders/confirmation", {}), 404, "not_found")
    assert bride.client.get(f"/v1/drafts/{draft}").ok().body["form"] == saved["form"]
    bride.client.post(f"/v1/drafts/{draft}/holders/confirmation", {}).ok()
    reference = story.submit(groom.client, draft).ok(201).body["reference"]
    story.through_the_desks(where, groom.client, reference)
    done = story.until("the result", lambda: story.returned(bride.client, reference))
    assert (done["holder_name"], done["co_holders"]) == (GROOM, [BRIDE])
    for who in (groom, bride):
        assert [row["reference"] for row in who.client.get("/v1/dossiers").ok().body["dossiers"]] == [reference]
        documents = who.client.get("/v1/vault/documents").ok().body["documents"]
        assert [d["id"] for d in documents] == done["results"]
        for paper in (done["receipt"], done["results"][0]):
            said = " ".join(text_of(who.client, paper).split())
            assert f"{GROOM} và {BRIDE}" in said


def test_an_organisation_files_by_its_person_and_holds_the_result(where):
    claims = COMPANY | {"sub": story.somebody()["sub"], "personal_id": story.somebody()["personal_id"]}
    firm = Client.login(where, **claims)
    draft = opened(firm, WATER)
    assert story.fill(firm, draft, WATER_FORM).ok().body["form_errors"] == []
    reference = story.submit(firm, draft).ok(201).body["reference"]
    story.through_the_desks(where, firm, reference)
    done = story.until("the result", lambda: story.returned(firm, reference))
    assert done["holder_name"] == COMPANY["organisation_name"]
    receipt = " ".join(text_of(firm, done["receipt"]).split())
    assert COMPANY["name"] in receipt
    assert f"Chủ hồ sơ: {COMPANY['organisation_name']}" in receipt
    assert COMPANY["organisation_name"] in text_of(firm, done["results"][0])
    colleague = Client.login(where, **claims | story.somebody() | {"name": "Đinh Công Tráng"})
    assert done["reference"] in [r["reference"] for r in colleague.get("/v1/dossiers").ok().body["dossiers"]]
    other = Client.login(where, **claims | {"organisation": "0100109107", "organisation_name": "Công ty khác"})
    problem(other.get(f"/v1/dossiers/{reference}"), 404, "not_found")
