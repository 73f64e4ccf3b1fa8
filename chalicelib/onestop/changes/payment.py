"""An officer says what is to be paid, and another that it was: the gateway of payments is not asked here."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.lifecycle import PaidBy, PaymentConfirmed, PaymentRecorded, PaymentRequested
from chalicelib.contracts.stored import typed
from chalicelib.dossier import receipts
from chalicelib.dossier.change import Change
from chalicelib.dossier.hands import hand_of
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.second_person import Judged, doer_of, judge, require_other
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import SecondUnknown
from chalicelib.kernel.record import LogRow
from chalicelib.law import packs
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.changes.limits import Owed, require_owed
from chalicelib.onestop.changes.refusals import NoPaymentToConfirm, ReceiptUsed, SameCashier
from chalicelib.onestop.dates import clause_of, mark_clock, term_of
from chalicelib.onestop.legs.terms import run_again
from chalicelib.onestop.model import (
    forbidden,
    leg_names,
    require_state,
    require_undecided,
    transition,
)
from chalicelib.onestop.papered import notice
from chalicelib.sealing.door import seal

READS = (Part.CLOCK, Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
PAID = "paid"
CONFIRMED: Final = "confirmed"
CASHIERS: Final[tuple[TaskKind, ...]] = ("receive", "verify")
"""Whoever does one of these asks for payments, records and confirms them."""
ASKED_IN = (DossierState.ACCEPTED, DossierState.PROCESSING)
"""A withdrawal that is refused leads back to a payment as well, and asks for none."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What an officer says of a payment: the number of its receipt, how it was made, the platform's number of it."""

    proof: str
    by: PaidBy | None = None
    transaction: str | None = None


@dataclass(frozen=True)
class Payments:
    """Use cases of the officers who ask for a payment and record it (Decree 61/2018 Art. 22)."""

    acts: Acts

    def ask(self, asked: Asked, owed: Owed) -> Done:
        """State 6 and a task of the applicant; the clock stands only by a clause of the procedure's sector.

        At most what the version's fees can be, or the cap of the rule pack. Raises NotFound, NotAllowed, ForbiddenStep,
        BodyInvalid, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            head = dossier.head
            require_state(head, *ASKED_IN, wanted=DossierState.PAYMENT_REQUESTED)
            require_undecided(head, DossierState.PAYMENT_REQUESTED)
            require_owed(dossier, owed)
            state = transition(head.state, DossierState.PAYMENT_REQUESTED)
            clause = clause_of(term_of(dossier), "payment")
            event = PaymentRequested(
                **notice(change, dossier, asked.who),
                reference=dossier.reference,
                amount=owed.amount,
                currency=owed.currency,
                pay_by=owed.pay_by,
                stops=clause,
                sealed=seal(dossier.reference, {"reason": owed.reason}),
            )
            change.tell(event, state=state, actor=asked.who.subject).move(state=state)
            change.open_task(_task(dossier, change, owed, asked.who))
            if clause:
                mark_clock(change, dossier, ClockMark(type="stop", at=stamp(change.now), reason="payment"))

        return self.acts.once(acts.ASK_PAYMENT, asked, READS, write, does=CASHIERS)

    def record(self, asked: Asked, paid: Paid) -> Done:
        """State 4: it was paid. The clock runs again where it stood.

        Another officer than who asked records it; where nobody else is there, a second one has to confirm it later.
        Raises NotFound, NotAllowed, ForbiddenStep, SameCashier, ReceiptUsed, BodyInvalid, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            state, due_at = _paid(dossier), dossier.head.due_at
            judged = self._judged(asked.who, dossier, "payment", _last(dossier, PaymentRequested.type).actor or "")
            if judged.said == "same":
                self._require_alone(asked.who, dossier, change)
            if judged.said == "second":
                raise SecondUnknown(whose=judged.said, officer=judged.officer)
            if judged.said != "other":  # whose number nobody knows may be who records it: a second one confirms it
                change.open_task(_waiting(dossier, change, asked.who))
            _use_numbers(change, dossier, asked.who, paid)
            if _stands(dossier):
                due_at = run_again(change, dossier, "payment")
            facts = notice(change, dossier, asked.who, due_at=due_at)
            event = PaymentRecorded(
                **facts,
                reference=dossier.reference,
                proof=paid.proof,
                paid_by=paid.by,
                transaction=paid.transaction,
            )
            change.tell(event, state=state, actor=asked.who.subject).move(state=state)
            for task in dossier.tasks:
                if task.is_open and task.kind == "payment":
                    change.drop_task(task, PAID)

        try:
            return self.acts.once(acts.RECORD_PAYMENT, asked, READS, write, does=CASHIERS)
        except aws.Lost as lost:
            used = {name.partition(" ")[0] for name in lost.parts} & {receipts.RECEIPT, receipts.TRANSACTION}
            if not used:
                raise
            raise ReceiptUsed(field="/proof" if receipts.RECEIPT in used else "/transaction") from lost

    def confirm(self, asked: Asked) -> Done:
        """A second officer confirms what one alone recorded, at any stage of the dossier.

        Raises NotFound, NotAllowed, NoPaymentToConfirm, SameCashier, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            task = next((each for each in dossier.tasks if each.is_open and each.kind == "reconcile"), None)
            if task is None:
                raise NoPaymentToConfirm
            # The n-th confirmation is of the n-th payment that somebody recorded alone: the task says when.
            row = next(row for row in dossier.events if row.type == PaymentRecorded.type and row.at == task.opened_at)
            judged = self._judged(asked.who, dossier, "reconcile", row.actor or "")
            require_other(judged, SameCashier())
            proof = typed(PaymentRecorded, row.data, row.stored).proof
            event = PaymentConfirmed(reference=dossier.reference, agency=dossier.head.agency, proof=proof)
            change.tell(event, actor=asked.who.subject).drop_task(task, CONFIRMED)

        return self.acts.once(acts.CONFIRM_PAYMENT, asked, (Part.EVENTS, Part.TASKS), write, does=CASHIERS)

    def _judged(self, who: Principal, dossier: Dossier, kind: TaskKind, account: str) -> Judged:
        """Whether an officer is another person than who opened the open task of a kind by this account."""
        numbers = _numbers_of(dossier, kind)
        agencies = {who.agency, dossier.head.agency, *(task.agency for task in dossier.tasks)}
        return judge(doer_of(who), {account}, numbers, self.acts.dossiers.numbers_on_lists(agencies))

    def _require_alone(self, who: Principal, dossier: Dossier, change: Change) -> None:
        """Raise SameCashier where another officer of the agency is there today who could record it."""
        day = change.now.astimezone(ZONE).date()
        agency = who.agency or dossier.head.agency
        if self.acts.dossiers.has_another(agency, who, CASHIERS, day):
            raise SameCashier


def _use_numbers(change: Change, dossier: Dossier, who: Principal, paid: Paid) -> None:
    """The numbers of a payment are used: the receipt's of the dossier's agency, and of the recorder's if it is another.

    An agency that took over the work of others gives receipts of its own for their dossiers. A number that served as
    a transaction's serves as no receipt's of another payment, nor the other way round.
    """
    day, at = change.now.astimezone(ZONE).date(), stamp(change.now)
    pack = packs.pinned(dossier.head.rule_pack, day)
    receipt = receipts.read_receipt(paid.proof, pack.rules.payment_receipt.value, day.year, "/proof")
    agencies = {dossier.head.agency, who.agency or dossier.head.agency}
    fences = [receipts.receipt_fence(each, receipt) for each in agencies]
    texts = {receipts.text_key(each, paid.proof, day.year) for each in agencies}
    taken = {receipts.transaction_key(paid.transaction)} if paid.transaction else set()
    looked_for = {receipts.transaction_key(paid.proof)} - taken
    others = {receipts.text_key(each, paid.transaction, day.year) for each in agencies if paid.transaction} - texts
    for name, keys, free, shared in (
        (
            receipts.RECEIPT,
            {key for fence in fences for key in fence.taken},
            {key for fence in fences for key in fence.free} | looked_for,
            {key for fence in fences for key in fence.shared} | texts,
        ),
        (receipts.TRANSACTION, taken, others, set[receipts.Key]()),
    ):
        for place, key in enumerate(sorted(keys)):
            change.require(f"{name} {place}", receipts.used(key, dossier.reference, at))
        for place, key in enumerate(sorted(free)):
            change.require(f"{name} unused {place}", receipts.unused(key))
        for place, key in enumerate(sorted(shared)):
            change.require(f"{name} marked {place}", receipts.marked(key, dossier.reference, at))


def _last(dossier: Dossier, kind: str) -> LogRow:
    return next(row for row in reversed(dossier.events) if row.type == kind)


def _numbers_of(dossier: Dossier, kind: TaskKind) -> tuple[str, ...]:
    """The personal numbers (keyed hashes) of who opened the open task of a kind; none of what was not kept."""
    task = next((each for each in dossier.tasks if each.is_open and each.kind == kind), None)
    return task.opened_by.numbers if task and task.opened_by else ()


def _waiting(dossier: Dossier, change: Change, who: Principal) -> Task:
    """What waits for a second officer, on the list of the agency, due with the dossier."""
    head, leg = dossier.head, leg_names(dossier.plan)[0]
    return Task(
        leg=leg,
        kind="reconcile",
        agency=head.agency,
        opened_at=stamp(change.now),
        due_at=head.due_at or stamp(change.now),
        reference=dossier.reference,
        procedure=head.procedure,
        dossier_code=head.dossier_code,
        round=dossier.rounds(leg, "reconcile") + 1,
        opened_by=hand_of(who),
    )


def _paid(dossier: Dossier) -> int:
    """In process again; only what was asked to be paid: another dossier goes there by another act."""
    if dossier.head.state != DossierState.PAYMENT_REQUESTED:
        raise forbidden(dossier.head.state, DossierState.PROCESSING)
    return transition(dossier.head.state, DossierState.PROCESSING)


def _stands(dossier: Dossier) -> bool:
    """Whether the clock stands for the payment."""
    marks = [mark for mark in dossier.clock.marks if mark.reason == "payment"]
    return bool(marks) and marks[-1].type == "stop"


def _task(dossier: Dossier, change: Change, owed: Owed, who: Principal) -> Task:
    """What waits for the applicant, of the agency that waits; without a date of its own it is due with the dossier."""
    head, leg = dossier.head, leg_names(dossier.plan)[0]
    return Task(
        leg=leg,
        kind="payment",
        agency=head.agency,
        opened_at=stamp(change.now),
        due_at=owed.pay_by or head.due_at or stamp(change.now),
        reference=dossier.reference,
        procedure=head.procedure,
        dossier_code=head.dossier_code,
        round=dossier.rounds(leg, "payment") + 1,
        opened_by=hand_of(who),
    )
