"""A child moved: its leg ends as it did, once, whatever the event says and however often it comes."""

import pytest
from msgspec import structs

from chalicelib.contracts.bundles import BundleSettled, ChildReturned
from chalicelib.contracts.onestop import DossierReturned, LegCompleted
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.law.states import DossierState
from tests.support.family import FIRST, SECOND, Family
from tests.support.hall import signed_result

S = DossierState
SAID = {"outcome": "refused", "reason": "Trẻ đã được đăng ký ở nơi khác", "basis": "Luật Hộ tịch, Điều 16"}


@pytest.fixture
def family(hall):
    return Family(hall)


def processed(family, child):
    """A child with its signed result: state 9."""
    family.decided(child)
    code = f"{family.dossier(child).head.dossier_code}-KQ1"
    family.hall.flow.record_result(signed_result(child, code))


def returned(family, child):
    """Its result is in the vault: state 10, as the delivery records it."""
    family.hall.put(child, state=int(S.RESULT_RETURNED))


@pytest.mark.parametrize("times", [1, 2])
def test_a_refused_child_ends_its_leg_once(family, times):
    parent = family.filed()
    child = family.started(parent)
    family.hall.complete(child, "receive", **SAID)
    for _ in range(times):
        family.following.follow(family.moved(child))
    assert family.leg(parent, FIRST).outcome.outcome == "refused"
    assert not [task for task in family.dossier(parent).tasks if task.is_open]
    assert [told.leg for told in family.hall.told(parent, LegCompleted)] == [FIRST]
    assert family.hall.rows.unbroken(parent)


def test_a_child_that_has_not_ended_ends_nothing_whatever_the_event_says(family):
    parent = family.filed()
    child = family.started(parent)
    with pytest.raises(KeyError):  # it was told of a state that it is not in: the event comes again, or is parked
        family.following.follow(family.moved(child, state=int(S.PROCESSED)))
    assert family.leg(parent, FIRST).outcome is None


def test_the_second_child_begins_with_the_result_of_the_first(family):
    parent = family.filed()
    child = family.started(parent)
    processed(family, child)
    family.following.follow(family.moved(child))
    assert family.leg(parent, FIRST).outcome.outcome == "done"
    assert family.state(family.started(parent, SECOND)) == S.REGISTERED


def test_another_dossiers_child_or_a_lost_one_ends_nothing(family):
    parent = family.filed()
    child = family.started(parent)
    moved = family.moved(child)
    stranger = family.hall.at()
    for odd in ({"reference": stranger}, {"reference": "MC-0"}, {"parent": "MC-0"}, {"leg": SECOND}):
        family.following.follow(structs.replace(moved, **odd))
    assert family.leg(parent, FIRST).outcome is None


def test_a_result_that_was_returned_is_noted_once_before_the_bundle_is_settled(family):
    parent = family.filed()
    child = family.started(parent)
    processed(family, child)
    returned(family, child)
    for _ in range(2):
        family.following.follow(family.moved(child))
    assert family.leg(parent, FIRST).returned_at
    (told,) = family.hall.told(parent, ChildReturned)
    assert (told.leg, told.child) == (FIRST, child)
    assert "unlogged" not in family.hall.head(parent), "the log says each change, or the audit takes it for a tampering"
    assert family.state(parent) == S.PROCESSING, "a leg is to come"
    assert not family.hall.told(parent, DossierReturned)


def test_the_bundle_is_returned_with_the_last_of_its_results(family):
    parent = family.filed()
    for leg in (FIRST, SECOND):
        child = family.started(parent, leg)
        processed(family, child)
        family.following.follow(family.moved(child))
    family.hall.flow.decide(parent)
    assert (family.state(parent), len(family.hall.told(parent, BundleSettled))) == (S.PROCESSED, 1)
    children = [family.leg(parent, leg).child for leg in (FIRST, SECOND)]
    returned(family, children[0])
    family.following.follow(family.moved(children[0]))
    assert family.state(parent) == S.PROCESSED, "one is to be returned yet"
    returned(family, children[1])
    family.following.follow(family.moved(children[1]))
    assert family.state(parent) == S.RESULT_RETURNED
    (told,) = family.hall.told(parent, DossierReturned)
    assert {each.document for each in told.delivered} == set(children)


def test_a_bundle_that_is_told_twice_is_received_once(family):
    parent = family.filed()
    (submitted,) = family.hall.told(parent, DossierSubmitted)
    writes = family.hall.rows.writes
    family.reception.receive(submitted)
    assert family.hall.rows.writes == writes
