"""The applicant objects to what an officer entered for them; another officer answers, and nothing waits for it."""

import pytest
from msgspec import structs

from chalicelib.contracts.lifecycle import AskedItem, DossierSupplemented, ObjectionAnswered, SupplementObjected
from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import KeyReused, NotAllowed
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.objection import Objections
from chalicelib.onestop.changes.refusals import NothingToObject
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.refusals import EnteredBySelf
from chalicelib.onestop.supplement.answering import Given
from chalicelib.onestop.supplement.counter import Present
from tests.fakes import people

FIELD = AskedItem(
    target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
)
BOTH = structs.replace(people.RECEPTION, roles=frozenset({"reception", "leader"}))


@pytest.fixture
def entered(hall):
    """A dossier of which reception entered the answer to a supplement at the counter."""
    reference = hall.at()
    hall.complete(reference, "receive", outcome="supplement", supplement=SupplementGiven(items=(FIELD,)), key="ask")
    hall.clock.advance(minutes=1)
    slip = hall.add(reference, code="UNCLASSIFIED", filename="phieu.jpg", sha256="fe" * 32, origin="drop").id
    present = Present("Lê An", people.CITIZEN.personal_id, slip)
    version = int(hall.head(reference)["version"])
    given = Given({"/mother/year_of_birth": 1996}, "answer-1", b"{}", version, present)
    hall.answers.answer(people.RECEPTION, reference, given)
    return reference


def make(hall, reference, who=people.CITIZEN, key="object-1", raw=b"{}"):
    return Objections(Acts(hall.dossiers, hall.views, hall.clock)).make(
        Asked(who, reference, key, raw), "Tôi không đến"
    )


def test_it_is_made_once_in_its_days_by_whom_it_concerns_and_stops_no_clock(hall, entered):
    before = hall.draft(entered)
    with pytest.raises(NotAllowed):
        make(hall, entered, who=people.RECEPTION)
    done = make(hall, entered)
    assert make(hall, entered) == done
    with pytest.raises(KeyReused):
        make(hall, entered, raw=b"{ }")
    with pytest.raises(NothingToObject):
        make(hall, entered, key="object-2")
    after = hall.draft(entered)
    assert (after.open_task, after.clock, after.head.state) == (before.open_task, before.clock, before.head.state)
    assert len(hall.told(entered, SupplementObjected)) == 1


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (1, True)])
def test_until_the_last_moment_of_its_window_and_not_after(hall, entered, seconds, late):
    (told,) = hall.told(entered, DossierSupplemented)
    hall.clock.now = moment(told.object_by)
    hall.clock.advance(seconds=seconds)
    if late:
        with pytest.raises(NothingToObject):
            make(hall, entered)
    else:
        make(hall, entered)


def test_whoever_entered_it_does_not_answer(hall, entered):
    make(hall, entered)
    with pytest.raises(EnteredBySelf):
        hall.complete(entered, "objection", who=BOTH, outcome="dismissed", reason="Không có căn cứ nào cho ý kiến này")
    hall.complete(
        entered, "objection", who=people.LEADER, outcome="dismissed", reason="Phiếu có chữ ký của người nộp hồ sơ"
    )
    (told,) = hall.told(entered, ObjectionAnswered)
    assert (told.upheld, told.handler) == (False, people.LEADER.name)
