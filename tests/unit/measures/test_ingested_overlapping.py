"""A month, its quarter and their year: what is more than its whole, in a batch and against what stands."""

import pytest

from chalicelib.law.measures import indicators
from chalicelib.measures.ingested.counted import Figure
from chalicelib.measures.ingested.overlapping import over_the_whole, over_what_stands

UNIT = "H01"
OURS = indicators().id


def figure(part, whole, row=0, indicator="online_share", formula=OURS):
    return Figure(formula, indicator, part, whole, row=row)


def over(part, whole, at="2026-10", around="2026-Q4", **more):
    """Where a part is over its whole, as a batch of both says it."""
    told = {(UNIT, at): [figure(*part, row=7, **more)], (UNIT, around): [figure(*whole, row=8, **more)]}
    return [(each.pointer, each.rule) for each in over_the_whole(told)]


FOUND = [("/rows/7", "over_the_whole")]


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ((40, 50), (40, 50), []),
        ((41, 50), (40, 50), FOUND),
        ((40, 51), (40, 50), FOUND),
        ((None, 50), (40, 50), []),
        ((None, 51), (40, 50), FOUND),
        ((41, None), (40, 50), FOUND),
        ((41, 51), (None, None), []),
        ((0, 0), (0, 0), []),
        ((1, 0), (0, 0), FOUND),
    ],
)
def test_a_part_has_no_more_than_its_whole(part, whole, found):
    assert over(part, whole) == found


@pytest.mark.parametrize(
    ("at", "around", "found"),
    [
        *((f"2026-{month:02d}", f"2026-Q{(month + 2) // 3}", True) for month in range(1, 13)),
        ("2026-10", "2026-Q3", False),
        ("2026-03", "2026-Q2", False),
        ("2026-04", "2026-Q1", False),
        ("2026-10", "2026", True),
        ("2026-Q4", "2026", True),
        ("2026-Q4", "2025", False),
        ("2026", "2026-Q4", False),
        ("2026-Q4", "2026-10", False),
    ],
)
def test_a_month_lies_in_its_quarter_and_both_in_their_year(at, around, found):
    assert over((41, 50), (40, 50), at, around) == (FOUND if found else [])


def test_a_part_is_held_to_its_own_unit_set_and_indicator():
    part = {(UNIT, "2026-10"): [figure(41, 50)]}
    for whole in (figure(40, 50, indicator="early_share"), figure(40, 50, formula="qd766-portal-2026")):
        assert over_the_whole(part | {(UNIT, "2026-Q4"): [whole]}) == []
    assert over_the_whole(part | {("H02", "2026-Q4"): [figure(40, 50)]}) == []


def test_what_there_is_at_a_time_is_no_part_and_a_set_that_is_gone_is_held_to_itself():
    assert over((41, 50), (40, 50), formula="qd766-portal-2026", indicator="3.1") == []
    assert over((41, 50), (40, 50), formula="qd766-portal-2026", indicator="3.3") == FOUND
    assert over((41, 50), (40, 50), formula="gone", indicator="3.3") == FOUND


def test_what_is_of_no_one_row_is_a_fault_of_all():
    told = {(UNIT, "2026-10"): [figure(41, 50, row=None)]}
    stands = {(UNIT, "2026-Q4"): [figure(40, 50)]}
    for new, old in ((told, stands), ({(UNIT, "2026-Q4"): [figure(40, 50, row=None)]}, told)):
        faults = over_what_stands(new, old, lambda _: True).faults
        assert [(each.pointer, each.rule) for each in faults] == [("/rows", "over_the_whole")]


@pytest.mark.parametrize("is_final", [True, False])
def test_a_whole_is_asked_whether_it_is_final_whichever_is_new(is_final):
    month, quarter = (UNIT, "2026-10"), (UNIT, "2026-Q4")
    for new, old in ((month, quarter), (quarter, month)):
        numbers = {month: figure(41, 50), quarter: figure(40, 50)}
        asked = []

        def final(at, asked=asked):
            asked.append(at)
            return is_final

        found = over_what_stands({new: [numbers[new]]}, {old: [numbers[old]]}, final)
        assert asked == [quarter]
        assert (len(found.faults), [name[:2] for name in found.doubted]) == ((1, []) if is_final else (0, [new]))
        said = {month: ("More than 2026-Q4", "2026-Q4 bao"), quarter: ("Less than 2026-10", "2026-10 nằm")}[new]
        for fault in found.faults:
            assert said[0] in fault.message_en
            assert said[1] in fault.message_vi


def test_what_takes_the_place_of_what_stands_is_held_to_it_no_more():
    both = {(UNIT, "2026-10"): [figure(41, 50)], (UNIT, "2026-Q4"): [figure(41, 50)]}
    stands = {(UNIT, "2026-Q4"): [figure(40, 50)]}
    assert over_what_stands(both, stands, lambda _: True) == ([], frozenset())
