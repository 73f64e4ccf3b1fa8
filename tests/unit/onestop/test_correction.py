"""An officer's error in a returned result is mended by a linked dossier at the agency's cost (61/2018 Art. 21; R48)."""

import pytest
from msgspec import structs
from msgspec.structs import replace

from chalicelib.contracts.digitisation import Digitisation
from chalicelib.contracts.lifecycle import CorrectionOpened
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.change import Change
from chalicelib.dossier.lists import mine
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Part, read
from chalicelib.dossier.readings import read_papers, sealed_values
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, ContentErased, ForbiddenStep, KeyReused, NotAllowed
from chalicelib.law.states import DossierState
from chalicelib.onestop.changes.correction import Corrections
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.refusals import CorrectionOpen
from chalicelib.sealing import table
from chalicelib.sealing.door import SealedForAnother, ring, unseal
from tests.fakes import people
from tests.support.hall import LEG, signed_result

REASON = "Ngày sinh trên giấy khai sinh in sai"


@pytest.fixture
def returned(hall):
    """The reference of a dossier whose result is returned."""
    reference = hall.decided()
    code = hall.head(reference)["dossier_code"]
    hall.flow.record_result(signed_result(reference, f"{code}-KQ1"))
    hall.flow.record_delivery(VaultStored(reference=reference, document=f"{code}-KQ1", stored_at=stamp(hall.clock())))
    return reference


@pytest.fixture
def correct(hall):
    corrections = Corrections(Acts(hall.dossiers, hall.views, hall.clock))

    def correct(reference, who=people.LEADER, key="correct-1", reason=REASON, raw=b"{}"):
        done = corrections.open(Asked(who, reference, key, raw), reason)
        return done.row.data["correction"]

    return correct


def test_whom_the_form_names_and_who_files_as_a_foreigner_stand_on_the_new_dossier_too(hall, returned, correct):
    form = structs.replace(hall.draft(returned).form, named="0123456789ab")
    Change(hall.draft(returned).head, hall.clock()).save_form(form).write()
    hall.put(returned, also=["f" * 32])
    head = hall.draft(correct(returned)).head
    assert (head.named, head.also) == ("0123456789ab", ("f" * 32,))


def test_a_new_dossier_of_the_same_holder_form_and_files_stands_at_reception_and_the_old_one_stays(
    hall, returned, correct
):
    old = hall.head(returned)
    new = correct(returned)
    head, former = hall.draft(new).head, hall.draft(returned)
    assert (head.state, head.corrects, head.holder) == (DossierState.REGISTERED, returned, former.head.holder)
    assert (former.head.state, former.head.corrected_by) == (DossierState.RESULT_RETURNED, (new,))
    assert "open_pk" not in hall.head(returned)
    assert old["returned_at"] == hall.head(returned)["returned_at"]
    assert holder_of(head) == holder_of(former.head)
    assert unseal(new, hall.draft(new).form.sealed) == unseal(returned, former.form.sealed)
    theirs, mine_now = ([replace(c, as_read=None) for c in d.components] for d in (former, hall.draft(new)))
    assert mine_now == theirs
    assert hall.draft(new).pinned == former.pinned
    task = hall.rows.get(new, f"TASK#{LEG}#receive")
    assert (task["status"], task["agency"]) == ("open", people.OFFICE["id"])
    assert {row.pk for row in mine(people.CITIZEN.holder, "")[0]} == {returned, new}
    assert hall.rows.unbroken(new)
    assert hall.rows.unbroken(returned)


def test_what_was_read_on_a_paper_goes_with_it_under_the_new_dossiers_key(hall, returned, correct):
    kept, printed = hall.draft(returned).components[0], {"noi_sinh": "Bệnh viện Hùng Vương"}
    values = sealed_values(returned, "giay_chung_sinh", printed)
    change = Change(hall.draft(returned).head, hall.clock())
    change.settle_component(kept, Digitisation(status="converted"), values).write()
    new = correct(returned)
    for reference in (returned, new):
        (paper,) = read_papers(reference, hall.draft(reference).components)
        assert [(each.field, each.value) for each in paper.said] == [("noi_sinh", "Bệnh viện Hùng Vương")]


def test_it_costs_nothing_and_is_told_to_its_holder_on_both(hall, returned, correct):
    new = correct(returned)
    (told,) = hall.told(new, DossierSubmitted)
    assert (told.fee.amount, told.fee.currency, told.corrects, told.attempt) == (0, "VND", returned, 1)
    (row,) = hall.rows.events(new)
    assert row["state"] == DossierState.REGISTERED
    assert all((told.agency, told.received_at, told.due_at))
    (linked,) = hall.told(returned, CorrectionOpened)
    assert unseal(returned, linked.sealed) == {"reason": REASON}
    assert all((linked.agency, linked.handler, linked.received_at, linked.processed_at))


def test_it_goes_its_way_as_any_other(hall, returned, correct):
    new = correct(returned)
    for kind in ("receive", "verify", "approve"):
        hall.complete(new, kind)
    hall.flow.decide(new)
    assert hall.head(new)["decided_at"]
    assert hall.head(new)["dossier_code"] != hall.head(returned)["dossier_code"]


def test_what_the_new_one_keeps_of_people_is_under_keys_of_its_own(hall, returned, correct):
    new = correct(returned)
    with pytest.raises(SealedForAnother):
        unseal(returned, hall.draft(new).form.sealed)
    table.destroy(returned, stamp(hall.clock()))
    ring().forget(returned)
    assert unseal(new, hall.draft(new).form.sealed)["child"]
    with pytest.raises(ContentErased):
        unseal(returned, hall.draft(returned).form.sealed)


def test_the_same_request_opens_one_and_another_none_before_that_ended(hall, returned, correct):
    new = correct(returned)
    assert correct(returned) == new
    with pytest.raises(KeyReused):
        correct(returned, raw=b'{"x": 1}')
    with pytest.raises(CorrectionOpen) as refused:
        correct(returned, key="correct-2")
    assert refused.value.facts["correction"] == new
    for state in (DossierState.STOPPED, DossierState.NOT_ACCEPTED, DossierState.RESULT_RETURNED):
        hall.put(hall.draft(returned).head.corrected_by[-1], state=state)
        correct(returned, key=f"after {state}")
    assert len(set(hall.draft(returned).head.corrected_by)) == 4


def test_of_two_at_once_one_is_opened(hall, returned, correct):
    """Two valid birth certificates came of two corrections."""
    hall.rows.meanwhile(lambda: correct(returned, key="other"))
    with pytest.raises(CorrectionOpen):
        correct(returned)
    assert len(hall.draft(returned).head.corrected_by) == 1


@pytest.mark.parametrize("state", [1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_only_what_is_returned_is_corrected_so(hall, returned, correct, state):
    hall.put(returned, state=state)
    with pytest.raises(ForbiddenStep) as refused:
        correct(returned)
    assert refused.value.facts["state"] == state


def test_who_receives_or_holds_it_opens_none_and_a_reason_is_owed(returned, correct):
    for who in (people.RECEPTION, people.CITIZEN):
        with pytest.raises(NotAllowed):
            correct(returned, who=who)
    with pytest.raises(BodyInvalid):
        correct(returned, reason="E-1")


def test_those_who_hold_it_together_or_file_it_have_the_new_one_on_their_lists(hall, returned, correct):
    from tests.unit.onestop.test_withdrawal import together

    together(hall, returned)
    new = correct(returned)
    assert new in {row.pk for row in mine(people.NEIGHBOUR.holder, "")[0]}
    assert read(new, Part.TASKS).head.co_holders[0].holder == people.NEIGHBOUR.holder
