"""Several holders of one dossier: each confirms with their own identity, sees it, and has the result."""

from copy import replace
from datetime import date

import pytest
from msgspec import structs

from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import DossierAccepted, DossierProcessed, ReceiptPrivate
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.holding import Acting, CoHolder, Named
from chalicelib.dossier.people import keepers_of, routing_of
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import BodyInvalid, LevelTooLow, NotAllowed, NotFound
from chalicelib.sealing.door import unseal
from chalicelib.submission.holders import MOST, Holders
from chalicelib.submission.refusals import AlreadySubmitted, HoldersUnconfirmed
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table as Vaults
from tests.fakes import people
from tests.fakes.draft import draft
from tests.support.acting import ready, represent
from tests.support.hall import signed_result

FIRST, SECOND = people.CITIZEN, people.NEIGHBOUR
THIRD = Principal("citizen-9", "CITIZEN", "Lê Thị Út", 2, "001195000777")
NAMED = Named(name=SECOND.name, personal_id=SECOND.personal_id)


@pytest.fixture
def holders(hall):
    return Holders(hall.drafts, hall.submissions.to_name, hall.clock)


@pytest.fixture
def named(hall, holders):
    """A draft that is ready, of which a second holder was named."""
    reference = hall.ready()
    holders.name(FIRST, reference, NAMED)
    return reference


def test_nothing_is_submitted_before_everybody_confirmed(hall, holders, named):
    with pytest.raises(HoldersUnconfirmed) as refused:
        hall.submit(named)
    assert refused.value.facts == {"unconfirmed": 1, "changed_since": 0}
    holders.confirm(SECOND, named)
    hall.submit(named)


def test_what_was_changed_after_the_confirmation_is_confirmed_again(hall, holders, named):
    holders.confirm(SECOND, named)
    hall.submissions.save_form(FIRST, named, people.form(requester={"phone": "0987654321"}), 1)
    with pytest.raises(HoldersUnconfirmed) as refused:
        hall.submit(named)
    assert refused.value.facts == {"unconfirmed": 0, "changed_since": 1}
    holders.confirm(SECOND, named)
    hall.submit(named)


def test_who_was_named_reads_it_and_has_it_on_their_list_once_they_confirmed(hall, holders, named):
    assert hall.submissions.read(SECOND, named).reference == named
    assert hall.views.mine(SECOND, "")[0] == []
    for _ in range(2):
        holders.confirm(SECOND, named)
    assert [row.pk for row in hall.views.mine(SECOND, "")[0]] == [named]
    hall.submit(named)
    assert hall.views.read(SECOND, named).reference == named
    (row,) = hall.views.mine(SECOND, "")[0]
    assert row.state == 1


def test_who_was_not_named_confirms_nothing_and_sees_nothing(hall, holders, named):
    for ask in (holders.confirm, hall.submissions.read):
        with pytest.raises(NotFound):
            ask(THIRD, named)
    with pytest.raises(NotFound):
        holders.confirm(FIRST, named)
    with pytest.raises(NotFound):
        holders.confirm(SECOND, "MC-404")


def test_who_confirms_is_known_as_surely_as_the_procedure_asks(hall, holders, named):
    with pytest.raises(LevelTooLow):
        holders.confirm(replace(SECOND, level=1), named)
    assert hall.draft(named).head.co_holders[0].confirmed_at is None


def test_a_co_holder_changes_and_submits_nothing_and_names_nobody(hall, holders, named):
    holders.confirm(SECOND, named)
    for act in (
        lambda: hall.submissions.save_form(SECOND, named, people.form(), 1),
        lambda: hall.submit(named, SECOND),
        lambda: holders.name(SECOND, named, Named(name=THIRD.name, personal_id=THIRD.personal_id)),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_representative_names_nobody(hall, holders):
    """Who holds a dossier with somebody is for that somebody to say."""
    represent(hall, represented=THIRD, representative=FIRST)
    reference = ready(hall, FIRST)
    with pytest.raises(NotAllowed):
        holders.name(FIRST, reference, NAMED)
    holders.name(THIRD, reference, NAMED)


def test_naming_twice_is_once_and_oneself_is_nobody_beside_oneself(hall, holders, named):
    holders.name(FIRST, named, NAMED)
    assert len(hall.draft(named).head.co_holders) == 1
    with pytest.raises(BodyInvalid):
        holders.name(FIRST, named, Named(name=FIRST.name, personal_id=FIRST.personal_id))


def test_more_than_so_many_are_refused(hall, holders, named):
    for number in range(1, MOST):
        holders.name(FIRST, named, Named(name="Người", personal_id=f"00109000{number:04d}"))
    with pytest.raises(BodyInvalid):
        holders.name(FIRST, named, Named(name="Người", personal_id="001090009999"))


def test_after_the_submission_nobody_is_named_and_nobody_confirms(hall, holders, named):
    holders.confirm(SECOND, named)
    hall.submit(named)
    with pytest.raises(AlreadySubmitted):
        holders.confirm(SECOND, named)
    with pytest.raises(AlreadySubmitted):
        holders.name(FIRST, named, Named(name=THIRD.name, personal_id=THIRD.personal_id))


def test_names_are_sealed_and_numbers_hashed(hall, named):
    rows = str(hall.rows.partition(named))
    assert SECOND.personal_id not in rows
    assert SECOND.name not in rows


def test_both_have_the_result_and_the_receipt_names_both(hall, holders, named):
    holders.confirm(SECOND, named)
    hall.submit(named)
    for kind in ("receive", "verify", "approve"):
        hall.complete(named, kind)
    (accepted,) = hall.told(named, DossierAccepted)
    private = heard(ReceiptPrivate, unseal(named, accepted.sealed))
    assert (private.name, private.together) == (FIRST.name, (SECOND.name,))
    hall.flow.decide(named)
    code = f"{hall.draft(named).head.dossier_code}-KQ1"
    hall.flow.record_result(signed_result(named, code, FIRST.holder))
    (processed,) = hall.told(named, DossierProcessed)
    vault = Vault(Vaults(), hall.clock)
    for _ in range(2):
        vault.store_result(processed)
    told = [heard(VaultStored, row["data"]) for who in (FIRST, SECOND) for row in events(hall, who)]
    assert [each.awaited for each in told] == [1, None]
    hall.flow.record_delivery(told[0])
    assert hall.draft(named).head.state == 9
    hall.flow.record_delivery(told[1])
    assert hall.draft(named).head.state == 10
    for who in (FIRST, SECOND):
        (document,), *_ = vault.documents(who)
        assert (document.code, document.held_for_another) == (code, None)


def events(hall, who):
    return hall.stores.events("Vaults", f"OWNER#{who.holder}")


@pytest.mark.parametrize(("clause", "kept"), [("AGENT", {"second", "agent"}), ("NONE", {"second"})])
def test_who_holds_it_too_has_the_result_whatever_the_mandate_says(clause, kept):
    """They are no side of it."""
    second = CoHolder(holder="second", sealed="-", confirmed_at="2026-11-25T02:00:00.000+00:00")
    acting = Acting(by="agent", under="MD-1", version=1, kind="mandate", sealed="-", storage=clause)
    head = draft(holder="first").head
    head = structs.replace(head, acting=acting, co_holders=(second,))
    assert set(keepers_of(head, routing_of(head, "active", date(2026, 11, 25)))) == kept
