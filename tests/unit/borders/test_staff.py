"""Borders of who works when, as a dossier hears it: first days in, last out, open ends, the second of two absences."""

import pytest

from chalicelib.contracts.catalogue import AgencyEntry
from chalicelib.contracts.identity import Away, Days, RoleHeld, StandIn
from chalicelib.dossier import staffed
from chalicelib.dossier.staffed import Enrolled, successions
from chalicelib.kernel.access import LEADER, RECEPTION

A, B, C, D = (f"2026-0{month}-01" for month in range(1, 5))


def role(name, first=A, until=None, *, confirmed=True):
    return RoleHeld(role=name, valid_from=first, valid_to=until, confirmed=confirmed)


def away(first, until, deputy="d", *, grave=False):
    return Away(valid_from=first, valid_to=until, deputy=deputy, grave=grave)


def officer(*roles, **said):
    return Enrolled(**({"agency": "H01", "officer": "o", "version": 1, "roles": roles} | said))


@pytest.mark.parametrize(("day", "there"), [(A, True), (B, False), (C, True), (D, False)])
def test_an_officer_is_there_but_on_days_of_absence_and_after_they_left(day, there):
    one = officer(away=(away(B, C),), left_on=D)
    assert staffed.is_there(one, day) == there
    assert not staffed.is_there(officer(away=(away("2025-01-01", "2025-02-01"), away(B, None))), "2099-01-01")


@pytest.mark.parametrize(("day", "held"), [(A, {LEADER}), (B, {LEADER, RECEPTION}), (C, {LEADER}), (D, set())])
def test_roles_are_held_on_their_days_confirmed_and_before_the_officer_left(day, held):
    one = officer(role(LEADER), role(RECEPTION, B, C), role("publisher", confirmed=False), left_on=D)
    assert staffed.roles_held(one, day) == held


def test_a_deputy_has_dangerous_roles_of_a_confirmed_absence_alone():
    one = officer(role(LEADER), role(RECEPTION), away=(away(A, C), away(B, C, grave=True)))
    assert staffed.deputised(one, "d", A) == {RECEPTION}
    assert staffed.deputised(one, "d", B) == {LEADER, RECEPTION}
    assert staffed.deputised(one, "other", B) == frozenset()
    assert staffed.deputised(one, "d", C) == frozenset()


@pytest.mark.parametrize(
    ("days", "on_b"), [(None, True), ((A, B), False), ((B, C), True), ((B, None), True), ((C, None), False)]
)
def test_a_certificate_signs_on_its_days(days, on_b):
    signs = days and Days(valid_from=days[0], valid_to=days[1])
    assert staffed.signs(officer(signs=signs), B) == on_b


def test_whoever_stands_in_for_two_works_for_each_who_is_absent():
    absent = {name: officer(role(RECEPTION), officer=name, away=(away(B, C),)) for name in ("x", "y")}
    stand = tuple(StandIn(officer=name, valid_from=B, valid_to=C) for name in ("y", "x", "gone"))
    one = officer(officer="d", stands_in=stand)
    assert [each.officer for each in staffed.absent_for(one, B, absent.get)] == ["x", "y"]
    assert staffed.absent_for(one, C, absent.get) == []


def entry(first, until, *heirs):
    return AgencyEntry(id="H01.1", name="n", level="commune", valid_from=first, valid_to=until, successors=heirs)


@pytest.mark.parametrize("order", [1, -1])
def test_work_goes_to_the_successors_until_the_agency_is_there_again(order):
    entries = [entry(A, B, "X"), entry(C, D, "Y", "Z")][::order]
    assert [(each.valid_from, each.valid_to, each.to) for each in successions(entries)] == [
        (B, C, ("X",)),
        (D, None, ("Y", "Z")),
    ]
    assert successions([]) == ()
    assert successions([entry(A, None, "X")]) == successions([entry(A, B)]) == ()
    assert [each.to for each in successions([entry(A, B, "X"), entry(B, C, "Y")])] == [("Y",)], "a rename ends nothing"


def test_a_successor_is_told_until_its_last_time_is_over_or_without_an_end():
    twice = successions([entry(A, B, "X"), entry(C, "2026-05-01", "X"), entry("2026-06-01", None)])
    assert staffed._lasts(twice)["X"] == staffed._lasts(twice[1:])["X"] > staffed._lasts(twice[:1])["X"]
    for order in (1, -1):
        assert staffed._lasts(successions([entry(A, B, "X"), entry(C, D, "X")])[::order]) == {"X": None}
