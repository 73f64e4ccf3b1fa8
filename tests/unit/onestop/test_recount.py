"""Due dates of running dossiers are reckoned again: a calendar came out, an announced outage was over."""

from datetime import date

import pytest

from chalicelib.contracts.lifecycle import DueMoved
from chalicelib.dossier.reading import Part, read
from chalicelib.kernel.clock import moment
from chalicelib.law.calendars import Calendar, Year
from chalicelib.law.policy import ZONE
from chalicelib.onestop.changes.recount import Down, Recounts
from tests.fakes import people
from tests.support.hall import LEG, Hall

CLAUSE = "NĐ 301/2026, Điều 4(7)"
DOWN = Down(id="out-1", starts_at="2026-11-26T01:00:00.000+00:00", ends_at="2026-11-27T09:00:00.000+00:00")
TET = Calendar.of(Year(year=2026, holidays={date(2026, 11, 30): "Nghỉ bù"}))
"""A calendar that has a holiday more, on the Monday of the term."""


AT = "2026-11-26T00:00:00.000+00:00"


@pytest.fixture
def five(tables):
    """A hall whose procedure takes five working days, which an outage stops: due on Wednesday 2026-12-02."""
    return Hall(tables, term={"text": "5wd", "stops": [{"reason": "outage", "citation": CLAUSE}]})


def due_day(hall, reference):
    return moment(hall.head(reference)["due_at"]).astimezone(ZONE).date().isoformat()


def test_a_changed_calendar_moves_the_date_of_a_running_dossier_its_tasks_and_tells_it_once(five):
    reference = five.at("receive")
    former = five.head(reference)["due_at"]
    recounts = Recounts(five.dossiers, five.clock, TET)
    dry = recounts.recount(reference, dry=True)
    assert (dry.moved, due_day(five, reference)) == (True, "2026-12-02")
    assert recounts.recount(reference) == dry
    head, task = five.head(reference), five.rows.get(reference, f"TASK#{LEG}#verify")
    assert (due_day(five, reference), task["due_at"]) == ("2026-12-03", head["due_at"])
    (told,) = five.told(reference, DueMoved)
    assert (told.former_due_at, told.due_at, told.why, told.clause) == (former, head["due_at"], "calendar", None)
    assert all((told.agency, told.handler, told.received_at, told.processed_at))
    assert not recounts.recount(reference).moved
    assert len(five.told(reference, DueMoved)) == 1
    assert five.rows.unbroken(reference)


def test_a_date_that_does_not_move_is_not_told(five):
    reference = five.at("receive")
    before = five.head(reference)
    assert not Recounts(five.dossiers, five.clock).recount(reference).moved
    assert five.head(reference) == before


def test_a_dossier_stays_on_the_pack_of_its_acceptance(five):
    reference = five.at("receive")
    pack = five.head(reference)["rule_pack"]
    Recounts(five.dossiers, five.clock, TET).recount(reference)
    assert five.head(reference)["rule_pack"] == pack


@pytest.mark.parametrize(
    "fields", [{"state": 3}, {"state": 8}, {"state": 9}, {"state": 10}, {"decided_at": AT}, {"erased_at": AT}]
)
def test_what_is_over_is_not_reckoned_again(five, fields):
    reference = five.at("receive")
    five.put(reference, **fields)
    assert Recounts(five.dossiers, five.clock, TET).recount(reference) is None


def test_what_was_not_accepted_or_is_not_there_has_no_date(five):
    assert Recounts(five.dossiers, five.clock, TET).recount(five.at()) is None
    assert Recounts(five.dossiers, five.clock, TET).recount("MC-NOBODY") is None


def test_an_outage_stops_the_term_where_a_clause_says_so_and_twice_is_once(five):
    reference = five.at("receive")
    recounts = Recounts(five.dossiers, five.clock)
    assert recounts.suspend(reference, DOWN).moved
    assert due_day(five, reference) == "2026-12-04"  # Thursday and Friday are touched
    assert not recounts.suspend(reference, DOWN).moved
    (told,) = five.told(reference, DueMoved)
    assert (told.why, told.clause) == ("outage", CLAUSE)
    marks = read(reference, Part.CLOCK).clock.marks
    assert [(m.type, m.reason, m.outage) for m in marks] == [("stop", "outage", "out-1"), ("resume", "outage", "out-1")]


def test_an_outage_that_became_longer_or_was_withdrawn_replaces_what_was_said_of_it(five):
    reference = five.at("receive")
    recounts = Recounts(five.dossiers, five.clock)
    recounts.suspend(reference, DOWN)
    longer = Down(id="out-1", starts_at=DOWN.starts_at, ends_at="2026-11-30T09:00:00.000+00:00")
    assert recounts.suspend(reference, longer).moved
    assert due_day(five, reference) == "2026-12-07"
    assert len(read(reference, Part.CLOCK).clock.marks) == 2
    void = Down(id="out-1", starts_at=DOWN.starts_at, ends_at=DOWN.ends_at, is_void=True)
    assert recounts.suspend(reference, void).moved
    assert (due_day(five, reference), read(reference, Part.CLOCK).clock.marks) == ("2026-12-02", ())


@pytest.mark.parametrize(
    "other",
    [
        {"services": ("9.999999",)},
        {"agency": people.OTHER_OFFICE["id"]},
        {"starts_at": "2026-11-20T01:00:00.000+00:00", "ends_at": "2026-11-21T01:00:00.000+00:00"},
    ],
    ids=["another service", "another place", "before its acceptance"],
)
def test_an_outage_elsewhere_or_before_touches_nothing(five, other):
    reference = five.at("receive")
    elsewhere = Down(**{"id": "out-2", "starts_at": DOWN.starts_at, "ends_at": DOWN.ends_at, **other})
    assert Recounts(five.dossiers, five.clock).suspend(reference, elsewhere) is None


@pytest.mark.parametrize(
    "here", [{"services": (people.PROCEDURE,)}, {"agency": people.OFFICE["id"]}, {"agency": "H01"}]
)
def test_an_outage_of_this_service_or_place_touches_it(five, here):
    reference = five.at("receive")
    down = Down(id="out-2", starts_at=DOWN.starts_at, ends_at=DOWN.ends_at, **here)
    assert Recounts(five.dossiers, five.clock).suspend(reference, down).moved


def test_a_dossier_accepted_while_it_lasted_stood_from_its_acceptance(five):
    reference = five.at("receive")
    accepted = five.head(reference)["accepted_at"]
    down = Down(id="out-3", starts_at="2026-11-20T01:00:00.000+00:00", ends_at=DOWN.ends_at)
    Recounts(five.dossiers, five.clock).suspend(reference, down)
    assert read(reference, Part.CLOCK).clock.marks[0].at == accepted


def test_without_a_clause_of_the_sector_an_outage_stops_no_term(hall):
    reference = hall.at("receive")
    assert Recounts(hall.dossiers, hall.clock).suspend(reference, DOWN) is None
    assert hall.told(reference, DueMoved) == []


def test_a_dossier_that_somebody_changes_meanwhile_is_reckoned_as_it_is_then(five):
    reference = five.at("receive")
    five.rows.meanwhile(lambda: five.complete(reference, "verify"))
    assert Recounts(five.dossiers, five.clock, TET).recount(reference).moved
    assert five.rows.get(reference, f"TASK#{LEG}#approve")["due_at"] == five.head(reference)["due_at"]
