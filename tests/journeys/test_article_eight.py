"""Article 8(2) and (4) of Decree 137/2024 in one life: a paper result of three agencies, filed under a mandate, becomes
a data message, is kept where the mandate says, sent to the app, shared, and reused by an agency that never asked for
it; until it is withdrawn (rules R25, R26, R27, R29, R31).
"""

from types import SimpleNamespace

import pytest

from infra.demo import article_eight, story
from infra.demo.article_eight import AGENCIES, AGENT, AGREES, RECEIVES, PaperStory, keeper
from infra.demo.client import Client, fetch
from infra.demo.run import BIRTH_SCAN
from infra.demo.scans import make_scan
from infra.local.officers import DECIDER
from tests.journeys.test_birth import sha256
from tests.support.asserts import problem
from tests.support.mandated import person
from tests.support.recall import withdraw

pytestmark = pytest.mark.story


def draft_of(me):
    """A birth registration at an agency that had no part in the paper."""
    draft = str(story.open_draft(me).ok(201).body["reference"])
    story.fill(me, draft).ok()
    return draft


@pytest.fixture(scope="module")
def life(cloud):
    """The story as it went; each test looks at one duty of it."""
    where = cloud.where()
    mother, agent, friend = (person(where, name) for name in (story.CITIZEN["name"], AGENT["name"], "Lý Thanh Oanh"))
    article_eight.follow(where, AGENCIES)
    code = article_eight.publish(where)
    told = PaperStory(
        where, make_scan(**BIRTH_SCAN).jpeg, mother.client, mother.claims, agent.client, code, agent_claims=agent.claims
    )
    told.file()
    early = told.offer(told.clerk)
    told.settle()
    others = [told.offer(keeper(where, agency, "scanning")) for agency in (RECEIVES, AGREES, story.AGENCY)]
    applicant = told.offer(agent.client)
    told.hand_in()
    twice = told.offer(told.clerk)
    before = mother.client.get("/v1/vault/documents").ok().body["documents"]
    done = told.decide()
    grant = told.share(friend.client, friend.number)
    opened = friend.client.get(f"/v1/received/documents/{grant}").ok()
    second, third = draft_of(mother.client), draft_of(mother.client)
    told.reuse(second)
    told.reuse(third)
    drafted = mother.client.get(f"/v1/drafts/{second}").ok().body
    story.submit(mother.client, second).ok(201)
    (component,) = story.dossier(mother.client, second)["components"]
    seen = told.open_reused(story.officer(where, "reception"), second)
    proof = told.proof(second, grant, story.AGENCY)
    withdraw(where, told.document, DECIDER)
    flagged = story.until(
        "the dossier that relies on it",
        lambda: (c := story.dossier(mother.client, second)["components"][0])["reused"]["fell_away"] and c,
    )
    cloud.wait_idle()
    return SimpleNamespace(
        where=where, told=told, mother=mother, agent=agent, early=early, others=others, applicant=applicant,
        twice=twice, before=before, done=done, opened=opened, second=second, third=third, drafted=drafted,
        component=component, seen=seen, proof=proof, flagged=flagged,
    )  # fmt: skip


def test_nobody_but_who_decides_hands_in_a_result_and_once_while_it_is_awaited(life):
    problem(life.early, 409, "result_not_awaited")
    for participant in life.others[:2]:
        problem(participant, 403, "not_allowed")
    problem(life.others[2], 404, "not_found")
    problem(life.applicant, 403, "not_allowed")
    problem(life.twice, 409, "result_twice")


def test_three_agencies_settled_it_and_the_paper_is_its_result(life):
    legs = life.told.clerk.get(f"/v1/dossiers/{life.told.reference}/legs").ok().body["legs"]
    assert {leg["agency"] for leg in legs} == set(AGENCIES)
    assert (life.done["state"]["code"], life.done["results"]) == (10, [life.told.document])
    assert life.told.document == f"{life.done['dossier_code']}-KQ1"
    paper = next(c for c in life.done["components"] if c["id"] == life.told.component)["digitisation"]
    assert (paper["status"], paper["conversion_id"]) == ("converted", life.told.document)


def test_the_register_knows_it_as_converted_by_the_agency_that_decided(life):
    held = life.mother.client.get(f"/v1/vault/documents/{life.told.document}").ok().body["document"]
    answer = Client(life.where).post("/v1/verifications", {"sha256": held["sha256"]}).ok().body
    assert answer["origin"] == "converted"
    message = keeper(life.where, DECIDER, "processing").get(f"/v1/messages/{life.told.document}")
    assert message.ok().body["kind"] == "conversion"


def test_it_is_kept_where_the_mandate_says_and_not_before_the_decision(life):
    assert life.before == []
    assert life.proof["kept_by"] == [life.told.document] * 2
    routing = life.mother.client.get(f"/v1/dossiers/{life.told.reference}/deliveries").ok().body["routing"]
    assert routing["code"]
    assert life.proof["provenance"] == "CONVERTED_SIGNED"


def test_it_came_to_the_app_and_to_whom_it_was_shared_with(life):
    assert life.proof["app"] == "delivered"
    assert fetch(life.opened.body["url"]).startswith(b"%PDF")


def test_it_satisfies_the_component_at_an_agency_that_never_asked_for_the_paper(life):
    assert (life.drafted["missing"], life.drafted["uploads"]) == ([], [])
    assert life.component["reused"]["document"] == life.told.document
    assert life.component["reused"]["issuer"] == RECEIVES
    held = life.mother.client.get(f"/v1/vault/documents/{life.told.document}").ok().body["document"]
    assert sha256(fetch(life.seen)) == held["sha256"]


def test_every_step_is_in_the_ledger_and_every_event_in_the_feed(life):
    assert life.proof["ledger"] == {"stored": True, "app": True, "shared": True, "reused": True}
    feed = life.proof["feed"]
    steps = ["dossier.submitted", "dossier.accepted", "leg.completed"]
    steps += ["dossier.decided", "dossier.processed", "delivery.settled", "dossier.returned"]
    assert [step for step in steps if step not in feed] == []
    timeline = life.mother.client.get(f"/v1/dossiers/{life.told.reference}/timeline").ok().body
    log = [each["type"].removeprefix("vn.motcua.") for each in timeline["events"]]
    assert timeline["unbroken"]
    steps = ("component.received", "component.converted", "dossier.decided", "dossier.processed", "dossier.returned")
    assert [log.index(step) for step in steps] == sorted(log.index(step) for step in steps)
    others = article_eight.feed(life.where, AGREES, life.told.reference)
    assert "vn.motcua.dossier.returned" in {each["type"] for each in others}


def test_when_it_is_withdrawn_the_open_dossier_is_told_and_a_third_use_refused(life):
    assert life.flagged["reused"]["fell_away"] == "withdrawn"
    body = {"component": story.BIRTH_NOTICE, "document": life.told.document}
    refused = problem(life.mother.client.post(f"/v1/drafts/{life.third}/documents", body), 409, "document_not_reusable")
    assert refused["why"] == "withdrawn"
    missing = life.mother.client.get(f"/v1/drafts/{life.third}").ok().body["missing"]
    assert [each["code"] for each in missing] == [story.BIRTH_NOTICE]
