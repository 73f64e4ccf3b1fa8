"""Nobody says yes to a result that was drawn from a form that a supplement corrected since."""

import pytest

from chalicelib.contracts.lifecycle import AskedItem
from chalicelib.messages.fence import former_preview_key, preview_key
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.previewing.confirmations import Confirmations
from chalicelib.onestop.previewing.link import PreviewLinks
from chalicelib.onestop.refusals import ResultNotDrawn
from chalicelib.onestop.store import MESSAGES_BUCKET, Previews
from chalicelib.onestop.supplement.answering import Given as Answer
from tests.fakes import people
from tests.support.hall import Hall, hall

__all__ = ["hall"]

YEAR = "/mother/year_of_birth"
ASKED = SupplementGiven(
    items=(AskedItem(target=YEAR, reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"),)
)


def supplemented(hall):
    """A dossier whose form was corrected after its result was drawn, and verified again."""
    reference = hall.at("receive")
    hall.complete(reference, "verify", outcome="supplement", supplement=ASKED)
    version = hall.draft(reference).head.version
    hall.answers.answer(people.CITIZEN, reference, Answer({YEAR: 1996}, "answer-1", b"{}", version))
    hall.complete(reference, "verify", nth=2, key="task-2")
    return reference


def looked(hall, reference):
    return PreviewLinks(hall.dossiers, hall.views, Previews(), hall.clock).link(people.CITIZEN, reference)


def test_after_a_supplement_the_approval_waits_for_the_new_drawing(hall):
    reference = supplemented(hall)
    with pytest.raises(ResultNotDrawn):
        hall.complete(reference, "approve")
    with pytest.raises(ResultNotDrawn):
        looked(hall, reference)
    hall.draw(reference)
    assert looked(hall, reference)[0].key == preview_key(reference, hall.head(reference)["form_version"])
    assert hall.complete(reference, "approve").outcome == "approved"


def test_the_applicant_confirms_no_draft_of_a_form_that_was_corrected(tables):
    hall = Hall(tables, confirm_within="1d", term={"text": "3wd"})
    reference = supplemented(hall)
    drafts = Confirmations(Acts(hall.dossiers, hall.views, hall.clock), Previews())
    with pytest.raises(ResultNotDrawn):
        drafts.confirm(Asked(people.CITIZEN, reference, "confirm-1", b"{}"))
    hall.draw(reference)
    drafts.confirm(Asked(people.CITIZEN, reference, "confirm-1", b"{}"))
    assert [t.kind for t in hall.draft(reference).tasks if t.is_open] == ["approve"]


def drawn_before(hall, reference):
    """Its result was drawn by the release before alone."""
    key = preview_key(reference, hall.head(reference)["form_version"])
    hall.stores.client("s3").delete_object(Bucket=MESSAGES_BUCKET(), Key=key)
    hall.stores.upload("MESSAGES", former_preview_key(reference), b"%PDF", "application/pdf")


def test_what_the_release_before_drew_counts_until_a_supplement(hall):
    reference = hall.at("receive", "verify")
    drawn_before(hall, reference)
    assert looked(hall, reference)[0].key == former_preview_key(reference)
    assert hall.complete(reference, "approve").outcome == "approved"


def test_what_the_release_before_drew_counts_no_more_after_one(hall):
    reference = supplemented(hall)
    drawn_before(hall, reference)
    with pytest.raises(ResultNotDrawn):
        hall.complete(reference, "approve")
