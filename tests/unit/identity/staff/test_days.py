"""On which days an officer acts, and who for them: first days in, last days out, open ends, and four eyes first."""

import pytest

from chalicelib.contracts.identity import Days
from chalicelib.identity.fence import Span
from chalicelib.identity.staff import proposals, spans
from chalicelib.identity.staff.model import FIRST, LAST, Absence, Certificate, Grant, Hand, Officer, Tenure
from chalicelib.kernel.access import ADMINISTRATOR, DANGEROUS, LEADER, PUBLISHER, RECEPTION

A, B, C, D, E = (f"2026-0{month}-01" for month in range(1, 6))


def grant(role, first=A, until=None, **more):
    return Grant(role=role, valid_from=first, valid_to=until, **({"confirmed": True} | more))


def officer(*roles, away=(), **more):
    return Officer(agency="H01", officer="o", roles=roles, absences=tuple(away), **more)


def absent(first=B, until=C, deputy="d", **more):
    return Absence(valid_from=first, valid_to=until, deputy=deputy, by="chief", **more)


@pytest.mark.parametrize("role", [*sorted(DANGEROUS), RECEPTION])
def test_a_deputy_does_a_dangerous_role_only_once_a_second_administrator_confirmed(role):
    waiting = officer(grant(role), away=[absent()])
    done = [Span(opens=B, closes=C, by="d")]
    assert spans.deputised(waiting, role) == ([] if role in DANGEROUS else done)
    own = proposals.confirmed(waiting, Hand(officer="chief"), {})
    assert spans.deputised(own, role) == ([] if role in DANGEROUS else done), "who declared it confirms nothing"
    second = proposals.confirmed(waiting, Hand(officer="second"), {})
    assert spans.deputised(second, role) == done
    assert proposals.waits(waiting) == proposals.waits(own) == (role in DANGEROUS)
    assert not proposals.waits(second)


def test_the_second_of_two_absences_waits_by_itself():
    two = officer(grant(LEADER), away=[absent(grave=True), absent(C, D, "e")])
    assert spans.deputised(two, LEADER) == [Span(opens=B, closes=C, by="d")]
    assert proposals.waits(two)
    done = proposals.confirmed(two, Hand(officer="second"), {})
    assert spans.deputised(done, LEADER) == [Span(opens=B, closes=C, by="d"), Span(opens=C, closes=D, by="e")]


def test_of_two_dangerous_roles_one_confirmed_waits_for_the_other():
    half = officer(grant(LEADER), grant(PUBLISHER, confirmed=False, by="chief"))
    assert proposals.waits(half)
    assert [each.confirmed for each in proposals.confirmed(half, Hand(officer="chief"), {}).roles] == [True, False]
    assert [each.confirmed for each in proposals.confirmed(half, Hand(officer="second"), {}).roles] == [True, True]


def test_a_role_is_held_from_its_first_day_to_its_last_not_included():
    one = officer(grant(RECEPTION, B, D), grant(LEADER))
    assert [spans.roles_on(one, day) for day in (A, B, C, D)] == [
        {LEADER}, {LEADER, RECEPTION}, {LEADER, RECEPTION}, {LEADER},
    ]  # fmt: skip
    assert spans.roles_on(officer(grant(RECEPTION), left_on=C), B) == {RECEPTION}
    assert spans.roles_on(officer(grant(RECEPTION), left_on=C), C) == set()
    assert spans.roles_on(officer(grant(LEADER, confirmed=False)), B) == set()


def test_two_times_of_one_role_both_count_in_whatever_order():
    for roles in ((grant(RECEPTION, A, B), grant(RECEPTION, C, D)), (grant(RECEPTION, C, D), grant(RECEPTION, A, B))):
        assert spans.holds(officer(*roles), RECEPTION) == [(A, B), (C, D)]


def test_absences_are_taken_out_one_after_the_other():
    away = officer(grant(RECEPTION), away=[absent(B, C), absent(D, E)])
    assert spans.acts_as(away, RECEPTION) == [(A, B), (C, D), (E, LAST)]
    assert spans.is_present(away) == [(A, B), (C, D), (E, LAST)]
    assert spans.acts_as(officer(grant(RECEPTION), away=[absent(B, None)]), RECEPTION) == [(A, B)]
    assert spans.is_present(officer(grant(RECEPTION, B), grant(LEADER, A), left_on=D)) == [(A, D)]
    assert spans.is_present(officer()) == []


def test_a_certificate_signs_on_its_days_and_always_where_none_is_kept():
    kept = Certificate(serial="1", valid_from=B, valid_to=C)
    assert spans.may_sign(officer(certificate=kept)) == [(B, C)]
    assert spans.may_sign(officer(certificate=Certificate(serial="1", valid_from=B))) == [(B, LAST)]
    assert spans.may_sign(officer()) == [(FIRST, LAST)]


def tenure(first, until):
    return Tenure(officer="o", valid_from=first, valid_to=until)


@pytest.mark.parametrize(
    ("tenures", "gap"),
    [
        ([], A),
        ([tenure(A, None)], None),
        ([tenure(A, C)], C),
        ([tenure(A, B), tenure(B, None)], None),
        ([tenure(B, None), tenure(A, B)], None),
        ([tenure(A, B), tenure(C, None)], B),
        ([tenure(A, D), tenure(B, C)], D),
        ([tenure(B, None)], A),
        ([tenure(A, C), tenure(A, None)], None),
    ],
)
def test_the_first_day_without_an_administrator_is_found(tenures, gap):
    assert spans.gap_of(tenures, A) == gap


def test_an_administrator_without_an_end_stays_one_when_absent():
    kept = officer(grant(ADMINISTRATOR), grant(ADMINISTRATOR, A, B, confirmed=False), away=[absent()])
    assert spans.tenures_of(kept) == (Tenure(officer="o", valid_from=A, valid_to=None),)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([(A, B), (B, C)], None),
        ([(A, C), (B, D)], (0, 1)),
        ([(B, D), (A, C)], (1, 0)),
        ([(A, None), (B, C)], (0, 1)),
        ([(A, B), (C, D), (B, None)], (2, 1)),
        ([(A, B)], None),
    ],
)
def test_the_first_two_that_share_a_day_are_named(days, found):
    assert spans.overlapping([Days(valid_from=o, valid_to=c) for o, c in days]) == found


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [((A, B), (B, C), False), ((A, None), (B, C), True), ((B, C), (A, None), True), ((A, C), (B, D), True),
     ((A, None), (B, None), True), ((B, None), (A, B), False)],
)  # fmt: skip
def test_days_are_shared_to_the_last_not_included(one, other, is_shared):
    first, second = (Days(valid_from=o, valid_to=c) for o, c in (one, other))
    assert spans.shares_days(first, second) == spans.shares_days(second, first) == is_shared
