"""A receiving unit that is not competent forwards a dossier to the reception of the agency that is."""

from dataclasses import dataclass

from chalicelib.contracts.onestop import DossierRedirected
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.states import DossierState
from chalicelib.onestop.dates import reception_due
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import leg_for
from chalicelib.onestop.legs.opening import take_part
from chalicelib.onestop.model import require_state, stands_in_for
from chalicelib.onestop.refusals import NotCompetent


@dataclass(frozen=True)
class Redirect:
    """By competence and not by the place of submission (Decree 118/2025 Art. 14(2), 61/2018 Art. 17(2), 18).

    No clock runs yet: it starts when the competent agency receives (118/2025 Art. 17(3) as amended by 309/2026). The
    receipt and the result are the receiving unit's to hand over.
    """

    reads: tuple[Part, ...] = (Part.PLAN, Part.TASKS)
    receiver: str = "Cơ quan có thẩm quyền"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, _given: Given) -> Task:
        """Reception of the competent agency has the same working hours. Raises ForbiddenStep, BodyInvalid."""
        require_state(dossier.head, DossierState.REGISTERED)
        to = leg_for(dossier, task).agency
        if to == task.agency:
            vi, en = "Cơ quan này có thẩm quyền: tiếp nhận hồ sơ", "This agency is competent: accept the dossier"
            raise BodyInvalid(fields=[FieldError("/outcome", "competent", vi, en)])
        head, now, due_at = dossier.head, stamp(change.now), reception_due(change.now)
        event = DossierRedirected(
            agency=task.agency,
            handler=who.name,
            received_at=head.submitted_at or now,
            processed_at=now,
            due_at=due_at,
            acted_for=stands_in_for(who, task.kind),
            reference=dossier.reference,
            to=to,
        )
        change.tell(event, actor=who.subject).move(competent=to)
        take_part(change, dossier, [to])
        return Task(
            leg=task.leg,
            kind="receive",
            agency=to,
            opened_at=now,
            due_at=due_at,
            procedure=head.procedure,
            round=dossier.rounds(task.leg, "receive") + 1,
            reference=dossier.reference,
        )


def require_competent(dossier: Dossier, task: Task) -> None:
    """Raise NotCompetent for a reception whose agency has no part of its own where the route begins.

    A bundle is received by the portal, whoever does its first procedure.
    """
    agency = leg_for(dossier, task).agency
    if task.agency != agency and not dossier.plan.is_bundle:
        raise NotCompetent(agency=agency)
