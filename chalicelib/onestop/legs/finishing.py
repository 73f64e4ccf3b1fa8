"""An agency's part is done: it is told, the dossier is handed on, and whatever comes next begins in the same write."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from chalicelib.contracts.onestop import LegCompleted, LegOutcome
from chalicelib.contracts.plan import LegStep
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import RouteLeg, is_lead, leg_of, legs_of, receiver_of
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.onestop.dates import term_of
from chalicelib.onestop.legs.opening import Handed, Opening
from chalicelib.onestop.model import stands_in_for
from chalicelib.sealing.door import seal

AGREED: Final = "agreed"
DISAGREED: Final = "disagreed"
APPROVED: Final = "approved"
FORWARDED: Final = "forwarded"
FINISHES: Final = (AGREED, DISAGREED, APPROVED)
"""What an agency's part comes to by its last task: the leading one approves, the others answer it."""


class Hands(NamedTuple):
    """Who gives and who receives, as the control slip names them (form 06)."""

    giver: str
    receiver: str


@dataclass(frozen=True)
class Finishing:
    """What the last task of a leg leads to; the dossier was read with its plan, tasks and legs."""

    opening: Opening

    def finish(
        self,
        change: Change,
        dossier: Dossier,
        task: Task,
        who: Principal,
        outcome: str,
        *,
        approver: str = "",
        reason: str = "",
    ) -> None:
        """The leg is done; legs that waited for it begin. `reason` is encrypted here, `approver` was before."""
        sealed = seal(dossier.reference, {"reason": reason}) if reason else ""
        head = dossier.head
        event = LegCompleted(
            agency=task.agency,
            handler=who.name,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(change.now),
            due_at=head.due_at,
            acted_for=stands_in_for(who, task.kind),
            leg=task.leg,
            outcome=outcome,
            sealed=sealed,
        )
        change.tell(event, actor=who.subject)
        change.complete_leg(task.leg, LegOutcome(outcome=outcome, leg=task.leg), approver, sealed)
        if following := self._following(dossier, task):
            row = self._between(change, dossier, task, following)
            office = dossier.plan.office
            handed = Handed(giver=row.giver, receiving=office.one_stop, due_at=task.due_at, row=row)
            due_at, term = head.due_at or task.due_at, term_of(dossier)
            self.opening.open(change, dossier, following, handed, term=term, due_at=due_at, code=head.dossier_code)

    def hands(self, change: Change, dossier: Dossier, task: Task, who: Principal, outcome: str, receiver: str) -> Hands:
        """Who hands to whom as a task is completed: within an agency its officer, between agencies they themselves.

        `receiver` is who comes next within the agency. Of a dossier that one agency settles the officer says it all.
        """
        if outcome == FORWARDED and task.kind == "receive":
            return Hands(dossier.plan.office.one_stop, self._name(change, dossier, leg_for(dossier, task).agency))
        if task.kind == "consult":
            asks = self._name(change, dossier, leg_for(dossier, task).agency)
            return Hands(self._name(change, dossier, task.agency), asks)
        if outcome not in FINISHES or len(legs_of(dossier.plan)) == 1:
            return Hands(who.name, receiver)
        return self._between(change, dossier, task, self._following(dossier, task))

    def _between(self, change: Change, dossier: Dossier, task: Task, following: list[RouteLeg]) -> Hands:
        to = receiver_of(dossier.plan, leg_for(dossier, task), following)
        receiver = self._name(change, dossier, to.agency) if to else dossier.plan.office.one_stop
        return Hands(self._name(change, dossier, task.agency), receiver)

    def _name(self, change: Change, dossier: Dossier, agency: str) -> str:
        return self.opening.name(change, dossier, agency)

    def _following(self, dossier: Dossier, task: Task) -> list[RouteLeg]:
        return self.opening.following(dossier, begun=dossier.begun_legs, done=dossier.done_legs | {task.leg})


def leg_for(dossier: Dossier, task: Task) -> RouteLeg:
    """The leg of a task. Raises NotFound for one that the route does not have."""
    leg = leg_of(dossier.plan, task.leg)
    if leg is None:
        raise NotFound(what="task")
    return leg


def require_outcome(dossier: Dossier, task: Task, outcome: str) -> None:
    """Raise BodyInvalid for an outcome that is not of this place in the route.

    Who leads approves; the other agencies answer by their last task (Decree 61/2018 Art. 19(5)-(7)). Who leads and who
    received it may refuse it (Art. 19(8)); the law names no agency.
    """
    allowed = _outcomes(dossier, task)
    if outcome not in allowed:
        names = ", ".join(allowed)
        raise BodyInvalid(fields=[FieldError("/outcome", "enum", f"Chỉ nhận {names}", f"Only {names}")])


def step_after(leg: RouteLeg, step: LegStep) -> LegStep | None:
    """The task that follows one within a leg; None after the last."""
    return next(iter(leg.steps[leg.steps.index(step) + 1 :]), None) if step in leg.steps else None


def _outcomes(dossier: Dossier, task: Task) -> tuple[str, ...]:
    leg, leads = leg_for(dossier, task), is_lead(dossier.plan, task.leg)
    if task.kind == "approve":
        return (APPROVED,) if leads else (AGREED, DISAGREED)
    if step_after(leg, "verify") is None:
        return (AGREED, DISAGREED, "supplement")
    may_refuse = leads or leg.agency == dossier.head.agency
    return ("verified", "supplement", "refused") if may_refuse else ("verified", "supplement")
