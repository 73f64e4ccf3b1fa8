"""Wherever a second officer is asked for, a second person is: two accounts with one personal number are one."""

from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_archives import opened, put, reached
from tests.http.test_payments import FEE, accepted, ask, procedure, record, tasks
from tests.http.test_petition_guards import decide, deletion, ended, propose
from tests.http.test_petitions import ALL, file
from tests.http.test_reviews import answer, etag
from tests.support.asserts import problem
from tests.support.catalogue import Desk, facts_of, fresh_agency, fresh_code, fresh_receipt
from tests.support.hostile_set import good
from tests.support.planned import Province
from tests.support.world import OTHER_AGENCY, enrol, ready

_SUBJECTS = count(1)
TEXTS = {"question": "Thu phí sai mức", "answer": "Đã hoàn trả phần thu sai"}


class Person:
    """One person with as many accounts as somebody opened for them."""

    def __init__(self, where):
        self.where, self.number = where, story.somebody()["personal_id"]

    def account(self, *roles, agency=story.AGENCY, name="Lý Thanh Oanh", sub=None):
        """Another account of theirs."""
        sub = sub or f"one-{next(_SUBJECTS)}"
        claims = {"sub": sub, "name": name, "agency": agency, "roles": list(roles), "personal_id": self.number}
        return Client.login(self.where, kind="OFFICER", **claims)


@pytest.fixture
def one(where):
    return Person(where)


@pytest.fixture
def another(where):
    return Person(where)


# --- dossiers -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def signers(where):
    """An agency of this file with two officers who may sign."""
    agency = fresh_agency()
    first, second = f"ky1-{agency}", f"ky2-{agency}"
    enrol(where, {agency: "Ủy ban nhân dân xã Một Người"}, dict.fromkeys((first, second), "Lý Thanh Oanh"), agency)
    chief = Client.login(where, sub="chief-one", kind="OFFICER", name="Lý", agency=agency, roles=["administrator"])
    about = {"name": "Ủy ban nhân dân xã Một Người", "level": "commune", "parent": "H01", "valid_from": "2025-07-01"}
    chief.call("PUT", f"/v1/agencies/{agency}", {"entries": [about]}, version=0).ok()
    return agency, first, second


def test_one_person_does_not_verify_and_approve_by_two_accounts(cloud, where, one, another, signers, small_scan):
    agency, first, second = signers
    cloud.wait_idle()
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan, agency=agency)
    story.submit(me, reference).ok(201)
    desk = one.account("reception", "processing", agency=agency)
    for kind, outcome in (("receive", "accepted"), ("verify", "verified")):
        story.complete(desk, f"{reference}.0-commune.{kind}", outcome).ok()
    story.confirm(me, reference)
    approve = f"{reference}.0-commune.approve"
    problem(story.complete(one.account("leader", agency=agency, sub=first), approve, "approved"), 403, "same_officer")
    story.complete(another.account("leader", agency=agency, sub=second), approve, "approved").ok()


def test_one_person_does_not_ask_for_an_opinion_and_give_it(where, one, another, small_scan):
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    story.complete(story.officer(where, "reception"), f"{reference}.0-commune.receive", "accepted").ok()
    body = {"agency": OTHER_AGENCY, "content": "Xin ý kiến về nơi cư trú của cha mẹ", "deadline": "2wd"}
    asking = one.account("processing")
    asking.post(f"/v1/tasks/{reference}.0-commune.verify/consultations", body).ok(201)
    consult = f"{reference}.0-commune.consult"
    told = story.complete(one.account("processing", agency=OTHER_AGENCY), consult, "agreed")
    problem(told, 403, "same_officer")
    story.complete(another.account("processing", agency=OTHER_AGENCY), consult, "agreed").ok()


def test_one_person_does_not_ask_for_a_payment_and_record_it_nor_confirm_it(where, one, another):
    reference = accepted(where, procedure(where, FEE))
    ask(one.account("processing"), reference).ok()
    problem(record(one.account("reception"), reference, fresh_receipt()), 403, "same_cashier")
    record(another.account("reception"), reference, fresh_receipt()).ok()
    assert not tasks(another.account("reception"), reference)


# --- papers ---------------------------------------------------------------------------------------------------------


def test_one_person_does_not_put_an_archives_paper_into_a_vault(where, one, another):
    desk, owner = one.account("reception", "scanning"), story.somebody()
    archive = opened(desk, {"owner_number": owner["personal_id"]})["id"]
    put(desk, archive, "1.jpg", good(11))
    copy = reached(desk, archive, "copied")["copy_id"]
    story.sign_copy(story.officer(where, "reception"), copy).ok(202)
    story.look_over(copy, desk)
    mine = one.account("scanning", name="Trần Văn Hai")
    seen = mine.get(f"/v1/reviews/{copy}").ok()
    field = next(each for each in seen.body["fields"] if each["second_person"])
    assert (field["closed"], field["mine"], seen.body["next"]) == (False, False, None)
    problem(answer(mine, copy, field["name"], etag(seen), verb="confirm"), 409, "same_reviewer")
    story.look_over(copy, another.account("scanning", name="Đỗ Văn Ba"))
    assert reached(desk, archive, "stored")


# --- the catalogue --------------------------------------------------------------------------------------------------


def test_one_person_does_not_review_what_they_wrote_in_the_catalogue(where, one, another):
    desk = Desk(where, fresh_code())
    desk.editor = one.account("editor")
    draft = desk.start("facts", facts_of(desk.code)).ok(201).body["version"]
    desk.hand_over(draft).ok()
    mine = one.account("reviewer", "editor")
    told = desk.review(draft, mine)
    assert told.status == 422, told.body
    assert "/review/reviewer" in str(told.body)

    def listed(who):
        found = story.listed(who, "/v1/catalogue/versions?by_others=true&", "versions")
        return {each["code"] for each in found}

    other = another.account("reviewer", "editor")
    assert desk.code not in listed(mine)
    assert desk.code in listed(other)
    desk.review(draft, other).ok()


def test_one_person_does_not_review_or_issue_a_plan_that_they_wrote(where, one, another):
    province = Province(where)
    province.editor = one.account("editor", agency=province.department)
    plan = province.draft()
    reviewer, publisher = province.reviewer, province.publisher
    province.reviewer = one.account("reviewer", agency=province.name)
    problem(province.review(plan), 403, "not_allowed")
    province.reviewer = reviewer
    province.review(plan).ok()
    province.publisher = one.account("publisher", agency=province.name)
    problem(province.issue(plan), 403, "not_allowed")
    province.publisher = another.account("publisher", agency=province.name)
    province.issue(plan).ok()
    assert publisher is not province.publisher


def test_one_person_does_not_offer_a_procedure_and_accept_it(where, one, another):
    code = fresh_code()
    Desk(where, code).start("facts", facts_of(code)).ok(201)
    path = f"/v1/catalogue/procedures/{code}/transfer"
    one.account("publisher").post(path, {"to": OTHER_AGENCY}).ok()
    problem(one.account("publisher", agency=OTHER_AGENCY).post(f"{path}/acceptance", {}), 403, "not_allowed")
    another.account("publisher", agency=OTHER_AGENCY).post(f"{path}/acceptance", {}).ok()


# --- petitions ------------------------------------------------------------------------------------------------------


@pytest.fixture
def person():
    return {**story.somebody(), "name": "Trần Ngọc Bích"}


@pytest.fixture
def me(where, person):
    return story.citizen(where, **person)


def test_one_person_does_not_propose_and_confirm_that_a_petition_is_erased(where, me, one, another):
    third = Person(where)
    name = ended(third.account("leader"), me)
    propose(one.account("leader"), name, deletion(me)).ok()
    told = problem(decide(one.account("leader", name="Trần Văn Hai"), name), 403, "second_officer_needed")
    assert told["why"] == "proposed"
    decide(another.account("leader", name="Đỗ Văn Ba"), name).ok()


def test_who_dealt_with_a_petition_by_another_account_does_not_confirm_its_erasure(where, me, one, another):
    name = file(me).ok(201).body["id"]
    one.account("leader").post(f"{ALL}/{name}/refusal", {"reason": "Trùng nội dung", "basis": "Điều 10"}).ok()
    propose(another.account("leader"), name, deletion(me)).ok()
    told = problem(decide(one.account("leader", name="Trần Văn Hai"), name), 403, "second_officer_needed")
    assert told["why"] == "handled"
    decide(Person(where).account("leader", name="Đỗ Văn Ba"), name).ok()


def test_who_acted_on_the_dossier_by_another_account_does_not_deal_with_the_complaint(where, one, another, small_scan):
    claims = story.somebody()
    me = story.citizen(where, **claims)
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    story.complete(one.account("reception"), f"{reference}.0-commune.receive", "accepted").ok()
    name = file(me, "complaint", "conduct", dossier=reference).ok(201).body["id"]
    told = problem(one.account("leader").post(f"{ALL}/{name}/acceptance", {}), 403, "officer_concerned")
    assert told["why"] == "acted"
    another.account("leader", name="Đỗ Văn Ba").post(f"{ALL}/{name}/acceptance", {}).ok()


# --- an agency's own staff ------------------------------------------------------------------------------------------


def test_one_person_does_not_propose_a_leader_and_confirm_them(where, one, another):
    agency = fresh_agency()
    held = [{"role": "leader", "valid_from": "2025-08-01"}]
    made = one.account("administrator", agency=agency).post(
        "/v1/officers", {"subject": f"ai-{agency}", "name": "Lý Oanh", "roles": held}
    )
    path = f"/v1/officers/{made.ok(201).body['id']}/confirmation"
    problem(one.account("administrator", agency=agency).post(path, {"version": 1}), 403, "same_person")
    another.account("administrator", agency=agency).post(path, {"version": 1}).ok()


def test_nobody_confirms_that_an_account_of_their_own_leads(where, one, another):
    agency = fresh_agency()
    held = [{"role": "leader", "valid_from": "2025-08-01"}]
    body = {"subject": f"ai-{agency}", "name": "Lý Oanh", "roles": held, "personal_id": one.number}
    made = another.account("administrator", agency=agency).post("/v1/officers", body).ok(201).body
    path = f"/v1/officers/{made['id']}/confirmation"
    problem(one.account("administrator", agency=agency).post(path, {"version": 1}), 403, "same_person")
    Person(where).account("administrator", agency=agency).post(path, {"version": 1}).ok()
