"""Two who ask registers at a time: one representation of two persons, and a number that is joined to one person."""

import pytest

from chalicelib.contracts.identity import PersonChanged, RepresentationKept
from chalicelib.identity.joined import Alias
from chalicelib.identity.registers.items import ALL_ACTS, Asked, RepresentationHead
from chalicelib.identity.registers.store import Table
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from tests.fakes.clock import Clock

NOW = Clock()()
T1 = stamp(NOW)
pytestmark = pytest.mark.usefixtures("tables")


def begin(name, key, former):
    said = RepresentationKept(
        id=name, version=1, kind="parent", state="active", represented="child", representative="me", sealed="s",
        may=ALL_ACTS, opens=T1, closes=None,
    )  # fmt: skip
    head = RepresentationHead(pk=f"REPRESENTATION#{name}", said=said)
    Table().begin(head, ("me", key, Asked(representation=name, body="b")), former, NOW)


def newest():
    return [Table().kin_of("me", "child").representation, *(each.representation for each in Table().kin("child"))]


@pytest.mark.parametrize("former", [None, "LR-0"])
def test_of_two_who_read_the_same_one_begins_a_representation(former):
    begin("LR-1", "k1", None)
    with pytest.raises(aws.WriteContended):
        begin("LR-2", "k2", former)
    assert newest() == ["LR-1", "LR-1"]
    begin("LR-3", "k3", "LR-1")
    assert newest() == ["LR-3", "LR-3"]


def test_one_request_makes_one_representation_whatever_it_read():
    begin("LR-1", "k1", None)
    with pytest.raises(aws.WriteContended):
        begin("LR-2", "k1", "LR-1")
    assert (newest(), Table().asked("me", "k1").representation) == (["LR-1", "LR-1"], "LR-1")


def join(person, known, *more):
    alias = Alias(person=person, hashes=(person, *more), at=T1)
    event = PersonChanged(person=person, kind="renumbered", register="population", at=T1, former=more)
    Table().join(Table().person(person), alias, known, event, NOW)


@pytest.mark.parametrize("known", [[], [Alias(person="c", hashes=("x",), at=T1)]])
def test_of_two_who_read_the_same_one_joins_a_number(known):
    join("a", [], "x")
    with pytest.raises(aws.WriteContended):
        join("b", known, "x")
    assert Table().alias("x").person == "a"
    assert Table().alias("b") is None


def test_a_number_that_was_taken_back_belongs_to_nobody():
    join("a", [], "x", "y")
    join("a", [Table().alias("a")], "y")
    assert [Table().alias(each) and Table().alias(each).hashes for each in "axy"] == [("a", "y"), None, ("a", "y")]
