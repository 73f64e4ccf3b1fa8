"""A dossier is withdrawn: asked for by whoever may, decided by the receiving unit (Decree 118/2025 Art. 21, R18)."""

import pytest
from msgspec import structs

from chalicelib.contracts.lifecycle import DossierStopped, WithdrawalAsked, WithdrawalJoined, WithdrawalRefused
from chalicelib.contracts.onestop import DossierDecided, LegOutcome
from chalicelib.dossier.holding import Acting, CoHolder
from chalicelib.dossier.reading import Part
from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import BodyInvalid, ForbiddenStep, KeyReused, NotAllowed, NotFound
from chalicelib.law.states import DossierState
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.payment import Owed, Paid, Payments
from chalicelib.onestop.changes.withdrawal import Withdrawals
from chalicelib.onestop.given import Given
from chalicelib.onestop.refusals import TaskClosed, WithdrawalAskedBefore
from chalicelib.sealing.door import seal, unseal
from tests.fakes import people
from tests.support.acting import represent
from tests.support.hall import LEG

REASON = "Hồ sơ đã có quyết định giải quyết"
TASK = f"TASK#{LEG}#withdrawal"


@pytest.fixture
def withdrawals(hall):
    return Withdrawals(Acts(hall.dossiers, hall.views, hall.clock))


@pytest.fixture
def ask(withdrawals):
    def ask(reference, who=people.CITIZEN, key="withdraw-1", reason="", raw=b"{}"):
        return withdrawals.ask(Asked(who, reference, key, raw), reason)

    return ask


def decide(hall, reference, outcome, who=people.RECEPTION, **given):
    """The receiving unit's reception decides."""
    task = f"{reference}.{LEG}.withdrawal" + (f".{given.pop('round')}" if "round" in given else "")
    return hall.desk.complete(who, task, Given(outcome=outcome, **given), f"decide-{outcome}", outcome.encode()).task


@pytest.mark.parametrize("kinds", [(), ("receive",), ("receive", "verify"), ("receive", "verify", "approve")])
def test_the_holder_asks_at_any_time_before_the_decision_and_reception_has_a_task_at_once(hall, ask, kinds):
    reference = hall.at(*kinds)
    before = hall.head(reference)
    done = ask(reference, reason="Tôi nộp lại ở nơi khác")
    head, task = hall.head(reference), hall.rows.get(reference, TASK)
    assert (head["state"], head["withdrawn_from"]) == (DossierState.WITHDRAWAL_REQUESTED, before["state"])
    assert (done.reference, done.row.state) == (reference, DossierState.WITHDRAWAL_REQUESTED)
    assert (task["agency"], task["status"], task["wl_pk"]) == (
        people.OFFICE["id"],
        "open",
        f"{people.OFFICE['id']}#withdrawal",
    )
    assert moment(task["due_at"]) > hall.clock()
    (told,) = hall.told(reference, WithdrawalAsked)
    assert all((told.agency, told.handler, told.received_at, told.processed_at))
    assert "Tôi nộp lại" not in repr(told)
    assert unseal(reference, told.sealed) == {"reason": "Tôi nộp lại ở nơi khác"}
    assert hall.views.read(people.CITIZEN, reference, Part.TASKS).open_task.kind == "withdrawal"
    assert hall.rows.unbroken(reference)


def test_what_was_asked_for_under_a_key_is_told_again_and_no_other_act_takes_the_key(hall, ask):
    reference = hall.at("receive")
    first = ask(reference)
    assert ask(reference) == first
    assert len(hall.told(reference, WithdrawalAsked)) == 1
    with pytest.raises(KeyReused):
        ask(reference, raw=b'{"reason": "x"}')


def test_two_answers_to_the_same_request_at_once_are_one_act(hall, ask):
    reference = hall.at("receive")
    hall.rows.meanwhile(lambda: ask(reference))
    assert ask(reference).row.state == DossierState.WITHDRAWAL_REQUESTED
    assert len(hall.told(reference, WithdrawalAsked)) == 1


def test_once_decided_nothing_is_withdrawn_and_the_answer_says_what_is_left(hall, ask):
    reference = hall.decided()
    with pytest.raises(ForbiddenStep) as refused:
        ask(reference)
    facts = refused.value.facts
    assert (facts["state"], facts["wanted"], facts["allowed"]) == (4, 7, [9])
    assert facts["decided_at"]


@pytest.mark.parametrize(("state", "allowed"), [(3, []), (8, []), (9, [10]), (10, [])])
def test_what_ended_or_is_processed_cannot_be_withdrawn(hall, ask, state, allowed):
    reference = hall.at("receive")
    hall.put(reference, state=state)
    with pytest.raises(ForbiddenStep) as refused:
        ask(reference)
    assert refused.value.facts == {"state": state, "wanted": 7, "allowed": allowed}


def test_a_second_request_is_refused_by_the_state(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    with pytest.raises(ForbiddenStep) as refused:
        ask(reference, key="withdraw-2")
    assert refused.value.facts["state"] == 7


def test_officers_and_strangers_withdraw_nothing(hall, ask):
    reference = hall.at("receive")
    for who in (people.RECEPTION, people.LEADER):
        with pytest.raises(NotAllowed):
            ask(reference, who=who)
    with pytest.raises(NotFound):
        ask(reference, who=people.NEIGHBOUR)


# --- who may ------------------------------------------------------------------------------------------------------


def with_acting(hall, reference, *may):
    """The dossier was filed by the neighbour, whose mandate says what else they may do."""
    sealed = seal(reference, {"name": people.NEIGHBOUR.name, "personal_id": people.NEIGHBOUR.personal_id})
    acting = Acting(by=people.NEIGHBOUR.holder, under="MD-1", version=1, kind="mandate", sealed=sealed, may=may)
    hall.put(reference, acting=structs.asdict(acting) | {"may": list(may)})


@pytest.mark.parametrize("may", [("file",), ("file", "withdraw")])
def test_a_representative_withdraws_only_what_their_mandate_lets_them(hall, ask, may):
    reference = hall.at("receive")
    with_acting(hall, reference, *may)
    represent(hall, representative=people.NEIGHBOUR, may=may)
    if "withdraw" in may:
        assert ask(reference, who=people.NEIGHBOUR).row.state == 7
    else:
        with pytest.raises(NotAllowed):
            ask(reference, who=people.NEIGHBOUR)
        assert ask(reference).row.state == 7  # who is represented may always


def together(hall, reference):
    """The neighbour holds the dossier too."""
    other = CoHolder(holder=people.NEIGHBOUR.holder, sealed=seal(reference, {"name": "x", "personal_id": "y"}))
    kept = structs.asdict(structs.replace(other, confirmed_at="2026-11-25T00:00:00.000+00:00"))
    hall.put(reference, co_holders=[{k: v for k, v in kept.items() if v is not None}])


@pytest.mark.parametrize("who", [people.CITIZEN, people.NEIGHBOUR])
def test_of_several_holders_any_one_may_withdraw_where_the_procedure_says_nothing(hall, ask, who):
    reference = hall.at("receive")
    together(hall, reference)
    assert ask(reference, who=who).row.state == 7


def test_where_the_procedure_asks_for_all_holders_the_last_one_moves_it(tables, monkeypatch):
    from tests.support.hall import Hall

    hall = Hall(tables, withdrawal="all")
    withdrawals = Withdrawals(Acts(hall.dossiers, hall.views, hall.clock))
    reference = hall.at("receive")
    together(hall, reference)
    first = withdrawals.ask(Asked(people.CITIZEN, reference, "one", b"{}"))
    assert (first.row.type, first.row.state, first.row.data["waits_for"]) == (WithdrawalJoined.type, None, 1)
    assert hall.head(reference)["state"] == DossierState.PROCESSING
    with pytest.raises(WithdrawalAskedBefore) as refused:
        withdrawals.ask(Asked(people.CITIZEN, reference, "again", b"{}"))
    assert refused.value.facts == {"waits_for": 1}
    hall.complete(reference, "verify")  # nothing stands still meanwhile
    assert withdrawals.ask(Asked(people.NEIGHBOUR, reference, "two", b"{}")).row.state == 7
    decide(hall, reference, "kept", reason=REASON)
    assert "withdrawing" not in hall.head(reference)
    assert withdrawals.ask(Asked(people.CITIZEN, reference, "later", b"{}")).row.type == WithdrawalJoined.type


# --- it stops -----------------------------------------------------------------------------------------------------


def test_reception_stops_it_with_form_05_and_nothing_is_left_to_do(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    task = decide(hall, reference, "stopped")
    head = hall.head(reference)
    assert (task.outcome, head["state"]) == ("stopped", DossierState.STOPPED)
    assert not {"open_pk", "withdrawn_from", "withdrawing"} & head.keys()
    rows = {row["sk"]: row for row in hall.rows.partition(reference, "TASK#")}
    assert {sk: row["outcome"] for sk, row in rows.items()} == {
        f"TASK#{LEG}#receive": "accepted",
        f"TASK#{LEG}#verify": "stopped",
        TASK: "stopped",
    }
    assert not [row for row in rows.values() if "wl_pk" in row]
    assert hall.rows.get(reference, f"LEG#{LEG}")["outcome"] == {"outcome": "stopped", "leg": LEG}
    (told,) = hall.told(reference, DossierStopped)
    assert (told.why, told.dossier_code, told.paper) == ("withdrawn", head["dossier_code"], 1)
    assert all((told.agency, told.handler, told.received_at, told.processed_at, told.due_at))
    private = unseal(reference, told.sealed)
    assert (private["name"], private["officer"]) == (people.CITIZEN.name, people.RECEPTION.name)
    assert (private["stage"], private["finance"]) == ("Đang xử lý", "Hồ sơ không phát sinh nghĩa vụ tài chính")
    assert people.CITIZEN.name not in repr(told)
    assert hall.rows.unbroken(reference)
    with pytest.raises(ForbiddenStep):
        ask(reference, key="again")


def test_a_dossier_that_was_never_accepted_is_withdrawn_without_a_code(hall, ask):
    reference = hall.submitted()
    ask(reference)
    decide(hall, reference, "stopped")
    (told,) = hall.told(reference, DossierStopped)
    assert (told.dossier_code, hall.head(reference)["state"]) == (None, DossierState.STOPPED)
    assert unseal(reference, told.sealed)["stage"] == "Mới đăng ký"


def test_its_notice_says_what_was_asked_for_and_what_of_it_was_paid(hall, ask):
    reference = hall.at("receive")
    payments = Payments(Acts(hall.dossiers, hall.views, hall.clock))
    payments.ask(Asked(people.PROCESSING, reference, "pay-1", b"{}"), Owed(150_000, "VND", "Lệ phí"))
    payments.record(Asked(people.RECEPTION, reference, "paid-1", b"{}"), Paid("BL-0017"))
    payments.ask(Asked(people.PROCESSING, reference, "pay-2", b"{}"), Owed(10_000, "VND", "Phí"))
    ask(reference)
    decide(hall, reference, "stopped")
    (told,) = hall.told(reference, DossierStopped)
    private = unseal(reference, told.sealed)
    assert private["finance"] == "150.000 đồng: đã nộp, biên lai số BL-0017; 10.000 đồng: chưa nộp"
    assert private["stage"] == "Yêu cầu thực hiện nghĩa vụ tài chính"


def test_whoever_waits_for_a_leg_is_told_that_it_stopped_and_a_driver_that_comes_later_too(hall, ask):
    reference = hall.at("receive")
    hall.dossiers.open_leg(reference, LEG, "token-1", f"{reference}-1")
    ask(reference)
    decide(hall, reference, "stopped")
    for _ in range(2):  # heard twice
        hall.flow.release(reference)
    assert hall.driver.told == {"token-1": LegOutcome(outcome="stopped", leg=LEG)}
    hall.flow.decide(reference)
    assert hall.told(reference, DossierDecided) == []


def test_what_waited_is_not_done_while_a_withdrawal_is_asked_nor_when_it_stopped(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    with pytest.raises(ForbiddenStep) as refused:
        hall.complete(reference, "verify")
    assert refused.value.facts["state"] == 7
    decide(hall, reference, "stopped")
    with pytest.raises(TaskClosed):
        hall.complete(reference, "verify", key="late")


# --- it goes on ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [1, 2, 4, 5, 6])
def test_kept_it_stands_again_where_it_stood_and_what_was_interrupted_goes_on(hall, ask, state):
    reference = hall.at(*(() if state == 1 else ("receive",)))
    hall.put(reference, state=state, back_to=4)
    ask(reference)
    decide(hall, reference, "kept", reason=REASON)
    head = hall.head(reference)
    assert (head["state"], head["back_to"]) == (state, 4)
    assert "withdrawn_from" not in head
    (told,) = hall.told(reference, WithdrawalRefused)
    assert all((told.agency, told.handler, told.received_at, told.processed_at))
    assert unseal(reference, told.sealed) == {"reason": REASON}
    waiting = [row["sk"] for row in hall.rows.partition(reference, "TASK#") if row["status"] == "open"]
    assert waiting == [f"TASK#{LEG}#{'receive' if state == 1 else 'verify'}"]
    if state in (1, 4):
        hall.complete(reference, "receive" if state == 1 else "verify")


@pytest.mark.parametrize("reason", ["", "   ", "E-05", "Không"])
def test_a_refusal_says_why_in_words(hall, ask, reason):
    reference = hall.at("receive")
    ask(reference)
    with pytest.raises(BodyInvalid) as refused:
        decide(hall, reference, "kept", reason=reason)
    assert [f.pointer for f in refused.value.fields] == ["/reason"]
    assert hall.head(reference)["state"] == 7


def test_it_may_be_asked_for_again_after_a_refusal_and_that_is_another_task(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    decide(hall, reference, "kept", reason=REASON)
    ask(reference, key="second")
    assert hall.rows.get(reference, f"{TASK}#2")["status"] == "open"
    assert decide(hall, reference, "stopped", round=2).outcome == "stopped"


def test_what_was_approved_before_a_withdrawal_was_asked_is_decided_when_it_goes_on_and_not_before(hall, ask):
    reference = hall.at("receive", "verify", "approve")
    ask(reference)
    hall.flow.report_leg(reference, LEG)  # the worker comes only now
    assert hall.told(reference, DossierDecided) == []
    decide(hall, reference, "kept", reason=REASON)
    for _ in range(2):
        hall.flow.go_on(reference)
    assert len(hall.told(reference, DossierDecided)) == 1


def test_what_goes_on_is_not_decided_before_its_legs_are_done(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    decide(hall, reference, "kept", reason=REASON)
    hall.flow.go_on(reference)
    assert hall.told(reference, DossierDecided) == []


def test_only_reception_of_the_receiving_unit_decides(hall, ask):
    reference = hall.at("receive")
    ask(reference)
    with pytest.raises(NotAllowed):
        decide(hall, reference, "stopped", who=people.PROCESSING)
    with pytest.raises(NotFound):
        decide(hall, reference, "stopped", who=people.officer("reception", agency=people.OTHER_OFFICE["id"]))
