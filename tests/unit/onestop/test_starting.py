"""The child of a leg is made once, submitted, of what its parent said; or the leg comes to nothing, and says why."""

import pytest
from msgspec import structs

from chalicelib.contracts.bundles import ChildStarted, LegSkipped
from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.change import Change
from chalicelib.dossier.readings import read_papers, sealed_values
from chalicelib.kernel.problem import NotFound
from chalicelib.law.states import DossierState
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.family import FIRST, SECOND, THIRD, Family, child_of
from tests.support.hall import signed_result

S = DossierState
SAID = {"outcome": "refused", "reason": "Trẻ đã được đăng ký ở nơi khác", "basis": "Luật Hộ tịch, Điều 16"}


@pytest.fixture
def family(hall):
    return Family(hall)


@pytest.mark.parametrize("times", [1, 3])
def test_a_child_is_made_once_however_often_it_is_called_for(family, times):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    for _ in range(times):
        family.starting.start(opened)
    found = family.dossier(child_of(parent))
    assert (found.head.parent, found.head.leg, found.head.state) == (parent, FIRST, S.REGISTERED)
    assert [(t.kind, t.agency, t.is_open) for t in found.tasks] == [("receive", people.OFFICE["id"], True)]
    assert len(family.hall.told(parent, ChildStarted)) == len(family.hall.told(found.reference, DossierSubmitted)) == 1
    assert family.hall.rows.unbroken(found.reference)
    assert family.hall.rows.unbroken(parent)


def test_two_at_once_make_one(family):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    family.hall.rows.meanwhile(lambda: family.starting.start(opened))
    family.starting.start(opened)
    assert len(family.hall.told(parent, ChildStarted)) == 1


def test_it_has_what_its_parent_said_and_sent_under_keys_of_its_own(family):
    parent = family.filed()
    child = family.started(parent)
    mine, theirs = family.dossier(child), family.dossier(parent)
    assert unseal(child, mine.form.sealed)["child"] == people.FORM["child"]
    assert mine.form.sealed != theirs.form.sealed
    assert [(c.key, c.version_id, c.sha256) for c in mine.components] == [
        (c.key, c.version_id, c.sha256) for c in theirs.components
    ]
    assert (mine.head.holder, mine.head.channel, mine.plan.term.text) == (theirs.head.holder, "ONLINE", "2wd")


def test_what_was_read_on_its_parents_papers_goes_with_them_under_its_own_key(family):
    parent = family.filed()
    opened, theirs = family.begin(parent, FIRST), family.dossier(parent)
    values = sealed_values(parent, "giay_chung_sinh", {"noi_sinh": "Bệnh viện Hùng Vương"})
    change = Change(theirs.head, family.hall.clock())
    change.settle_component(theirs.components[0], Digitisation(status="converted"), values).write()
    family.starting.start(opened)
    child = child_of(parent)
    (paper,) = read_papers(child, family.dossier(child).components)
    assert [(each.field, each.value) for each in paper.said] == [("noi_sinh", "Bệnh viện Hùng Vương")]


@pytest.mark.parametrize(
    ("when", "outcome"), [("form.case.surrogacy", "not_wanted"), ("form.case.residence_known", None)]
)
def test_a_leg_that_nobody_asked_for_is_passed_over_and_says_so(hall, when, outcome):
    family = Family(hall, when)
    parent = family.filed()
    first = family.started(parent)
    _end(family, first, parent)
    family.starting.start(family.begin(parent, SECOND))
    told = [(each.leg, each.outcome) for each in hall.told(parent, LegSkipped)]
    assert told == ([(SECOND, outcome)] if outcome else [])
    assert [each.leg for each in hall.told(parent, ChildStarted)] == ([FIRST] if outcome else [FIRST, SECOND])


def _end(family, child, parent):
    """The first child has its result."""
    family.decided(child)
    family.hall.flow.record_result(signed_result(child, f"{family.dossier(child).head.dossier_code}-KQ1"))
    family.following.follow(family.moved(child))


def test_what_rests_on_a_result_that_does_not_exist_is_not_started(family):
    parent = family.filed()
    first = family.started(parent)
    family.hall.complete(first, "receive", **SAID)
    family.following.follow(family.moved(first))
    family.starting.start(family.begin(parent, SECOND))
    (told,) = family.hall.told(parent, LegSkipped)
    assert (told.leg, told.outcome, told.lacking) == (SECOND, "not_started", "birth")
    assert family.leg(parent, SECOND).outcome.outcome == "not_started"
    assert not [task for task in family.dossier(parent).tasks if task.is_open]


def test_what_rests_on_two_results_is_not_started_without_the_second(hall):
    family = Family(hall, needs=("birth", "again"))
    parent = family.filed()
    _end(family, family.started(parent), parent)
    second = family.started(parent, SECOND)
    hall.complete(second, "receive", **SAID)
    family.following.follow(family.moved(second))
    family.starting.start(family.begin(parent, THIRD))
    (told,) = hall.told(parent, LegSkipped)
    assert (told.leg, told.outcome, told.lacking) == (THIRD, "not_started", "again")


@pytest.mark.parametrize("change", [{"agency": "H99.1"}, {"reference": "MC-0"}, {"leg": "9-none"}])
def test_what_cannot_be_made_writes_nothing(family, change):
    parent = family.filed()
    opened, writes = family.begin(parent, FIRST), family.hall.rows.writes
    if "agency" in change:
        with pytest.raises(NotFound):
            family.starting.start(structs.replace(opened, **change))
    else:
        family.starting.start(structs.replace(opened, **change))
    assert family.hall.rows.writes == writes


@pytest.mark.parametrize(
    "fields", [{"state": int(S.WITHDRAWAL_REQUESTED)}, {"erased_at": "2026-11-25T03:00:00.000+00:00"}]
)
def test_a_bundle_that_stands_still_or_was_erased_starts_nothing(family, fields):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    family.hall.put(parent, **fields)
    family.starting.start(opened)
    assert not family.hall.told(parent, ChildStarted)
