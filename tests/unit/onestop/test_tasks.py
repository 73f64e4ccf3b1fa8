"""Officers complete tasks: acceptance, verification, approval (Decree 61/2018 Art. 17-19)."""

from copy import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from chalicelib.contracts.messages import ResultUnprintable
from chalicelib.contracts.onestop import DossierAccepted, DossierForwarded, DossierHeld, LegCompleted, LegOutcome
from chalicelib.contracts.plan import PlannedTerm
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.reading import Part, read
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import (
    BodyInvalid,
    ForbiddenStep,
    KeyReused,
    NoSigningCertificate,
    NotAllowed,
    NotFound,
    TryAgain,
)
from chalicelib.law import calendars, packs
from chalicelib.law.clock import ZONE
from chalicelib.law.codes import parse_dossier_code
from chalicelib.law.states import EDGES, DossierState
from chalicelib.messages.fence import certificate_key, preview_key
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import due_of, has_verified, slip_row, transition
from chalicelib.onestop.refusals import ResultNotDrawn, TaskClosed, TaskNotReady, Unprintable
from chalicelib.onestop.store import MESSAGES_BUCKET
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, WAITING, WHO, Hall, signed_result


def test_acceptance_gives_the_code_the_due_date_and_forwards_at_once(hall):
    reference = hall.submitted()
    task = hall.complete(reference, "receive")
    head = hall.head(reference)
    assert task.status == "done"
    assert task.outcome == "accepted"
    assert head["state"] == DossierState.PROCESSING
    parsed = parse_dossier_code(head["dossier_code"])
    assert (parsed.agency, parsed.day.isoformat(), int(parsed.serial)) == (people.OFFICE["id"], "2026-11-25", 1)
    assert moment(head["due_at"]).astimezone(ZONE).isoformat() == "2026-11-26T23:59:59+07:00"
    assert hall.dossiers.by_code(head["dossier_code"]) == reference


def test_acceptance_applies_the_rule_pack_of_its_day_and_names_it(hall):
    reference = hall.at("receive")
    (told,) = hall.told(reference, DossierAccepted)
    applied = packs.pack_on(hall.clock().astimezone(ZONE).date())
    assert applied.id != packs.all_packs()[0].id
    assert hall.head(reference)["rule_pack"] == told.rule_pack == applied.id


def test_acceptance_is_two_facts_in_the_order_of_the_law(hall):
    reference = hall.at("receive")
    rows = hall.rows.events(reference)[-2:]
    assert [(r["type"], r["state"]) for r in rows] == [
        (DossierAccepted.type, DossierState.ACCEPTED),
        (DossierForwarded.type, DossierState.PROCESSING),
    ]


def test_every_notice_of_a_transition_carries_its_five_facts(hall):
    reference = hall.decided()
    code = hall.head(reference)["dossier_code"]
    hall.flow.record_result(signed_result(reference, f"{code}-KQ1"))
    hall.flow.record_delivery(VaultStored(reference=reference, document=f"{code}-KQ1", stored_at=stamp(hall.clock())))
    told = [r for r in hall.rows.events(reference) if "state" in r and r["type"] != DossierSubmitted.type]
    assert [r["state"] for r in told] == [2, 4, 9, 10]
    for row in told:
        assert all(row["data"][k] for k in ("agency", "handler", "received_at", "processed_at", "due_at"))


def test_the_accepted_fact_names_what_was_received_and_seals_the_person(hall):
    reference = hall.at("receive")
    (told,) = hall.told(reference, DossierAccepted)
    sealed = unseal(told.reference, told.sealed)
    (line,) = sealed.pop("components")
    stored = hall.rows.partition(reference, "COMPONENT#")[0]
    assert {k: line[k] for k in ("code", "filename", "size", "sha256")} == {
        k: stored[k] for k in ("code", "filename", "size", "sha256")
    }
    assert line["name"].startswith("Giấy chứng sinh")
    assert people.CITIZEN.name not in repr(told)
    assert "giay-chung-sinh.jpg" not in repr(told)
    assert sealed == {
        "name": people.CITIZEN.name,
        "personal_id": people.CITIZEN.personal_id,
        "officer": people.RECEPTION.name,
        "phone": people.FORM["requester"]["phone"],
        "address": "",
        "email": "",
        "channel": "ONLINE",
        "fee": "Mức thu do văn bản khác quy định",
    }


def test_a_component_of_no_known_kind_is_named_by_its_file(hall):
    reference = hall.ready()
    hall.add(reference, "UNCLASSIFIED", filename="to-giay-la.jpg")
    hall.submit(reference)
    hall.complete(reference, "receive")
    (told,) = hall.told(reference, DossierAccepted)
    assert "to-giay-la.jpg" in {line["name"] for line in unseal(told.reference, told.sealed)["components"]}


def test_tasks_follow_each_other_on_their_lists(hall):
    reference = hall.submitted()
    for kind, following in (("receive", "verify"), ("verify", "approve"), ("approve", None)):
        assert hall.views.read(people.CITIZEN, reference, Part.TASKS).open_task.kind == kind
        hall.complete(reference, kind)
        task = hall.views.read(people.CITIZEN, reference, Part.TASKS).open_task
        assert (task.kind if task else None) == following
    for task in hall.rows.partition(reference, "TASK#"):
        assert task["status"] == "done"
        assert "wl_pk" not in task


def test_the_last_task_completes_the_leg_and_tells_it(hall):
    reference = hall.at("receive", "verify", "approve")
    assert hall.dossiers.leg(reference, LEG).outcome == LegOutcome(outcome="approved", leg=LEG)
    (told,) = hall.told(reference, LegCompleted)
    assert told.leg == LEG
    assert hall.head(reference)["state"] == DossierState.PROCESSING, "approved is not decided"


def test_the_slip_has_a_row_for_each_handover(hall):
    reference = hall.submitted()
    hall.complete(reference, "receive", note="đủ")
    hall.complete(reference, "verify")
    rows = read(reference, Part.SLIPS).slips
    assert [(r.giver, r.receiver, r.note, r.result) for r in rows] == [
        (people.RECEPTION.name, "Bộ phận thẩm tra", "đủ", "Trước hạn"),
        (people.PROCESSING.name, "Lãnh đạo ký duyệt", "", "Trước hạn"),
    ]


def test_rows_of_the_slip_that_an_earlier_release_wrote_come_first(hall):
    reference = hall.submitted()
    former = {"giver": "X", "receiver": "Y", "at": stamp(hall.clock()), "due_at": "", "result": "Trước hạn", "shape": 1}
    hall.rows.put({"pk": reference, "sk": "SLIP#0001", **former})
    hall.complete(reference, "receive")
    assert [row.giver for row in read(reference, Part.SLIPS).slips] == ["X", people.RECEPTION.name]


def test_a_leg_that_an_earlier_release_approved_is_decided_by_what_its_head_says(hall):
    reference = hall.at("receive", "verify", "approve")
    leg = hall.rows.get(reference, f"LEG#{LEG}")
    hall.rows.change(reference, "HEAD", approver=leg.pop("approver"))
    hall.rows.put(leg)
    hall.flow.decide(reference)
    assert hall.rows.types(reference)[-1] == "dossier.decided"


@pytest.mark.parametrize(
    ("at", "result"),
    [
        ("2026-11-25T10:00:00+07:00", "Trước hạn"),
        ("2026-11-26T10:00:00+07:00", "Đúng hạn"),
        ("2026-11-27T10:00:00+07:00", "Quá hạn"),
    ],
)
def test_the_slips_result_is_the_clocks(at, result):
    row = slip_row("A", "B", stamp(moment(at)), stamp(moment("2026-11-26T23:59:59+07:00")), "")
    assert row.result == result


def test_a_reception_past_its_own_deadline_stands_as_late_on_the_slip(hall):
    """The slip says how the giver stood against its own deadline; the reception has its own."""
    reference = hall.submitted()
    hall.clock.advance(days=7)
    hall.complete(reference, "receive")
    (row,) = hall.views.read(people.CITIZEN, reference, Part.SLIPS).slips
    assert row.result == "Quá hạn"


# --- no approval of what no paper can say ---------------------------------------------------------------------------

TOLD = ResultUnprintable(
    reference="",
    dossier_code="H01.10.24-20261125-0000001",
    agency=people.OFFICE["id"],
    reason_code="name_unusable",
    reason_vi="Có chữ không in được trên kết quả",
    reason_en="There are letters that the result cannot print",
)


def undrawn(hall):
    """A verified dossier whose result was not drawn."""
    reference = hall.at("receive", "verify")
    hall.stores.client("s3").delete_object(
        Bucket=MESSAGES_BUCKET(), Key=preview_key(reference, hall.head(reference)["form_version"])
    )
    return reference


def test_nothing_is_approved_before_its_result_was_drawn(hall):
    reference = undrawn(hall)
    before = hall.rows.writes
    with pytest.raises(ResultNotDrawn):
        hall.complete(reference, "approve")
    assert hall.rows.writes == before
    hall.draw(reference)
    assert hall.complete(reference, "approve").outcome == "approved"


def test_a_result_that_cannot_be_printed_is_told_to_whoever_would_approve(hall):
    reference = undrawn(hall)
    told = structs.replace(TOLD, reference=reference)
    hall.flow.hold(told)
    hall.flow.hold(told)
    with pytest.raises(Unprintable) as refused:
        hall.complete(reference, "approve")
    reason = {name: getattr(TOLD, name) for name in ("reason_code", "reason_vi", "reason_en")}
    assert refused.value.facts == reason
    assert [structs.asdict(e) for e in hall.told(reference, DossierHeld)] == [{"agency": TOLD.agency, **reason}]
    assert hall.views.read(people.CITIZEN, reference, Part.TASKS).open_task.kind == "approve"
    hall.draw(reference)  # a template was mended, and the acceptance told again
    assert hall.complete(reference, "approve").outcome == "approved"


def test_another_reason_is_told_too(hall):
    reference = undrawn(hall)
    for code in ("name_unusable", "form_unfit"):
        hall.flow.hold(structs.replace(TOLD, reference=reference, reason_code=code))
    assert [e.reason_code for e in hall.told(reference, DossierHeld)] == ["name_unusable", "form_unfit"]
    assert hall.draft(reference).head.result_fault.code == "form_unfit"


def test_what_an_earlier_release_accepted_waits_for_no_draft(hall):
    reference = undrawn(hall)
    hall.stores.forget("Dossiers", reference, "waits_for_preview")
    assert hall.complete(reference, "approve").outcome == "approved"


@pytest.mark.parametrize(
    ("done", "kind", "register", "signer"),
    [
        ((), "receive", "agencies", "agency"),
        (("receive", "verify"), "approve", "agencies", "agency"),
        (("receive", "verify"), "approve", "officers", "officer"),
    ],
)
def test_who_cannot_sign_is_told_before_anything_is_written(hall, done, kind, register, signer):
    reference, who = hall.at(*done), WHO[kind]
    name = people.OFFICE["id"] if register == "agencies" else who.subject
    hall.stores.client("s3").delete_object(Bucket=MESSAGES_BUCKET(), Key=certificate_key(register, name))
    before = hall.rows.everything()
    with pytest.raises(NoSigningCertificate) as refused:
        hall.complete(reference, kind)
    assert refused.value.facts == {"signer": signer}
    assert hall.rows.everything() == before
    hall.stores.register(register, name)
    assert hall.complete(reference, kind).status == "done"


# --- once, and by whom ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["receive", "verify", "approve"])
def test_a_task_is_completed_once_and_the_same_key_tells_the_same_again(hall, kind):
    done = {"receive": (), "verify": ("receive",), "approve": ("receive", "verify")}[kind]
    reference = hall.at(*done)
    first = hall.complete(reference, kind)
    before, log = hall.rows.writes, hall.rows.types(reference)
    hall.clock.advance(hours=1)
    again = hall.complete(reference, kind)
    for name in ("outcome", "done_at", "status", "by"):
        assert getattr(again, name) == getattr(first, name)
    assert (hall.rows.writes, hall.rows.types(reference)) == (before, log)


def test_another_key_is_told_that_the_task_is_closed(hall):
    reference = hall.at("receive")
    with pytest.raises(TaskClosed) as refused:
        hall.complete(reference, "receive", key="task-2")
    assert refused.value.facts == {"outcome": "accepted"}


def test_the_same_key_with_another_body_is_refused(hall):
    reference = hall.at("receive")
    with pytest.raises(KeyReused):
        hall.complete(reference, "receive", note="another")


def test_two_officers_at_once_complete_a_task_once(hall):
    reference = hall.submitted()
    hall.rows.meanwhile(lambda: hall.complete(reference, "receive", key="faster"))
    with pytest.raises(TaskClosed):
        hall.complete(reference, "receive", key="slower")
    assert hall.rows.types(reference).count("dossier.accepted") == 1


def test_a_completion_survives_another_change_of_the_dossier(hall):
    reference = hall.submitted()
    hall.rows.meanwhile(lambda: hall.add(reference, people.RESIDENCE))
    hall.complete(reference, "receive")
    (told,) = hall.told(reference, DossierAccepted)
    assert len(unseal(told.reference, told.sealed)["components"]) == 2


def test_a_dossier_that_others_hold_all_the_time_asks_to_try_again(hall):
    reference = hall.submitted()
    hall.rows.contend(100)
    with pytest.raises(TryAgain):
        hall.complete(reference, "receive")


@pytest.mark.parametrize("kind", ["receive", "verify", "approve"])
@pytest.mark.parametrize("role", ["reception", "processing", "leader", "scanning"])
def test_each_task_has_its_own_role(hall, kind, role):
    who = people.officer(role)
    done = {"receive": (), "verify": ("receive",), "approve": ("receive", "verify")}[kind]
    reference = hall.at(*done)
    if role in {"receive": "reception", "verify": "processing", "approve": "leader"}[kind]:
        hall.complete(reference, kind, who=who)
        return
    with pytest.raises(NotAllowed):
        hall.complete(reference, kind, who=who)


def test_a_citizen_completes_no_task(hall):
    reference = hall.submitted()
    with pytest.raises(NotAllowed):
        hall.complete(reference, "receive", who=people.CITIZEN)


def test_an_officer_of_another_agency_finds_no_such_task(hall):
    reference = hall.submitted()
    with pytest.raises(NotFound):
        hall.complete(reference, "receive", who=people.officer("reception", agency="H01.10.25"))


def test_a_task_of_another_agency_is_not_found_by_an_officer_who_sees_the_dossier(hall):
    reference = hall.submitted()
    hall.rows.change(reference, f"TASK#{LEG}#receive", agency="H01.10.25")
    with pytest.raises(NotFound):
        hall.complete(reference, "receive")
    assert hall.head(reference)["state"] == DossierState.REGISTERED


@pytest.mark.parametrize("task", ["", "x", "MC-1.0-commune", "MC-1.0-commune.sign", "MC-1.0-commune.receive.more"])
def test_a_name_that_is_no_task_of_ours_is_not_found(hall, task):
    with pytest.raises(NotFound):
        hall.desk.complete(people.RECEPTION, task, Given(outcome="accepted"), "k", b"")


def test_a_task_that_was_not_opened_yet_is_not_found(hall):
    reference = hall.submitted()
    with pytest.raises(NotFound):
        hall.complete(reference, "verify")


def test_only_the_tasks_own_outcome_is_taken(hall):
    reference = hall.submitted()
    with pytest.raises(BodyInvalid) as refused:
        hall.desk.complete(people.RECEPTION, f"{reference}.{LEG}.receive", Given(outcome="approved"), "k", b"")
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/outcome", "enum")]


# --- states ----------------------------------------------------------------------------------------------------------

ALLOWED = {(e.src, e.dst) for e in EDGES}


@given(st.sampled_from(DossierState), st.lists(st.sampled_from(DossierState), min_size=1, max_size=4))
def test_no_path_leads_over_a_forbidden_edge(here, path):
    walked = list(zip([here, *path], path, strict=False))
    if all(edge in ALLOWED for edge in walked):
        assert transition(int(here), *path) == path[-1]
        return
    with pytest.raises(ForbiddenStep) as refused:
        transition(int(here), *path)
    forbidden = next(edge for edge in walked if edge not in ALLOWED)
    ways = sorted(int(edge.dst) for edge in EDGES if edge.src == forbidden[0])
    assert refused.value.facts == {"state": int(forbidden[0]), "wanted": int(forbidden[1]), "allowed": ways}


def let_through(tables, done, kind, own):
    """The states, other than its own, in which a task can be completed."""
    found = []
    for state in set(DossierState) - {own}:
        tables.clear()
        hall = Hall(tables)
        reference = hall.at(*done)
        hall.put(reference, state=int(state))
        before = hall.rows.writes
        try:
            hall.complete(reference, kind)
        except ForbiddenStep:
            assert hall.rows.writes == before
        else:
            found.append(state.name)
    return sorted(found)


def test_a_dossier_is_accepted_when_it_is_registered_and_in_no_other_state(tables):
    """The edges 5 -> 2 and 7 -> 2 are a supplement received and a withdrawal refused, not an acceptance."""
    assert let_through(tables, (), "receive", DossierState.REGISTERED) == []


@pytest.mark.parametrize(("kind", "done"), [("verify", ("receive",)), ("approve", ("receive", "verify"))])
def test_a_dossier_is_verified_and_approved_in_process_only(tables, kind, done):
    """Not while a supplement, a payment or a withdrawal is asked for, and never after it was stopped (Art. 19)."""
    assert let_through(tables, done, kind, DossierState.PROCESSING) == []


def test_nothing_is_approved_while_a_paper_waits_for_its_digitisation(hall):
    reference = hall.at("receive", "verify")
    waiting = hall.add(reference, people.RESIDENCE, key=f"drops/H01/{reference}/a.jpg", digitisation=WAITING)
    with pytest.raises(TaskNotReady) as refused:
        hall.complete(reference, "approve")
    assert refused.value.facts == {"components": [waiting.id]}
    _settle(hall, reference, waiting)
    hall.complete(reference, "approve")


def test_a_paper_that_arrives_during_the_approval_holds_it_up(hall):
    reference = hall.at("receive", "verify")
    late = {"key": f"drops/H01/{reference}/a.jpg", "digitisation": WAITING}
    hall.rows.meanwhile(lambda: hall.add(reference, people.RESIDENCE, **late))
    with pytest.raises(TaskNotReady):
        hall.complete(reference, "approve")


def _settle(hall, reference, component):
    hall.rows.change(reference, f"COMPONENT#{component.id}", digitisation={"status": "converted"})


# --- due dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "due"),
    [
        ("2026-11-25T09:20:00", "2026-11-26T23:59:59+07:00"),
        ("2026-11-25T15:00:00", "2026-11-26T23:59:59+07:00"),  # at the stroke of the cutoff
        ("2026-11-25T15:00:01", "2026-11-26T23:59:59+07:00"),  # after it: the next working day, as the text says
        ("2026-11-27T09:00:00", "2026-11-30T23:59:59+07:00"),  # a Friday
        ("2026-11-27T16:00:00", "2026-11-30T23:59:59+07:00"),
        ("2026-11-28T09:00:00", "2026-11-30T23:59:59+07:00"),  # a Saturday
        ("2026-11-23T09:00:00", "2026-11-25T23:59:59+07:00"),  # 24 November is the Culture Day
    ],
)
def test_a_birth_is_registered_by_the_procedures_own_cutoff(hall, accepted, due):
    hall.clock.at(accepted)
    found = due_of(hall.plan.term, hall.clock(), calendars.national(), packs.newest())
    assert found.due_at.isoformat() == due


def test_the_cutoff_is_the_procedures_15_00_read_literally(hall):
    found = due_of(hall.plan.term, hall.clock(), calendars.national(), packs.newest())
    assert found.basis.policy.cutoff.isoformat("minutes") == "15:00"
    assert found.basis.policy.after_cutoff == "literal"


def test_a_procedure_without_cutoff_has_none(hall):
    found = due_of(PlannedTerm(text="5wd"), hall.clock(), calendars.national(), packs.newest())
    assert found.basis.policy.cutoff is None


# --- who may read --------------------------------------------------------------------------------------------------


def test_a_dossier_is_read_by_its_holder_and_the_officers_of_its_agency(hall):
    reference = hall.at("receive")
    code = hall.head(reference)["dossier_code"]
    for name in (reference, code):
        for who in (people.CITIZEN, people.RECEPTION, people.LEADER):
            assert hall.views.read(who, name).reference == reference


@pytest.mark.parametrize(
    "stranger",
    [
        people.NEIGHBOUR,
        people.officer("leader", agency="H01.10.25"),
        replace(people.LEADER, agency=""),
        replace(people.CITIZEN, personal_id=""),
        replace(people.CITIZEN, kind="PORTAL"),
    ],
    ids=["another citizen", "another agency", "no agency", "no number", "a portal"],
)
def test_to_everybody_else_it_looks_as_if_it_did_not_exist(hall, stranger):
    reference = hall.at("receive")
    for name in (reference, hall.head(reference)["dossier_code"], "MC-NEVER", "H01.10.24-261125-9999"):
        with pytest.raises(NotFound) as refused:
            hall.views.read(stranger, name)
        assert refused.value.facts == {"what": "dossier"}


def test_a_draft_is_no_dossier_yet(hall):
    reference = hall.ready()
    with pytest.raises(NotFound):
        hall.views.read(people.CITIZEN, reference)


def test_what_the_release_before_verified_is_approved_by_anybody_who_may(hall):
    """It kept a name alone, and two people may have one name: a dossier that runs is not stopped."""
    reference = hall.at("receive", "verify")
    leader = people.officer("processing", "leader")
    verified = next(t for t in hall.draft(reference).tasks if t.kind == "verify")
    assert verified.officer
    assert verified.officer != people.PROCESSING.subject
    old = structs.replace(verified, officer="", numbers=())
    assert has_verified([verified], people.PROCESSING)
    assert not has_verified([old], people.PROCESSING)
    assert not has_verified([verified], leader)
