"""An agency that does not decide answers the one that does: it agrees, or it does not and says why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.consulting.waiting import require_answered
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import DISAGREED, Finishing, require_outcome
from chalicelib.onestop.model import has_verified, require_state
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.refusals import SameOfficer


@dataclass(frozen=True)
class AnswerLead:
    """The part of an agency ends with its answer to the leading one (Decree 61/2018 Art. 19(6)(b), 19(7)).

    Who disagrees says why in words; it stops nothing by itself, as our policy: the leading agency reads it and decides.
    """

    finishing: Finishing
    has_one_officer: Callable[[str, date], bool]
    reads: tuple[Part, ...] = (Part.LEGS, Part.PLAN, Part.TASKS)
    receiver: str = "Cơ quan chủ trì"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """The leg is done. Raises ForbiddenStep, BodyInvalid, SameOfficer."""
        require_state(dossier.head, DossierState.PROCESSING)
        require_outcome(dossier, task, given.outcome)
        require_answered(dossier, task)
        if given.outcome == DISAGREED:
            require_reason(given.reason)
        day = change.now.astimezone(ZONE).date()
        is_second = task.kind == "approve" and has_verified(dossier.tasks, who)
        if is_second and not self.has_one_officer(task.agency, day):
            raise SameOfficer
        self.finishing.finish(change, dossier, task, who, given.outcome, reason=given.reason)
