"""Borders of what the national portal is told, and of fields that two officers look at: order, ends, two persons."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.delivery.synchronisation import model
from chalicelib.delivery.synchronisation.model import SHOWN, WAITS
from chalicelib.digitisation.reviews import model as reviews
from chalicelib.digitisation.reviews.model import Answer, Decision, Looked, ReviewField, Value
from chalicelib.digitisation.reviews.refusals import SameReviewer
from chalicelib.dossier.synchronised import Synchronisation
from chalicelib.kernel.clock import stamp
from tests.fakes.clock import Clock

NOW = Clock()()
TICK = timedelta(milliseconds=1)
AT = stamp(NOW)


def sync(**said):
    return Synchronisation(**({"seen": 3} | said))


@pytest.mark.parametrize(
    ("beside", "due", "late"), [(-TICK, False, False), (timedelta(), True, False), (TICK, True, True)]
)
def test_it_is_due_from_its_moment_on_and_late_after_it(beside, due, late):
    assert model.is_due(sync(due_at=AT), NOW + beside) == due
    assert model.is_late(sync(waits_since=stamp(NOW - timedelta(minutes=5))), 5, NOW + beside) == late
    assert not model.is_due(sync(), NOW)
    assert not model.is_late(sync(), 0, NOW)


@pytest.mark.parametrize(("told", "due"), [(2, AT), (3, None), (4, None)])
def test_a_step_that_came_meanwhile_is_due_at_once(told, due):
    done = model.finished(sync(told=told, waits_since="w", tries=4, again=True), NOW)
    assert (done.due_at, done.waits_since, done.tries, done.again) == (due, "w" if due else None, 0, False)


def test_each_try_has_its_wait_and_after_the_last_a_person_looks():
    one = sync()
    for wait in WAITS:
        one = model.failed(model.begun(one, "n", "H01", NOW), 1, NOW)
        assert (one.due_at, one.parked_at) == (stamp(NOW + wait), None)
    one = model.failed(model.begun(one, "n", "H01", NOW), 1, NOW)
    assert (one.due_at, one.parked_at, one.why) == (None, AT, "unreachable")
    assert len(one.attempts) == min(SHOWN, len(WAITS) + 1)


def test_what_breaks_without_an_agency_is_tried_for_ever_and_with_one_a_person_looks():
    alone, ours = sync(), sync()
    for _ in range(len(WAITS) + 3):
        alone, ours = model.broken(alone, None, NOW), ours if ours.parked_at else model.broken(ours, "H01", NOW)
    assert (alone.due_at, alone.parked_at) == (stamp(NOW + WAITS[-1]), None)
    assert (ours.parked_at, ours.why) == (AT, "broken")


def test_who_is_not_logged_in_has_made_no_try():
    begun = model.begun(model.failed(model.begun(sync(), "n", "H01", NOW), 1, NOW), "n", "H01", NOW)
    back = model.not_logged_in(begun, NOW)
    assert (back.tries, len(back.attempts), back.due_at) == (1, 1, AT)
    assert model.not_logged_in(sync(), NOW).tries == 0


@pytest.mark.parametrize(("has", "told"), [(True, 2), (False, 0), (None, 0)])
def test_a_step_in_doubt_is_told_where_somebody_found_it(has, told):
    again = model.redelivered(sync(sending=2, parked_at=AT, why="x", code="c"), NOW, has_step=has)
    assert (again.told, again.parked_at, again.why, again.due_at) == (told, None, None, AT)
    assert again.sending == (2 if has is None else None)
    assert (again.again, model.redelivered(sync(), NOW).again) == (False, True)


# --- fields that officers look at --------------------------------------------------------------------------------


def decision(officer, said="confirm"):
    return Decision(said=said, officer=officer, name=officer, at=AT, numbers=(f"number of {officer}",))


def field(name="f", *decisions, **said):
    given = {"pk": "p", "sk": name, "name": name, "label": name, "sure": 500, "reason": "r", "sealed": ""}
    return ReviewField(**(given | {"decisions": decisions} | said))


def test_what_was_said_counts_since_it_was_last_to_be_typed_again():
    again = decision("b", "retype")
    one = field("f", decision("a"), again, decision("c"), again, decision("d"), decision("e"))
    assert ([each.officer for each in one.standing], one.last.officer) == (["d", "e"], "e")
    assert field("f", decision("a"), again).last is None
    assert field().standing == ()


def test_nobody_looks_at_a_field_twice_in_a_row_and_at_none_that_is_closed():
    one = field("f", decision("a"), decision("b"))
    assert [one.waits_for(each) for each in ("a", "b", "c")] == [True, False, True]
    assert not replace(one, closed=True).waits_for("c")


def test_the_least_sure_comes_first_and_of_those_alike_the_first_on_the_form():
    fields = [field("c", sure=900), field("b"), field("a"), field("z", sure=100, closed=True)]
    assert [each.name for each in reviews.in_order(fields)] == ["z", "a", "b", "c"]
    assert reviews.next_for("o", fields).name == "a"
    assert reviews.next_for("o", [field("a", decision("o")), field("b")]).name == "b"
    assert reviews.next_for("o", [field("a", closed=True)]) is None


def test_two_persons_close_a_field_with_one_value_and_not_with_two():
    looked = Looked(field(twice=True), Value("x", "x"))
    first = reviews.decided(looked, Answer("f", "confirm"), decision("a"))
    assert not first.field.closed
    with pytest.raises(SameReviewer):
        reviews.decided(first, Answer("f", "confirm"), decision("a"))
    assert reviews.decided(first, Answer("f", "confirm"), decision("b")).field.closed
    other = reviews.decided(first, Answer("f", "correct", "y"), decision("b"))
    assert (other.field.closed, other.value.value) == (False, "y")
    assert reviews.decided(other, Answer("f", "correct", "y"), decision("c")).field.closed
    again = reviews.decided(other, Answer("f", "retype"), decision("c"))
    assert (again.field.closed, again.field.last, again.value.value) == (False, None, "x")
    assert reviews.decided(Looked(field(), Value("x", "x")), Answer("f", "confirm"), decision("a")).field.closed
