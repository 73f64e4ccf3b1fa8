"""Acceptance line 6: who differences all published tables finds nobody, but does without secondary suppression."""

from functools import cache

import pytest

from chalicelib.measures.boards.model import named
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.tree import Tree
from infra.opendata.policy import policy
from infra.opendata.release import released, worlds_of
from infra.opendata.roots import Nested, months_of, require_top
from tests.support import provinces
from tests.support.differencing import Attack, quarter

POLICY = policy()
UNITS = (provinces.CITY, *provinces.WARDS)
TOPS = provinces.CITY, provinces.OTHER
SCALES = 0.3, 1, 2
"""From provinces where next to nothing can be published to those where most can."""


@cache
def rows_of(seed, root=provinces.CITY, *, secondary=True):
    told = provinces.counts(seed, SCALES[seed % 3])
    return released(worlds_of(told, provinces.tree(), root), POLICY, secondary=secondary)


def attacks(seed, *, secondary=True):
    told, rows = provinces.counts(seed, SCALES[seed % 3]), rows_of(seed, secondary=secondary)
    return rows, [
        Attack(table, rows, provinces.truth(told, table), provinces.tree(), UNITS, named=named)
        for table, named in (("received", names_on_boards(told)), ("ended", {}))
    ]


def names_on_boards(told):
    """By agency alone, year and procedure. The attack is told more than a board says: which of them are not too few."""
    found = {}
    for unit in UNITS:
        names = named(told, dict.fromkeys(months_of("2026"), frozenset({unit})))
        for procedure in provinces.PROCEDURES:
            if procedure in names or received(told, unit, "2026", procedure) < POLICY.least:
                found[unit, "2026", procedure] = procedure in names
    return found


def names_of_each_period(told):
    """As boards once had them: of months, quarters and years, each by itself."""
    return {
        (unit, period, procedure): received(told, unit, period, procedure) >= POLICY.least
        for unit in UNITS
        for period in (*provinces.MONTHS, "2026-Q1", "2026-Q2", "2026")
        for procedure in provinces.PROCEDURES
    }


def received(told, unit, period, procedure):
    months = {period, *(month for month in provinces.MONTHS if period in (quarter(month), month[:4]))}
    at = {(unit, month, procedure) for month in months}
    return sum(some["received"] for cell, some in told if cell[:3] in at)


def gives_nobody_away(seed):
    rows, both = attacks(seed)
    for attack in both:
        assert attack.found_out(POLICY.least) == [], seed
        assert attack.small_rests(POLICY.least) == [], seed
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_all_tables_together_give_nobody_away(seed):
    assert gives_nobody_away(seed)


@pytest.mark.parametrize("seed", range(6))
def test_without_secondary_suppression_the_same_attack_finds_people(seed):
    _, both = attacks(seed, secondary=False)
    assert any(attack.found_out(POLICY.least, most=1) for attack in both)


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_names_of_procedures_by_month_and_quarter_would_give_people_away_without_any_table(seed):
    told = provinces.counts(seed, SCALES[seed % 3])
    truth = provinces.truth(told, "received")
    attack = Attack("received", [], truth, provinces.tree(), UNITS, named=names_of_each_period(told))
    assert attack.found_out(POLICY.least, most=1)


@pytest.mark.parametrize("seed", [0, 1, 3, 6])
def test_names_of_procedures_of_a_year_give_nobody_away(seed):
    told = provinces.counts(seed, SCALES[seed % 3])
    truth, names = provinces.truth(told, "received"), names_on_boards(told)
    assert True in names.values()
    attack = Attack("received", [], truth, provinces.tree(), UNITS, named=names)
    assert attack.found_out(POLICY.least) == []


def test_nested_releases_would_find_people_and_are_refused():
    """Each root is protected by itself alone: a city's release and a ward's of the same year undo each other."""
    told, tree, heir = provinces.counts(1, SCALES[1]), provinces.tree(), provinces.WARDS[0]
    rows = [*rows_of(1), *rows_of(1, heir)]
    both = [Attack(table, rows, provinces.truth(told, table), tree, UNITS) for table in ("received", "ended")]
    assert any(attack.found_out(POLICY.least, most=1) for attack in both)
    require_top(tree, provinces.CITY, months_of("2026"))
    with pytest.raises(Nested, match=r"^unit: H01\.10\.21 counts for H01 in 2026-01; "):
        require_top(tree, heir, months_of("2026"))


def test_one_month_below_another_is_enough_to_refuse_and_so_is_a_merger():
    later = UnitEntry(valid_from="2026-12-01", parent=provinces.CITY)
    gone = UnitEntry(valid_from="2020-01-01", valid_to="2026-11-16", successors=(provinces.CITY,))
    city = provinces.unit(provinces.CITY)
    for last in ((UnitEntry(valid_from="2020-01-01"), later), (gone,)):
        tree = Tree([city, Unit(id="H02", name="Tỉnh", number=1, entries=last)])
        require_top(tree, "H02", months_of("2025"))
        with pytest.raises(Nested, match="in 2026-12"):
            require_top(tree, "H02", months_of("2026"))


@pytest.mark.parametrize("seed", [2, 4])
def test_no_row_says_a_period_of_which_it_has_a_part(seed):
    """A ward that moves in March: neither city has all of its quarter or year, each row is true of all its months."""
    told, tree = provinces.counts(seed, SCALES[seed % 3]), provinces.moved()
    both = {root: released(worlds_of(told, tree, root), POLICY, secondary=False) for root in TOPS}
    rows = [*both[provinces.CITY], *both[provinces.OTHER]]
    for table in ("received", "ended"):
        Attack(table, rows, provinces.truth(told, table), tree, (*UNITS, provinces.OTHER))
    ward = {(root, row.period) for root in TOPS for row in both[root] if row.unit == provinces.WARDS[1]}
    assert ward == {(provinces.OTHER, "2026-Q2")}


def test_two_tops_between_which_a_ward_moves_give_nobody_away_together():
    told, tree = provinces.counts(3, SCALES[0]), provinces.moved()
    rows = [row for root in TOPS for row in released(worlds_of(told, tree, root), POLICY)]
    for table in ("received", "ended"):
        attack = Attack(table, rows, provinces.truth(told, table), tree, (*UNITS, provinces.OTHER))
        assert attack.found_out(POLICY.least) == []


@pytest.mark.soak
def test_many_provinces_give_nobody_away():
    for seed in range(3, 30):
        gives_nobody_away(seed)
