"""Whose a procedure is: its promulgating body's, its creator's, or whom it was handed to; a draft moves nothing."""

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.catalogue import Desk, facts_of, fresh_agency, fresh_code, imported
from tests.support.world import OTHER_AGENCY, events, officer_of, partition

MINISTRY = "G15"
"""The body that promulgates the registration of a birth."""


def transfer(code, act=""):
    return f"/v1/catalogue/procedures/{code}/transfer{act}"


def publisher(where, agency):
    return officer_of(where, agency, "publisher")


def kept_by(where, code):
    return partition(where, "Catalogue", f"PROCEDURE#{code}")


def test_three_people_of_one_commune_do_not_take_over_a_national_procedure(where, citizen):
    """What happened: they renamed 1.001193 and published it for everybody."""
    before, commune = kept_by(where, story.PROCEDURE), Desk(where, story.PROCEDURE)
    renamed = facts_of(story.PROCEDURE, like=story.PROCEDURE, name_vi="Đăng ký khai sinh của xã")
    for started in (commune.start("current"), commune.start("facts", renamed), commune.start("review")):
        assert problem(started, 403, "not_its_keeper")["owner"] == MINISTRY
    problem(commune.hand_over(1), 404, "not_found")
    problem(commune.publish(1), 404, "not_found")
    problem(commune.withdraw(1), 404, "not_found")
    assert kept_by(where, story.PROCEDURE) == before
    assert citizen.get(f"/v1/services/{story.PROCEDURE}").ok().body["name_vi"] == "Đăng ký khai sinh"
    assert commune.read(1).ok().body["version"] == 1, "what is shipped is read by all who keep a catalogue"


def test_the_promulgating_body_keeps_its_procedure_and_a_draft_moves_no_ownership(cloud, where):
    code = fresh_code()
    imported(cloud, code, departmentPromulgateCode="G15")
    for agency in (story.AGENCY, "H01"):
        assert problem(Desk(where, code, agency).start("record"), 403, "not_its_keeper")["owner"] == MINISTRY
    ministry = Desk(where, code, MINISTRY)
    ministry.start("record").ok(201)
    assert ministry.editor.get(transfer(code)).ok().body["owner"] == MINISTRY
    assert next(i for i in kept_by(where, code) if i["sk"] == "HEAD").get("owner", "") in ("", MINISTRY)


def test_a_record_that_names_no_body_is_taken_by_nobody(cloud, where):
    code = fresh_code()
    imported(cloud, code, departmentPromulgateCode=None)
    assert problem(Desk(where, code).start("record"), 403, "not_its_keeper")["owner"] is None


def test_what_an_agency_created_is_its_own_and_the_agency_above_may_act(where):
    code = fresh_code()
    Desk(where, code).start("facts", facts_of(code)).ok(201)
    for other in (OTHER_AGENCY, "H02", "H01.1", MINISTRY, story.AGENCY + ".1"):
        problem(Desk(where, code, other).start("facts", facts_of(code)), 404, "not_found")
    above = Desk(where, code, "H01")
    assert above.read(1).ok().body["version"] == 1
    assert above.hand_over(1).ok().body["status"] == "review"


def test_a_code_that_was_squatted_goes_to_its_body_with_the_record(cloud, where):
    code = fresh_code()
    squatter = Desk(where, code)
    squatter.start("facts", facts_of(code)).ok(201)
    imported(cloud, code, departmentPromulgateCode="G15")
    problem(squatter.hand_over(1), 404, "not_found")
    assert Desk(where, code, MINISTRY).read(1).ok().body["version"] == 1


def test_a_transfer_has_two_sides_and_stands_in_the_log(cloud, where):
    code, giver, receiver = fresh_code(), fresh_agency(), fresh_agency()
    desk = Desk(where, code, giver)
    desk.start("facts", facts_of(code)).ok(201)
    gives, takes = publisher(where, giver), publisher(where, receiver)
    problem(takes.post(transfer(code, "/acceptance"), {}), 404, "not_found")
    offered = gives.post(transfer(code), {"to": receiver}).ok().body
    assert (offered["owner"], offered["offer"]["to"]) == (giver, receiver)
    desk.hand_over(1).ok()
    problem(Desk(where, code, receiver).read(1), 404, "not_found")
    problem(publisher(where, OTHER_AGENCY).post(transfer(code, "/acceptance"), {}), 404, "not_found")
    problem(gives.post(transfer(code, "/acceptance"), {}), 404, "not_found")
    done = takes.post(transfer(code, "/acceptance"), {}, key="accept-1").ok().body
    assert (done["owner"], done["offer"]) == (receiver, None)
    assert takes.post(transfer(code, "/acceptance"), {}, key="accept-1").ok().body == done
    problem(desk.read(1), 404, "not_found")
    assert Desk(where, code, receiver).read(1).ok().body["status"] == "review"
    told = [e["type"].removeprefix("vn.motcua.") for e in events(where, code) if "procedure." in e["type"]]
    assert told == ["procedure.offered", "procedure.transferred"]
    imported(cloud, code, departmentPromulgateCode="G15")
    assert takes.get(transfer(code)).ok().body["owner"] == receiver, "a record does not take back what was handed over"


def test_an_offer_is_taken_back_or_declined_and_nobody_accepts_for_both(where):
    code, giver, receiver = fresh_code(), fresh_agency(), fresh_agency()
    Desk(where, code, giver).start("facts", facts_of(code)).ok(201)
    gives, takes = publisher(where, giver), publisher(where, receiver)
    for ends in (gives, takes):
        gives.post(transfer(code), {"to": receiver}).ok()
        assert ends.post(transfer(code, "/end"), {}).ok().body["offer"] is None
        problem(takes.post(transfer(code, "/acceptance"), {}), 404, "not_found")
    above = publisher(where, "H01")
    above.post(transfer(code), {"to": receiver}).ok()
    problem(above.post(transfer(code, "/acceptance"), {}), 403, "not_allowed")


@pytest.mark.parametrize(("to", "rule"), [("nowhere", "R34"), ("Z99", "R34"), ("itself", "owner")])
def test_a_transfer_to_no_agency_is_refused(where, to, rule):
    code, giver = fresh_code(), fresh_agency()
    Desk(where, code, giver).start("facts", facts_of(code)).ok(201)
    answer = publisher(where, giver).post(transfer(code), {"to": giver if to == "itself" else to})
    assert rules(answer) == {"/to": rule}
