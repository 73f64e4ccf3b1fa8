"""A supplement is asked for once, completely and exactly, in time, by words and by a clause (R08, R12)."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from msgspec import structs

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import AskedItem, PaperPrivate, SupplementRequested
from chalicelib.contracts.plan import PlannedSupplement
from chalicelib.dossier import integrating
from chalicelib.dossier.integrated import id_of
from chalicelib.dossier.marks import ClockMark
from chalicelib.kernel.clock import moment, said, stamp
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, SecondUnknown
from chalicelib.kernel.words import is_reason
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.refusals import AlreadyHeld, SupplementLate
from chalicelib.onestop.supplement.answering import Given
from chalicelib.onestop.supplement.refusals import AskedBySelf, SupplementUsed
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, WHO, Hall
from tests.support.held import CODE, hold
from tests.support.ledgers import lines_of

PAPER = AskedItem(
    target=people.BIRTH_NOTICE,
    reason="INACCURATE",
    basis="Luật Hộ tịch 60/2014/QH13, Điều 16",
    remedy="Nộp bản chụp rõ cả hai mặt giấy chứng sinh",
)
FIELD = AskedItem(
    target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
)
ASKED = SupplementGiven(items=(PAPER, FIELD))
MORE = SupplementGiven(items=(PAPER,), override="Giấy chứng sinh nộp lại vẫn không đọc được")


def ask(hall, reference, kind="receive", asked=ASKED, **more):
    return hall.complete(reference, kind, outcome="supplement", supplement=asked, **more)


def rules(refused):
    return {each.pointer: each.rule for each in refused.value.fields}


@pytest.mark.parametrize(("kind", "before", "state"), [("receive", (), 1), ("verify", ("receive",), 4)])
def test_a_request_is_one_notice_and_the_applicants_task_until_the_end_of_the_window(hall, kind, before, state):
    reference = hall.at(*before)
    done = ask(hall, reference, kind)
    assert (done.status, done.outcome, done.by) == ("done", "supplement", "Phan Bích Lượng")
    dossier = hall.draft(reference)
    assert (dossier.head.state, dossier.head.back_to) == (DossierState.SUPPLEMENT_REQUESTED, state)
    task = dossier.open_task
    assert (task.kind, task.leg, task.agency, task.round) == ("supplement", LEG, people.OFFICE["id"], 1)
    assert said(task.due_at) == "2026-12-04T23:59:59+07:00"  # Wednesday 25 November and 7 working days
    (told,) = hall.told(reference, SupplementRequested)
    assert (told.answer_by, told.paper, told.overridden, told.override) == (task.due_at, 1, None, None)
    assert (told.handler, told.agency, told.reference) == ("Phan Bích Lượng", people.OFFICE["id"], reference)
    private = heard(PaperPrivate, unseal(reference, told.sealed))
    assert private.asked == (structs.replace(PAPER, name=private.asked[0].name), FIELD)
    assert private.asked[0].name == next(c.name_vi for c in dossier.plan.components if c.code == PAPER.target)
    assert private.officer_id == WHO[kind].subject
    assert (private.name, private.officer, private.phone) == (people.CITIZEN.name, "Phan Bích Lượng", "0912345678")
    assert [row["state"] for row in hall.rows.events(reference) if row.get("state") == 5] == [5]
    assert dossier.slips[-1].receiver == "Người nộp hồ sơ"


def test_a_clock_that_runs_stands_and_one_that_did_not_begin_only_counts_the_request(hall):
    first, second = hall.submitted(), None
    ask(hall, first)
    assert (hall.draft(first).clock.marks, hall.draft(first).clock.supplements) == ((), 1)
    second = hall.ready(people.NEIGHBOUR)
    hall.submit(second, people.NEIGHBOUR, key="submit-2")
    hall.complete(second, "receive")
    ask(hall, second, "verify")
    kept = hall.draft(second).clock
    assert kept.marks == (ClockMark(type="stop", at=stamp(hall.clock()), reason="supplement"),)
    assert kept.supplements == 1


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"target": "000.00.00.G15-KQ000000"}, {"/supplement/items/0/target": "unknown"}),
        ({"target": "/mother/shoe_size"}, {"/supplement/items/0/target": "unknown"}),
        ({"target": "/mother/year_of_birth/day"}, {"/supplement/items/0/target": "unknown"}),
        ({"target": FIELD.target}, {"/supplement/items/1/target": "unique"}),
        ({"remedy": "ERR_INVALID_DOC"}, {"/supplement/items/0/remedy": "plain_words"}),
        ({"basis": " "}, {"/supplement/items/0/basis": "required"}),
    ],
)
def test_what_cannot_be_asked_is_named_and_nothing_is_written(hall, changes, named):
    reference = hall.submitted()
    writes = hall.rows.writes
    with pytest.raises(BodyInvalid) as refused:
        ask(hall, reference, asked=SupplementGiven(items=(structs.replace(PAPER, **changes), FIELD)))
    assert rules(refused) == named
    assert hall.rows.writes == writes


@pytest.mark.parametrize(("asked", "at"), [(None, "/supplement"), (SupplementGiven(items=()), "/supplement/items")])
def test_a_request_names_what_is_missing(hall, asked, at):
    with pytest.raises(BodyInvalid) as refused:
        ask(hall, hall.submitted(), asked=asked)
    assert rules(refused) == {at: "required"}


def asked_before(hall):
    """A dossier in verification that was supplemented once already."""
    reference = hall.at("receive")
    dossier = hall.draft(reference)
    kept = structs.replace(dossier.clock, supplements=1)
    hall.dossiers.change(dossier, hall.clock()).keep_clock(kept).write()
    return reference


@pytest.mark.rule("R08", "override")
def test_a_second_request_needs_a_reason_that_is_kept_and_says_who_allowed_it(hall):
    reference = asked_before(hall)
    with pytest.raises(SupplementUsed) as refused:
        ask(hall, reference, "verify")
    assert refused.value.facts == {"asked": 1, "allowed": 1}
    with pytest.raises(BodyInvalid) as unclear:
        ask(hall, reference, "verify", structs.replace(MORE, override="X"))
    assert rules(unclear) == {"/supplement/override": "plain_words"}
    ask(hall, reference, "verify", MORE)
    (told,) = hall.told(reference, SupplementRequested)
    assert (told.paper, told.overridden) == (2, officer_hash(people.PROCESSING))
    assert unseal(reference, told.override) == {"reason": MORE.override}
    assert MORE.override not in str(hall.rows.events(reference)[-1])
    assert hall.draft(reference).clock.supplements == 2


SECOND = people.colleague(people.PROCESSING, "officer-processing-2")


def asked_and_answered(hall, item):
    """A dossier in verification that one assessor asked for something, which came."""
    reference = hall.at("receive")
    ask(hall, reference, "verify", SupplementGiven(items=(item, FIELD)))
    version = int(hall.head(reference)["version"])
    hall.answers.answer(people.CITIZEN, reference, Given({FIELD.target: 1996}, "answer-1", b"{}", version))
    return reference


def ask_again(hall, reference, *items, who=SECOND):
    more = SupplementGiven(items=items, override=MORE.override)
    return ask(hall, reference, "verify", more, who=who, nth=2, key="ask-2")


def test_what_a_database_mends_was_not_answered_and_is_asked_for_again_by_another(hall):
    wrong = structs.replace(FIELD, target="/mother/full_name", reason="DATA_WRONG", by="database")
    reference = asked_and_answered(hall, wrong)
    with pytest.raises(AskedBySelf):
        ask_again(hall, reference, wrong, who=people.PROCESSING)
    with pytest.raises(BodyInvalid) as refused:
        ask_again(hall, reference, wrong, FIELD)
    assert rules(refused) == {"/supplement/items/1/remedy": "answered"}
    ask_again(hall, reference, wrong)
    assert hall.draft(reference).clock.supplements == 2


def test_of_whom_no_number_is_known_nobody_says_that_they_are_another(hall):
    reference = asked_and_answered(hall, structs.replace(FIELD, target="/mother/full_name", by="database"))
    again = structs.replace(FIELD, remedy="Ghi năm sinh của mẹ theo giấy khai sinh")
    with pytest.raises(SecondUnknown):
        ask_again(hall, reference, again, who=people.without_number(SECOND))
    assert hall.draft(reference).clock.supplements == 1
    ask_again(hall, reference, again)


@pytest.mark.rule("R12", "late")
def test_verification_asks_within_three_working_days_of_the_acceptance(hall):
    reference = hall.at("receive")
    until = moment("2026-11-30T16:59:59.000+00:00")  # Wednesday 25 November and 3 working days: Monday's end
    hall.clock.now = until + timedelta(milliseconds=1)
    with pytest.raises(SupplementLate) as refused:
        ask(hall, reference, "verify")
    assert refused.value.facts["working_days"] == 3
    assert refused.value.facts["until"] == "2026-11-30T23:59:59+07:00"
    assert "19(4)" in refused.value.facts["citation"]
    hall.clock.now = until
    ask(hall, reference, "verify")


def test_the_procedures_own_rule_comes_before_the_packs(tables):
    own = PlannedSupplement(window_working_days=2, appraisal_working_days=5, citation="Thông tư 01/2026, Điều 5")
    hall = Hall(tables, supplement={**structs.asdict(own), "lapses_to": "stopped"})
    reference = hall.at("receive")
    hall.clock.now = moment("2026-12-02T16:59:59.001+00:00")
    with pytest.raises(SupplementLate) as refused:
        ask(hall, reference, "verify")
    assert refused.value.facts["citation"] == own.citation
    hall.clock.now = moment("2026-12-02T16:59:59.000+00:00")
    ask(hall, reference, "verify")
    assert said(hall.draft(reference).open_task.due_at) == "2026-12-04T23:59:59+07:00"


def test_nobody_asks_while_the_dossier_waits_already(hall):
    reference = hall.at("receive")
    hall.put(reference, state=6)
    with pytest.raises(ForbiddenStep):
        ask(hall, reference, "verify")


@pytest.mark.parametrize("text", ["", "  ", "E_1023", "ERR-05 INVALID_DOC", "Sai", "42 / 17 / 3", "a b c d"])
def test_a_code_is_no_reason(text):
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["Giấy chứng sinh mờ", "THIẾU CHỮ KÝ", "The scan, page 2, is cut."])
def test_words_are_a_reason(text):
    assert is_reason(text)


@for_all(st.text(alphabet="ABZ_0-9.:/", max_size=60))
def test_no_string_of_capitals_digits_and_signs_joined_by_signs_is_words(text):
    assert not is_reason(text)


# --- what the applicant's store holds --------------------------------------------------------------------------------


def test_a_paper_that_the_store_holds_is_not_asked_for_but_named(hall):
    reference = hall.submitted()
    hold(hall)
    with pytest.raises(AlreadyHeld) as refused:
        ask(hall, reference)
    assert [(each["target"], each["document"]) for each in refused.value.facts["held"]] == [(PAPER.target, CODE)]
    assert hall.draft(reference).head.state == DossierState.REGISTERED
    assert ask(hall, reference, asked=SupplementGiven(items=(FIELD,)))


def test_who_is_told_what_a_store_holds_is_on_its_owners_ledger_and_who_asks_in_vain_is_not(hall):
    reference = hall.submitted()
    holder = hall.draft(reference).head.holder
    hold(hall, min_level=3)
    with pytest.raises(AlreadyHeld):
        ask(hall, reference)
    (line,) = (each.said for each in lines_of(holder))
    assert (line.document, line.by, line.basis) == ("vault", "H01.10.24", f"dossier {reference}")
    assert line.officer
    assert line.asked.fields == (PAPER.target,), "by its kind; no paper is named"
    assert CODE not in str(line)
    assert line.min_level == 3, "no less than what shows the paper"
    ask(hall, reference, asked=SupplementGiven(items=(FIELD,)))
    assert len(lines_of(holder)) == 1


def test_the_refusal_says_what_the_national_id_app_has_too(hall):
    reference = hall.submitted()
    paper = hold(hall)

    def named():
        with pytest.raises(AlreadyHeld) as refused:
            ask(hall, reference)
        (held,) = refused.value.facts["held"]
        return held["in_id_app"]

    assert named() is False
    integrating.note(paper, stamp(hall.clock()), hall.clock())
    assert named() is False, "the app was not told yet"
    told = integrating.one(id_of(paper.owner, paper.document))
    integrating.keep(told, structs.replace(told, told=1), hall.clock())
    assert named() is True


@pytest.mark.parametrize("why", ["sector_law", "unreachable_or_wrong"])
def test_it_is_asked_for_with_one_of_the_two_reasons_which_is_recorded(hall, why):
    reference = hall.submitted()
    hold(hall)
    ask(hall, reference, asked=SupplementGiven(items=(structs.replace(PAPER, despite=why),)))
    (told,) = hall.told(reference, SupplementRequested)
    (item,) = heard(PaperPrivate, unseal(reference, told.sealed)).asked
    assert item.despite == why


@pytest.mark.parametrize(
    "about",
    [{"withdrawn_at": "x"}, {"replaced_by": "x"}, {"valid_until": "2026-11-24"}, {"kind": "OTHER"}, {"owner": None}],
    ids=str,
)
def test_what_is_worth_nothing_or_another_s_may_be_asked_for(hall, about):
    owner = people.NEIGHBOUR if about.pop("owner", 0) is None else people.CITIZEN
    hold(hall, owner, **about)
    assert ask(hall, hall.submitted())


def test_what_came_with_this_very_dossier_may_be_asked_for(hall):
    reference = hall.submitted()
    hold(hall, reference=reference)
    assert ask(hall, reference)
