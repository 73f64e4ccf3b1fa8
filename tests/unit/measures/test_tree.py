"""Whose counts add up to whose: parents of the month, mergers, what has several heirs."""

from chalicelib.measures import tree
from chalicelib.measures.model import Unit, UnitEntry
from chalicelib.measures.tree import Tree

CITY, OTHER = "H01", "H02"


def unit(name, *entries):
    return Unit(id=name, name=name, number=1, entries=entries or (UnitEntry(valid_from="2020-01-01"),))


def under(parent, valid_from="2020-01-01", valid_to=None, successors=()):
    return UnitEntry(valid_from=valid_from, valid_to=valid_to, parent=parent, successors=successors)


MERGED = Tree(
    [
        unit(CITY),
        unit(OTHER),
        unit("A", under(CITY, valid_to="2026-06-16", successors=("C",))),
        unit("B", under(CITY, valid_to="2026-07-01", successors=("C",))),
        unit("C", under(CITY, "2026-06-16")),
        unit("D", under(CITY, valid_to="2026-04-01"), under(OTHER, "2026-04-01")),
        unit("E", under(CITY, valid_to="2026-05-01", successors=("C", "D"))),
    ]
)


def test_each_unit_is_once_below_the_city_in_each_month():
    assert MERGED.below(CITY, "2026-03") == {CITY, "A", "B", "C", "D", "E"} - {"C"}
    assert MERGED.below(CITY, "2026-06") == {CITY, "A", "B", "C", "E"}
    assert MERGED.below(CITY, "2026-12") == {CITY, "A", "B", "C", "E"}
    assert MERGED.below(OTHER, "2026-03") == {OTHER}
    assert MERGED.below(OTHER, "2026-04") == {OTHER, "D"}


def test_what_merged_counts_for_its_heir_from_the_month_after():
    assert MERGED.own("C", "2026-06") == {"C"}, "A ended in June: June is A's own still, and the city's"
    assert MERGED.own("C", "2026-07") == {"C", "A", "B"}
    assert MERGED.own("A", "2026-07") == {"A"}
    assert MERGED.above("A", "2026-06") == CITY
    assert MERGED.above("A", "2026-07") == "C"


def test_what_has_several_heirs_stays_below_its_last_parent():
    assert MERGED.above("E", "2026-12") == CITY
    assert "E" not in MERGED.own("C", "2026-12")


def test_each_agency_is_looked_at_once_a_month_whatever_is_asked(monkeypatch):
    looked, roots = [], (CITY, OTHER, "C", "D")
    expected = [(MERGED.below(root, "2026-07"), MERGED.own(root, "2026-07")) for root in roots]

    def entry(entries, month, real=tree._entry):
        looked.append(month)
        return real(entries, month)

    monkeypatch.setattr(tree, "_entry", entry)
    known = Tree(MERGED.units.values())
    assert [(known.below(root, "2026-07"), known.own(root, "2026-07")) for root in roots] == expected
    assert looked == ["2026-07"] * len(MERGED.units)


def test_children_and_what_a_unit_has_alone_are_all_that_is_below_it():
    for root, month in ((CITY, "2026-06"), (CITY, "2026-12"), ("C", "2026-12"), (OTHER, "2026-12")):
        standing = MERGED.standing(month)
        parts = [*(standing.below(each) for each in standing.children(root)), standing.own(root)]
        assert sorted(each for part in parts for each in part) == sorted(standing.below(root))
    assert MERGED.standing("2026-12").children(CITY) == {"C", "E"}, "A and B went over into C"
    inner = Tree([*MERGED.units.values(), unit("A.1", under("A"))]).standing("2026-12")
    assert (inner.children("C"), inner.branch("A.1", CITY), inner.branch("A", "C")) == ({"A.1"}, "C", "C")
    assert inner.branch("D", CITY) is None


def test_an_heir_of_an_heir_and_a_circle():
    gone = under(None, valid_to="2026-01-01", successors=("Y",))
    chain = Tree([unit("X", gone), unit("Y", under(None, valid_to="2026-02-01", successors=("Z",))), unit("Z")])
    assert chain.own("Z", "2026-02") == {"X", "Y", "Z"}
    assert chain.is_below("X", "Z", "2026-02")
    circle = Tree([unit("P", under("Q")), unit("Q", under("P"))])
    assert not circle.is_below("P", "R", "2026-02")
    assert circle.below("P", "2026-02") == {"P", "Q"}


def test_nobody_knows_a_unit_before_it_began():
    assert Tree([unit("N", under(CITY, "2026-06-01"))]).above("N", "2026-05") is None
    assert Tree([]).above("N", "2026-05") is None


# --- the borders of a month -------------------------------------------------------------------------------------


def test_an_agency_is_in_the_month_in_which_its_entry_begins_whatever_day_that_is():
    for first, last, before in (
        ("2026-06-01", "2026-06-30", "2026-05"),
        ("2028-02-01", "2028-02-29", "2028-01"),
        ("2026-12-01", "2026-12-31", "2026-11"),
    ):
        for day in (first, last):
            known = Tree([unit("N", under(CITY, day))])
            assert known.above("N", day[:7]) == CITY
            assert known.above("N", before) is None
            assert known.standing(before).known == frozenset()


def test_of_two_entries_of_a_month_the_later_one_says_where_it_stands():
    entries = (under(OTHER, "2026-06-30"), under(CITY, "2026-06-01"), under("X", "2026-07-01"))
    known = Tree([unit("N", *entries)])
    assert [known.above("N", month) for month in ("2026-05", "2026-06", "2026-07")] == [None, OTHER, "X"]


def test_who_ended_on_the_first_day_of_a_month_is_its_heirs_in_that_month():
    for day, month, heir in (
        ("2026-07-01", "2026-07", "C"),
        ("2026-07-02", "2026-07", CITY),
        ("2026-07-02", "2026-08", "C"),
        ("2026-07-31", "2026-07", CITY),
    ):
        known = Tree([unit("A", under(CITY, valid_to=day, successors=("C",))), unit("C", under(CITY))])
        assert known.above("A", month) == heir, (day, month)
    alone = Tree([unit("A", under(CITY, valid_to="2026-07-01"))])
    assert alone.above("A", "2026-12") == CITY, "whose successor nobody named, stays"
    running = Tree([unit("A", under(CITY, successors=("C",)))])
    assert running.above("A", "2026-12") == CITY, "who has not ended has no heir"


# --- walks ------------------------------------------------------------------------------------------------------


def test_a_way_upwards_goes_over_heirs_and_parents_to_the_top():
    standing = MERGED.standing("2026-12")
    assert standing.path("A") == ["A", "C", CITY]
    assert standing.holders("A") == ["A", "C"], "as their own"
    assert standing.holders("D") == ["D"]
    assert standing.path(CITY) == [CITY]
    assert standing.path("nobody") == ["nobody"]
    assert (standing.above(CITY), standing.above("nobody")) == (None, None)


def test_a_branch_is_the_child_through_whom_a_root_has_it():
    deep = Tree([*MERGED.units.values(), unit("C.1", under("C")), unit("C.1.1", under("C.1"))]).standing("2026-12")
    assert [deep.branch("C.1.1", root) for root in ("C.1.1", "C.1", "C", CITY)] == ["C.1.1", "C.1.1", "C.1", "C"]
    assert deep.branch("A", CITY) == "C", "through its heir"
    assert deep.branch(CITY, "C") is None
    assert deep.children("C.1") == {"C.1.1"}
    assert deep.children("C.1.1") == frozenset()


def test_a_circle_is_walked_once_and_nobody_is_its_own_child():
    circle = Tree([unit("P", under("Q")), unit("Q", under("R")), unit("R", under("P"))]).standing("2026-02")
    assert circle.path("P") == ["P", "Q", "R"]
    assert circle.below("P") == {"P", "Q", "R"}
    assert circle.children("P") == {"R"}
    itself = Tree([unit("S", under("S"))]).standing("2026-02")
    assert (itself.path("S"), itself.children("S"), itself.below("S")) == (["S"], frozenset(), {"S"})
    heirs = [
        unit(name, under(None, valid_to="2026-01-01", successors=(heir,))) for name, heir in (("X", "Y"), ("Y", "X"))
    ]
    both = Tree(heirs).standing("2026-02")
    assert (both.holders("X"), both.own("X"), both.children("X")) == (["X", "Y"], {"X", "Y"}, frozenset())


def test_a_month_is_worked_out_once():
    known = Tree(MERGED.units.values())
    assert known.standing("2026-07") is known.standing("2026-07")
    assert known.standing("2026-07") is not known.standing("2026-08")
    assert known.is_below("A", "A", "2026-07")
    assert known.is_below("A", CITY, "2026-07")
    assert not known.is_below(CITY, "A", "2026-07")
