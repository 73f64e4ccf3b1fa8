"""A second officer is a person whose number is known, as the first one's is: an empty field turns no guard off."""

from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_archives import opened, put, reached
from tests.http.test_payments import FEE, accepted, ask, procedure, record
from tests.http.test_petition_guards import decide, deletion, ended, propose
from tests.http.test_petitions import ALL, file
from tests.http.test_reviews import answer, etag
from tests.support.asserts import problem
from tests.support.catalogue import Desk, facts_of, fresh_code, fresh_receipt
from tests.support.hostile_set import good
from tests.support.planned import Province
from tests.support.recall import DECISION
from tests.support.world import OTHER_AGENCY

_SUBJECTS = count(1)


@pytest.fixture(autouse=True)
def _before_the_day(cloud, monkeypatch):
    """The stage's day has not come: who has no number still receives and verifies."""
    monkeypatch.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2099-01-01")


@pytest.fixture
def known(where):
    """An officer whose number their token says."""
    return lambda *roles, **claims: _officer(where, roles, claims)


@pytest.fixture
def unknown(where):
    """An officer whose number nobody knows."""
    return lambda *roles, **claims: _officer(where, roles, {"personal_id": None, **claims})


def _officer(where, roles, claims):
    said = {"sub": f"second-{next(_SUBJECTS)}", "name": "Lý Thanh Oanh", "agency": story.AGENCY, **claims}
    return Client.login(where, kind="OFFICER", roles=list(roles), **said)


def refused(answer, whose):
    """It was refused as the number of this one is not known; the refusal says how it becomes known."""
    told = problem(answer, 403, "second_unknown")
    assert told["whose"] == whose, told
    assert told["detail"], told
    return told


def me_of(where):
    return story.citizen(where, **story.somebody(), name="Trần Ngọc Bích")


# --- money ----------------------------------------------------------------------------------------------------------


def test_who_has_no_number_records_no_payment_that_another_asked_for(where, known, unknown):
    reference = accepted(where, procedure(where, FEE))
    ask(known("processing"), reference).ok()
    refused(record(unknown("reception"), reference, fresh_receipt()), "second")
    record(known("reception"), reference, fresh_receipt()).ok()


def test_a_payment_that_somebody_without_a_number_asked_for_waits_for_a_second_one(where, known, unknown):
    """Their agency keeps no staff here, so nobody can say that they are not who records it."""
    reference = accepted(where, procedure(where, FEE))
    ask(unknown("processing"), reference).ok()
    record(known("reception"), reference, fresh_receipt()).ok()
    refused(unknown("reception").post(f"/v1/dossiers/{reference}/payment/confirmation", {}), "second")
    known("reception").post(f"/v1/dossiers/{reference}/payment/confirmation", {}).ok()


# --- papers ---------------------------------------------------------------------------------------------------------


def archived(desk, where):
    archive = opened(desk, {"owner_number": story.somebody()["personal_id"]})["id"]
    put(desk, archive, "1.jpg", good(11))
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(story.officer(where, "reception"), copy).ok(202)
    return archive, copy


def by_two(desk, copy):
    seen = desk.get(f"/v1/reviews/{copy}").ok()
    return next(each["name"] for each in seen.body["fields"] if each["second_person"]), etag(seen)


def test_who_has_no_number_confirms_no_paper_that_two_have_to(where, known, unknown):
    desk = known("reception", "scanning")
    archive, copy = archived(desk, where)
    story.look_over(copy, desk)
    field, tag = by_two(desk, copy)
    refused(answer(unknown("scanning"), copy, field, tag, verb="confirm"), "second")
    story.look_over(copy, known("scanning"))
    assert reached(desk, archive, "stored")


def test_what_somebody_without_a_number_confirmed_first_is_said_anew(where, known, unknown):
    desk = known("reception", "scanning")
    _, copy = archived(desk, where)
    story.look_over(copy, unknown("scanning"))
    field, tag = by_two(desk, copy)
    refused(answer(desk, copy, field, tag, verb="confirm"), "first")
    answer(desk, copy, field, tag, verb="retype").ok()


def test_who_has_no_number_confirms_no_withdrawal(finished, known, unknown):
    path = f"/v1/messages/{finished.dossier['receipt']}/withdrawal"
    for proposing, confirming, whose in ((known, unknown, "second"), (unknown, known, "first")):
        told = proposing("leader").post(path, DECISION).ok().body
        body = {"proposal": told["proposal"], "verdict": "confirm"}
        refused(confirming("leader").post(f"{path}/confirmation", body), whose)
        known("leader").post(f"{path}/confirmation", body | {"verdict": "decline"}).ok()


# --- the catalogue --------------------------------------------------------------------------------------------------


def test_who_has_no_number_reviews_nothing_of_the_catalogue(where, known, unknown):
    desk = Desk(where, fresh_code())
    desk.editor = known("editor")
    draft = desk.start("facts", facts_of(desk.code)).ok(201).body["version"]
    desk.hand_over(draft).ok()
    refused(desk.review(draft, unknown("reviewer")), "second")
    desk.review(draft, known("reviewer")).ok()


def save(desk, number):
    edit = int(desk.read(number).ok().headers["ETag"].strip('"'))
    desk.save(number, facts_of(desk.code), edit).ok()


def test_what_somebody_without_a_number_wrote_is_reviewed_once_they_have_one(where, known, unknown):
    desk = Desk(where, fresh_code())
    sub = f"writer-{next(_SUBJECTS)}"
    desk.editor = unknown("editor", sub=sub)
    draft = desk.start("facts", facts_of(desk.code)).ok(201)
    number, reviewer = draft.body["version"], known("reviewer")
    desk.editor = known("editor")
    save(desk, number)
    desk.hand_over(number).ok()
    refused(desk.review(number, reviewer), "first")
    desk.review(number, reviewer, accepted=False).ok()
    desk.editor = known("editor", sub=sub)
    save(desk, number)
    desk.hand_over(number).ok()
    desk.review(number, reviewer).ok()


def test_who_has_no_number_reviews_no_plan_and_issues_none(where, known, unknown):
    province = Province(where)
    plan = province.draft()
    reviewer, publisher = province.reviewer, province.publisher
    province.reviewer = unknown("reviewer", agency=province.name)
    refused(province.review(plan), "second")
    province.reviewer = reviewer
    province.review(plan).ok()
    province.publisher = unknown("publisher", agency=province.name)
    refused(province.issue(plan), "second")
    province.publisher = publisher
    province.issue(plan).ok()


def test_who_has_no_number_accepts_no_procedure_that_was_offered(where, known, unknown):
    code = fresh_code()
    Desk(where, code).start("facts", facts_of(code)).ok(201)
    path = f"/v1/catalogue/procedures/{code}/transfer"
    unknown("publisher").post(path, {"to": OTHER_AGENCY}).ok()
    taking = f"{path}/acceptance"
    refused(known("publisher", agency=OTHER_AGENCY).post(taking, {}), "first")
    known("publisher").post(path, {"to": OTHER_AGENCY}).ok()
    refused(unknown("publisher", agency=OTHER_AGENCY).post(taking, {}), "second")
    known("publisher", agency=OTHER_AGENCY).post(taking, {}).ok()


# --- petitions ------------------------------------------------------------------------------------------------------


def test_who_has_no_number_confirms_no_erasure(where, known, unknown):
    me = me_of(where)
    name = ended(known("leader"), me)
    propose(known("leader"), name, deletion(me)).ok()
    refused(decide(unknown("leader"), name), "second")
    decide(known("leader"), name).ok()


def test_an_erasure_that_somebody_without_a_number_proposed_is_confirmed_by_nobody(where, known, unknown):
    me = me_of(where)
    name = ended(known("leader"), me)
    propose(unknown("leader"), name, deletion(me)).ok()
    refused(decide(known("leader"), name), "first")
    decide(known("leader"), name, "decline").ok()


def test_who_dealt_with_a_petition_without_a_number_is_no_other_than_who_confirms_its_erasure(where, known, unknown):
    me, sub = me_of(where), f"handler-{next(_SUBJECTS)}"
    name = file(me).ok(201).body["id"]
    unknown("leader", sub=sub).post(f"{ALL}/{name}/refusal", {"reason": "Hết hạn", "basis": "Điều 10"}).ok()
    propose(known("leader"), name, deletion(me)).ok()
    refused(decide(known("leader"), name), "first")
