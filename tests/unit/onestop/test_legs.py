"""Agencies' parts of a dossier: which begins when, due when, handed by whom; each may be asked to begin twice."""

import pytest

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.contracts.onestop import DossierDecided, DossierRedirected, LegCompleted, LegInput, LegOpened
from chalicelib.contracts.plan import PlannedLeg
from chalicelib.dossier import offered
from chalicelib.dossier.items import task_id
from chalicelib.dossier.reading import read
from chalicelib.dossier.route import is_lead, lead_of, legs_of, next_legs, receiver_of
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.refusals import NotCompetent
from chalicelib.onestop.supplement.answering import Given as Answered
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import Hall

COMMUNE, POLICE = people.OFFICE["id"], people.OTHER_OFFICE["id"]
HEALTH = "H01.10.26"
HEALTH_OFFICE = {**people.OFFICE, "id": HEALTH, "name": "Trung tâm Y tế khu vực", "one_stop": "Một cửa Y tế"}
NAME = {COMMUNE: people.OFFICE["name"], POLICE: people.OTHER_OFFICE["name"], HEALTH: HEALTH_OFFICE["name"]}
ONE_STOP = people.OFFICE["one_stop"]
RECEIVES = {"leg": "commune", "agency": "@receiving", "deadline": "8wh"}
POLICES = {"leg": "police", "agency": POLICE, "deadline": "1wd"}
DECIDES = {"leg": "health", "agency": HEALTH, "deadline": "1wd"}
ROUTE = [[RECEIVES, POLICES], [DECIDES]]
ROLE = {"verify": "processing", "approve": "leader"}


class Agencies:
    """A hall whose procedure goes through several agencies."""

    def __init__(self, tables, route):
        self.hall = Hall(tables, route=route, term={"text": "3wd", "record": "3 WORKING_DAY"})
        self.hall.stores.register("agencies", HEALTH)
        self.hall.stores.register("officers", "officer-leader")
        offered.remember_agency(heard(AgencyPublished, HEALTH_OFFICE), stamp(self.hall.clock()))
        self.reference = self.hall.submitted()

    @property
    def dossier(self):
        return read(self.reference, whole=True)

    def open(self):
        return {(t.leg, t.kind): t for t in self.dossier.tasks if t.is_open}

    def accept(self):
        self.hall.complete(self.reference, "receive")
        return self

    def do(self, leg, kind, agency, outcome, *, nth=1, who=None, **said):
        given = Given(outcome=outcome, **said)
        who = who or people.officer(ROLE[kind], agency=agency, name=f"Cán bộ {kind}")
        return self.hall.desk.complete(who, task_id(self.reference, leg, kind, nth), given, f"{leg}-{kind}", b"{}")

    def through(self, leg, agency, last="agreed"):
        self.do(leg, "verify", agency, "verified")
        self.do(leg, "approve", agency, last)
        self.hall.flow.report_leg(self.reference, leg)
        return self


@pytest.fixture
def agencies(tables):
    return Agencies(tables, ROUTE)


# --- the route, by itself --------------------------------------------------------------------------------------------


def names(legs):
    return [leg.name for leg in legs]


@pytest.mark.parametrize(
    ("begun", "done", "electronic", "paper"),
    [
        ((), (), ["0-commune", "0-police"], ["0-commune"]),
        (("0-commune",), (), ["0-police"], []),
        (("0-commune",), ("0-commune",), ["0-police"], ["0-police"]),
        (("0-commune", "0-police"), ("0-police",), [], []),
        (("0-commune", "0-police"), ("0-police", "0-commune"), ["1-health"], ["1-health"]),
        (("0-commune", "0-police", "1-health"), ("0-police", "0-commune"), [], []),
        (("0-commune", "0-police", "1-health"), ("0-police", "0-commune", "1-health"), [], []),
    ],
)
def test_legs_of_a_stage_begin_at_once_on_files_and_one_after_another_on_paper(
    agencies, begun, done, electronic, paper
):
    plan = agencies.dossier.plan
    assert names(next_legs(plan, "ONLINE", begun, done)) == electronic
    assert names(next_legs(plan, "DIRECT", begun, done)) == paper


@pytest.mark.parametrize(
    ("medium", "channel", "begin"), [("paper", "ONLINE", []), ("electronic", "DIRECT", ["0-police"])]
)
def test_a_leg_may_say_of_itself_on_what_it_works(tables, medium, channel, begin):
    plan = Agencies(tables, [[RECEIVES, {**POLICES, "medium": medium}]]).dossier.plan
    assert names(next_legs(plan, channel, {"0-commune"}, ())) == begin


def test_the_last_leg_of_the_last_stage_leads_unless_another_says_so(tables):
    plan = Agencies(tables, ROUTE).dossier.plan
    assert lead_of(plan).name == "1-health"
    assert [is_lead(plan, leg.name) for leg in legs_of(plan)] == [False, False, True]


def test_a_leg_that_says_so_leads(tables):
    plan = Agencies(tables, [[{**RECEIVES, "lead": True}, POLICES]]).dossier.plan
    assert lead_of(plan).name == "0-commune"


def test_a_result_goes_to_whoever_needs_it_next_and_from_a_higher_level_back_to_the_receiving_unit(tables):
    plan = Agencies(tables, [[RECEIVES, {**POLICES, "vertical": True}], [DECIDES]]).dossier.plan
    commune, police, health = legs_of(plan)
    assert receiver_of(plan, commune, [police]) is None, "the receiving unit sends to a higher level"
    assert receiver_of(plan, commune, []) == health
    assert receiver_of(plan, police, [health]) is None
    assert receiver_of(plan, health, []) is None


# --- a dossier that goes along it ------------------------------------------------------------------------------------


def test_at_acceptance_the_legs_of_the_first_stage_stand_on_the_lists_of_their_agencies_by_their_own_deadlines(
    agencies,
):
    tasks = agencies.accept().open()
    assert {(leg, kind): task.agency for (leg, kind), task in tasks.items()} == {
        ("0-commune", "verify"): COMMUNE,
        ("0-police", "verify"): POLICE,
    }
    due_at = agencies.dossier.head.due_at
    police, commune = tasks["0-police", "verify"], tasks["0-commune", "verify"]
    assert police.due_at < due_at
    assert commune.due_at < due_at
    assert police.reference == agencies.reference
    assert police.dossier_code == agencies.dossier.head.dossier_code


def test_no_leg_is_due_later_than_its_dossier(tables):
    agencies = Agencies(tables, [[RECEIVES, {**POLICES, "deadline": "30wd"}], [DECIDES]]).accept()
    assert agencies.open()["0-police", "verify"].due_at == agencies.dossier.head.due_at


def test_who_approves_in_a_leg_is_due_by_the_deadline_of_the_leg(agencies):
    due_at = agencies.accept().open()["0-police", "verify"].due_at
    agencies.do("0-police", "verify", POLICE, "verified")
    assert agencies.open()["0-police", "approve"].due_at == due_at


def test_the_next_stage_begins_when_all_legs_of_the_one_before_are_done_and_without_any_driver(agencies):
    agencies.accept().through("0-police", POLICE)
    assert ("1-health", "verify") not in agencies.open()
    agencies.through("0-commune", COMMUNE)
    assert list(agencies.open()) == [("1-health", "verify")]
    assert agencies.hall.driver.calls == 0
    told = agencies.hall.told(agencies.reference, LegOpened)
    assert [(e.leg, e.agency, e.stage) for e in told] == [("0-police", POLICE, 0), ("1-health", HEALTH, 1)]
    agencies.through("1-health", HEALTH, "approved")
    (decided,) = agencies.hall.told(agencies.reference, DossierDecided)
    assert (decided.agency, decided.office.name) == (HEALTH, HEALTH_OFFICE["name"]), "the leading agency decides"


def test_on_paper_a_leg_begins_when_the_one_before_it_is_done(tables):
    agencies = Agencies(tables, [[RECEIVES, {**POLICES, "medium": "paper"}], [DECIDES]]).accept()
    assert list(agencies.open()) == [("0-commune", "verify")]
    agencies.through("0-commune", COMMUNE)
    assert list(agencies.open()) == [("0-police", "verify")]


def test_a_leg_of_one_step_is_answered_by_it(tables):
    agencies = Agencies(tables, [[RECEIVES, {**POLICES, "steps": ["verify"]}], [DECIDES]]).accept()
    with pytest.raises(BodyInvalid):
        agencies.do("0-police", "verify", POLICE, "verified")
    agencies.do("0-police", "verify", POLICE, "agreed")
    assert agencies.dossier.done_legs == {"0-police"}


def test_a_leg_that_begins_with_its_approval_has_no_verification(tables):
    agencies = Agencies(tables, [[RECEIVES], [{**POLICES, "steps": ["approve"]}], [DECIDES]]).accept()
    agencies.through("0-commune", COMMUNE)
    assert list(agencies.open()) == [("1-police", "approve")]


@pytest.mark.parametrize("outcome", ["approved", "refused", "supplement"])
def test_an_agency_that_does_not_lead_answers_and_decides_nothing(agencies, outcome):
    agencies.accept().do("0-police", "verify", POLICE, "verified")
    with pytest.raises(BodyInvalid):
        agencies.do("0-police", "approve", POLICE, outcome, reason="Không đủ điều kiện", basis="Điều 9")


def test_an_agency_that_does_not_lead_refuses_no_dossier(agencies):
    agencies.accept()
    with pytest.raises(BodyInvalid):
        agencies.do("0-police", "verify", POLICE, "refused", reason="Không đủ điều kiện hưởng", basis="Điều 9")
    assert "refused" not in agencies.open()


@pytest.mark.parametrize("outcome", ["agreed", "disagreed"])
def test_the_agency_that_leads_approves_and_agrees_with_nobody(agencies, outcome):
    agencies.accept().through("0-police", POLICE).through("0-commune", COMMUNE)
    agencies.do("1-health", "verify", HEALTH, "verified")
    with pytest.raises(BodyInvalid):
        agencies.do("1-health", "approve", HEALTH, outcome, reason="Không thống nhất nội dung")


def test_who_disagrees_says_why_and_the_dossier_goes_on(agencies):
    agencies.accept().do("0-police", "verify", POLICE, "verified")
    with pytest.raises(BodyInvalid) as refused:
        agencies.do("0-police", "approve", POLICE, "disagreed", reason="E_12")
    assert [each.pointer for each in refused.value.fields] == ["/reason"]
    why = "Nơi cư trú chưa được xác minh"
    agencies.do("0-police", "approve", POLICE, "disagreed", reason=why)
    agencies.through("0-commune", COMMUNE)
    assert list(agencies.open()) == [("1-health", "verify")]
    told = next(e for e in agencies.hall.told(agencies.reference, LegCompleted) if e.leg == "0-police")
    assert why not in repr(told)
    assert unseal(agencies.reference, told.sealed)["reason"] == why


def test_each_hand_over_is_a_row_of_the_slip_between_agencies(agencies):
    agencies.accept().through("0-police", POLICE).through("0-commune", COMMUNE).through("1-health", HEALTH, "approved")
    between = [(row.giver, row.receiver) for row in agencies.dossier.slips]
    assert (ONE_STOP, NAME[POLICE]) in between
    assert (NAME[POLICE], NAME[HEALTH]) in between
    assert (NAME[COMMUNE], NAME[HEALTH]) in between
    assert (NAME[HEALTH], ONE_STOP) in between
    assert between.count((NAME[COMMUNE], NAME[HEALTH])) == 1, "a hand-over is one row"


def test_a_higher_level_has_it_from_the_receiving_unit_and_gives_it_back_there(tables):
    agencies = Agencies(tables, [[RECEIVES], [{**POLICES, "vertical": True}], [DECIDES]]).accept()
    agencies.through("0-commune", COMMUNE).through("1-police", POLICE)
    between = [(row.giver, row.receiver) for row in agencies.dossier.slips]
    assert (NAME[COMMUNE], ONE_STOP) in between
    assert (ONE_STOP, NAME[POLICE]) in between
    assert (NAME[POLICE], ONE_STOP) in between


def test_a_leg_that_a_driver_opens_twice_has_one_task(agencies):
    agencies.accept()
    given = LegInput(
        dossier=agencies.reference,
        stage=0,
        leg=PlannedLeg(leg="police", agency=POLICE),
        token="token",
        execution=f"{agencies.reference}-1",
    )
    before = len(agencies.dossier.tasks)
    for _ in range(2):
        agencies.hall.flow.open_leg(given)
    assert len(agencies.dossier.tasks) == before


def test_a_dossier_that_an_earlier_release_left_between_two_legs_goes_on_by_itself(agencies):
    agencies.accept().through("0-police", POLICE)
    agencies.do("0-commune", "verify", COMMUNE, "verified")
    agencies.do("0-commune", "approve", COMMUNE, "agreed")
    aws.transact({"lost": aws.delete(TABLE(), (agencies.reference, "TASK#1-health#verify"))})
    assert list(agencies.open()) == []
    for _ in range(2):
        agencies.hall.flow.report_leg(agencies.reference, "0-commune")
    assert list(agencies.open()) == [("1-health", "verify")]


def test_the_decision_waits_for_every_leg_whoever_asks_for_it(agencies):
    agencies.accept().through("0-police", POLICE)
    agencies.hall.flow.decide(agencies.reference)
    assert agencies.hall.told(agencies.reference, DossierDecided) == []


def test_agencies_see_the_dossier_from_when_they_have_a_part_of_it(agencies):
    police, health = (people.officer("processing", agency=each) for each in (POLICE, HEALTH))
    with pytest.raises(NotFound):
        agencies.hall.views.read(police, agencies.reference)
    agencies.accept()
    assert agencies.hall.views.read(police, agencies.reference)
    assert agencies.hall.views.read(health, agencies.reference), "who decides it is its agency from its acceptance"
    with pytest.raises(NotFound):
        agencies.hall.views.read(people.officer("processing", agency="H01.10.27"), agencies.reference)


def test_somebody_elses_task_of_the_same_dossier_is_not_found(agencies):
    agencies.accept()
    with pytest.raises(NotFound):
        agencies.do("0-police", "verify", COMMUNE, "verified")


def test_after_a_supplement_the_legs_have_their_terms_anew(agencies):
    agencies.accept()
    before, due_at = agencies.open()["0-police", "verify"].due_at, agencies.dossier.head.due_at
    item = AskedItem(target=people.BIRTH_NOTICE, reason="INACCURATE", basis="Điều 9", remedy="Nộp bản chụp rõ hơn")
    agencies.do("0-commune", "verify", COMMUNE, "supplement", supplement=SupplementGiven(items=(item,)))
    agencies.hall.clock.advance(days=1)
    agencies.hall.add(agencies.reference, key="uploads/again")
    given = Answered(fields={}, version=agencies.dossier.head.version, key="answer", raw=b"{}")
    agencies.hall.answers.answer(people.CITIZEN, agencies.reference, given)
    assert agencies.dossier.head.due_at > due_at
    assert agencies.open()["0-police", "verify"].due_at > before
    assert agencies.open()["0-commune", "verify"].due_at < agencies.dossier.head.due_at


# --- received by another agency than the competent one ---------------------------------------------------------------


@pytest.fixture
def elsewhere(tables):
    """The dossier was filed before the commune; the police are competent."""
    return Agencies(tables, [[{"leg": "police", "agency": POLICE}]])


def test_the_receiving_unit_accepts_nothing_that_another_agency_is_competent_for(elsewhere):
    with pytest.raises(NotCompetent) as refused:
        elsewhere.do("0-police", "receive", COMMUNE, "accepted", who=people.RECEPTION)
    assert refused.value.facts["agency"] == POLICE


def test_it_forwards_it_and_the_clock_starts_when_the_competent_agency_receives(elsewhere):
    police = people.officer("reception", agency=POLICE, name="Cán bộ công an")
    with pytest.raises(NotFound):
        elsewhere.hall.views.read(police, elsewhere.reference)
    elsewhere.do("0-police", "receive", COMMUNE, "forwarded", who=people.RECEPTION)
    assert {(t.kind, t.round, t.agency) for t in elsewhere.open().values()} == {("receive", 2, POLICE)}
    assert elsewhere.dossier.head.accepted_at is None
    (told,) = elsewhere.hall.told(elsewhere.reference, DossierRedirected)
    assert (told.agency, told.to) == (COMMUNE, POLICE)
    elsewhere.hall.clock.advance(hours=3)
    elsewhere.do("0-police", "receive", POLICE, "accepted", nth=2, who=police)
    assert elsewhere.dossier.head.accepted_at == stamp(elsewhere.hall.clock())
    assert (ONE_STOP, NAME[POLICE]) in [(row.giver, row.receiver) for row in elsewhere.dossier.slips]
    elsewhere.hall.draw(elsewhere.reference)
    elsewhere.through("0-police", POLICE, "approved")
    (decided,) = elsewhere.hall.told(elsewhere.reference, DossierDecided)
    assert decided.agency == POLICE
    assert elsewhere.dossier.head.agency == COMMUNE, "the result comes back to the receiving unit"


def test_a_competent_agency_forwards_to_nobody(agencies):
    with pytest.raises(BodyInvalid):
        agencies.do("0-commune", "receive", COMMUNE, "forwarded", who=people.RECEPTION)
