"""Who holds a dossier since when is never empty, whatever state it is in and whoever has to act."""

import pytest
from msgspec import structs

from chalicelib.dossier.items import task_id
from chalicelib.kernel.clock import said
from chalicelib.onestop import api
from chalicelib.onestop.tasks.claims import Claims
from tests.fakes import people
from tests.support.hall import LEG


def holding(hall, reference):
    return api._holding(hall.draft(reference))


def held_by(hall, reference):
    return api._held_by(hall.draft(reference))


@pytest.mark.parametrize(
    ("done", "task"),
    [
        ((), "receive"),
        (("receive",), "verify"),
        (("receive", "verify"), "approve"),
        (("receive", "verify", "approve"), "result"),
    ],
)
def test_at_each_step_the_agency_has_it_since_a_time(hall, done, task):
    reference = hall.at(*done)
    held, by = holding(hall, reference), held_by(hall, reference)
    assert (held.task, held.agency, bool(held.since)) == (task, people.OFFICE["id"], True)
    assert (by.by, by.officer) == ("agency", None)


@pytest.mark.parametrize(("state", "task"), [(3, "refused"), (8, "stopped"), (10, "returned")])
def test_where_it_ended_it_says_how_and_since_when(hall, state, task):
    reference = hall.at("receive", "verify", "approve")
    hall.put(reference, state=state)
    held = holding(hall, reference)
    assert (held.task, held.since) == (task, said(hall.rows.events(reference)[-1]["at"]))


def test_what_waits_for_the_applicant_says_so(hall):
    reference = hall.at("receive")
    dossier = hall.draft(reference)
    verify = dossier.task(LEG, "verify")
    waits = structs.replace(verify, kind="supplement")
    hall.dossiers.change(dossier, hall.clock()).drop_task(verify).open_task(waits).write()
    held = holding(hall, reference)
    assert (held.task, held_by(hall, reference).by, held.since) == ("supplement", "applicant", said(waits.opened_at))


def test_who_took_the_task_is_named_with_the_time(hall):
    reference = hall.submitted()
    hall.clock.advance(hours=1)
    Claims(hall.dossiers, hall.clock).claim(people.RECEPTION, task_id(reference, LEG, "receive"), "k")
    by = held_by(hall, reference)
    assert by.officer == people.RECEPTION.name
    assert by.officer_since > holding(hall, reference).since
