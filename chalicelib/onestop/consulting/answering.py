"""The agency that was asked gives its opinion, or is silent until its deadline (Decree 61/2018 Art. 19(5))."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.consulting import ConsultationAnswered, ConsultationUnanswered
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.route import leg_of
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, did
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import DISAGREED
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.model import SYSTEM, require_state, slip_row
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.ports import Lapsing
from chalicelib.onestop.refusals import SameOfficer
from chalicelib.sealing.door import seal

SILENT: Final = "unanswered"
NOTE: Final = "Không trả lời"
ANSWERED_IN: Final = (
    DossierState.PROCESSING,
    DossierState.SUPPLEMENT_REQUESTED,
    DossierState.PAYMENT_REQUESTED,
)
"""An opinion is as good while the applicant is awaited."""


@dataclass(frozen=True)
class Answer:
    """The opinion, with words where it disagrees; it binds nobody: whoever asked decides."""

    reads: tuple[Part, ...] = (Part.PLAN, Part.TASKS)
    receiver: str = "Cơ quan lấy ý kiến"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """Nothing follows: the asking task was open all the time. Raises ForbiddenStep, BodyInvalid, SameOfficer."""
        require_state(dossier.head, *ANSWERED_IN)
        if task.opened_by and did(who, task.opened_by.officer, task.opened_by.numbers):
            raise SameOfficer
        if given.outcome == DISAGREED:
            require_reason(given.reason)
        event = ConsultationAnswered(
            reference=dossier.reference,
            leg=task.leg,
            round=task.round,
            agency=task.agency,
            asks=asking(dossier, task),
            outcome="disagreed" if given.outcome == DISAGREED else "agreed",
            sealed=seal(dossier.reference, {"opinion": given.reason}) if given.reason else "",
        )
        change.tell(event, actor=who.subject)


@dataclass(frozen=True)
class Silence:
    """What the sweep does with a question whose deadline passed; it may be asked twice."""

    dossiers: Lapsing
    opening: Opening
    clock: Clock

    def end(self, row: TaskRow) -> bool:
        """Whether it was recorded now that nobody answered.

        Where the flow goes on the question is closed, with its row of the slip; where the procedure waits it stays
        open, and the answer is late. Raises ContentErased, TryAgain, stored.Unreadable.
        """

        def once() -> bool:
            dossier, now = self.dossiers.dossier(row.pk, Part.PLAN, Part.TASKS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or task.overdue_at or moment(task.due_at) >= now:
                return False
            change, goes_on = self.dossiers.change(dossier, now), dossier.plan.silence != "waits"
            asks = asking(dossier, task)
            event = ConsultationUnanswered(
                reference=dossier.reference,
                leg=task.leg,
                round=task.round,
                agency=task.agency,
                asks=asks,
                due_at=task.due_at,
                goes_on=goes_on,
            )
            change.tell(event, actor="sweep")
            if goes_on:
                giver, receiver = (self.opening.name(change, dossier, each) for each in (task.agency, asks))
                slip = slip_row(giver, receiver, stamp(now), task.due_at, NOTE)
                change.close_task(task, outcome=SILENT, by=SYSTEM, key="", body="", slip=slip)
            else:
                change.mark_overdue(task)
            change.write()
            return True

        return record.settled(once)


def asking(dossier: Dossier, task: Task) -> str:
    """The agency that asked: the one whose part it is in which the question stands."""
    leg = leg_of(dossier.plan, task.leg)
    return leg.agency if leg else dossier.head.agency
