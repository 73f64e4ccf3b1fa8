"""The applicant sees the draft before it is approved: they confirm it, correct it, or are silent."""

import pytest

from chalicelib.contracts.confirming import ConfirmationAsked, PreviewConfirmed, PreviewCorrected
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import typed
from chalicelib.dossier.noticed import SYSTEM, NoticeFacts, gives_notice
from chalicelib.kernel.problem import ForbiddenStep, NotAllowed, NotFound
from chalicelib.law.states import DossierState
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.coordination.views import legs_view
from chalicelib.onestop.noticed import why
from chalicelib.onestop.previewing.confirmations import Confirmations
from chalicelib.onestop.refusals import NothingToConfirm
from chalicelib.onestop.store import Previews, Table
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.windows import windows
from tests.fakes import people
from tests.support.hall import LEG, Hall

WRONG = "Ngày sinh của con là 18/11/2026"


class Applicant:
    """A hall whose procedure asks the applicant, and a dossier that was verified."""

    def __init__(self, tables):
        self.hall = hall = Hall(tables, confirm_within="1d", term={"text": "3wd"})
        self.reference = hall.at("receive")
        self.due_at = hall.head(self.reference)["due_at"]
        hall.complete(self.reference, "verify")
        self.draft = Confirmations(Acts(hall.dossiers, hall.views, hall.clock), Previews())
        self.sweep = Sweep(Table(), hall.clock, windows(Table(), hall.clock))

    @property
    def dossier(self):
        return self.hall.draft(self.reference)

    def open(self):
        return [(t.kind, t.round) for t in self.dossier.tasks if t.is_open]

    def confirm(self, who=people.CITIZEN, key="confirm-1"):
        return self.draft.confirm(Asked(who, self.reference, key, b"{}"))

    def correct(self, key="correct-1"):
        return self.draft.correct(Asked(people.CITIZEN, self.reference, key, b"{c}"), [WRONG])


@pytest.fixture
def applicant(tables):
    return Applicant(tables)


def test_after_verification_the_applicant_is_asked_and_the_clock_stands(applicant):
    assert applicant.open() == [("confirm", 1)]
    (told,) = applicant.hall.told(applicant.reference, ConfirmationAsked)
    assert told.confirm_by == applicant.dossier.task(LEG, "confirm").due_at
    assert [(m.type, m.reason) for m in applicant.dossier.clock.marks] == [("stop", "confirmation")]
    assert applicant.dossier.head.state == DossierState.PROCESSING


def test_a_confirmed_draft_goes_to_whoever_approves_and_its_time_does_not_count(applicant):
    applicant.hall.clock.advance(hours=20)
    done = applicant.confirm()
    assert done == applicant.confirm(), "the same key tells the same"
    assert applicant.open() == [("approve", 1)]
    (told,) = applicant.hall.told(applicant.reference, PreviewConfirmed)
    assert not told.by_silence
    assert applicant.dossier.head.due_at >= applicant.due_at
    assert [m.type for m in applicant.dossier.clock.marks] == ["stop", "resume"]
    assert applicant.hall.complete(applicant.reference, "approve").outcome == "approved"


def test_corrections_go_back_to_verification_with_the_applicants_words(applicant):
    applicant.correct()
    assert applicant.open() == [("verify", 2)]
    (told,) = applicant.hall.told(applicant.reference, PreviewCorrected)
    assert WRONG not in repr(told)
    assert legs_view(applicant.dossier).corrections == [WRONG]
    applicant.hall.complete(applicant.reference, "verify", nth=2)
    assert applicant.open() == [("confirm", 2)]
    applicant.confirm()
    assert applicant.open() == [("approve", 1)]


def test_silence_confirms_when_the_window_ends_and_once(applicant):
    assert applicant.sweep.run().silent == 0
    applicant.hall.clock.advance(days=3)
    assert [applicant.sweep.run().silent for _ in range(2)] == [1, 0]
    (told,) = applicant.hall.told(applicant.reference, PreviewConfirmed)
    assert told.by_silence
    (row,) = [each for each in applicant.dossier.events if each.type == PreviewConfirmed.type]
    assert gives_notice(row)
    assert "coi như ông/bà đã xác nhận" in why(row, typed(NoticeFacts, row.data, row.stored), applicant.dossier.head)
    assert applicant.open() == [("approve", 1)]


def test_a_question_of_an_earlier_release_is_a_notice_without_what_it_did_not_say():
    kept = {"reference": "R", "agency": "H01.10.24", "confirm_by": "2026-12-01T03:00:00Z"}
    facts = heard(NoticeFacts, kept)
    assert (facts.received_at, facts.handler) == ("", SYSTEM)


def test_nothing_is_confirmed_twice_or_before_it_is_asked(applicant):
    applicant.confirm()
    with pytest.raises(NothingToConfirm):
        applicant.confirm(key="confirm-2")
    with pytest.raises(NothingToConfirm):
        applicant.correct()


def test_only_whom_it_concerns_confirms(applicant):
    with pytest.raises(NotFound):
        applicant.confirm(people.NEIGHBOUR)
    with pytest.raises(NotAllowed):
        applicant.confirm(people.LEADER)


@pytest.mark.parametrize("state", [DossierState.WITHDRAWAL_REQUESTED, DossierState.STOPPED])
def test_a_dossier_that_stands_still_is_not_confirmed(applicant, state):
    applicant.hall.put(applicant.reference, state=int(state))
    with pytest.raises(ForbiddenStep):
        applicant.confirm()
    applicant.hall.clock.advance(days=3)
    assert applicant.sweep.run().silent == 0


def test_who_filed_at_the_counter_is_not_asked(tables):
    hall = Hall(tables, confirm_within="1d", term={"text": "3wd"})
    reference = hall.at("receive")
    hall.put(reference, channel="POSTAL")
    hall.complete(reference, "verify")
    assert [t.kind for t in hall.draft(reference).tasks if t.is_open] == ["approve"]


def test_the_slip_says_that_the_applicant_had_it(applicant):
    applicant.confirm()
    slips = {t.kind: t.slip for t in applicant.dossier.tasks if t.slip}
    assert (slips["verify"].receiver, slips["confirm"].receiver) == ("Người nộp hồ sơ", "Lãnh đạo ký duyệt")


def test_a_procedure_that_says_nothing_asks_nobody(hall):
    reference = hall.at("receive", "verify")
    assert [t.kind for t in hall.draft(reference).tasks if t.is_open] == ["approve"]
