"""A task that nobody took for too long is told once, to applicant and supervisor; one that somebody has never is."""

import pytest

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard
from chalicelib.contracts.tasks import TaskUnheld
from chalicelib.contracts.thread import ThreadRead
from chalicelib.dossier import offered
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import task_id
from chalicelib.kernel.clock import stamp
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.store import Lists
from chalicelib.onestop.tasks.worklist import Wanted, Worklist
from chalicelib.onestop.unheld import Unheld
from tests.fakes import people
from tests.support.hall import LEG


def swept(hall):
    return Sweep(hall.dossiers, hall.clock, unheld=Unheld(hall.dossiers, hall.clock)).run()


@pytest.fixture
def waiting(hall):
    """A submitted dossier, at the beginning of an hour, when the sweep looks."""
    reference = hall.at()
    hall.clock.advance(hours=1)
    hall.clock.now = hall.clock.now.replace(minute=1)
    return reference


def test_it_is_told_once_when_its_working_hours_are_over(hall, waiting):
    hall.clock.advance(hours=8)
    assert swept(hall).told == 0, "eight working hours are more than nine hours"
    hall.clock.advance(days=4)
    assert (swept(hall).told, swept(hall).told) == (1, 0)
    (told,) = hall.told(waiting, TaskUnheld)
    assert (told.kind, told.hours, told.agency) == ("receive", 8, people.OFFICE["id"])
    assert hall.rows.unbroken(waiting)
    rows, _ = Worklist(Lists(), hall.clock).page(people.RECEPTION, Wanted(kind="receive"))
    assert [(row.pk, row.claimed_by) for row in rows] == [(waiting, None)], "it stands on its list still"


def test_what_somebody_took_and_let_lie_is_told_as_what_nobody_took(hall, waiting):
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    hall.clock.advance(days=4)
    claims.claim(people.RECEPTION, task, "c")
    assert swept(hall).told == 0, "it was taken a moment ago"
    hall.clock.advance(days=4)
    assert (swept(hall).told, swept(hall).told) == (1, 0)
    (told,) = hall.told(waiting, TaskUnheld)
    assert (told.kind, told.hours, told.held_by) == ("receive", 8, officer_hash(people.RECEPTION))
    assert hall.rows.unbroken(waiting)
    rows, _ = Worklist(Lists(), hall.clock).page(people.RECEPTION, Wanted(kind="receive"))
    assert [(row.pk, row.claimed_by) for row in rows] == [(waiting, officer_hash(people.RECEPTION))]
    assert hall.complete(waiting, "receive").outcome == "accepted", "whoever has it goes on"


def test_giving_a_task_back_and_taking_it_again_is_nothing_that_happened(hall, waiting):
    """One officer kept tasks for days so, and nobody was told."""
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    claims.claim(people.RECEPTION, task, "c")
    told = 0
    for number in range(12):
        hall.clock.advance(hours=4)
        told += swept(hall).told
        claims.release(people.RECEPTION, task, f"r{number}")
        claims.claim(people.RECEPTION, task, f"c{number}")
    assert told == 1
    (event,) = hall.told(waiting, TaskUnheld)
    assert event.held_by == officer_hash(people.RECEPTION)


def test_who_gives_a_task_back_again_and_again_has_had_it_since_it_was_opened(hall, waiting):
    """Past as many events as are read nobody was told, however long it went on."""
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    claims.claim(people.RECEPTION, task, "c")
    for number in range(26):
        claims.release(people.RECEPTION, task, f"r{number}")
        claims.claim(people.RECEPTION, task, f"c{number}")
    told = 0
    for number in range(12):
        hall.clock.advance(hours=4)
        told += swept(hall).told
        for again in range(26):
            claims.release(people.RECEPTION, task, f"r{number}.{again}")
            claims.claim(people.RECEPTION, task, f"c{number}.{again}")
    assert told


def test_to_read_messages_is_nothing_that_happened(hall, waiting):
    """Who had a task said every few hours that they had read what nobody had written."""
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    claims.claim(people.RECEPTION, task, "c")
    told = 0
    for number in range(12):
        hall.clock.advance(hours=4)
        told += swept(hall).told
        read = ThreadRead(reference=waiting, side="agency", until=number)
        Change(hall.draft(waiting).head, hall.clock()).tell(read, actor="officer").write()
    assert told == 1


def test_a_colleague_who_takes_what_was_given_back_begins_anew(hall, waiting):
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    claims.claim(people.RECEPTION, task, "c")
    hall.clock.advance(hours=6)
    claims.release(people.RECEPTION, task, "r")
    claims.claim(people.colleague(people.RECEPTION, "officer-other"), task, "d")
    hall.clock.advance(hours=4)
    assert swept(hall).told == 0


def test_who_takes_it_after_it_was_told_is_told_of_too(hall, waiting):
    claims, task = Claims(hall.dossiers, hall.clock), task_id(waiting, LEG, "receive")
    hall.clock.advance(days=4)
    assert swept(hall).told == 1
    claims.claim(people.RECEPTION, task, "c")
    hall.clock.advance(days=4)
    assert (swept(hall).told, swept(hall).told) == (1, 0)
    claims.release(people.RECEPTION, task, "r")
    assert swept(hall).told == 0, "that it waits was told"
    assert [each.held_by for each in hall.told(waiting, TaskUnheld)] == [None, officer_hash(people.RECEPTION)]


def test_what_a_leader_gave_and_nobody_took_up_is_told_and_what_goes_on_is_not(hall, waiting):
    claims = Claims(hall.dossiers, hall.clock)
    claims.assign(people.LEADER, task_id(waiting, LEG, "receive"), "0" * 32, "Không Có Ai", "a")
    hall.clock.advance(days=4)
    hall.add(waiting, "UNCLASSIFIED", origin="drop", key="drops/new")
    assert swept(hall).told == 0, "something happened a moment ago"
    hall.clock.advance(days=4)
    assert swept(hall).told == 1
    assert [each.held_by for each in hall.told(waiting, TaskUnheld)] == ["0" * 32]


def test_an_agency_has_its_own_number_of_hours(hall, waiting):
    entry = {
        "id": people.OFFICE["id"], "name": people.OFFICE["name"], "level": "commune", "valid_from": "2026-01-01",
        "unheld_working_hours": 40,
    }  # fmt: skip
    hall.clock.advance(milliseconds=1)
    told = heard(AgencyPublished, {**people.OFFICE, "entries": [entry]})
    offered.remember_agency(told, stamp(hall.clock()))
    hall.clock.advance(days=4)
    assert swept(hall).told == 0
    hall.clock.advance(days=7)
    assert swept(hall).told == 1


def test_a_dossier_that_waits_for_its_applicant_lies_with_no_officer(hall, waiting):
    hall.clock.advance(days=4)
    assert swept(hall).overdue == 1, "what marks it happens in its dossier, too"
    Claims(hall.dossiers, hall.clock).claim(people.RECEPTION, task_id(waiting, LEG, "receive"), "c")
    state, found = hall.head(waiting)["state"], []
    for each in (5, state):
        hall.put(waiting, state=each)
        hall.clock.advance(days=4)
        found.append(swept(hall).told)
    assert found == [0, 1]
