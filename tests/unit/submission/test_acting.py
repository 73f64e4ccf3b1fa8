"""Filing for another: asked at each act, proved at the submission, over at once when it is ended (R28)."""

import pytest
from msgspec import structs

from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import OneAct
from chalicelib.contracts.onestop import DossierAccepted, DossierProcessed, DossierReturned, ReceiptPrivate
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.refusals import BeyondRepresentation, RepresentationEnded
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import NotFound
from chalicelib.sealing.door import unseal
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table as Vaults
from tests.fakes import people
from tests.support.acting import AGENT, COMPANY, ended, fenced, opened, ready, represent, tell
from tests.support.hall import signed_result

HOLDER = people.CITIZEN
ABOVE = OneAct(id="FIRST-1", version=1)
STRANGER = Principal("citizen-9", "CITIZEN", "Lê Thị Út", 2, "001195000777")


def test_who_is_represented_holds_it_and_both_have_it_on_their_list(hall):
    represent(hall)
    reference = opened(hall)
    assert hall.draft(reference).head.holder == HOLDER.holder
    for who in (HOLDER, AGENT):
        assert [row.pk for row in hall.views.mine(who, "")[0]] == [reference]
        assert hall.submissions.read(who, reference).reference == reference
    assert hall.views.mine(STRANGER, "")[0] == []
    with pytest.raises(NotFound):
        hall.submissions.read(STRANGER, reference)


@pytest.mark.parametrize(
    ("changes", "who", "refusal"),
    [
        ({"state": "ended"}, AGENT, RepresentationEnded),
        ({"closes": "2026-11-24T00:00:00.000+00:00"}, AGENT, RepresentationEnded),
        ({"opens": "2027-01-01T00:00:00.000+00:00"}, AGENT, RepresentationEnded),
        ({"procedures": ("2.000635",)}, AGENT, BeyondRepresentation),
        ({"may": ("pay",)}, AGENT, BeyondRepresentation),
        ({}, STRANGER, NotFound),
        ({}, HOLDER, NotFound),
    ],
)
def test_without_a_representation_that_holds_and_covers_it_nothing_is_opened(hall, changes, who, refusal):
    represent(hall, **changes)
    with pytest.raises(refusal):
        opened(hall, who)
    assert hall.views.mine(HOLDER, "")[0] == []


def test_one_that_nobody_heard_of_is_not_there(hall):
    with pytest.raises(NotFound):
        opened(hall, representation="MD-404")


def test_a_parent_needs_no_list_of_procedures(hall):
    represent(hall, id="LR-1", kind="parent", procedures=(), may=(), storage=None)
    assert hall.draft(opened(hall, representation="LR-1")).head.acting.kind == "parent"


def test_the_submission_tells_by_which_version_of_which_representation(hall):
    kept = represent(hall)
    reference = ready(hall)
    newer = structs.replace(kept, version=2, storage="BOTH")
    fenced(newer)
    tell(hall, newer)
    hall.submit(reference, AGENT)
    (told,) = hall.told(reference, DossierSubmitted)
    said = told.representation
    assert (said.id, said.version, said.storage, said.by) == ("MD-1", 2, "BOTH", AGENT.holder)
    assert hall.draft(reference).head.acting.version == 2


def test_revoked_between_draft_and_submission_it_is_refused_by_the_transaction(hall):
    kept = represent(hall)
    reference = ready(hall)
    ended(hall, kept, is_told=False)  # the dossiers' room has not heard of it: only the fence knows
    before = hall.rows.partition(reference)
    with pytest.raises(RepresentationEnded):
        hall.submit(reference, AGENT)
    assert hall.rows.partition(reference) == before


def test_a_new_version_that_nobody_heard_of_is_no_older_one(hall):
    kept = represent(hall)
    reference = ready(hall)
    fenced(structs.replace(kept, version=2))
    with pytest.raises(RepresentationEnded):
        hall.submit(reference, AGENT)


def test_after_its_end_the_agent_does_nothing_more_and_the_principal_takes_over(hall):
    kept = represent(hall)
    reference = ready(hall)
    ended(hall, kept)
    with pytest.raises(RepresentationEnded):
        hall.submissions.save_form(AGENT, reference, people.form(), 1)
    with pytest.raises(RepresentationEnded):
        hall.submissions.read(AGENT, reference)
    assert hall.views.mine(AGENT, "")[0] == []
    hall.submit(reference, HOLDER)
    (told,) = hall.told(reference, DossierSubmitted)
    assert (told.representation, hall.draft(reference).head.acting) == (None, None)


def test_terms_for_one_act_let_one_through_and_the_holder_takes_over(hall):
    represent(hall, for_one_act=True)
    one, other = ready(hall), ready(hall, key="open-2")
    hall.submit(one, AGENT)
    with pytest.raises(RepresentationEnded):
        hall.submit(other, AGENT, key="submit-2")
    with pytest.raises(RepresentationEnded):
        opened(hall, key="open-3")
    assert hall.draft(other).head.is_draft
    hall.submit(other, HOLDER, key="submit-2")


def test_of_two_submissions_at_once_under_terms_for_one_act_one_goes_through(hall):
    represent(hall, for_one_act=True)
    one, other = ready(hall), ready(hall, key="open-2")
    hall.rows.meanwhile(lambda: hall.submit(other, AGENT, key="submit-2"))
    with pytest.raises(RepresentationEnded):
        hall.submit(one, AGENT)
    assert [hall.draft(each).head.is_draft for each in (one, other)] == [True, False]


def test_fifty_races_of_two_out_of_one_for_one_act_let_one_through(hall):
    for number in range(50):
        first = OneAct(id=f"FIRST-{number}", version=1)
        subs = [represent(hall, id=f"{name}-{number}", above=first).id for name in ("ONE", "TWO")]
        one, other = drafts = [ready(hall, representation=sub, key=f"open-{sub}") for sub in subs]
        hall.rows.meanwhile(lambda other=other, number=number: hall.submit(other, AGENT, key=f"other-{number}"))
        with pytest.raises(RepresentationEnded):
            hall.submit(one, AGENT, key=f"one-{number}")
        assert [hall.draft(each).head.is_draft for each in drafts] == [True, False]


@pytest.mark.parametrize("first", [{"id": "FIRST-1", "for_one_act": True}, {"id": "TWO-1", "above": ABOVE}])
def test_what_was_used_below_is_used_above_and_beside(hall, first):
    represent(hall, id="ONE-1", above=ABOVE)
    hall.submit(ready(hall, representation="ONE-1"), AGENT)
    kept = represent(hall, **first)
    with pytest.raises(RepresentationEnded):
        opened(hall, representation=kept.id, key="open-2")


def test_other_terms_are_for_another_act(hall):
    kept = represent(hall, for_one_act=True)
    hall.submit(ready(hall), AGENT)
    newer = structs.replace(kept, version=2)
    fenced(newer)
    tell(hall, newer)
    hall.submit(ready(hall, key="open-2"), AGENT, key="submit-2")


def test_a_submission_that_ended_its_mandate_is_told_the_same_again(hall):
    kept = represent(hall, for_one_act=True)
    reference = ready(hall)
    first = hall.submit(reference, AGENT)
    ended(hall, kept)
    assert hall.submit(reference, AGENT) == first
    with pytest.raises(RepresentationEnded):
        hall.submissions.read(AGENT, reference)


def test_a_page_of_what_is_filed_for_others_costs_the_same_however_many_mandates(hall, calls):
    kept = [represent(hall, id=f"MD-{n}") for n in range(6)]
    filed = [opened(hall, representation=each.id, key=f"open-{each.id}") for each in kept]
    ended(hall, kept[2])
    hall.clock.advance(days=1)
    calls.clear()
    rows, withheld, _ = hall.views.mine(AGENT, "")
    assert ({row.pk for row in rows}, withheld) == ({*filed} - {filed[2]}, 0)
    assert calls == ["Query", "BatchGetItem", "BatchGetItem"]


def test_a_hundred_races_of_revoking_and_submitting_let_none_through(hall):
    for number in range(100):
        kept = represent(hall, id=f"MD-{number}")
        reference = ready(hall, representation=kept.id, key=f"open-{number}")
        hall.rows.meanwhile(lambda kept=kept: ended(hall, kept, is_told=False))
        with pytest.raises(RepresentationEnded):
            hall.submit(reference, AGENT, key=f"submit-{number}")
        assert hall.draft(reference).head.is_draft


def test_the_receipt_names_who_submitted_and_whose_it_is(hall):
    represent(hall)
    reference = ready(hall)
    hall.submit(reference, AGENT)
    hall.complete(reference, "receive")
    (told,) = hall.told(reference, DossierAccepted)
    private = heard(ReceiptPrivate, unseal(reference, told.sealed))
    assert (private.submitter, private.name) == (AGENT.name, HOLDER.name)


def test_an_organisation_holds_what_its_person_files(hall):
    reference = hall.ready(COMPANY)
    hall.submit(reference, COMPANY)
    hall.complete(reference, "receive")
    (told,) = hall.told(reference, DossierAccepted)
    private = heard(ReceiptPrivate, unseal(reference, told.sealed))
    assert (private.name, private.personal_id, private.kind) == ("Công ty TNHH Hoa Sen", "0100109106", "ORGANISATION")
    assert private.submitter == COMPANY.name


def in_vaults(hall, reference):
    """In whose vault the result of a dossier comes, carried to its end; and its state."""
    for kind in ("receive", "verify", "approve"):
        hall.complete(reference, kind)
    hall.flow.decide(reference)
    head = hall.draft(reference).head
    code = f"{head.dossier_code}-KQ1"
    hall.flow.record_result(signed_result(reference, code, head.holder))
    (processed,) = hall.told(reference, DossierProcessed)
    vault = Vault(Vaults(), hall.clock)
    vault.store_result(processed)
    for owner in {HOLDER.holder, AGENT.holder, COMPANY.holder}:
        for row in hall.stores.events("Vaults", f"OWNER#{owner}"):
            hall.flow.record_delivery(heard(VaultStored, row["data"]))
    found = {
        name: [document.held_for_another for document in vault.documents(who)[0]]
        for name, who in {"principal": HOLDER, "person": AGENT, "organisation": COMPANY}.items()
    }
    return {name: marks for name, marks in found.items() if marks}, hall.draft(reference).head.state


AGENTS = {"person": AGENT, "organisation": COMPANY}
MOMENTS = ("active", "revoked before", "revoked after submission", "expired after submission")


@pytest.mark.parametrize("clause", ["PRINCIPAL", "AGENT", "BOTH", "NONE"])
@pytest.mark.parametrize("agent", AGENTS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_where_the_result_goes_by_clause_moment_and_agent(hall, clause, agent, moment):
    who = AGENTS[agent]
    closes = "2026-11-25T23:00:00.000+00:00" if moment.startswith("expired") else None
    kept = represent(hall, representative=who, storage=clause, closes=closes)
    reference = ready(hall, who)
    if moment == "revoked before":
        ended(hall, kept)
        with pytest.raises(RepresentationEnded):
            hall.submit(reference, who)
        hall.submit(reference, HOLDER)
    else:
        hall.submit(reference, who)
    if moment == "revoked after submission":
        ended(hall, kept)
    if moment.startswith("expired"):
        hall.clock.advance(days=2)
    if moment != "active":
        with pytest.raises((RepresentationEnded, NotFound)):
            hall.submissions.read(who, reference)
        with pytest.raises(NotFound):
            hall.views.read(who, reference)
    theirs = {
        "PRINCIPAL": {"principal": [None]},
        "AGENT": {agent: [True]},
        "BOTH": {"principal": [None], agent: [True]},
        "NONE": {},
    }[clause]
    wanted = {"principal": [None]} if moment.startswith("revoked") else theirs
    assert in_vaults(hall, reference) == (wanted, 10)
    places = [each.destination for told in hall.told(reference, DossierReturned) for each in told.delivered]
    assert places == (["authority"] if wanted == {} else ["vault"])
    (returned,) = hall.told(reference, DossierReturned)
    assert (returned.representation and returned.representation.id) == (None if moment == "revoked before" else kept.id)
