"""Requests about personal data that are due, on the list of their agency; what comes late or twice changes nothing."""

import pytest

from chalicelib.contracts.data_requests import (
    DataRequestAnswered,
    DataRequestDueSoon,
    DataRequestEnded,
    DataRequestExtended,
    DataRequestOverdue,
)
from chalicelib.dossier.data_due import due_data, enrol_data_request, remember_data_request
from chalicelib.onestop.tasks.store import Lists
from chalicelib.onestop.tasks.workload import Workloads
from tests.fakes import people

HERE, OTHER = people.OFFICE["id"], "H01.10.99"
ANSWER_BY, ACT_BY = "2026-11-26T10:00:00.000+00:00", "2026-12-04T10:00:00.000+00:00"
T = [f"2026-11-25T0{n}:00:00.000+00:00" for n in range(8)]


def of(request="DR-1", agency=HERE, **more):
    return {"request": request, "kind": "view", "agency": agency, **more}


SOON = DataRequestDueSoon(**of(owes="answer", due_at=ANSWER_BY))
LATE = DataRequestOverdue(**of(owes="answer", due_at=ANSWER_BY))
SEEN_TO = [
    DataRequestAnswered(**of(act_by=ACT_BY)),
    DataRequestExtended(**of(former_act_by=ACT_BY, act_by=ACT_BY)),
    DataRequestEnded(**of(owner="0" * 32, level=2, outcome="done", asked_at=T[0])),
]


def listed(*agencies):
    return due_data(agencies or (HERE,), 10)


def test_what_is_due_soon_is_listed_once_for_its_own_agency(tables):
    for _ in range(2):
        remember_data_request(SOON, T[1])
    remember_data_request(LATE, T[2])
    assert listed() == ([ANSWER_BY], False)
    assert listed(OTHER) == ([], False)


@pytest.mark.parametrize("told", SEEN_TO, ids=lambda told: type(told).__name__)
def test_what_was_seen_to_is_off_the_list_whatever_comes_late(tables, told):
    remember_data_request(SOON, T[1])
    remember_data_request(told, T[3])
    assert listed() == ([], False)
    remember_data_request(LATE, T[2])
    assert listed() == ([], False), "it was told before"
    remember_data_request(DataRequestDueSoon(**of(owes="act", due_at=ACT_BY)), T[4])
    assert listed() == ([ACT_BY], False), "the next step is due"


@pytest.mark.parametrize("still", [ANSWER_BY, None], ids=["as it is told", "of a release that did not tell it"])
def test_what_was_extended_too_late_stays_on_the_list_until_it_ends(tables, still):
    """By the time that passed: neither the new time nor a reminder of it hides that."""
    passed = of(former_act_by=ANSWER_BY, act_by=ACT_BY, still_due_at=still)
    at = ["2026-11-27T10:00:00.000+00:00", "2026-12-02T10:00:00.000+00:00", "2026-12-03T10:00:00.000+00:00"]
    soon = DataRequestDueSoon(**of(owes="act", due_at=ACT_BY, still_due_at=ANSWER_BY))
    remember_data_request(LATE, T[2])
    remember_data_request(DataRequestExtended(**passed), at[0])
    assert listed() == ([ANSWER_BY], False)
    for _ in range(2):
        remember_data_request(soon, at[1])
        remember_data_request(DataRequestExtended(**passed), at[0])
        assert listed() == ([ANSWER_BY], False)
    remember_data_request(SEEN_TO[2], at[2])
    assert listed() == ([], False)


def test_an_answer_takes_off_what_was_late_and_keeps_what_stays_so(tables):
    remember_data_request(LATE, T[2])
    remember_data_request(DataRequestAnswered(**of(act_by=ACT_BY, still_due_at=ACT_BY)), T[3])
    assert listed() == ([ACT_BY], False)


def test_what_a_release_before_told_is_enrolled_once_as_its_record_says(tables):
    assert [enrol_data_request(LATE, T[2]) for _ in range(2)] == [True, False]
    assert listed() == ([ANSWER_BY], False)
    remember_data_request(SEEN_TO[1], T[3])
    assert listed() == ([], False)
    assert not enrol_data_request(LATE, T[2]), "what was told since counts"
    assert listed() == ([], False)
    assert enrol_data_request(LATE, T[3]), "it stays late, and a release before took it off"
    assert not enrol_data_request(LATE, T[3])
    assert listed() == ([ANSWER_BY], False)
    assert enrol_data_request(DataRequestDueSoon(**of(owes="act", due_at=ACT_BY)), T[3]), "another time of that record"
    assert enrol_data_request(LATE, T[4]), "an older row is told anew"
    assert listed() == ([ANSWER_BY], False)


def test_an_answer_that_comes_before_the_reminder_that_it_followed_keeps_it_off(tables):
    remember_data_request(SEEN_TO[0], T[3])
    remember_data_request(SOON, T[1])
    assert listed() == ([], False)


def test_those_due_first_are_counted_and_that_there_are_more_is_said(tables):
    for n, day in enumerate((30, 28, 29)):
        due_at = f"2026-11-{day}T10:00:00.000+00:00"
        remember_data_request(DataRequestDueSoon(**of(f"DR-{n}", owes="answer", due_at=due_at)), T[1])
    found, more = due_data((HERE, OTHER), 2)
    assert ([each[8:10] for each in found], more) == (["28", "29"], True)


def test_whoever_leads_sees_how_many_are_due_and_which_is_first(hall):
    seen = Workloads(Lists(), hall.clock)
    assert seen.of(people.LEADER).data == (0, 0, None, False)
    remember_data_request(SOON, T[1])
    remember_data_request(DataRequestDueSoon(**of("DR-2", owes="act", due_at=ACT_BY)), T[1])
    remember_data_request(DataRequestDueSoon(**of("DR-3", OTHER, owes="act", due_at=ACT_BY)), T[1])
    assert seen.of(people.LEADER).data == (2, 0, ANSWER_BY, False)
    hall.clock.advance(days=5)
    assert seen.of(people.LEADER).data == (1, 1, ANSWER_BY, False)
