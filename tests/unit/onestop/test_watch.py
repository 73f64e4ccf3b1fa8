"""The times of a bundle's legs: what passed is told once, again when it was not mended, and never of what was done."""

import pytest

from chalicelib.contracts.bundles import TimeMissed
from chalicelib.dossier.bundled import CHILD
from chalicelib.dossier.lists import TaskRow
from chalicelib.onestop.tasks.wiring import claims
from tests.fakes import people
from tests.support.family import BUNDLE, FIRST, Family


@pytest.fixture
def family(hall):
    return Family(hall)


def row_of(parent, leg=FIRST):
    """What the sweep finds of a leg on its list."""
    return TaskRow(pk=parent, sk=f"TASK#{leg}#{CHILD}", wl_sk="", procedure=BUNDLE, opened_at="", due_at="")


def missed(family, parent):
    """What was told to have passed: the timer, and whether the time to mend it passed too."""
    return [(told.timer, told.fix) for told in family.hall.told(parent, TimeMissed)]


def look(family, parent, **later):
    family.hall.clock.advance(**later)
    return family.watch.look(row_of(parent))


@pytest.mark.parametrize("minutes", [9, 10])
def test_until_its_time_is_over_nothing_is_told(family, minutes):
    parent = family.filed()
    family.begin(parent, FIRST)
    writes = family.hall.rows.writes
    assert not look(family, parent, minutes=minutes)
    assert family.hall.rows.writes == writes


def test_a_child_that_is_not_there_in_time_is_told_once_and_again_when_nobody_mended_it(family):
    parent = family.filed()
    family.begin(parent, FIRST)
    assert look(family, parent, minutes=11)
    assert missed(family, parent) == [("sync", False)]
    assert not look(family, parent), "it was put off to its next time"
    assert look(family, parent, days=2)
    assert missed(family, parent) == [("sync", False), ("sync", True)]
    assert not look(family, parent, days=3)
    assert missed(family, parent) == [("sync", False), ("sync", True)]
    assert family.leg(parent, FIRST).missed == ("sync", "sync.fix")
    assert family.hall.rows.unbroken(parent)


def test_who_is_told_of_what_by_which_clause(family):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    look(family, parent, minutes=11)
    (told,) = family.hall.told(parent, TimeMissed)
    assert (told.agency, told.sender, told.citation) == (opened.agency, people.OFFICE["id"], "63/2024/NĐ-CP")
    assert (told.child, bool(told.text_vi and told.text_en)) == (None, True), "nobody made it yet"


def test_reception_that_acknowledged_by_taking_the_task_is_not_told(family):
    parent = family.filed()
    child = family.started(parent)
    claims().claim(people.RECEPTION, f"{child}.0-commune.receive", "claim-1")
    look(family, parent, days=2)
    assert missed(family, parent) == []


def test_reception_that_did_nothing_is_told_with_the_childs_reference(family):
    parent = family.filed()
    child = family.started(parent)
    assert look(family, parent, days=2)
    (told,) = family.hall.told(parent, TimeMissed)
    assert (told.timer, told.child) == ("acknowledge", child)


def test_of_a_leg_that_ended_nothing_is_told(family):
    parent = family.filed()
    child = family.started(parent)
    family.hall.complete(
        child, "receive", outcome="refused", reason="Trẻ đã được đăng ký ở nơi khác", basis="Luật Hộ tịch, Điều 16"
    )
    family.following.follow(family.moved(child))
    assert not look(family, parent, days=9)
    assert missed(family, parent) == []


@pytest.mark.parametrize("row", [("MC-0000000000000000", FIRST), (None, "1-again")])
def test_a_row_of_no_leg_that_waits_is_passed_over(family, row):
    parent = family.filed()
    family.begin(parent, FIRST)
    family.hall.clock.advance(days=9)
    assert not family.watch.look(row_of(row[0] or parent, row[1]))
