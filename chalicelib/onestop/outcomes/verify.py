"""An officer verifies a dossier."""

from dataclasses import dataclass

from chalicelib.contracts.onestop import DossierVerified
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.confirming.asking import ask, is_asked
from chalicelib.onestop.consulting.waiting import require_answered
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import leg_for, require_outcome
from chalicelib.onestop.model import require_state, stands_in_for
from chalicelib.onestop.outcomes.following import following


@dataclass(frozen=True)
class Verify:
    """The verification is recorded (Decree 61/2018 Art. 19(1)-(3))."""

    reads: tuple[Part, ...] = (Part.CLOCK, Part.PLAN, Part.TASKS)
    receiver: str = "Lãnh đạo ký duyệt"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> Task:
        """The dossier is verified. Raises ForbiddenStep, BodyInvalid where this agency has nothing to do after it."""
        require_state(dossier.head, DossierState.PROCESSING)
        require_outcome(dossier, task, given.outcome)
        require_answered(dossier, task)
        head = dossier.head
        event = DossierVerified(
            agency=head.agency,
            handler=who.name,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(change.now),
            due_at=head.due_at,
            acted_for=stands_in_for(who, task.kind),
            dossier_code=head.dossier_code or "",
        )
        change.tell(event, actor=who.subject)
        if is_asked(dossier, task.leg):
            return ask(change, dossier, task)
        own = leg_for(dossier, task).planned.deadline
        due_at = task.due_at if own else head.due_at or task.due_at
        return following(task, "approve", dossier, change, due_at=due_at, code=head.dossier_code)
