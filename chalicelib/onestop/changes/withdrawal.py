"""Whoever may withdraw a dossier asks for it: it stands still until the receiving unit decides."""

from dataclasses import dataclass

from msgspec import structs

from chalicelib.contracts.lifecycle import WithdrawalAsked, WithdrawalJoined
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head, Task
from chalicelib.dossier.people import confirmed
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NotAllowed
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.dates import reception_due
from chalicelib.onestop.model import forbidden, leg_names, require_undecided, transition
from chalicelib.onestop.papered import notice
from chalicelib.onestop.refusals import WithdrawalAskedBefore
from chalicelib.sealing.door import seal

MAY = "withdraw"
"""The act that a representation has to name (Decree 118/2025 Art. 21 lets the applicant stop, and whom they let)."""


@dataclass(frozen=True)
class Withdrawals:
    """The use case of the applicant."""

    acts: Acts

    def ask(self, asked: Asked, reason: str = "") -> Done:
        """State 7, and a task for the receiving unit's reception (Circular 03/2025 Art. 7).

        Of several holders one is enough, or all have to ask, as the procedure says. Raises NotFound, NotAllowed,
        ForbiddenStep once a decision exists or the dossier ended, WithdrawalAskedBefore, KeyReused, LevelTooLow.
        """

        def write(dossier: Dossier, change: Change) -> None:
            who, head = asked.who, dossier.head
            require_scope(who, head)
            require_undecided(head, DossierState.WITHDRAWAL_REQUESTED)
            if head.paper_result:  # it was signed by hand: a result exists
                raise forbidden(head.state, DossierState.WITHDRAWAL_REQUESTED, is_decided=True)
            state = transition(head.state, DossierState.WITHDRAWAL_REQUESTED)
            asks = side_of(who, head)
            joined = head.withdrawing or ()
            if asks in joined:
                raise WithdrawalAskedBefore(waits_for=len(_missing(dossier, joined)))
            joined = (*joined, asks)
            if missing := _missing(dossier, joined):
                event = WithdrawalJoined(reference=dossier.reference, by=asks, waits_for=len(missing))
                change.tell(event, actor=who.subject).move(withdrawing=joined)
                return
            sealed = seal(dossier.reference, {"reason": reason}) if reason else ""
            facts = notice(change, dossier, who)
            change.tell(
                WithdrawalAsked(**facts, reference=dossier.reference, sealed=sealed), state=state, actor=who.subject
            )
            change.move(state=state, withdrawn_from=head.state).open_task(_task(dossier, change))

        return self.acts.once(acts.WITHDRAW, asked, (Part.PLAN, Part.TASKS), write)


def require_scope(who: Principal, head: Head) -> None:
    """Raise NotAllowed for a representative whose mandate does not let them withdraw."""
    acting = head.acting
    if acting and who.holder == acting.by and who.holder not in _holders(head) and MAY not in acting.may:
        raise NotAllowed(act=acts.WITHDRAW)


def side_of(who: Principal, head: Head) -> str:
    """For which of the holders somebody asks: a representative for the one who is represented."""
    return who.holder if who.holder in _holders(head) else head.holder


def _holders(head: Head) -> tuple[str, ...]:
    return (head.holder, *(each.holder for each in confirmed(head)))


def _missing(dossier: Dossier, joined: tuple[str, ...]) -> tuple[str, ...]:
    """Who of those who hold it has to ask, too."""
    if dossier.plan.withdrawal != "all":
        return ()
    return tuple(each for each in _holders(dossier.head) if each not in joined)


def _task(dossier: Dossier, change: Change) -> Task:
    """The receiving unit decides at once, says the law, in no number of hours: its reception's clock, as our policy."""
    head, leg = dossier.head, leg_names(dossier.plan)[0]
    opened = Task(
        leg=leg,
        kind="withdrawal",
        agency=dossier.plan.office.id,
        opened_at=stamp(change.now),
        due_at=reception_due(change.now),
        reference=dossier.reference,
        procedure=head.procedure,
        dossier_code=head.dossier_code,
    )
    return structs.replace(opened, round=dossier.rounds(leg, "withdrawal") + 1)
