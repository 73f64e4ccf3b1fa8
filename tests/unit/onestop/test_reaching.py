"""What becomes of a bundle reaches its children: withdrawn or erased it takes along those that nobody decided."""

import pytest

from chalicelib.contracts.bundles import ChildStarted, LegOpened
from chalicelib.contracts.lifecycle import AskedItem, DossierStopped, WithdrawalAsked
from chalicelib.contracts.onestop import DossierErased
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.reaching import WHY
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.withdrawal import Withdrawals
from chalicelib.onestop.erasure import Erasures
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.store import SealedContent
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.family import FIRST, Family

S = DossierState
YEAR = AskedItem(
    target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
)
ASKED = SupplementGiven(items=(YEAR,))
NO = "Kết quả đã được ký và sắp trả cho ông bà"


@pytest.fixture
def family(hall):
    return Family(hall)


def ask(family, parent):
    """The applicant asks to withdraw the bundle."""
    acts = Acts(family.hall.dossiers, family.hall.views, family.hall.clock)
    Withdrawals(acts).ask(Asked(people.CITIZEN, parent, "withdraw-1", b"{}"))


def answer(family, parent, given):
    """Reception decides on it."""
    family.hall.desk.complete(people.RECEPTION, f"{parent}.{FIRST}.withdrawal", given, "decide-1", b"{}")


def withdrawn(family, parent):
    ask(family, parent)
    answer(family, parent, Given(outcome="stopped"))
    family.reaching.stop(family.dossier(parent))


@pytest.mark.parametrize("kinds", [(), ("receive",), ("receive", "verify")])
def test_a_withdrawn_bundle_stops_its_child_and_tells_why(family, kinds):
    parent = family.filed()
    child = family.started(parent)
    for kind in kinds:
        family.hall.complete(child, kind, key=f"task-{kind}")
    withdrawn(family, parent)
    found = family.dossier(child)
    assert found.head.state == S.STOPPED
    assert not [task for task in found.tasks if task.is_open]
    assert [row.state for row in found.events if row.state][-2:] == [S.WITHDRAWAL_REQUESTED, S.STOPPED]
    (told,) = family.hall.told(child, DossierStopped)
    assert (told.why, unseal(child, told.sealed)["reason"]) == ("withdrawn", WHY)
    assert all((told.agency, told.handler, told.received_at, told.processed_at, told.due_at))
    assert family.hall.rows.unbroken(child)


def test_a_child_that_waits_for_its_applicant_is_stopped_too_and_waits_for_nothing(family):
    parent = family.filed()
    child = family.started(parent)
    family.hall.complete(child, "receive", outcome="supplement", supplement=ASKED)
    assert family.state(child) == S.SUPPLEMENT_REQUESTED
    withdrawn(family, parent)
    assert (family.state(child), family.dossier(child).head.back_to) == (S.STOPPED, None)


def test_it_may_be_asked_twice_and_only_of_a_bundle_that_stopped(family):
    parent = family.filed()
    child = family.started(parent)
    family.reaching.stop(family.dossier(parent))
    assert family.state(child) == S.REGISTERED
    withdrawn(family, parent)
    family.reaching.stop(family.dossier(parent))
    assert len(family.hall.told(child, DossierStopped)) == 1
    assert len(family.hall.told(child, WithdrawalAsked)) == 1


def test_a_decided_child_stays(family):
    parent = family.filed()
    child = family.started(parent)
    family.decided(child)
    withdrawn(family, parent)
    assert (family.state(parent), family.state(child)) == (S.STOPPED, S.PROCESSING)
    assert family.dossier(child).head.decided_at
    assert not family.hall.told(child, DossierStopped)


def test_a_child_that_is_decided_in_that_moment_stays(family):
    parent = family.filed()
    child = family.started(parent)
    ask(family, parent)
    answer(family, parent, Given(outcome="stopped"))
    family.hall.rows.meanwhile(lambda: family.decided(child))
    family.reaching.stop(family.dossier(parent))
    assert family.dossier(child).head.decided_at
    assert not family.hall.told(child, DossierStopped)


def test_no_child_is_started_once_its_bundle_stopped(family):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    withdrawn(family, parent)
    family.starting.start(opened)
    assert not family.hall.told(parent, ChildStarted)


# --- a withdrawal that is refused -----------------------------------------------------------------------------------


def refused(family, parent):
    answer(family, parent, Given(outcome="kept", reason=NO))
    family.reaching.go_on(parent)


def test_a_child_that_ended_meanwhile_ends_its_leg_when_the_withdrawal_is_refused(family):
    parent = family.filed()
    child = family.started(parent)
    ask(family, parent)
    said = {
        "outcome": "refused",
        "reason": "Trẻ đã được đăng ký khai sinh ở nơi khác",
        "basis": "Luật Hộ tịch, Điều 16",
    }
    family.hall.complete(child, "receive", **said)
    family.following.follow(family.moved(child))
    assert family.leg(parent, FIRST).outcome is None, "nothing ends while it stands still"
    refused(family, parent)
    assert family.leg(parent, FIRST).outcome.outcome == "refused"


def test_a_leg_whose_turn_came_meanwhile_is_called_for(family):
    parent = family.filed()
    ask(family, parent)
    assert family.begin(parent, FIRST) is None
    refused(family, parent)
    assert [told.leg for told in family.hall.told(parent, LegOpened)] == [FIRST]


def test_a_child_that_could_not_be_made_meanwhile_is_called_for_again_and_made_once(family):
    parent = family.filed()
    opened = family.begin(parent, FIRST)
    ask(family, parent)
    family.starting.start(opened)
    assert not family.hall.told(parent, ChildStarted)
    refused(family, parent)
    first, again = family.hall.told(parent, LegOpened)
    assert first == again
    for _ in range(2):
        family.starting.start(again)
    assert len(family.hall.told(parent, ChildStarted)) == 1
    family.reaching.go_on(parent)
    assert len(family.hall.told(parent, LegOpened)) == 2, "it is there: nobody calls for it"


def test_nothing_is_caught_up_of_a_bundle_that_stands_still_or_of_no_bundle(family):
    parent = family.filed()
    family.begin(parent, FIRST)
    ask(family, parent)
    family.reaching.go_on(parent)
    assert len(family.hall.told(parent, LegOpened)) == 1
    family.reaching.go_on("MC-0000000000000000")
    single = family.hall.at("receive")
    writes = family.hall.rows.writes
    family.reaching.go_on(single)
    assert family.hall.rows.writes == writes


# --- an erasure -------------------------------------------------------------------------------------------------------


def erase(family, reference):
    hall = family.hall
    use = Erasures(hall.dossiers, SealedContent(), hall.driver, hall.clock)
    order = {"reason": "decision 12/QD", "basis": "Law 91/2025/QH15 Art. 14", "by": "an operator"}
    return use.erase(reference, **order, is_open=True)


def test_an_erased_bundle_erases_what_its_child_sealed_of_the_same_people(family):
    parent = family.filed()
    child = family.started(parent)
    assert erase(family, parent).children == (child,)
    found = family.dossier(child)
    assert found.head.erased_at
    assert not [task for task in found.tasks if task.is_open]
    (told,) = family.hall.told(child, DossierErased)
    assert told.basis == "Law 91/2025/QH15 Art. 14"
    assert erase(family, parent).children == (child,), "asked for again, it says the same"
    assert len(family.hall.told(child, DossierErased)) == 1


def test_a_decided_child_keeps_what_it_is_decided_on(family):
    parent = family.filed()
    child = family.started(parent)
    family.decided(child)
    assert erase(family, parent).children == ()
    assert family.dossier(child).head.erased_at is None


def test_what_is_no_bundle_erases_nothing_else(family):
    assert erase(family, family.hall.at("receive")).children == ()
