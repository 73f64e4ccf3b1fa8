"""Submit once, with the official time and the completeness seal (Decree 45/2020 Art. 11(1); Decree 61/2018 Art. 17)."""

import copy
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.contracts.event import heard, told
from chalicelib.contracts.plan import PlannedCondition, PlannedLeg
from chalicelib.contracts.submission import DossierSubmitted, SealLine
from chalicelib.dossier.demanded import demanded, missing
from chalicelib.dossier.filled import papers, together
from chalicelib.dossier.reading import WHOLE, dossier_of
from chalicelib.dossier.refusals import ProcedureClosed
from chalicelib.dossier.registered import seal_of, stages_of
from chalicelib.forms.problems import Problem
from chalicelib.kernel.clock import moment, said
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.problem import KeyReused, LevelTooLow, NotFound, TryAgain
from chalicelib.law import calendars, clock, packs
from chalicelib.submission.model import (
    Announcement,
    manifest,
    spared,
    undecided,
)
from chalicelib.submission.refusals import AlreadySubmitted, ComponentMissing, ComponentUnchecked, FormInvalid
from tests.fakes import people

SURROGACY = "000.00.00.G15-KQ003303"
FILE = Announcement(people.BIRTH_NOTICE, "a.jpg", "image/jpeg", 4)


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
    row = hall.rows.events(reference)[-1]
    assert (row["type"], row["state"], row["actor"]) == (DossierSubmitted.type, 1, "applicant")


def test_the_reception_has_eight_working_hours_to_answer(hall):
    hall.clock.at("2026-11-25T16:00:00")  # a Wednesday; the office closes at 17:00 at the latest
    reference = hall.submitted()
    (task,) = hall.rows.partition(reference, "TASK#")
    due = moment(task["due_at"])
    assert due.astimezone(hall.clock().tzinfo).date().isoformat() == "2026-11-26"


@pytest.mark.rule("R06", "weekend")
def test_what_comes_on_friday_afternoon_is_looked_at_by_monday_afternoon(hall):
    hall.clock.at("2026-11-27T16:00:00")  # a Friday: one working hour is left of it
    (task,) = hall.rows.partition(hall.submitted(), "TASK#")
    assert said(task["due_at"]) == "2026-11-30T16:00:00+07:00"


@pytest.mark.parametrize("at", ["2026-11-27T16:59:59", "2026-11-28T23:00:00", "2026-11-24T03:00:00"])
def test_a_submission_is_acknowledged_at_once_and_so_within_two_working_hours_on_days_off_too(hall, at):
    reference = hall.ready()
    hall.clock.at(at)
    done = hall.submit(reference)
    hours = packs.pack_on(hall.clock().date()).rules.bundle_acknowledge_working_hours.value
    limit = clock.due(hall.clock(), clock.Term(hours, "wh"), calendar=calendars.national()).due_at
    assert hours == 2
    assert moment(done.received_at) == hall.clock() < limit
    assert hall.told(reference, DossierSubmitted)[0].received_at == done.received_at


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
    assert [c.need for c in hall.plan.components].count("always") == 1
    hall.submit(reference)


def test_what_the_answers_ask_for_is_missing_and_what_they_spare_is_not(hall):
    reference = hall.open()
    form = people.form(case={"surrogacy": True}) | {"birth_proof": "Giấy chứng sinh điện tử"}
    draft = hall.submissions.save_form(people.CITIZEN, reference, form, 0)
    assert [c.code for c in missing(draft)] == [SURROGACY]
    assert [(c.code, when.cites is not None) for c, when in spared(draft)] == [
        (code, True) for code in draft.form.spared
    ]
    assert people.BIRTH_NOTICE in draft.form.spared
    with pytest.raises(ComponentMissing) as refused:
        hall.submit(reference)
    assert [each["code"] for each in refused.value.facts["components"]] == [SURROGACY]


def test_other_answers_ask_for_other_papers(hall):
    reference = hall.open()
    hall.submissions.save_form(people.CITIZEN, reference, people.form(case={"surrogacy": True}), 0)
    draft = hall.submissions.save_form(people.CITIZEN, reference, people.form(), 1)
    assert [c.code for c in missing(draft)] == [people.BIRTH_NOTICE]
    assert SURROGACY in draft.form.spared


def test_an_answer_on_which_a_paper_depends_is_asked_for_though_the_schema_lets_it_go(hall):
    """Or whoever leaves it out would be spared the paper."""
    plan = hall.submissions.drafts.procedure(people.PROCEDURE, hall.clock().date()).plan
    married = PlannedCondition(expression="form.marriage.is_registered", spared_vi="Không", spared_en="No")
    nothing = replace(married, expression="form.case.parents")
    certificate = replace(plan.components[0], code="M", need="case", when=married)
    values = people.kept(people.form())
    found = papers(replace(plan, components=(certificate,)), values, hall.clock().date())
    assert (found.asked, found.spared) == ((), ())
    assert [(each.pointer, each.rule) for each in found.open] == [("/marriage/is_registered", "required")]
    broken = papers(replace(plan, components=(replace(certificate, when=nothing),)), values, hall.clock().date())
    assert [(each.pointer, each.rule) for each in broken.open] == [("", "rule_unchecked")], "never spared by a fault"
    assert together(found.open, found.open) == list(found.open)
    around = [Problem("/marriage", "type", "", "")]
    assert together(around, found.open) == around, "what is wrong around it is told once"
    assert len(together([], [Problem(f"/{n}", "required", "", "") for n in range(99)])) == 50


def test_a_form_that_waits_for_an_answer_is_not_submitted(hall):
    reference = hall.ready()
    form = people.form()
    del form["case"]["residence_known"]
    draft = hall.submissions.save_form(people.CITIZEN, reference, form, 1)
    assert [c.code for c in undecided(draft)] == [people.RESIDENCE]
    with pytest.raises(FormInvalid) as refused:
        hall.submit(reference)
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/case/residence_known", "required")]


def test_a_form_that_a_release_without_conditions_saved_is_submitted_as_it_was_then(hall):
    reference = hall.ready()
    row = hall.rows.get(reference, "FORM")
    assert {"asked", "spared"} <= row.keys()
    hall.rows.put({name: value for name, value in row.items() if name not in {"asked", "spared"}})
    draft = hall.submissions.read(people.CITIZEN, reference)
    assert (draft.form.asked, [c.code for c in demanded(draft)]) == (None, [people.BIRTH_NOTICE])
    hall.submit(reference)


def test_a_paper_of_another_channel_is_not_asked_for(hall):
    draft = hall.submissions.read(people.CITIZEN, hall.ready())
    always = [replace(c, need="always", when=None) for c in draft.plan.components[:3]]
    here, there = replace(always[1], channels=("ONLINE",)), replace(always[2], channels=("POSTAL", "DIRECT"))
    planned = replace(draft.plan, components=(always[0], here, there))
    changed = copy.replace(draft, _plan=planned)
    assert [c.code for c in demanded(changed)] == [always[0].code, here.code]


def test_a_file_that_arrived_and_is_not_checked_yet_is_waited_for(hall):
    reference = hall.ready()
    wanted = replace(FILE, component=people.RESIDENCE)
    _, post = hall.submissions.announce(people.CITIZEN, reference, wanted, "u")
    hall.post(post.fields["key"])
    with pytest.raises(ComponentUnchecked) as refused:
        hall.submit(reference)
    assert refused.value.facts == {"components": [people.RESIDENCE]}


def test_a_file_that_was_announced_and_never_sent_keeps_nobody_waiting(hall):
    reference = hall.ready()
    hall.submissions.announce(people.CITIZEN, reference, replace(FILE, component=people.RESIDENCE), "u")
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
    reference = hall.ready()
    with pytest.raises(LevelTooLow):
        hall.submit(reference, copy.replace(people.CITIZEN, level=1))


def test_another_persons_draft_is_not_found(hall):
    reference = hall.ready()
    with pytest.raises(NotFound):
        hall.submit(reference, people.NEIGHBOUR)
    assert hall.head(reference)["state"] == 0


def test_a_procedure_that_closed_in_the_meantime_is_told(hall):
    reference = hall.ready()
    hall.close()
    with pytest.raises(ProcedureClosed) as refused:
        hall.submit(reference)
    assert refused.value.facts == {"procedure": people.PROCEDURE, "version": 1, "successor": None, "renewal": None}
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
    assert {c.line.code for c in done.components} == {people.BIRTH_NOTICE, people.RESIDENCE}


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
    (event,) = hall.told(reference, DossierSubmitted)
    lines = tuple(c.line for c in done.components)
    assert {c["id"]: heard(SealLine, c) for c in stored} == {line.id: line for line in lines}
    assert event.components == lines
    assert done.seal_sha256 == seal_of(lines, hall.head(reference)["form_sha256"]) == event.seal_sha256


def test_the_applicant_is_told_the_names_of_the_files_and_the_bus_is_not(hall):
    reference = hall.ready()
    done = hall.submit(reference)
    assert [c.filename for c in done.components] == ["giay-chung-sinh.jpg"]
    assert "giay-chung-sinh.jpg" not in repr(hall.told(reference, DossierSubmitted))


def test_the_event_of_the_submission_names_nobody(hall):
    reference = hall.submitted()
    text = repr(hall.rows.events(reference))
    assert people.CITIZEN.name not in text
    assert people.CITIZEN.personal_id not in text


_HEX = "0123456789abcdef"


def line_of(number):
    texts = {name: f"{name}{number}" for name in SealLine.__struct_fields__}
    return SealLine(**{**texts, "size": number, "code": f"KQ{number}", "id": f"{number:016x}"})


@given(
    field=st.sampled_from(SealLine.__struct_fields__),
    change=st.text(_HEX, min_size=1, max_size=12),
    place=st.integers(0, 2),
)
def test_the_seal_changes_with_any_field_of_any_component(field, change, place):
    lines = [line_of(n) for n in range(3)]
    other = list(lines)
    other[place] = replace(lines[place], **{field: f"{getattr(lines[place], field)}{change}"})
    assert seal_of(other, "f" * 64) != seal_of(lines, "f" * 64)


def test_the_seal_changes_with_the_form_and_with_each_component_more_or_less():
    lines = [line_of(n) for n in range(2)]
    seals = {seal_of(lines, "a"), seal_of(lines, "b"), seal_of(lines[:1], "a"), seal_of([], "a")}
    assert len(seals) == 4


def test_the_seal_is_over_the_very_text_that_earlier_releases_hashed():
    lines = (line_of(1),)
    text = canonical({"components": [told(lines[0])], "form": "f"})
    assert seal_of(lines, "f") == hashlib.sha256(text.encode()).hexdigest()
    assert text.startswith('{"components":[{"code":"KQ1","id":"')


def test_the_manifest_has_one_order_whatever_the_order_of_arrival(hall):
    reference = hall.ready()
    hall.add(reference, people.RESIDENCE)
    rows = hall.rows.partition(reference)
    parts = (dossier_of(rows, WHOLE), dossier_of(rows[::-1], WHOLE))
    assert manifest(parts[0].components) == manifest(parts[1].components)


def test_two_different_drafts_with_one_key_at_once_are_one_submission(hall):
    """The idempotency item's own condition: both read no used key, and only one may write it."""
    first = hall.ready()
    second = hall.open(key="another draft")
    hall.submissions.save_form(people.CITIZEN, second, people.form(), 0)
    hall.add(second)
    hall.rows.meanwhile(lambda: hall.submit(first, key="one key"))
    with pytest.raises(KeyReused):
        hall.submit(second, key="one key")
    assert (hall.head(first)["state"], hall.head(second)["state"]) == (1, 0)
    assert hall.rows.partition(second, "TASK#") == []


def test_a_route_puts_the_receiving_agency_where_the_procedure_leaves_it_open(hall):
    route = ((PlannedLeg(leg="commune", agency="@receiving"),), (PlannedLeg(leg="police", agency="G01.1"),))
    assert stages_of(replace(hall.plan, route=route), "H01.10.24") == (
        (PlannedLeg(leg="commune", agency="H01.10.24"),),
        (PlannedLeg(leg="police", agency="G01.1"),),
    )
