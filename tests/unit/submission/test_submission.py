"""Submit once, with the official time and the completeness seal (Decree 45/2020 Art. 11(1); Decree 61/2018 Art. 17)."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import (
    AlreadySubmitted,
    ComponentMissing,
    ComponentUnchecked,
    FormInvalid,
    KeyReused,
    LevelTooLow,
    NotFound,
    ProcedureClosed,
    TryAgain,
)
from chalicelib.kernel.events import EventType
from chalicelib.submission.model import SEALED, draft_of, manifest, seal_of, stages_of
from tests.fakes import people
from tests.fakes.counter import Counter

FILE = {"component": people.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 4}


@pytest.fixture
def hall():
    return Counter()


def test_a_submission_has_its_time_its_state_and_its_first_task_at_once(hall):
    reference = hall.ready()
    done = hall.submit(reference)
    head = hall.head(reference)
    assert done.reference == reference
    assert moment(done.received_at) == hall.clock()
    assert head["state"] == 1
    assert head["submitted_at"] == done.received_at
    (task,) = hall.rows.partition(reference, "TASK#")
    assert (task["status"], task["kind"], task["agency"]) == ("open", "receive", people.OFFICE["id"])
    assert task["wl_pk"] == "H01.10.24#receive"
    assert hall.rows.types(reference)[-1] == "dossier.submitted"


def test_the_reception_has_eight_working_hours_to_answer(hall):
    hall.clock.at("2026-11-25T16:00:00")  # a Wednesday; the office closes at 17:00 at the latest
    reference = hall.submitted()
    (task,) = hall.rows.partition(reference, "TASK#")
    due = moment(task["due_at"])
    assert due.astimezone(hall.clock().tzinfo).date().isoformat() == "2026-11-26"


def test_each_missing_component_is_named_in_both_languages(hall):
    reference = hall.open()
    hall.submissions.save_form(people.CITIZEN, reference, people.form(), 0)
    with pytest.raises(ComponentMissing) as refused:
        hall.submit(reference)
    (missing,) = refused.value.facts["components"]
    assert missing["code"] == people.BIRTH_NOTICE
    assert missing["name_vi"].startswith("Giấy chứng sinh")
    assert missing["name_en"].startswith("Birth notice")


def test_only_what_the_procedure_always_asks_for_is_missing(hall):
    reference = hall.ready()
    assert [c["need"] for c in hall.plan["components"]].count("always") == 1
    hall.submit(reference)


def test_a_file_that_arrived_and_is_not_checked_yet_is_waited_for(hall):
    reference = hall.ready()
    wanted = {**FILE, "component": people.RESIDENCE}
    _, post = hall.submissions.announce(people.CITIZEN, reference, wanted, "u")
    hall.drafts.post(post["fields"]["key"])
    with pytest.raises(ComponentUnchecked) as refused:
        hall.submit(reference)
    assert refused.value.facts == {"components": [people.RESIDENCE]}


def test_a_file_that_was_announced_and_never_sent_keeps_nobody_waiting(hall):
    reference = hall.ready()
    hall.submissions.announce(people.CITIZEN, reference, {**FILE, "component": people.RESIDENCE}, "u")
    hall.submit(reference)


def test_a_form_that_was_never_filled_in_is_refused(hall):
    reference = hall.open()
    hall.add(reference)
    with pytest.raises(FormInvalid) as refused:
        hall.submit(reference)
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("", "required")]


def test_a_form_with_a_broken_rule_is_refused_by_field(hall):
    reference = hall.open()
    hall.add(reference)
    hall.submissions.save_form(people.CITIZEN, reference, people.form(child={"sex": "?"}), 0)
    with pytest.raises(FormInvalid) as refused:
        hall.submit(reference)
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/child/sex", "enum")]


def test_the_identity_level_is_checked_again_at_submission(hall):
    from dataclasses import replace

    reference = hall.ready()
    with pytest.raises(LevelTooLow):
        hall.submit(reference, replace(people.CITIZEN, level=1))


def test_another_persons_draft_is_not_found(hall):
    reference = hall.ready()
    with pytest.raises(NotFound):
        hall.submit(reference, people.NEIGHBOUR)
    assert hall.head(reference)["state"] == 0


def test_a_procedure_that_closed_in_the_meantime_is_told(hall):
    reference = hall.ready()
    hall.drafts.close(people.PROCEDURE, 1)
    with pytest.raises(ProcedureClosed) as refused:
        hall.submit(reference)
    assert refused.value.facts == {"procedure": people.PROCEDURE, "version": 1}
    assert hall.head(reference)["state"] == 0


def test_the_same_key_tells_the_same_again(hall):
    reference = hall.ready()
    first = hall.submit(reference)
    hall.clock.advance(hours=5)
    assert hall.submit(reference) == first
    assert hall.rows.types(reference).count("dossier.submitted") == 1


def test_the_same_key_with_another_body_is_refused(hall):
    reference = hall.ready()
    hall.submit(reference)
    with pytest.raises(KeyReused):
        hall.submissions.submit(people.CITIZEN, reference, "submit-1", b'{"draft": "MC-OTHER"}')


def test_another_key_does_not_submit_twice(hall):
    reference = hall.ready()
    hall.submit(reference)
    with pytest.raises(AlreadySubmitted):
        hall.submit(reference, key="submit-2")


def test_two_submissions_at_once_with_one_key_are_told_the_same(hall):
    reference = hall.ready()
    others = []
    hall.rows.meanwhile(lambda: others.append(hall.submit(reference)))
    assert hall.submit(reference) == others[0]
    assert hall.rows.types(reference).count("dossier.submitted") == 1


def test_two_submissions_at_once_with_two_keys_are_one_submission(hall):
    reference = hall.ready()
    hall.rows.meanwhile(lambda: hall.submit(reference, key="faster"))
    with pytest.raises(AlreadySubmitted):
        hall.submit(reference)


def test_a_component_that_comes_during_the_submission_is_in_the_seal(hall):
    reference = hall.ready()
    hall.rows.meanwhile(lambda: hall.add(reference, people.RESIDENCE))
    done = hall.submit(reference)
    assert {line["code"] for line in done.components} == {people.BIRTH_NOTICE, people.RESIDENCE}


def test_a_contended_submission_asks_to_try_again_and_writes_nothing(hall):
    reference = hall.ready()
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        hall.submit(reference)
    assert hall.head(reference)["state"] == 0


def test_a_submission_is_one_write(hall):
    reference = hall.ready()
    before = hall.rows.writes
    hall.submit(reference)
    assert hall.rows.writes == before + 1


def test_the_seal_says_exactly_what_is_stored(hall):
    reference = hall.ready()
    hall.add(reference, people.RESIDENCE)
    done = hall.submit(reference)
    stored = hall.rows.partition(reference, "COMPONENT#")
    (event,) = hall.facts(reference, EventType.DOSSIER_SUBMITTED)
    lines = [{k: line[k] for k in SEALED} for line in done.components]
    assert {c["id"]: {k: c[k] for k in SEALED} for c in stored} == {line["id"]: line for line in lines}
    assert event["components"] == lines
    assert done.seal_sha256 == seal_of(lines, hall.head(reference)["form_sha256"]) == event["seal_sha256"]


def test_the_applicant_is_told_the_names_of_the_files_and_the_bus_is_not(hall):
    reference = hall.ready()
    done = hall.submit(reference)
    assert [line["filename"] for line in done.components] == ["giay-chung-sinh.jpg"]
    assert "giay-chung-sinh.jpg" not in repr(hall.facts(reference, EventType.DOSSIER_SUBMITTED))


def test_the_event_of_the_submission_names_nobody(hall):
    reference = hall.submitted()
    text = repr(hall.rows.events(reference))
    assert people.CITIZEN.name not in text
    assert people.CITIZEN.personal_id not in text


_HEX = "0123456789abcdef"


@settings(max_examples=60)
@given(
    field=st.sampled_from(SEALED),
    change=st.text(_HEX, min_size=1, max_size=12),
    place=st.integers(0, 2),
)
def test_the_seal_changes_with_any_field_of_any_component(field, change, place):
    lines = [{k: f"{k}{n}" for k in SEALED} | {"size": n, "code": f"KQ{n}", "id": f"{n:016x}"} for n in range(3)]
    sealed = seal_of(lines, "f" * 64)
    other = copy.deepcopy(lines)
    other[place][field] = f"{other[place][field]}{change}"
    assert seal_of(other, "f" * 64) != sealed


def test_the_seal_changes_with_the_form_and_with_each_component_more_or_less():
    lines = [{k: f"{k}{n}" for k in SEALED} for n in range(2)]
    seals = {seal_of(lines, "a"), seal_of(lines, "b"), seal_of(lines[:1], "a"), seal_of([], "a")}
    assert len(seals) == 4


def test_the_manifest_has_one_order_whatever_the_order_of_arrival(hall):
    reference = hall.ready()
    hall.add(reference, people.RESIDENCE)
    rows = hall.rows.partition(reference)
    assert manifest(draft_of(rows)) == manifest(draft_of(rows[::-1]))


def test_a_partition_without_its_head_is_no_draft():
    assert draft_of([{"pk": "MC-1", "sk": "PLAN", "plan": {}}]) is None


def test_a_route_puts_the_receiving_agency_where_the_procedure_leaves_it_open():
    route = [[{"leg": "commune", "agency": "@receiving"}], [{"leg": "police", "agency": "G01.1"}]]
    assert stages_of({"route": route}, "H01.10.24") == [
        [{"leg": "commune", "agency": "H01.10.24"}],
        [{"leg": "police", "agency": "G01.1"}],
    ]
