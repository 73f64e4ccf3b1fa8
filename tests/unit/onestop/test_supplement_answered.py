"""The applicant answers with the marked items alone; the dossier goes on where it stood, its clock anew (R12)."""

import json
from datetime import timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.lifecycle import AskedItem, DossierSupplemented
from chalicelib.contracts.onestop import DossierAccepted
from chalicelib.dossier.asked import entered_in
from chalicelib.dossier.marks import ClockMark
from chalicelib.kernel.clock import moment, said, stamp
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, KeyReused, LostUpdate, NotAllowed, NotFound
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import SupplementGiven
from chalicelib.onestop.model import unsettled
from chalicelib.onestop.refusals import SupplementIncomplete, SupplementInvalid, SupplementUnchecked
from chalicelib.onestop.supplement.answering import Given
from chalicelib.onestop.supplement.counter import Present
from chalicelib.sealing.door import unseal
from chalicelib.submission.model import Announcement
from chalicelib.submission.refusals import UploadRefused
from tests.fakes import people
from tests.support.hall import LEG, WAITING, Hall

PAPER = AskedItem(target=people.BIRTH_NOTICE, reason="INACCURATE", basis="Điều 16", remedy="Nộp bản chụp rõ cả hai mặt")
FIELD = AskedItem(
    target="/mother/year_of_birth", reason="INACCURATE", basis="Điều 16", remedy="Ghi đúng năm sinh của mẹ"
)
DATABASE = AskedItem(
    target=people.RESIDENCE,
    reason="DATA_WRONG",
    basis="Điều 16",
    remedy="Chờ cơ quan sửa dữ liệu cư trú",
    by="database",
)
BORN = {"/mother/year_of_birth": 1996}


def asked(hall, *items, kind="receive", before=()):
    """A dossier that waits for a supplement, a minute after it was asked."""
    reference = hall.at(*before)
    given = SupplementGiven(items=items or (PAPER, FIELD))
    hall.complete(reference, kind, outcome="supplement", supplement=given, key="ask")
    hall.clock.advance(minutes=1)
    return reference


def answer(hall, reference, fields=BORN, *, who=people.CITIZEN, key="answer-1", version=None, present=None):
    raw = json.dumps({"fields": fields}).encode()
    version = hall.head(reference)["version"] if version is None else version
    return hall.answers.answer(who, reference, Given(fields, key, raw, int(version), present))


def brought(hall, reference, **changes):
    """A file of the component came since the request."""
    return hall.add(reference, filename="ban-moi.jpg", sha256="ef" * 32, **changes)


def test_before_acceptance_the_dossier_is_reception_s_again_with_its_working_hours(hall):
    reference = asked(hall)
    brought(hall, reference)
    done = answer(hall, reference)
    dossier = hall.draft(reference)
    assert (done.state, dossier.head.state, dossier.head.back_to) == (1, DossierState.REGISTERED, None)
    assert done.due_at is None
    task = dossier.open_task
    assert (task.kind, task.round, task.agency) == ("receive", 2, people.OFFICE["id"])
    assert said(task.opened_at) == "2026-11-25T09:21:05+07:00"
    assert said(task.due_at) == "2026-11-26T09:21:05+07:00"  # 8 working hours
    assert dossier.task(LEG, "supplement").outcome == "answered"
    (told,) = hall.told(reference, DossierSupplemented)
    assert (told.restarted, told.handler, told.by_officer) == (False, "Hệ thống Một Cửa", False)
    assert [row["state"] for row in hall.rows.events(reference) if row.get("state")] == [1, 5, 1]
    hall.complete(reference, "receive", nth=2)
    assert hall.head(reference)["state"] == DossierState.PROCESSING


@pytest.mark.rule("R12", "restart")
def test_after_acceptance_the_term_begins_anew_from_the_full_dossier(hall):
    reference = asked(hall, FIELD, kind="verify", before=("receive",))
    before = hall.head(reference)["due_at"]
    hall.clock.now += timedelta(days=2)  # Friday 27 November
    done = answer(hall, reference)
    dossier = hall.draft(reference)
    assert (dossier.head.state, done.state) == (4, 4)
    assert said(before) == "2026-11-26T23:59:59+07:00"
    assert said(dossier.head.due_at) == said(done.due_at) == "2026-11-30T23:59:59+07:00"  # 1 working day of Friday
    assert (dossier.open_task.kind, dossier.open_task.round) == ("verify", 2)
    assert dossier.open_task.due_at == dossier.head.due_at
    assert [mark.type for mark in dossier.clock.marks] == ["stop", "restart"]
    assert hall.told(reference, DossierSupplemented)[0].restarted
    hall.complete(reference, "verify", nth=2)


def test_where_the_procedure_says_so_the_term_goes_on_where_it_stood(tables):
    hall = Hall(tables, supplement={"clock": "suspend", "citation": "QĐ 766"})
    reference = asked(hall, FIELD, kind="verify", before=("receive",))
    hall.clock.now += timedelta(days=5)  # from Wednesday to Monday: three working days stood
    answer(hall, reference)
    dossier = hall.draft(reference)
    assert dossier.clock.marks[-1] == ClockMark(type="resume", at=stamp(hall.clock()), reason="supplement")
    assert said(dossier.head.due_at) == "2026-12-01T23:59:59+07:00"  # 26 November, and three working days
    assert not hall.told(reference, DossierSupplemented)[0].restarted


def test_a_corrected_place_is_kept_and_read_by_the_pinned_form(hall):
    reference = asked(hall, FIELD)
    before = hall.draft(reference).head
    answer(hall, reference)
    dossier = hall.draft(reference)
    values = unseal(reference, dossier.form.sealed)
    assert values["mother"]["year_of_birth"] == 1996
    assert values == people.kept(people.form(mother={"year_of_birth": 1996}))
    assert (dossier.form.version, dossier.head.form_version) == (before.form_version + 1,) * 2
    assert dossier.head.form_sha256 not in (None, before.form_sha256)
    assert hall.told(reference, DossierSupplemented)[0].form_sha256 == dossier.head.form_sha256


@pytest.mark.parametrize(
    ("fields", "error", "at"),
    [
        ({**BORN, "/child/full_name": "Khác"}, BodyInvalid, {"/fields/~1child~1full_name": "not_asked"}),
        ({**BORN, "/mother": {}}, BodyInvalid, {"/fields/~1mother": "not_asked"}),
        ({**BORN, "/mother/year_of_birth_too": 1}, BodyInvalid, {"/fields/~1mother~1year_of_birth_too": "not_asked"}),
        ({"/mother/year_of_birth": "x"}, SupplementInvalid, {"/mother/year_of_birth": "type"}),
        ({}, SupplementIncomplete, {"/fields/~1mother~1year_of_birth": "required"}),
    ],
)
def test_what_was_not_asked_or_is_wrong_or_missing_is_named_and_nothing_is_written(hall, fields, error, at):
    reference = asked(hall, FIELD)
    writes = hall.rows.writes
    with pytest.raises(error) as refused:
        answer(hall, reference, fields)
    assert {each.pointer: each.rule for each in refused.value.fields} == at
    assert hall.rows.writes == writes


def test_a_paper_that_did_not_come_since_is_missing(hall):
    reference = asked(hall, PAPER)
    with pytest.raises(SupplementIncomplete) as refused:
        answer(hall, reference, {})
    assert refused.value.facts == {"missing": [people.BIRTH_NOTICE]}
    brought(hall, reference, digitisation=structs.replace(WAITING, status="rejected"))
    with pytest.raises(SupplementIncomplete):
        answer(hall, reference, {})


def test_nobody_but_who_keeps_a_database_mends_what_it_says(hall):
    reference = asked(hall, FIELD, DATABASE)
    assert answer(hall, reference).state == 1


def test_a_replaced_paper_is_kept_superseded_and_neither_awaited_nor_on_the_receipt(hall):
    reference = asked(hall, PAPER)
    former = hall.draft(reference).components[0]
    new = brought(hall, reference)
    answer(hall, reference, {})
    found = {c.id: c for c in hall.draft(reference).components}
    assert (found[former.id].superseded_by, found[new.id].superseded_by) == (new.id, None)
    assert found[former.id].digitisation == former.digitisation
    assert unsettled([structs.replace(found[former.id], digitisation=WAITING)]) == []
    (told,) = hall.told(reference, DossierSupplemented)
    assert [line.id for line in told.components] == [new.id]
    assert told.superseded == (former.id,)
    hall.complete(reference, "receive", nth=2)
    (accepted,) = hall.told(reference, DossierAccepted)
    assert [c["sha256"] for c in unseal(reference, accepted.sealed)["components"]] == [new.sha256]


def test_the_same_key_tells_the_same_and_another_body_is_refused(hall):
    reference = asked(hall, FIELD)
    version = hall.head(reference)["version"]
    first = answer(hall, reference, version=version)
    writes = hall.rows.writes
    assert answer(hall, reference, version=version) == first
    with pytest.raises(KeyReused):
        answer(hall, reference, {"/mother/year_of_birth": 1997}, version=version)
    with pytest.raises(ForbiddenStep):
        answer(hall, reference, key="another")
    assert hall.rows.writes == writes


def test_who_read_an_older_state_is_told_and_changes_nothing(hall):
    reference = asked(hall, FIELD, PAPER)
    version = hall.head(reference)["version"]
    brought(hall, reference)
    with pytest.raises(LostUpdate):
        answer(hall, reference, version=version)
    assert hall.head(reference)["state"] == 5


def test_an_answer_is_by_whom_it_concerns_and_by_reception_at_the_counter(hall):
    reference = asked(hall, FIELD)
    with pytest.raises(NotFound):
        answer(hall, reference, who=people.NEIGHBOUR)
    with pytest.raises(NotFound):
        answer(hall, reference, who=people.officer("reception", agency=people.OTHER_OFFICE["id"]))
    with pytest.raises(NotAllowed):
        answer(hall, reference, who=people.PROCESSING)
    with pytest.raises(BodyInvalid) as alone:
        answer(hall, reference, who=people.RECEPTION)
    assert [(each.pointer, each.rule) for each in alone.value.fields] == [("/at_counter", "required")]
    slip = signed_slip(hall, reference)
    answer(hall, reference, who=people.RECEPTION, present=Present("Lê An", people.CITIZEN.personal_id, slip))
    (told,) = hall.told(reference, DossierSupplemented)
    assert (told.handler, told.by_officer) == (people.RECEPTION.name, True)
    entered = entered_in(reference, told)
    assert [(each.target, each.after) for each in entered.fields] == list(BORN.items())
    assert (entered.present, entered.slip, said(told.object_by)) == (
        "Lê An", "fe" * 32, "2026-12-02T23:59:59+07:00",
    )  # fmt: skip
    assert hall.draft(reference).task(LEG, "supplement").by == people.RECEPTION.name


def signed_slip(hall, reference, **changes):
    """The scan of a slip that somebody signed at the counter."""
    found = {"code": "UNCLASSIFIED", "filename": "phieu.jpg", "sha256": "fe" * 32, "origin": "drop", **changes}
    return hall.add(reference, **found).id


def test_a_slip_is_a_scan_of_the_counter_since_the_request_and_number_is_of_whom_it_concerns(hall):
    reference = asked(hall, FIELD, PAPER)
    paper, slip = brought(hall, reference, origin="drop").id, signed_slip(hall, reference)
    mine, other = people.CITIZEN.personal_id, people.NEIGHBOUR.personal_id
    upload = signed_slip(hall, reference, origin="upload", sha256="fd" * 32)
    for number, shown, wrong in (
        (mine, paper, ["/at_counter/slip"]),  # what answers the request is no slip
        (mine, upload, ["/at_counter/slip"]),  # whoever is online is not at the counter
        (mine, "none", ["/at_counter/slip"]),
        (other, slip, ["/at_counter/number"]),
        (other, "none", ["/at_counter/number", "/at_counter/slip"]),
    ):
        with pytest.raises(BodyInvalid) as refused:
            answer(hall, reference, who=people.RECEPTION, present=Present("Lê An", number, shown))
        assert [each.pointer for each in refused.value.fields] == wrong
    with pytest.raises(BodyInvalid):
        answer(hall, reference, present=Present("Lê An", mine, slip))
    answer(hall, reference, who=people.RECEPTION, present=Present("Lê An", mine, slip))


def test_what_the_applicant_answers_themselves_is_told_to_nobody_as_entered(hall):
    reference = asked(hall, FIELD)
    answer(hall, reference)
    (told,) = hall.told(reference, DossierSupplemented)
    assert (told.sealed, told.object_by, entered_in(reference, told)) == ("", None, None)


def announced(hall, reference, component=people.BIRTH_NOTICE, who=people.CITIZEN, key="file-1"):
    wanted = Announcement(component, "ban-moi.jpg", "image/jpeg", 1000)
    return hall.supplements.announce(who, reference, wanted, key)


def test_only_what_was_asked_is_uploaded_by_whom_it_concerns_while_it_waits(hall):
    reference = asked(hall, PAPER)
    upload, _ = announced(hall, reference)
    assert announced(hall, reference)[0] == upload
    assert hall.draft(reference).head.expires_at == "-"
    assert "exp_pk" not in hall.head(reference)
    with pytest.raises(UploadRefused) as refused:
        announced(hall, reference, people.RESIDENCE, key="file-2")
    assert [each.rule for each in refused.value.fields] == ["not_asked"]
    with pytest.raises(NotFound):
        announced(hall, reference, who=people.NEIGHBOUR, key="file-3")
    hall.post(f"uploads/{reference}/{upload}")
    with pytest.raises(SupplementUnchecked):
        answer(hall, reference, {})
    other = hall.ready(people.NEIGHBOUR)
    hall.submit(other, people.NEIGHBOUR, key="submit-2")
    with pytest.raises(ForbiddenStep):
        announced(hall, other, who=people.NEIGHBOUR)


def test_another_supplement_is_a_round_more_and_counts_from_the_full_dossier(hall):
    reference = asked(hall, FIELD, kind="verify", before=("receive",))
    hall.clock.now = moment("2026-12-04T02:00:00.000+00:00")
    answer(hall, reference)
    again = structs.replace(FIELD, remedy="Ghi năm sinh của mẹ theo giấy khai sinh")
    more = SupplementGiven(items=(again,), override="Năm sinh vẫn không khớp dữ liệu dân cư")
    second = people.colleague(people.PROCESSING, "officer-processing-2")
    hall.complete(reference, "verify", who=second, nth=2, outcome="supplement", supplement=more, key="ask-2")
    assert hall.draft(reference).open_task.round == 2
    hall.clock.advance(minutes=1)
    answer(hall, reference, key="answer-2")
    assert (hall.draft(reference).open_task.kind, hall.draft(reference).open_task.round) == ("verify", 3)
