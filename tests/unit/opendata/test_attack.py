"""Acceptance line 6: who differences all published tables finds nobody, but does without secondary suppression."""

import pytest

from infra.opendata.policy import policy
from infra.opendata.release import released, worlds_of
from tests.support import provinces
from tests.support.differencing import Attack

POLICY = policy()
UNITS = (provinces.CITY, *provinces.WARDS)
SCALES = 0.3, 1, 2
"""From provinces where next to nothing can be published to those where most can."""


def attacks(seed, *, secondary=True):
    told = provinces.counts(seed, SCALES[seed % 3])
    rows = released(worlds_of(told, provinces.tree(), provinces.CITY), POLICY, secondary=secondary)
    return rows, [
        Attack(table, rows, provinces.truth(told, table), provinces.tree(), UNITS) for table in ("received", "ended")
    ]


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


@pytest.mark.soak
def test_many_provinces_give_nobody_away():
    for seed in range(3, 30):
        gives_nobody_away(seed)
