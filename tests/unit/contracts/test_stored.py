"""What is stored says its shape, an older shape is lifted step by step, and what is wrong is named."""

import pytest

from chalicelib.contracts.stored import Stored, Unreadable, lifted, lifts, read, written


class Thing(Stored, frozen=True, kw_only=True):
    """A thing that had two earlier shapes."""

    shape = 2

    name: str
    size: int = 0
    note: str | None = None


@lifts(Thing, 0)
def _thing_0(raw):
    return {**raw, "name": raw["title"]}


@lifts(Thing, 1)
def _thing_1(raw):
    return {**raw, "size": int(raw["size"])}


class Bare(Stored, frozen=True, kw_only=True):
    """A thing without a shape."""

    name: str


def test_what_is_written_says_its_shape_and_leaves_out_what_is_none():
    assert written(Thing(name="a")) == {"name": "a", "size": 0, "shape": 2}
    assert read(Thing, written(Thing(name="a", note="n"))) == Thing(name="a", note="n")


def test_an_item_without_a_shape_cannot_be_written():
    with pytest.raises(AttributeError):
        written(Bare(name="a"))


def test_each_older_shape_is_lifted_to_the_next_one():
    assert read(Thing, {"title": "a", "size": "7"}) == Thing(name="a", size=7)
    assert read(Thing, {"name": "a", "size": "7", "shape": 1}) == Thing(name="a", size=7)
    given = {"title": "a", "size": "7"}
    lifted(Thing, given)
    assert given == {"title": "a", "size": "7"}, "what was read is not changed"


def test_a_thing_of_a_newer_release_is_read_as_far_as_we_know_it():
    assert read(Thing, {"name": "a", "size": 1, "shape": 9, "from_then": True}) == Thing(name="a", size=1)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"shape": 2}, "Thing: name: missing"),
        ({"name": "canary-7", "size": "x", "shape": 2}, "Thing: size: Expected `int`, got `str`"),
        ({"shape": 0}, "Thing: no shape of ours (KeyError)"),
    ],
)
def test_what_no_release_wrote_is_named_by_kind_and_field_and_no_value_is_repeated(item, said):
    with pytest.raises(Unreadable) as refused:
        read(Thing, item)
    assert str(refused.value) == said


def test_a_shape_is_lifted_in_one_way():
    with pytest.raises(ValueError, match="Thing 0"):
        lifts(Thing, 0)(lambda raw: raw)
