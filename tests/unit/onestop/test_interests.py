"""Whose own a dossier is: by former numbers, by mandates elsewhere; what a process remembers; who does it instead."""

from datetime import UTC, timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.tasks import TaskAssigned, TaskHandedUp, TaskReleased, TaskUnheld
from chalicelib.dossier import offered
from chalicelib.dossier.interests import Work, has_interest
from chalicelib.dossier.items import task_id
from chalicelib.dossier.joined import remember_joined
from chalicelib.dossier.refusals import NumberUnknown, OwnDossier
from chalicelib.dossier.staffed import as_enrolled, known_officer
from chalicelib.identity.staff.author import officer_hash
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law import packs
from chalicelib.onestop.recourse import Recourse
from chalicelib.onestop.refusals import NobodyAbove, NotForAbove
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.handover import HandOver
from chalicelib.onestop.tasks.store import Leaving
from chalicelib.onestop.unheld import Unheld
from tests.fakes import people
from tests.support.acting import ended, represent
from tests.support.hall import LEG
from tests.support.office import AGENCY, Office, token

ME = people.CITIZEN
NEW = structs.replace(ME, personal_id="086195000001")
OTHER = structs.replace(ME, subject="citizen-7", personal_id="001195000778")
ABOVE = "H01"


def named(who, person):
    """An officer whose token says that they have the number of a person."""
    return structs.replace(who, personal_id=person.personal_id)


def renumbered(hall, person, *former):
    hall.clock.advance(milliseconds=1)
    at = stamp(hall.clock())
    formers = tuple(each.holder for each in former)
    event = PersonChanged(person=person.holder, kind="renumbered", register="population", at=at, former=formers)
    remember_joined(event, at)


def receive(hall, reference, person, key="task-1"):
    return hall.complete(reference, "receive", who=named(people.RECEPTION, person), key=key)


# --- by which number ------------------------------------------------------------------------------------------------


def test_who_has_another_number_now_is_found_by_the_one_under_which_they_filed(hall):
    reference = hall.at()
    renumbered(hall, NEW, ME)
    with pytest.raises(OwnDossier):
        receive(hall, reference, NEW)
    receive(hall, reference, OTHER)


def test_who_is_known_by_a_former_number_is_found_by_the_present_one(hall):
    former = structs.replace(ME, personal_id="001195099999")
    reference = hall.at()
    renumbered(hall, ME, former)
    with pytest.raises(OwnDossier):
        receive(hall, reference, former)


def test_whom_the_form_names_by_a_former_number_or_who_is_represented_by_the_officer_is_found(hall):
    """The father of the form has another number now; the officer of the second dossier represents him."""
    father = structs.replace(ME, subject="citizen-9", personal_id="001092000009")
    reference = hall.open(ME, key="open-named")
    given = {**people.FORM["mother"], "full_name": "Lê Quốc Vượng", "year_of_birth": 1992}
    given["personal_id"] = father.personal_id
    hall.submissions.save_form(ME, reference, people.form(father=given), 0)
    hall.add(reference)
    hall.submit(reference, ME)
    present = structs.replace(father, personal_id="086092000009")
    renumbered(hall, present, father)
    with pytest.raises(OwnDossier):
        receive(hall, reference, present)
    represent(hall, represented=father, representative=OTHER, id="MD-7", procedures=("2.000815",))
    with pytest.raises(OwnDossier):
        receive(hall, reference, OTHER)
    receive(hall, reference, structs.replace(ME, personal_id="001195000779"))


def test_a_mandate_of_a_former_number_counts_still(hall):
    reference = hall.at()
    represent(hall, represented=OTHER, representative=ME, id="MD-9", procedures=("2.000815",))
    present = structs.replace(OTHER, personal_id="086195000777")
    renumbered(hall, present, OTHER)
    with pytest.raises(OwnDossier):
        receive(hall, reference, present)


# --- mandates elsewhere ---------------------------------------------------------------------------------------------


AFTER = packs.newest().rules.interest_after_days.value
"""Days after the end of a mandate in which it counts still."""


@pytest.mark.parametrize("sides", [(ME, OTHER), (OTHER, ME)], ids=["they represent", "they are represented"])
def test_a_mandate_counts_from_its_first_day_on_until_some_time_after_its_last(hall, sides):
    reference = hall.at()
    opens, closes = hall.clock() + timedelta(days=1), hall.clock() + timedelta(days=2)
    terms = {"id": "MD-9", "procedures": ("2.000815",), "opens": stamp(opens), "closes": stamp(closes)}
    represent(hall, represented=sides[0], representative=sides[1], **terms)
    who = named(people.RECEPTION, OTHER)
    seen = []
    for days in (1, 1, AFTER - 1, 1):
        seen.append(has_interest(who.persons, {ME.holder}, hall.clock()))
        hall.clock.advance(days=days)
    assert seen == [False, True, True, True]
    assert not has_interest(who.persons, {ME.holder}, hall.clock())
    assert has_interest(who.persons, {ME.holder}, hall.clock(), filed=stamp(closes)), "what was filed before"
    with pytest.raises(OwnDossier):  # it was filed the day before the mandate began
        receive(hall, reference, OTHER)


def test_a_mandate_that_was_revoked_before_it_began_ties_nobody(hall):
    terms = {"id": "MD-9", "opens": stamp(hall.clock() + timedelta(days=1))}
    ended(hall, represent(hall, represented=OTHER, representative=ME, **terms))
    hall.clock.advance(days=2)
    assert not has_interest([OTHER.holder], {ME.holder}, hall.clock())


def test_who_gave_a_mandate_on_is_tied_to_who_has_it(hall):
    """The principal is OTHER; NEIGHBOUR gave the officer of the dossier, or their applicant, a mandate on."""
    giver = people.NEIGHBOUR
    terms = {"represented": OTHER, "representative": ME, "id": "MD-9", "givers": (giver.holder,)}
    represent(hall, **terms)
    reference = hall.at()
    with pytest.raises(OwnDossier):
        receive(hall, reference, giver)
    assert has_interest([ME.holder], {giver.holder}, hall.clock(), anew=True)
    assert has_interest([ME.holder], {OTHER.holder}, hall.clock(), anew=True), "the principal is theirs all the same"
    assert not has_interest([giver.holder], {OTHER.holder}, hall.clock(), anew=True), "that is another mandate's"
    represent(hall, **terms, version=2, state="ended", ended_at=stamp(hall.clock()))
    assert has_interest([ME.holder], {giver.holder}, hall.clock(), anew=True)
    hall.clock.advance(days=AFTER + 1)
    assert not has_interest([ME.holder], {giver.holder}, hall.clock(), anew=True)
    assert not has_interest([giver.holder], {ME.holder}, hall.clock(), anew=True)


def test_who_ends_a_mandate_to_decide_on_it_is_no_stranger_yet(hall):
    """The officer ends it after the dossier was filed, and one of their own is filed half a year after another's."""
    kept = represent(hall, represented=OTHER, representative=ME, id="MD-9", procedures=("2.000815",))
    reference = hall.at()
    ended(hall, kept)
    with pytest.raises(OwnDossier):
        receive(hall, reference, OTHER)
    hall.clock.advance(days=AFTER + 1)
    with pytest.raises(OwnDossier):
        receive(hall, reference, OTHER)
    assert not has_interest([OTHER.holder], {ME.holder}, hall.clock(), filed=stamp(hall.clock()))


def test_reception_may_not_know_of_a_mandate_for_five_minutes_and_approval_always_does(hall):
    reference = hall.at()
    receive(hall, reference, OTHER)
    hall.complete(reference, "verify", who=named(people.PROCESSING, people.NEIGHBOUR))
    leader = named(people.LEADER, OTHER)
    assert not has_interest(leader.persons, {ME.holder}, hall.clock())
    represent(hall, represented=OTHER, representative=ME, id="MD-9", procedures=("2.000815",))
    assert not has_interest(leader.persons, {ME.holder}, hall.clock()), "as this process read it"
    with pytest.raises(OwnDossier):
        hall.complete(reference, "approve", who=leader)
    hall.clock.advance(minutes=6)
    assert has_interest(leader.persons, {ME.holder}, hall.clock())


def test_a_process_goes_on_with_what_it_read_for_five_minutes_and_no_longer(hall):
    assert not has_interest([OTHER.holder], {ME.holder}, hall.clock())
    represent(hall, represented=OTHER, representative=ME, id="MD-9")
    hall.clock.advance(minutes=4)
    assert not has_interest([OTHER.holder], {ME.holder}, hall.clock())
    hall.clock.advance(minutes=1)
    assert has_interest([OTHER.holder], {ME.holder}, hall.clock())


# --- whose number nobody knows ---------------------------------------------------------------------------------------


def test_without_a_number_nothing_is_decided_from_the_day_on_and_not_a_day_before(hall, stage):
    reference = hall.at()
    hall.clock.advance(days=1)
    hall.clock.now = hall.clock.now.astimezone(UTC).replace(hour=16, minute=59)  # 23:59 in Viet Nam
    stage.setenv("MOTCUA_OFFICERS_KNOWN_FROM", (hall.clock().date() + timedelta(days=1)).isoformat())
    nobody = people.without_number(people.RECEPTION)
    Claims(hall.dossiers, hall.clock).claim(nobody, task_id(reference, LEG, "receive"), "c")
    hall.clock.advance(minutes=1)
    with pytest.raises(NumberUnknown):
        hall.complete(reference, "receive", who=nobody)
    hall.complete(reference, "receive", who=named(people.RECEPTION, OTHER))


def test_what_a_token_says_is_kept_with_the_enrolment_as_its_hash_alone(hall):
    office = Office(hall).open()
    office.enrol("tiep", "reception")
    reference = hall.at()
    who = as_enrolled(structs.replace(token("tiep"), personal_id=OTHER.personal_id), hall.clock())
    hall.complete(reference, "receive", who=who)
    known = known_officer(AGENCY, officer_hash("tiep"))
    assert known
    assert known.persons == {OTHER.holder}
    assert office.post("tiep").persons == {OTHER.holder}, "by a token that says it no more, too"
    assert OTHER.personal_id not in str(office.rows.everything())


# --- who does it instead ---------------------------------------------------------------------------------------------


def under_a_province(hall):
    """The catalogue tells which agency is above the commune."""
    about = {"id": AGENCY, "name": people.OFFICE["name"], "level": "commune"}
    entry = {**about, "valid_from": "2026-01-01", "parent": ABOVE}
    hall.clock.advance(milliseconds=1)
    offered.remember_agency(heard(AgencyPublished, {**people.OFFICE, "entries": [entry]}), stamp(hall.clock()))


@pytest.fixture
def alone(hall):
    """An agency of one officer, who is the applicant; its parent is the province."""
    office = Office(hall).open()
    office.enrol("ky", "reception", "processing", "leader", person=ME.holder)
    under_a_province(hall)
    return office


def swept(hall):
    recourse = Recourse(hall.dossiers, hall.clock)
    return Sweep(hall.dossiers, hall.clock, unheld=Unheld(hall.dossiers, hall.clock), recourse=recourse.look).run()


def test_the_sweep_hands_up_what_nobody_took_as_nobody_may_and_tells_of_it_no_more(hall, alone):
    reference = hall.at()
    hall.clock.advance(hours=1)
    hall.clock.now = hall.clock.now.replace(minute=1)
    assert swept(hall).told == 0, "its hours are not over"
    hall.clock.advance(days=4)
    assert swept(hall).told == 1
    (told,) = hall.told(reference, TaskHandedUp)
    assert (told.agency, told.to, told.by, told.kind) == (AGENCY, ABOVE, None, "receive")
    assert hall.told(reference, TaskUnheld) == []
    assert hall.rows.unbroken(reference)


def test_the_sweep_hands_nothing_up_where_nobody_is_enrolled_or_somebody_may(hall, alone):
    alone.enrol("hai", "reception", person=OTHER.holder)
    reference = hall.at()
    hall.clock.advance(hours=1)
    hall.clock.now = hall.clock.now.replace(minute=1)
    hall.clock.advance(days=4)
    assert swept(hall).told == 1
    assert hall.told(reference, TaskHandedUp) == []
    assert len(hall.told(reference, TaskUnheld)) == 1


def test_nothing_goes_up_because_numbers_are_not_known(hall, alone, stage):
    stage.setenv("MOTCUA_OFFICERS_KNOWN_FROM", "2026-01-01")
    office = alone
    reference = hall.open(OTHER, key="open-2")
    who = office.post("ky")
    found = hall.dossiers.substitutes(AGENCY, hall.draft(reference).head, Work(AGENCY, "receive"), hall.clock())
    assert [each.enrolled.officer for each in found.officers] == [officer_hash("ky")]
    office.enrol("hai", "reception")
    again = hall.dossiers.substitutes(AGENCY, hall.draft(reference).head, Work(AGENCY, "receive"), hall.clock())
    assert [each.enrolled.officer for each in again.officers] == [officer_hash("ky")], "not who has no number"
    assert who.persons == {ME.holder}


def test_without_an_agency_above_it_says_so(hall):
    office = Office(hall).open()
    office.enrol("ky", "reception", person=ME.holder)
    reference = hall.at()
    with pytest.raises(NobodyAbove):
        Recourse(hall.dossiers, hall.clock).hand_up(office.post("ky"), task_id(reference, LEG, "receive"), "up")


def test_of_an_agency_that_keeps_no_staff_here_its_leader_is_believed_and_nobody_else(hall):
    under_a_province(hall)
    reference = hall.at()
    recourse, name = Recourse(hall.dossiers, hall.clock), task_id(reference, LEG, "receive")
    with pytest.raises(NotForAbove):
        recourse.hand_up(named(people.RECEPTION, OTHER), name, "up-1")
    with pytest.raises(NotFound):
        recourse.hand_up(people.officer("reception", agency="H01.10.25"), name, "up-2")
    with pytest.raises(NotForAbove):
        recourse.hand_up(named(people.RECEPTION, ME), name, "up-3")
    assert recourse.hand_up(named(people.LEADER, OTHER), name, "up-4").task.above == ABOVE


def test_what_somebody_had_who_left_goes_to_no_colleague_whose_own_it_is(hall, alone):
    alone.enrol("di", "reception", person=OTHER.holder)
    reference = hall.at()
    Claims(hall.dossiers, hall.clock).claim(alone.post("di"), task_id(reference, LEG, "receive"), "c")
    alone.leave("di", hall.clock().date().isoformat(), "ky")
    HandOver(Leaving(), hall.dossiers, hall.clock).run()
    assert hall.told(reference, TaskAssigned) == []
    (told,) = hall.told(reference, TaskReleased)
    assert told.why == "left"
