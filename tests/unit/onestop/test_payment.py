"""An officer asks for a payment and records it; the clock stands only by a clause (Decree 61/2018 Art. 22)."""

from contextlib import nullcontext

import pytest

from chalicelib.contracts.lifecycle import PaymentRecorded, PaymentRequested
from chalicelib.contracts.onestop import DossierDecided
from chalicelib.dossier import lists
from chalicelib.dossier.reading import Part, read
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import ForbiddenStep, KeyReused, NotAllowed, NotFound
from chalicelib.law.policy import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.changes.keyed import Acts, Asked
from chalicelib.onestop.changes.limits import Owed
from chalicelib.onestop.changes.payment import Paid, Payments
from chalicelib.onestop.changes.refusals import ReceiptUsed
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.sealing.door import unseal
from tests.fakes import people
from tests.support.hall import LEG, Hall

CLAUSE = "Luật Đất đai 2024, Điều 1"
OWED = Owed(amount=150_000, currency="VND", reason="Lệ phí cấp giấy")
TASK = f"TASK#{LEG}#payment"
WAITS = DossierState.PAYMENT_REQUESTED


@pytest.fixture(params=["stands", "runs"])
def clause(request):
    """The clause by which the clock stands, or none."""
    return CLAUSE if request.param == "stands" else None


def paying(tables, clause):
    stops = [{"reason": "payment", "citation": clause}] if clause else []
    hall = Hall(tables, term={"text": "5wd", "stops": stops})
    return hall, Payments(Acts(hall.dossiers, hall.views, hall.clock))


@pytest.fixture
def payments(hall):
    return Payments(Acts(hall.dossiers, hall.views, hall.clock))


def asked(reference, who=people.PROCESSING, key="pay-1", raw=b"{}"):
    return Asked(who, reference, key, raw)


def due_day(hall, reference):
    return moment(hall.head(reference)["due_at"]).astimezone(ZONE).date().isoformat()


def test_what_is_owed_waits_for_the_applicant_as_a_task_and_is_told(hall, payments):
    reference = hall.at("receive")
    by = "2026-12-10T16:59:59.000+00:00"
    done = payments.ask(asked(reference), Owed(150_000, "VND", "Lệ phí cấp giấy", by))
    head, task = hall.head(reference), hall.rows.get(reference, TASK)
    assert (head["state"], done.row.state) == (WAITS, WAITS)
    assert (task["status"], task["due_at"], task["agency"]) == ("open", by, people.OFFICE["id"])
    (told,) = hall.told(reference, PaymentRequested)
    assert (told.amount, told.currency, told.pay_by, told.stops) == (150_000, "VND", by, None)
    assert all((told.agency, told.handler, told.received_at, told.processed_at, told.due_at))
    assert unseal(reference, told.sealed) == {"reason": "Lệ phí cấp giấy"}
    assert hall.views.read(people.CITIZEN, reference, Part.TASKS).open_task.kind == "payment"
    with pytest.raises(ForbiddenStep):
        hall.complete(reference, "verify")


def test_without_a_date_of_its_own_it_is_due_with_the_dossier(hall, payments):
    reference = hall.at("receive")
    payments.ask(asked(reference), OWED)
    assert hall.rows.get(reference, TASK)["due_at"] == hall.head(reference)["due_at"]


def test_paid_the_dossier_goes_on_and_what_was_interrupted_too(hall, payments):
    reference = hall.at("receive")
    payments.ask(asked(reference), OWED)
    payments.record(asked(reference, who=people.RECEPTION, key="paid-1"), Paid("BL-0017", "portal", "PP-1"))
    task = hall.rows.get(reference, TASK)
    assert (task["status"], task["outcome"], "wl_pk" in task) == ("done", "paid", False)
    (told,) = hall.told(reference, PaymentRecorded)
    assert (told.proof, hall.head(reference)["state"]) == ("BL-0017", DossierState.PROCESSING)
    assert (told.paid_by, told.transaction) == ("portal", "PP-1")
    assert all((told.agency, told.handler, told.received_at, told.processed_at, told.due_at))
    hall.complete(reference, "verify")
    assert hall.rows.unbroken(reference)


def test_it_may_be_asked_for_again_as_another_task(hall, payments):
    reference = hall.at("receive")
    payments.ask(asked(reference), OWED)
    payments.record(asked(reference, who=people.RECEPTION, key="paid-1"), Paid("BL-0017"))
    payments.ask(asked(reference, key="pay-2"), OWED)
    assert hall.rows.get(reference, f"{TASK}#2")["status"] == "open"


@pytest.mark.parametrize(("now", "paid"), [("2026-12-31T16:59:59+00:00", 1), ("2026-12-31T17:00:00+00:00", 2)])
def test_a_receipt_number_without_a_symbol_begins_again_with_the_year_of_viet_nam(hall, payments, now, paid):
    reference = hall.at("receive")
    payments.ask(asked(reference), OWED)
    payments.record(asked(reference, who=people.RECEPTION, key="paid-1"), Paid("0017"))
    payments.ask(asked(reference, key="pay-2"), OWED)
    hall.clock.at(now)
    with nullcontext() if paid > 1 else pytest.raises(ReceiptUsed):
        payments.record(asked(reference, who=people.RECEPTION, key="paid-2"), Paid("0017"))
    assert len(hall.told(reference, PaymentRecorded)) == paid


def test_the_clock_stands_only_where_a_law_of_the_sector_says_so_and_runs_again_where_it_stood(tables, clause):
    hall, payments = paying(tables, clause)
    reference = hall.at("receive")  # Wednesday 2026-11-25
    Claims(hall.dossiers, hall.clock).claim(people.PROCESSING, f"{reference}.{LEG}.verify", "mine-1")
    assert due_day(hall, reference) == "2026-12-02"
    hall.clock.advance(days=1)
    payments.ask(asked(reference), OWED)
    assert due_day(hall, reference) == "2026-12-02"  # what was told stays until the clock runs again
    hall.clock.advance(days=4)  # Monday
    payments.record(asked(reference, who=people.RECEPTION, key="paid-1"), Paid("BL-0017"))
    # Thursday, Friday and Monday were touched by the stop, and do not count
    assert due_day(hall, reference) == ("2026-12-07" if clause else "2026-12-02")
    (told,) = hall.told(reference, PaymentRecorded)
    head, task = hall.head(reference), hall.rows.get(reference, f"TASK#{LEG}#verify")
    assert told.due_at == head["due_at"] == task["due_at"] == task["wl_sk"].split("#")[0]
    assert [each.due_at for each in lists.claimed(officer_hash(people.PROCESSING))] == [told.due_at]
    found = read(reference, Part.CLOCK).clock
    assert [(m.type, m.reason) for m in found.marks] == ([("stop", "payment"), ("resume", "payment")] if clause else [])
    (request,) = hall.told(reference, PaymentRequested)
    assert request.stops == clause


def test_a_task_is_not_overdue_while_the_clock_stands(tables, clause):
    from chalicelib.onestop.store import Table
    from chalicelib.onestop.sweep import Sweep

    hall, payments = paying(tables, clause)
    reference = hall.at("receive")
    payments.ask(asked(reference), Owed(1, "VND", "Lệ phí cấp giấy", stamp(hall.clock.now.replace(year=2027))))
    hall.clock.advance(days=30)
    assert Sweep(Table(), hall.clock).run().overdue == (0 if clause else 1)


def test_only_what_was_asked_to_be_paid_is_paid_and_only_a_running_dossier_is_asked(hall, payments):
    reference = hall.at("receive")
    with pytest.raises(ForbiddenStep) as refused:
        payments.record(asked(reference), Paid("BL-0017"))
    assert refused.value.facts["state"] == 4
    payments.ask(asked(reference), OWED)
    with pytest.raises(ForbiddenStep) as refused:
        payments.ask(asked(reference, key="pay-2"), OWED)
    assert refused.value.facts == {"state": 6, "wanted": 6, "allowed": [4, 7]}


@pytest.mark.parametrize("state", [1, 3, 5, 7, 8, 9, 10])
def test_a_dossier_in_another_state_is_neither_asked_for_a_payment_nor_paid(hall, payments, state):
    reference = hall.at("receive")
    hall.put(reference, state=state)
    for act in (
        lambda: payments.ask(asked(reference), OWED),
        lambda: payments.record(asked(reference), Paid("BL-0017")),
    ):
        with pytest.raises(ForbiddenStep) as refused:
            act()
        assert refused.value.facts["state"] == state


def test_what_is_decided_is_asked_for_nothing(hall, payments):
    reference = hall.decided()
    with pytest.raises(ForbiddenStep) as refused:
        payments.ask(asked(reference), OWED)
    assert refused.value.facts["allowed"] == [9]


def test_what_was_approved_before_is_decided_once_it_is_paid(hall, payments):
    reference = hall.at("receive", "verify", "approve")
    payments.ask(asked(reference), OWED)
    hall.flow.report_leg(reference, LEG)
    assert hall.told(reference, DossierDecided) == []
    payments.record(asked(reference, who=people.RECEPTION, key="paid-1"), Paid("BL-0017"))
    hall.flow.go_on(reference)
    assert len(hall.told(reference, DossierDecided)) == 1


def test_only_officers_of_the_agency_who_receive_or_verify_may(hall, payments):
    reference = hall.at("receive")
    for who in (people.LEADER, people.CITIZEN):
        with pytest.raises(NotAllowed):
            payments.ask(asked(reference, who=who), OWED)
    with pytest.raises(NotFound):
        payments.ask(asked(reference, who=people.officer("processing", agency=people.OTHER_OFFICE["id"])), OWED)


def test_a_key_tells_the_same_again_and_is_of_one_act(hall, payments):
    reference = hall.at("receive")
    first = payments.ask(asked(reference), OWED)
    assert payments.ask(asked(reference), OWED) == first
    with pytest.raises(KeyReused):
        payments.record(asked(reference), Paid("BL-0017"))
    assert len(hall.told(reference, PaymentRequested)) == 1
