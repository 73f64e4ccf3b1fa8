"""Whose counts a score is reckoned from, how many are added up, and what is not told. Nothing is stored here."""

import pytest

from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.law.index_formulas import formula_named
from chalicelib.law.index_measured import measured_counts
from chalicelib.measures.cells import Cell
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.scores import service
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.scores.views import scores_view
from chalicelib.measures.tree import Tree
from tests.support.measured import clock

CITY, ONE, TWO = "H01", "H01.1", "H01.2"
PORTAL = "qd766-portal-2026"
LIKED = {"ended": 5, "rated": 5, "ended_rated": 5}


def unit(name, *entries):
    return Unit(id=name, name=f"Cơ quan {name}", number=1, entries=entries)


def under(parent, valid_from="2020-01-01", **more):
    return UnitEntry(valid_from=valid_from, parent=parent, **more)


COUNTRY = Tree([unit(CITY, under(None)), unit(ONE, under(CITY)), unit(TWO, under(CITY))])


class Counters:
    """Counts by agency and month; how they were asked for is noted."""

    def __init__(self, counts, tree=COUNTRY, not_made=()):
        self._counts, self._tree, self._not_made = counts, tree, frozenset(not_made)
        self.asked = []

    def tree(self):
        return self._tree

    def not_made(self):
        return self._not_made

    def counts(self, units, months):
        self.asked.append((list(units), months))
        return [
            (Cell(name, month, procedure, "ONLINE", "CITIZEN"), told)
            for (name, month), some in self._counts.items()
            for procedure, told in (("a", some), ("b", {"received": 1}))
            if name in units and month in months
        ]


def scores(counts, period="2026-10", unit=CITY, now="2026-11-27 08:00", **more):
    return Scoring(Counters(counts, **more), clock(now)).scores(unit, period, PORTAL)


def told(scored, name="5.4"):
    found = next(each for group in scored.groups for each in group.components if each.id == name)
    return found.numerator, found.denominator, found.data_quality_status


def online(scored):
    return told(scored, "3.3")[:2]


def test_a_unit_has_the_sum_of_all_below_it_and_each_right_below_its_own():
    counts = {(CITY, "2026-10"): {"online": 1, "received": 1}, (ONE, "2026-10"): {"online": 2, "received": 4}}
    found = scores(counts | {(ONE, "2026-09"): {"online": 9, "received": 9}, ("H02", "2026-10"): {"received": 99}})
    assert (found.period.text, found.formula.id, found.as_of) == ("2026-10", PORTAL, clock()())
    assert online(found.parent.now) == (3, 7)
    assert online(found.parent.before) == (9, 10)
    assert [(each.now.unit, each.now.name, online(each.now)) for each in found.children] == [
        (ONE, f"Cơ quan {ONE}", (2, 5)),
        (TWO, f"Cơ quan {TWO}", (0, 0)),
    ]


def test_counters_are_asked_of_all_that_are_below_in_the_period_and_in_the_one_before():
    gone = Tree([*COUNTRY.units.values(), unit("H01.0", under(CITY), under("H02", "2026-10-01"))])
    store = Counters({}, gone)
    Scoring(store, clock()).scores(CITY, "2026-10", PORTAL)
    whole = [CITY, "H01.0", ONE, TWO]
    assert store.asked == [(whole, ("2026-10",)), (whole, ("2026-09",))]


def test_who_stands_below_it_in_a_month_that_has_begun_is_a_child():
    later = Tree(
        [
            *COUNTRY.units.values(),
            unit("H01.3", under(CITY, "2026-11-30")),
            unit("H01.4", under(CITY, "2026-12-01")),
            unit("H01.5", under(CITY, valid_to="2026-10-02", successors=(ONE,))),
            unit("H01.6", under(CITY, valid_to="2026-10-01", successors=(ONE,))),
        ]
    )
    found = scores({}, "2026-Q4", tree=later)
    assert [each.now.unit for each in found.children] == [ONE, TWO, "H01.3", "H01.5"]


@pytest.mark.parametrize(("most", "is_refused"), [(3, False), (2, True)])
def test_as_many_units_as_can_be_added_up_and_not_one_more(monkeypatch, most, is_refused):
    for name, number in (("MOST_UNITS", most), ("MOST_SUMS", 24 * most + 23)):
        with monkeypatch.context() as patch:
            patch.setattr(service, name, number)
            if is_refused:
                with pytest.raises(TooManyUnits) as caught:
                    scores({}, "2026")
                assert caught.value.facts == {"most": most}
            else:
                assert len(scores({}, "2026").children) == 2


def test_what_cannot_be_asked_for_names_why():
    with pytest.raises(NotFound) as unknown:
        scores({}, unit="H99")
    assert unknown.value.facts == NotFound(what="agency").facts
    for period, formula, pointer in (
        ("2026-13", PORTAL, "/period"),
        ("2026-10", "x", "/formula"),
        ("2025-12", PORTAL, "/formula"),
    ):
        with pytest.raises(BodyInvalid) as caught:
            Scoring(Counters({}), clock()).scores(CITY, period, formula)
        assert [(each.pointer, each.rule) for each in caught.value.fields] == [(pointer, pointer[1:])]
    assert scores({}, "2026-01").parent.before is None, "it did not hold in the year before"


# --- what people said -------------------------------------------------------------------------------------------


def test_of_what_people_said_the_large_months_that_are_over_are_told_alone():
    counts = {
        (CITY, "2026-10"): LIKED | {"ended": 4},
        (ONE, "2026-10"): LIKED | {"late": 1},
        (TWO, "2026-10"): LIKED | {"rated": 4},
        (ONE, "2026-11"): LIKED,
    }
    found = scores(counts)
    assert told(found.parent.now) == (4, 5, "partial"), "of the first ward alone"
    assert [told(each.now) for each in found.children] == [(4, 5, "partial"), (None, None, "withheld")]
    assert told(scores(counts, "2026-11").parent.now)[2] == "withheld", "that month still runs"
    assert told(scores(counts, "2026-11", now="2026-12-01 00:00").parent.now) == (5, 5, "partial")
    assert told(scores(counts, "2026-Q4").parent.now) == (4, 5, "partial")


@pytest.mark.parametrize("few", ["ended", "rated", "ended_rated"])
def test_each_number_that_tells_of_few_withholds_it(few):
    assert told(scores({(ONE, "2026-10"): LIKED}).parent.now) == (5, 5, "partial")
    assert told(scores({(ONE, "2026-10"): LIKED | {few: 4}}).parent.now)[2] == "withheld"


def test_where_nothing_ended_that_is_told():
    assert told(scores({(ONE, "2026-10"): {"received": 1}}).parent.now)[:2] == (0, 0)
    assert told(scores({}).parent.now)[:2] == (0, 0)


def test_what_the_counters_were_not_made_with_is_missing_and_the_rest_is_told():
    found = scores({(ONE, "2026-10"): LIKED | {"online": 1, "received": 1}}, not_made=("ended_displeased",))
    assert told(found.parent.now)[2] == "missing"
    assert online(found.parent.now) == (1, 2)


def test_one_component_is_withheld_and_its_counts_alone():
    found = scores({(ONE, "2026-10"): LIKED | {"rated": 4, "online": 1, "electronic": 2, "processed": 2}})
    assert (online(found.parent.now), told(found.parent.now, "4.1")[:2]) == ((1, 1), (2, 2))
    component = next(each for each in formula_named(PORTAL).components if each.id == "5.4")
    assert measured_counts().who_said(component.counts) == {"rated", "ended_rated"}


# --- what is answered -------------------------------------------------------------------------------------------


def test_one_group_alone_is_answered_where_it_is_asked_for():
    found = scores({(ONE, "2026-10"): {"online": 1}, (ONE, "2026-09"): {"online": 1, "received": 1}})
    whole, some = scores_view(found), scores_view(found, "online")
    groups = [each.id for each in formula_named(PORTAL).groups]
    assert [each.id for each in whole.parent.groups] == groups
    assert [each.id for each in some.parent.groups] == [each.id for each in some.children[0].groups] == ["online"]
    (one,) = some.parent.groups
    assert one == next(each for each in whole.parent.groups if each.id == "online")
    component = next(each for each in one.components if each.id == "3.3")
    assert component.scoreDelta == round(
        component.score
        - next(each.score for group in found.parent.before.groups for each in group.components if each.id == "3.3"),
        2,
    )
    with pytest.raises(BodyInvalid) as caught:
        scores_view(found, "none")
    assert [each.pointer for each in caught.value.fields] == ["/group"]
    assert ", ".join(groups) in caught.value.fields[0].message_en
