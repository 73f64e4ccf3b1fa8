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
