"""A paper that an agency signed is withdrawn by two people of whom neither has an interest, and its owner is told."""

from dataclasses import dataclass

import pytest

from infra.demo import story
from infra.demo.client import Client
from infra.local.issuer import number_of
from tests.http.test_petitions import ALL, file
from tests.support.asserts import problem
from tests.support.recall import leader_of
from tests.support.world import finish

DECISION, REASON = "Quyết định số 12/QĐ-UBND ngày 01/12/2026", "unlawful"
ABOVE = "H01"
LIST = "/v1/withdrawals"


@dataclass(frozen=True)
class Paper:
    """A signed paper of somebody, and a leader of its agency."""

    where: dict
    me: Client
    message: str
    reference: str
    number: str
    leader: Client

    def propose(self, who, **body):
        return who.post(f"/v1/messages/{self.message}/withdrawal", {"decision": DECISION, "reason": REASON} | body)

    def answer(self, who, proposal, verdict="confirm", key=None):
        body = {"proposal": proposal, "verdict": verdict}
        return who.post(f"/v1/messages/{self.message}/withdrawal/confirmation", body, key=key)

    @property
    def standing(self):
        lookup = self.me.get(f"/v1/messages/{self.message}").ok().body["lookup"]
        return Client(self.where).get(f"/v1/verifications/{lookup}").ok().body["standing"]


@pytest.fixture(scope="module")
def life(cloud, small_scan):
    life = finish(cloud.where(), small_scan, claims=story.somebody())
    cloud.wait_idle()
    return life


@pytest.fixture
def receipt(life, where):
    """The receipt of a dossier; what one test withdraws is another one's no more, so that they leave it standing."""
    me, number = story.citizen(where, **life.claims), number_of("lanh-dao-mot")
    first = leader_of(where, personal_id=number)
    return Paper(where, me, life.dossier["receipt"], life.dossier["reference"], number, first)


def row_of(who, message):
    return next((row for row in who.get(LIST).ok().body["withdrawals"] if row["message"] == message), None)


def test_one_leader_proposes_and_the_paper_stands(receipt):
    told = receipt.propose(receipt.leader).ok().body
    assert (told["withdrawn_at"], told["decision"], told["reason"]["code"]) == (None, DECISION, REASON)
    assert told["above"] == ABOVE
    assert receipt.standing == "registered"
    again = receipt.propose(receipt.leader).ok().body
    assert again == told
    assert row_of(receipt.leader, receipt.message)["proposed_at"] == told["proposed_at"]
    assert row_of(receipt.leader, receipt.message)["proposal"] == told["proposal"]


def test_who_proposed_it_does_not_confirm_it_under_any_account(receipt, where):
    at = receipt.propose(receipt.leader).ok().body["proposal"]
    refused = problem(receipt.answer(receipt.leader, at), 403, "withdrawal_second_officer")
    assert refused["above"] == ABOVE
    same = leader_of(where, personal_id=receipt.number)
    problem(receipt.answer(same, at), 403, "withdrawal_second_officer")
    assert receipt.standing == "registered"


def test_only_leaders_of_its_agency_propose_and_of_that_or_the_one_above_confirm(receipt, where):
    at = receipt.propose(receipt.leader).ok().body["proposal"]
    elsewhere, above = leader_of(where, "H01.10.99"), leader_of(where, ABOVE)
    reception = leader_of(where, roles=("reception",))
    for who, status in ((elsewhere, 404), (above, 404), (reception, 403)):
        problem(receipt.propose(who), status)
    for who, status in ((elsewhere, 404), (reception, 403), (receipt.me, 403)):
        problem(receipt.answer(who, at), status)
    problem(reception.get(LIST), 403)
    assert row_of(elsewhere, receipt.message) is None
    assert row_of(above, receipt.message)["agency"] == story.AGENCY
    assert receipt.answer(above, at, "decline").ok().body["declined_at"]


def test_nobody_confirms_the_withdrawal_of_their_own_paper(receipt, where, life):
    at = receipt.propose(receipt.leader).ok().body["proposal"]
    for number in (life.claims["personal_id"], story.FORM["mother"]["personal_id"]):  # whom the form names, too
        own = leader_of(where, personal_id=number)
        problem(receipt.answer(own, at), 403, "own_dossier")
        problem(receipt.propose(own), 403, "own_dossier")


def test_what_was_declined_or_proposed_anew_is_not_confirmed(receipt, where):
    second = leader_of(where)
    first = receipt.propose(receipt.leader).ok().body["proposal"]
    at = receipt.propose(receipt.leader, reason="court").ok().body["proposal"]
    stale = problem(receipt.answer(second, first), 422)
    assert [(each["pointer"], each["rule"]) for each in stale["errors"]] == [("/proposal", "other_proposal")]
    declined = receipt.answer(receipt.leader, at, "decline").ok().body  # whoever proposed it takes it back
    assert receipt.answer(receipt.leader, at, "decline").ok().body == declined
    problem(receipt.answer(second, at), 409, "withdrawal_not_proposed")
    assert row_of(second, receipt.message) is None
    assert receipt.standing == "registered"


@pytest.mark.parametrize("body", [{"reason": "x"}, {"reason": None}, {"decision": " "}, {"decision": None}])
def test_it_has_a_decision_and_a_reason_of_the_list(receipt, body):
    problem(receipt.propose(receipt.leader, **body), 422)


def test_a_second_leader_withdraws_it_and_its_owner_is_told(cloud, where, small_scan):
    life = finish(where, small_scan, claims=story.somebody())
    cloud.wait_idle()
    me, message = story.citizen(where, **life.claims), life.dossier["results"][0]
    paper = Paper(where, me, message, life.dossier["reference"], "", leader_of(where))
    before = [each["about"] for each in me.get(f"/v1/dossiers/{paper.reference}/notices").ok().body["notices"]]
    assert "withdrawn" not in before
    at = paper.propose(paper.leader).ok().body["proposal"]
    cloud.wait_idle()
    first = file(me, "complaint", "conduct", dossier=paper.reference).ok(201).body["id"]
    refused = paper.leader.post(f"{ALL}/{first}/refusal", {"reason": "Không có căn cứ", "basis": "Điều 10"})
    assert problem(refused, 403, "officer_concerned")["why"] == "acted", "who proposed it, before anybody confirmed"
    second = leader_of(where)
    told = paper.answer(second, at).ok().body
    assert told["withdrawn_at"]
    assert paper.answer(second, at).ok().body == told
    assert paper.propose(paper.leader, decision="Quyết định khác").ok().body == told
    assert paper.standing == "withdrawn"
    assert row_of(second, message) is None
    cloud.wait_idle()
    document = me.get(f"/v1/vault/documents/{message}").ok().body["document"]
    assert document["standing"] == "withdrawn"
    notices = me.get(f"/v1/dossiers/{paper.reference}/notices").ok().body["notices"]
    (notice,) = [each for each in notices if each["about"] == "withdrawn"]
    assert DECISION in notice["reason"]
    lines = me.get("/v1/vault/access?order=newest").ok().body["lines"]
    (line,) = [each for each in lines if each["act"] == "withdrawn"]
    assert (line["document"], line["by"], line["officer"], line["basis"]) == (
        message,
        story.AGENCY,
        "Lê Thị Hai",
        DECISION,
    )
    used = me.get("/v1/vault/history?order=newest").ok().body["uses"]
    assert used
    assert not any(each["purpose"] == DECISION for each in used)
    complaint = file(me, "complaint", "conduct", dossier=paper.reference).ok(201).body["id"]
    for who in (paper.leader, second):
        refused = who.post(f"{ALL}/{complaint}/refusal", {"reason": "Không có căn cứ", "basis": "Điều 10"})
        assert problem(refused, 403, "officer_concerned")["why"] == "acted", "a complaint about what they did"
    leader_of(where).post(f"{ALL}/{complaint}/acceptance", {}).ok()
