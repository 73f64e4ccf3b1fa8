"""Drafts, their saving, review, withdrawal and comparison: each act both ways, once per key, in one write."""

import pytest

from chalicelib.catalogue.procedures.items import Finding
from chalicelib.catalogue.records.starting import form_of
from chalicelib.catalogue.refusals import VersionInvalid
from chalicelib.catalogue.restructuring.store import SHARDS
from chalicelib.catalogue.versions import service as editing_room
from chalicelib.catalogue.versions.keyed import KEYS_KEPT
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import ForbiddenStep, KeyReused, LostUpdate, NotFound, TryAgain
from tests.fakes import people
from tests.support.hall import version
from tests.support.keepers import (
    BIRTH,
    COLLEAGUE,
    EDITOR,
    PUBLISHER,
    REVIEWER,
    STRANGER,
    act,
    birth,
    findings,
    ours,
    unconditional,
)
from tests.unit.catalogue.records.given import read

PK = f"PROCEDURE#{BIRTH}"


def fields(refused):
    return {(f.pointer, f.rule) for f in refused.value.fields}


def start(hall, based_on, key="start-1", who=EDITOR, code=BIRTH):
    return hall.editing.start(who, code, None, based_on, act(key))


def review(hall, item, who=REVIEWER, *, found=None, key="review-1", accepted=True):
    given = findings() if found is None else found
    return hall.editing.review(who, item.code, item.version, given, act(key), accepted=accepted)


def submitted(hall):
    item = hall.started()
    return hall.editing.submit(EDITOR, BIRTH, item.version, act("submit-1"))


# --- starting --------------------------------------------------------------------------------------------------------


def test_a_draft_begins_with_facts_that_are_given_and_a_plain_form(hall):
    item = hall.started()
    assert (item.version, item.state, item.edit) == (1, "draft", 1)
    assert item.facts == birth()
    assert item.form["id"] == f"{BIRTH}-plain"
    assert hall.kept() == item
    assert hall.log() == ["version.started"]
    assert (hall.told(), hall.rows.writes) == ({"procedure": BIRTH, "version": 1, "state": "draft"}, 1)


def test_a_draft_is_in_no_list_and_cannot_be_read_by_everybody(hall):
    hall.started()
    assert hall.procedures.rows() == []
    with pytest.raises(NotFound):
        hall.services.read(BIRTH)


def test_a_draft_begins_with_the_national_record(hall):
    hall.records.keep(ours(read(BIRTH).typed), [])
    item = start(hall, "record")
    assert item.facts.name_vi == read(BIRTH).facts["name_vi"]
    assert item.facts.route is None, "what the record does not say is left to an officer"
    assert item.form["id"] == f"{BIRTH}-plain"


def test_a_draft_of_the_version_in_force_goes_on_with_the_form_that_somebody_wrote(hall):
    hall.published("2026-11-25")
    item = start(hall, "current", "start-2")
    assert (item.version, item.facts, item.form) == (2, birth(), people.form_document())


def test_a_plain_form_is_made_again_for_the_components_of_the_restructuring(hall):
    version = hall.started(components=unconditional()).version
    item = hall.editing.submit(EDITOR, BIRTH, version, act("submit-1"))
    hall.publish(review(hall, item), "2026-11-25")
    item = start(hall, "review", "start-2")
    assert item.form == form_of(item.facts)


def test_a_restructuring_keeps_the_form_that_somebody_wrote(hall):
    hall.published("2026-11-25")
    assert start(hall, "review", "start-2").form == people.form_document()


def test_a_draft_begins_with_the_restructuring_of_the_record_where_nothing_is_in_force(hall):
    hall.records.keep(ours(read(BIRTH).typed), [])
    item = start(hall, "review")
    assert {c.code for c in item.facts.components} == {c["code"] for c in read(BIRTH).facts["components"]}
    assert item.form["id"] == f"{BIRTH}-plain"


@pytest.mark.parametrize(("based_on", "what"), [("record", "record"), ("current", "version"), ("review", "procedure")])
def test_a_draft_of_what_is_not_there_is_not_found(hall, based_on, what):
    with pytest.raises(NotFound) as refused:
        start(hall, based_on)
    assert refused.value.facts == {"what": what}
    assert hall.rows.writes == 0


def test_facts_of_another_code_are_refused(hall):
    with pytest.raises(VersionInvalid) as refused:
        hall.editing.start(EDITOR, "1.000894", birth(), "facts", act("start-1"))
    assert fields(refused) == {("/facts/code", "code")}


def test_the_same_key_starts_one_draft(hall):
    first, again = hall.started(), hall.started()
    assert again == first
    assert (len(hall.procedures.versions(BIRTH)), hall.rows.writes) == (1, 1)
    assert hall.started("start-2").version == 2


def test_a_key_with_another_body_is_refused(hall):
    hall.started()
    with pytest.raises(KeyReused):
        hall.editing.start(EDITOR, BIRTH, birth(), "facts", act("start-1", '{"other":1}'))


def test_the_key_of_another_person_is_another_key(hall):
    hall.started()
    item = hall.editing.start(COLLEAGUE, BIRTH, birth(), "facts", act("start-1", who=COLLEAGUE))
    assert item.version == 2


def test_two_who_start_at_once_have_two_drafts(hall):
    hall.rows.meanwhile(lambda: hall.started("start-2"))
    assert hall.started("start-1").version == 2
    assert [v.keys[0][0] for v in hall.procedures.versions(BIRTH)] == [act("start-2").key, act("start-1").key]
    assert hall.rows.unbroken(PK)


def test_the_same_request_twice_at_once_starts_one_draft(hall):
    hall.started("start-0")
    hall.rows.meanwhile(lambda: hall.started("start-1"))
    assert hall.started("start-1").version == 2
    assert len(hall.procedures.versions(BIRTH)) == 2


def test_another_agency_finds_nothing_of_a_procedure_that_is_taken(hall):
    hall.started()
    asked = [
        lambda: start(hall, "current", who=STRANGER),
        lambda: hall.editing.version(STRANGER, BIRTH, 1),
        lambda: hall.editing.versions(STRANGER, BIRTH),
        lambda: hall.editing.save(STRANGER, BIRTH, 1, birth(), None, 1),
        lambda: hall.editing.submit(STRANGER, BIRTH, 1, act("x")),
        lambda: hall.editing.review(STRANGER, BIRTH, 1, [], act("x"), accepted=True),
        lambda: hall.editing.publish(STRANGER, BIRTH, 1, hall.clock().date(), act("x")),
        lambda: hall.editing.withdraw(STRANGER, BIRTH, 1, "không còn căn cứ", act("x")),
        lambda: hall.editing.compare(STRANGER, BIRTH, 1),
        lambda: hall.reviews.read(STRANGER, BIRTH),
    ]
    for ask in asked:
        with pytest.raises(NotFound):
            ask()
    assert hall.log() == ["version.started"]


def test_the_promulgating_body_goes_on_from_what_is_shipped(hall):
    hall.ship()
    item = start(hall, "current")
    assert (item.version, item.owner) == (2, EDITOR.agency)
    assert hall.procedures.head(BIRTH).owner == EDITOR.agency
    assert hall.ship(name_en="Another") == 1, "what an agency keeps is not overwritten by a deployment"
    assert len(hall.procedures.versions(BIRTH)) == 2


def test_what_an_earlier_release_let_an_agency_take_over_goes_back(hall):
    """There a draft moved the ownership; the next deployment says whose it is, in the log, and leaves the draft."""
    hall.ship()
    start(hall, "current")
    hall.rows.change(PK, "HEAD", owner=STRANGER.agency)
    assert hall.ship() == 1
    assert (hall.procedures.head(BIRTH).owner, hall.log()[-1]) == (EDITOR.agency, "procedure.transferred")
    assert hall.told() == {
        "procedure": BIRTH, "former": STRANGER.agency, "owner": EDITOR.agency, "ground": "promulgated",
    }  # fmt: skip
    assert hall.ship() == 1
    assert hall.log().count("procedure.transferred") == 1
    with pytest.raises(NotFound):
        hall.editing.submit(STRANGER, BIRTH, 2, act("x"))


def test_a_number_that_nobody_gave_is_not_found(hall):
    hall.started()
    with pytest.raises(NotFound):
        hall.editing.version(EDITOR, BIRTH, 2)
    with pytest.raises(NotFound):
        hall.editing.version(EDITOR, "1.000894", 1)


def test_a_record_that_is_nobodys_is_read_and_restructured_by_any_agency(hall):
    hall.records.keep(ours(read(BIRTH).typed), [])
    items, national, *_ = hall.editing.versions(STRANGER, BIRTH)
    assert (items, national.facts.code) == ([], BIRTH)
    found = hall.reviews.read(STRANGER, BIRTH).found
    assert found.draft.code == BIRTH
    assert found.verdicts
    assert hall.reviews.analysed(BIRTH) == found


# --- saving ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_saved_whole_and_tells_what_still_keeps_it_back(hall):
    item = hall.started()
    saved = hall.save(item, term=None, form=people.form_document())
    assert (saved.edit, saved.facts.term, saved.form) == (2, None, people.form_document())
    assert hall.log() == ["version.started", "version.saved"]
    found, problems = hall.editing.version(EDITOR, BIRTH, 1)
    assert found == saved
    assert [(p.pointer, p.rule) for p in problems] == [("/facts/term", "complete")]


def test_a_save_without_a_form_makes_the_plain_one(hall):
    item = hall.save(hall.started(), form=people.form_document())
    assert hall.save(item).form["id"] == f"{BIRTH}-plain"


def test_a_save_over_a_newer_one_is_refused_with_where_it_stands(hall):
    item = hall.started()
    hall.save(item, name_en="A")
    with pytest.raises(LostUpdate) as refused:
        hall.save(item, name_en="B")
    assert refused.value.facts == {"current_version": 2}
    assert hall.kept().facts.name_en == "A"


def test_of_two_who_save_at_once_one_is_told(hall):
    item = hall.started()
    hall.rows.meanwhile(lambda: hall.save(item, who=COLLEAGUE, name_en="A"))
    with pytest.raises(LostUpdate):
        hall.save(item, name_en="B")
    assert hall.kept().author.by == COLLEAGUE.subject


def test_a_change_of_another_version_in_between_loses_nothing(hall):
    first, second = hall.started(), hall.started("start-2")
    hall.rows.meanwhile(lambda: hall.save(second, name_en="second"))
    hall.save(first, name_en="first")
    assert [v.facts.name_en for v in hall.procedures.versions(BIRTH)] == ["first", "second"]
    assert hall.rows.unbroken(PK)


def test_a_save_that_finds_the_procedure_held_tries_again_and_at_last_says_so(hall):
    item = hall.started()
    hall.rows.contend(7)
    assert hall.save(item, name_en="A").edit == 2
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        hall.save(item, edit=2, name_en="B")
    assert hall.kept().facts.name_en == "A"


def test_a_save_of_another_code_is_refused(hall):
    with pytest.raises(VersionInvalid) as refused:
        hall.save(hall.started(), code="1.000894")
    assert fields(refused) == {("/facts/code", "code")}


def test_only_a_draft_is_saved(hall):
    item = submitted(hall)
    with pytest.raises(ForbiddenStep) as refused:
        hall.save(item)
    assert refused.value.facts == {"state": "review", "wanted": "draft"}


# --- review ----------------------------------------------------------------------------------------------------------


def test_a_version_goes_to_review_once(hall):
    item = submitted(hall)
    assert (item.state, item.edit) == ("review", 2)
    assert hall.editing.submit(EDITOR, BIRTH, 1, act("submit-1")) == item
    with pytest.raises(KeyReused):
        hall.editing.submit(EDITOR, BIRTH, 1, act("submit-1", '{"a":1}'))
    with pytest.raises(ForbiddenStep) as refused:
        hall.editing.submit(EDITOR, BIRTH, 1, act("submit-2"))
    assert refused.value.facts == {"state": "review", "wanted": "submit"}
    assert hall.log() == ["version.started", "version.moved"]


@pytest.mark.rule("R43")
def test_a_review_is_recorded_with_who_and_when(hall):
    submitted(hall)
    item = review(hall, hall.kept())
    assert item.review.by == REVIEWER.subject
    assert item.review.findings == findings()
    assert hall.log()[-1] == "version.reviewed"
    writes = hall.rows.writes
    assert review(hall, item) == item
    assert hall.rows.writes == writes


@pytest.mark.rule("R43")
def test_the_author_does_not_review(hall):
    with pytest.raises(VersionInvalid) as refused:
        review(hall, submitted(hall), EDITOR)
    assert fields(refused) == {("/review/reviewer", "R43")}
    assert hall.kept().review is None


@pytest.mark.rule("R43")
def test_who_wrote_at_a_version_does_not_review_it_when_another_saved_it_last(hall):
    item = hall.save(hall.started(), who=COLLEAGUE)
    item = hall.editing.submit(COLLEAGUE, BIRTH, 1, act("submit-1", who=COLLEAGUE))
    for who in (EDITOR, COLLEAGUE):
        with pytest.raises(VersionInvalid) as refused:
            review(hall, item, who, key=who.subject)
        assert fields(refused) == {("/review/reviewer", "R43")}
    assert review(hall, item).review.by == REVIEWER.subject


@pytest.mark.rule("R43")
def test_a_review_answers_every_criterion(hall):
    given = findings()
    item = submitted(hall)
    broken = [Finding(given[0].criterion, "not_met", " "), Finding("x", "y")]
    with pytest.raises(VersionInvalid) as refused:
        review(hall, item, found=[*broken, *given[2:]])
    assert fields(refused) == {
        ("/review/findings", "R43"),
        ("/review/findings/0/note", "R43"),
        ("/review/findings/1/criterion", "R43"),
        ("/review/findings/1/answer", "R43"),
    }


def test_a_draft_is_not_reviewed(hall):
    with pytest.raises(ForbiddenStep) as refused:
        review(hall, hall.started())
    assert refused.value.facts == {"state": "draft", "wanted": "review"}


@pytest.mark.rule("R43")
def test_a_version_that_comes_back_has_lost_its_review(hall):
    submitted(hall)
    review(hall, hall.kept())
    back = review(hall, hall.kept(), key="review-2", accepted=False)
    assert (back.state, back.review) == ("draft", None)
    assert hall.told()["act"] == "return"
    with pytest.raises(ForbiddenStep):
        hall.publish(back, "2026-11-25")


# --- withdrawal ------------------------------------------------------------------------------------------------------


def test_a_draft_is_withdrawn_with_its_reason(hall):
    item = hall.started()
    gone = hall.withdraw(item)
    assert gone.state == "withdrawn"
    assert hall.told() == {
        "procedure": BIRTH, "version": 1, "state": "withdrawn", "act": "withdraw", "reason": "Căn cứ đã hết hiệu lực",
    }  # fmt: skip
    assert hall.withdraw(item) == gone
    with pytest.raises(ForbiddenStep):
        hall.withdraw(item, "withdraw-2")
    with pytest.raises(KeyReused):
        hall.editing.withdraw(PUBLISHER, BIRTH, 1, "lý do khác hẳn", act("withdraw-1", '{"other":1}'))


# --- keys ------------------------------------------------------------------------------------------------------------


def test_the_oldest_keys_are_forgotten_in_the_order_in_which_they_came(hall):
    """A map comes back from the table in no order, so the keys are a list."""
    item = version(people.facts())
    for number in range(KEYS_KEPT + 2):
        item = act(f"k{number}").kept(item)
    assert [act(f"k{number}").is_in(item) for number in (0, 1, 2, KEYS_KEPT + 1)] == [False, False, True, True]
    assert len(item.keys) == KEYS_KEPT


def test_a_retried_request_after_others_acts_still_changes_nothing(hall):
    submitted(hall)
    review(hall, hall.kept(), accepted=False, key="back")
    writes = hall.rows.writes
    assert hall.editing.submit(EDITOR, BIRTH, 1, act("submit-1")).state == "draft"
    assert hall.rows.writes == writes


# --- comparing -------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R41")
def test_a_comparison_names_each_change_and_the_running_dossiers_it_would_touch(hall):
    hall.published("2026-11-25")
    draft = start(hall, "current", "start-2")
    hall.save(draft, form=draft.form, term={**people.facts()["term"], "text": "2wd"})
    hall.runs("MC-1", 1, 1)
    hall.runs("MC-2", 1, 10)
    found = hall.editing.compare(EDITOR, BIRTH, 2)
    (changed,) = found.changes
    assert found.against == 1
    assert (changed.pointer, changed.after, changed.touches) == ("/term/text", "2wd", "term")
    assert found.running == (("MC-1", 1, ("term",)),)
    assert found.running_listed == 2


def test_running_dossiers_of_another_agency_are_counted_and_not_named(hall):
    hall.published("2026-11-25")
    draft = start(hall, "current", "start-2")
    hall.save(draft, form=draft.form, term={**people.facts()["term"], "text": "2wd"})
    hall.runs("MC-1", 1, 1, agency="H99")
    found = hall.editing.compare(EDITOR, BIRTH, 2)
    assert (found.running, found.running_listed) == ((), 1)


def test_a_first_version_is_compared_with_nothing(hall):
    hall.started()
    found = hall.editing.compare(EDITOR, BIRTH, 1)
    assert found.against is None
    assert "/name_vi" in {c.pointer for c in found.changes}


def test_an_officer_without_an_agency_owns_nothing(hall):
    hall.started()
    nobody = Principal("x", "OFFICER", "X", 1, "", "", frozenset({"editor"}))
    with pytest.raises(NotFound):
        hall.editing.version(nobody, BIRTH, 1)


def test_a_publisher_is_shown_some_running_dossiers_of_each_partition_not_all(hall, monkeypatch):
    hall.started()
    monkeypatch.setattr(editing_room, "RUNNING_SHOWN", 1)
    for number in range(SHARDS + 1):
        hall.runs(f"MC-{number}", 1)
    assert 0 < hall.editing.compare(EDITOR, BIRTH, 1).running_listed <= SHARDS
