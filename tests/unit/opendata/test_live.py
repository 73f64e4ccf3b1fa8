"""What is public beside the tables: whoever differences its periods and agencies has months of agencies, no more."""

import random
from datetime import datetime

import pytest

from chalicelib.law.clock import ZONE
from chalicelib.measures.boards.service import FORMULA, Maker
from chalicelib.measures.figures import published
from chalicelib.measures.periods import period_of
from chalicelib.measures.scores.service import Scoring
from tests.support import provinces

NOW = datetime(2026, 12, 31, 12, tzinfo=ZONE)
UNITS = (provinces.CITY, *provinces.WARDS)
MONTHS = [f"2026-{month:02d}" for month in range(1, 13)]
PERIODS = {
    **{month: [month] for month in MONTHS},
    **{f"2026-Q{number}": MONTHS[3 * number - 3 : 3 * number] for number in (1, 2, 3, 4)},
    "2026": MONTHS,
}
SCORED_OF = {"3.3": "online_share", "4.1": "electronic_result_share"}


class Province:
    """Counters of a seeded province, as `GET /v1/measures` adds them up."""

    def __init__(self, seed):
        self.told, self.whole, self.asked = rated(provinces.counts(seed), seed), provinces.tree(), {}

    def tree(self):
        return self.whole

    def not_made(self):
        return frozenset()

    def counts(self, units, months):
        return [
            (cell, some) for cell, some in self.told if cell.unit in units and months[0] <= cell.month <= months[-1]
        ]

    received = counts

    def reported(self, unit, period):
        return ()

    def monthly(self, unit, months, *, alone=False):
        """The sum of the live figures of months: numerator and denominator by indicator."""
        found = {}
        for month in months:
            if (unit, month, alone) not in self.asked:
                self.asked[unit, month, alone] = parts(published(self, unit, month, NOW, alone=alone).figures)
            for name, some in self.asked[unit, month, alone].items():
                found[name] = added(found.get(name), some)
        return found


def rated(told, seed):
    """The same counters where people said something of most dossiers that ended, and were displeased with some."""
    draws, found = random.Random(seed), []
    for cell, counts in told:
        ended = sum(counts[name] for name in ("early", "on_time", "late"))
        said = sum(draws.random() < 0.8 for _ in range(ended))
        bad = sum(draws.random() < 0.2 for _ in range(said))
        more = {"ended": ended, "rated": said, "ended_rated": said, "satisfied": said - bad, "ended_displeased": bad}
        found.append((cell, counts | more))
    return found


def displeased(province, unit, months):
    """What component 5.4 of an agency alone tells of each of some months, added up; None where all is withheld."""
    found = None
    for month in months:
        scores = Scoring(province, lambda: NOW).scores(unit, month, FORMULA)
        (own,) = (each for group in scores.parent.now.groups for each in group.components if each.id == "5.4")
        if own.denominator:
            found = (
                (own.numerator, own.denominator) if found is None else added(found, (own.numerator, own.denominator))
            )
    return found


def parts(figures):
    return {each.indicator.id: (each.numerator, each.denominator) for each in figures}


def added(one, other):
    """Two figures; one that is withheld adds nothing to the other."""
    if one is None or one == (None, None):
        return other
    return one if other == (None, None) else tuple(map(sum, zip(one, other, strict=True)))


@pytest.mark.parametrize("alone", [False, True])
def test_figures_of_quarters_and_years_are_sums_of_those_of_months(alone):
    province = Province(1)
    for unit in UNITS:
        for period, months in PERIODS.items():
            told = parts(published(province, unit, period, NOW, alone=alone).figures)
            assert told == province.monthly(unit, months, alone=alone), (unit, period)


@pytest.mark.parametrize("seed", [0, 1])
def test_scores_of_a_unit_and_of_those_below_it_are_sums_of_figures_of_months(seed):
    province, seen, judged = Province(seed), 0, 0
    for period, months in PERIODS.items():
        scores = Scoring(province, lambda: NOW).scores(provinces.CITY, period, FORMULA)
        wholes = [(scores.parent.now, months)]
        for child in scores.children:
            standing = [m for m in months if child.now.unit in province.whole.standing(m).children(provinces.CITY)]
            wholes.append((child.now, standing))
        for scored, its_months in wholes:
            known = province.monthly(scored.unit, its_months)
            for each in (component for group in scored.groups for component in group.components):
                if each.id in SCORED_OF:
                    assert (each.numerator, each.denominator) == known[SCORED_OF[each.id]], (scored.unit, period)
                    seen += bool(each.denominator)
                elif each.id == "5.4":
                    told = (each.numerator, each.denominator)
                    assert each.data_quality_status in {"partial", "withheld", "empty", "impossible"}
                    if each.data_quality_status == "withheld":
                        assert told == (None, None)
                    else:
                        assert told == (displeased(province, scored.unit, its_months) or (0, 0)), (scored.unit, period)
                        judged += bool(each.denominator)
                else:
                    assert each.denominator is None, f"{each.id}: its counts are public too; add them to this attack"
    assert seen
    assert judged


def test_the_figures_of_a_board_are_those_of_its_period_and_months():
    province = Province(1)
    board = Maker(province, NOW, 1).board(province.whole.units[provinces.CITY], period_of("2026-Q1", NOW)).content
    assert parts(board.figures) == province.monthly(provinces.CITY, PERIODS["2026-Q1"])
    assert {each.month: parts(each.figures) for each in board.trend if each.month in PERIODS["2026-Q1"]} == {
        month: province.monthly(provinces.CITY, [month]) for month in PERIODS["2026-Q1"]
    }
