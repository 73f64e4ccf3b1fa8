"""A component by reference to a document of its holder's vault: whose, of which kind, worth what (R27, R31)."""

import pytest
from msgspec import structs

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.submission import ComponentReferred, ReliedPaperFlagged
from chalicelib.dossier.joined import remember_joined
from chalicelib.dossier.kept import kept_of, remember_kept
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, LevelTooLow, NotAllowed, NotFound
from chalicelib.submission.refusals import (
    AlreadySubmitted,
    ComponentMissing,
    DocumentNotReusable,
    DocumentOfAnotherKind,
)
from chalicelib.submission.reuse import Reuses
from chalicelib.submission.store import Table
from tests.fakes import people
from tests.support.acting import AGENT, opened, represent
from tests.support.held import CODE, flag, hold, paper

OWNER, NOTICE = people.CITIZEN, people.BIRTH_NOTICE
NEW = Principal("citizen-1", "CITIZEN", OWNER.name, 2, "086195000001", own=True)


@pytest.fixture
def reuses(hall):
    return Reuses(Table(), hall.submissions.to_reuse, hall.clock)


@pytest.fixture
def draft(hall):
    """A draft whose form is filled in, and that lacks the birth notice."""
    reference = hall.open(OWNER)
    hall.submissions.save_form(OWNER, reference, people.form(), 0)
    return reference


def refer(reuses, draft, who=OWNER, component=NOTICE, document=CODE):
    return reuses.refer(who, draft, component, document)


def test_a_document_of_the_vault_is_the_component_by_key_version_and_hash(hall, reuses, draft):
    held = hold(hall)
    (component,) = refer(reuses, draft).components
    for name in ("key", "version_id", "sha256", "size"):
        assert getattr(component, name) == getattr(held, name)
    assert (component.code, component.reused.document, component.reused.issuer) == (NOTICE, CODE, "H01.10.25")
    assert (component.digitisation.status, component.digitisation.code) == ("exempt", "held_in_vault")
    (told,) = hall.told(draft, ComponentReferred)
    assert (told.document, told.provenance) == (CODE, "CONVERTED_SIGNED")
    hall.submit(draft, OWNER)
    assert hall.draft(draft).head.state == 1


def test_without_it_the_draft_is_not_submitted(hall, draft):
    with pytest.raises(ComponentMissing):
        hall.submit(draft, OWNER)


def test_the_same_reference_again_changes_nothing(hall, reuses, draft):
    hold(hall)
    refer(reuses, draft)
    before = hall.rows.writes
    assert len(refer(reuses, draft).components) == 1
    assert hall.rows.writes == before


def test_another_document_takes_the_place_of_the_one_before(hall, reuses, draft):
    hold(hall)
    hold(hall, id="SH-2", code="SH-2")
    refer(reuses, draft)
    (component,) = refer(reuses, draft, document="SH-2").components
    assert component.reused.document == "SH-2"


def test_a_document_of_a_former_number_is_theirs_too(hall, reuses):
    hold(hall)
    draft = hall.open(NEW)
    with pytest.raises(NotFound):
        refer(reuses, draft, NEW)
    hall.clock.advance(minutes=1)
    joined = PersonChanged(person=NEW.holder, kind="renumbered", register="population", at="", former=(OWNER.holder,))
    remember_joined(joined, stamp(hall.clock()))
    assert refer(reuses, draft, NEW).components


# --- refused by name -------------------------------------------------------------------------------------------------


def test_another_person_s_document_looks_like_none(hall, reuses, draft):
    hold(hall, people.NEIGHBOUR)
    for name in (CODE, "nothing"):
        with pytest.raises(NotFound) as refused:
            refer(reuses, draft, document=name)
        assert refused.value.facts == {"what": "document"}


def test_whoever_files_for_the_holder_opens_no_vault(hall, reuses):
    hold(hall)
    hold(hall, AGENT)
    represent(hall)
    draft = opened(hall)
    with pytest.raises(NotAllowed):
        refer(reuses, draft, AGENT)
    with pytest.raises(NotFound):
        refer(reuses, draft, NEW)


def test_what_is_no_component_or_another_paper(hall, reuses, draft):
    hold(hall)
    with pytest.raises(BodyInvalid):
        refer(reuses, draft, component="KQ000000")
    other = hall.draft(draft).plan.components[1].code
    with pytest.raises(DocumentOfAnotherKind) as refused:
        refer(reuses, draft, component=other)
    assert refused.value.facts == {"document": CODE, "kind": NOTICE, "component": other}


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"withdrawn_at": "2026-11-24T02:00:00.000+00:00"}, "withdrawn"),
        ({"replaced_by": "SH-2"}, "replaced"),
        ({"valid_until": "2026-11-24"}, "expired"),
    ],
)
def test_what_is_worth_nothing_any_more(hall, reuses, draft, about, why):
    hold(hall, **about)
    with pytest.raises(DocumentNotReusable) as refused:
        refer(reuses, draft)
    assert (refused.value.facts["document"], refused.value.facts["why"]) == (CODE, why)


@pytest.mark.parametrize("why", ["withdrawn", "replaced"])
def test_what_the_vault_knows_already_counts_though_nobody_was_told_yet(hall, reuses, draft, why):
    held = hold(hall)
    flag(hall, held, told=False, why=why)
    with pytest.raises(DocumentNotReusable):
        refer(reuses, draft)
    assert hall.draft(draft).components == ()


def test_the_last_day_of_validity_counts(hall, reuses, draft):
    hold(hall, valid_until="2026-11-25")
    assert refer(reuses, draft).components


def test_what_asks_for_a_higher_level(hall, reuses, draft, monkeypatch):
    hold(hall, min_level=3)
    with pytest.raises(LevelTooLow):
        refer(reuses, draft)


def test_what_was_submitted(hall, reuses):
    hold(hall)
    with pytest.raises(AlreadySubmitted):
        refer(reuses, hall.submitted())


# --- what is withdrawn later -----------------------------------------------------------------------------------------


def test_a_submission_proves_that_the_document_stands(hall, reuses, draft):
    held = hold(hall)
    refer(reuses, draft)
    flag(hall, held, told=False)
    with pytest.raises(DocumentNotReusable) as refused:
        hall.submit(draft, OWNER)
    assert refused.value.facts["documents"] == [CODE]
    assert hall.draft(draft).head.is_draft


def test_a_draft_loses_the_component_and_says_that_it_is_missing(hall, reuses, draft):
    told = flag(hall, hold_and(hall, reuses, draft))
    for _ in range(2):
        reuses.fall_away(told)
    assert hall.draft(draft).components == ()
    assert [event.why for event in hall.told(draft, ReliedPaperFlagged)] == ["withdrawn"]
    with pytest.raises(ComponentMissing):
        hall.submit(draft, OWNER)


def hold_and(hall, reuses, draft):
    held = hold(hall)
    refer(reuses, draft)
    return held


@pytest.mark.parametrize("why", ["withdrawn", "replaced"])
def test_an_open_dossier_is_told_once_and_keeps_the_file(hall, reuses, draft, why):
    held = hold_and(hall, reuses, draft)
    hall.submit(draft, OWNER)
    told = flag(hall, held, why=why)
    for _ in range(2):
        reuses.fall_away(told)
    (component,) = hall.draft(draft).components
    assert component.reused.fell_away == why
    (event,) = hall.told(draft, ReliedPaperFlagged)
    assert (event.component, event.document, event.agency, event.handler) == (
        NOTICE, CODE, people.OFFICE["id"], "H01.10.25",
    )  # fmt: skip


def test_who_does_not_rely_on_it_is_not_told(hall, reuses, draft):
    other = hall.submitted()
    held = hold_and(hall, reuses, draft)
    reuses.fall_away(flag(hall, structs.replace(held, document="SH-3")))
    reuses.fall_away(flag(hall, structs.replace(held, owner=people.NEIGHBOUR.holder)))
    assert hall.told(draft, ReliedPaperFlagged) == []
    assert hall.told(other, ReliedPaperFlagged) == []
    assert hall.draft(draft).components


def test_what_a_vault_told_late_changes_nothing(hall):
    held, flagged = paper(), paper(withdrawn_at="x")
    remember_kept(flagged, "2026-11-26T00:00:00.000+00:00")
    remember_kept(held, "2026-11-25T00:00:00.000+00:00")
    assert kept_of(OWNER.holder, CODE).paper.withdrawn_at == "x"
