"""An officer says what is to be paid, and that it was: the gateway of payments is not asked here."""

from dataclasses import dataclass

from chalicelib.contracts.lifecycle import PaidBy, PaymentRecorded, PaymentRequested
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.dates import clause_of, mark_clock, term_of
from chalicelib.onestop.legs.terms import run_again
from chalicelib.onestop.model import forbidden, leg_names, require_state, require_undecided, transition
from chalicelib.onestop.papered import notice
from chalicelib.sealing.door import seal

READS = (Part.CLOCK, Part.PLAN, Part.TASKS)
PAID = "paid"
ASKED_IN = (DossierState.ACCEPTED, DossierState.PROCESSING)
"""A withdrawal that is refused leads back to a payment as well, and asks for none."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the applicant has to pay: in whole units of the currency, until when (a stored stamp), and why in words."""

    amount: int
    currency: str
    reason: str
    pay_by: str | None = None


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

        Raises NotFound, NotAllowed, ForbiddenStep, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            head = dossier.head
            require_state(head, *ASKED_IN, wanted=DossierState.PAYMENT_REQUESTED)
            require_undecided(head, DossierState.PAYMENT_REQUESTED)
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
            change.open_task(_task(dossier, change, owed))
            if clause:
                mark_clock(change, dossier, ClockMark(type="stop", at=stamp(change.now), reason="payment"))

        return self.acts.once(acts.ASK_PAYMENT, asked, READS, write, does=("receive", "verify"))

    def record(self, asked: Asked, paid: Paid) -> Done:
        """State 4: it was paid. The clock runs again where it stood.

        Raises NotFound, NotAllowed, ForbiddenStep, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            state, due_at = _paid(dossier), dossier.head.due_at
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

        return self.acts.once(acts.RECORD_PAYMENT, asked, READS, write, does=("receive", "verify"))


def _paid(dossier: Dossier) -> int:
    """In process again; only what was asked to be paid: another dossier goes there by another act."""
    if dossier.head.state != DossierState.PAYMENT_REQUESTED:
        raise forbidden(dossier.head.state, DossierState.PROCESSING)
    return transition(dossier.head.state, DossierState.PROCESSING)


def _stands(dossier: Dossier) -> bool:
    """Whether the clock stands for the payment."""
    marks = [mark for mark in dossier.clock.marks if mark.reason == "payment"]
    return bool(marks) and marks[-1].type == "stop"


def _task(dossier: Dossier, change: Change, owed: Owed) -> Task:
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
    )
