"""A task that nobody took for too long is told once, to applicant and supervisor; one that somebody has never is."""

import pytest

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard
from chalicelib.contracts.tasks import TaskUnheld
from chalicelib.dossier import offered
from chalicelib.dossier.items import task_id
from chalicelib.kernel.clock import stamp
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


def test_what_somebody_has_waits_for_nobody_else(hall, waiting):
    claims = Claims(hall.dossiers, hall.clock)
    claims.claim(people.RECEPTION, task_id(waiting, LEG, "receive"), "c")
    hall.clock.advance(days=4)
    assert swept(hall).told == 0
    claims.release(people.RECEPTION, task_id(waiting, LEG, "receive"), "r")
    assert swept(hall).told == 1


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
