"""By which right an agent takes an original back: a mandate that holds, or a scan of the paper that authorises them."""

import pytest
from msgspec import structs

from chalicelib.contracts.originals import OriginalTaken
from chalicelib.dossier.change import Change
from chalicelib.dossier.on_paper import Original, PapersItem
from chalicelib.dossier.reading import Part
from chalicelib.dossier.refusals import MandateEnded
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.originals.hands import Originals, Taker
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.acting import AGENT, ended, ready, represent, tell

REFUSED = {"outcome": "refused", "reason": "Nơi cư trú không thuộc xã này", "basis": "Điều 13"}
THEM = Taker(to="agent", proof="signature", name=AGENT.name, number=AGENT.identity)


@pytest.fixture
def kept(hall):
    return represent(hall)


@pytest.fixture
def reference(hall, kept):
    """A refused dossier that an agent filed, with an original that the commune has."""
    found = ready(hall)
    hall.submit(found, AGENT)
    hall.complete(found, "receive", **REFUSED)
    original = Original(
        n=1, code=people.BIRTH_NOTICE, agency=people.OFFICE["id"], since=stamp(hall.clock()), name=people.RECEPTION.name
    )
    Change(hall.draft(found).head, hall.clock()).keep_papers(PapersItem(originals=(original,))).write()
    return found


@pytest.fixture
def give_back(hall, reference):
    originals = Originals(Acts(hall.dossiers, hall.views, hall.clock))
    return lambda taker: originals.give_back(Asked(people.RECEPTION, reference, "b", b"{}"), 1, taker)


def returned(hall, reference):
    return hall.dossiers.dossier(reference, Part.PAPERS).papers.originals[0].returned


def test_whoever_filed_under_a_mandate_that_holds_takes_it_by_their_number(hall, reference, give_back):
    with pytest.raises(BodyInvalid):
        give_back(structs.replace(THEM, number="087084000999"))
    give_back(THEM)
    kept = returned(hall, reference)
    assert (kept.to, kept.proof, kept.authorisation) == ("agent", "signature", None)
    (told,) = hall.told(reference, OriginalTaken)
    assert (told.number, told.authorisation, told.handler) == (1, None, people.RECEPTION.name)
    reason = unseal(reference, told.sealed)["reason"]
    assert f"{AGENT.name} (ủy quyền trên hồ sơ, chữ ký)" in reason
    assert AGENT.identity not in reason


def test_whose_mandate_was_revoked_takes_none_and_one_that_is_over_as_agreed_needs_a_paper(hall, kept, give_back):
    ended(hall, kept)
    with pytest.raises(MandateEnded):
        give_back(THEM)
    tell(hall, structs.replace(kept, version=9, state="ended", ended_at=stamp(hall.clock()), ended_why="work_done"))
    with pytest.raises(BodyInvalid) as refused:
        give_back(THEM)
    assert [(each.pointer, each.rule) for each in refused.value.fields] == [("/authorisation", "required")]


def test_nobody_is_told_of_an_original_that_was_not_given(hall, reference, give_back):
    with pytest.raises(BodyInvalid):
        give_back(structs.replace(THEM, number="087084000999", authorisation="none"))
    assert (returned(hall, reference), hall.told(reference, OriginalTaken)) == (None, [])
