"""Reception decides on a withdrawal: the dossier stops, or goes on where it stood."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.contracts.lifecycle import DossierStopped, WithdrawalRefused
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Leg, Task
from chalicelib.dossier.people import filed_under
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.law.states import DossierState
from chalicelib.onestop.ending import end_all
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import require_state, transition
from chalicelib.onestop.papered import notice, paper
from chalicelib.onestop.plain import require_reason
from chalicelib.sealing.door import seal

STOPPED = "stopped"
"""What tasks and legs of a stopped dossier come to."""
WITHDRAWAL = ("withdrawn_from", "withdrawing")
"""Fields of HEAD that only a dossier has of which somebody asks a withdrawal."""


@dataclass(frozen=True)
class Stop:
    """The receiving unit confirms the withdrawal: form 05 (Circular 03/2025 Art. 7, Decree 118/2025 Art. 21).

    That no decision exists is sure in state 7: nothing is decided while a dossier stands there.
    """

    leg: Callable[[str, str], Leg | None]
    reads: tuple[Part, ...] = (Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
    receiver: str = "Người nộp hồ sơ"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """Every other task and leg comes to nothing, those of the applicant too. Raises ForbiddenStep."""
        require_state(dossier.head, DossierState.WITHDRAWAL_REQUESTED, wanted=DossierState.STOPPED)
        state = transition(dossier.head.state, DossierState.STOPPED)
        before = dossier.head.withdrawn_from or DossierState.PROCESSING
        told = notice(change, dossier, who, kind=task.kind)
        facts = paper(dossier, who, told, reason=given.reason or given.note, stood=before)
        event = DossierStopped(**facts, why="withdrawn", representation=filed_under(dossier.head))
        change.tell(event, state=state, actor=who.subject)
        change.move(state=state).take_off(*WITHDRAWAL)
        end_all(dossier, change, self.leg, STOPPED, but=task)


@dataclass(frozen=True)
class Keep:
    """The withdrawal is refused with a reason: the dossier stands where it stood, and what was interrupted goes on."""

    reads: tuple[Part, ...] = (Part.TASKS,)
    receiver: str = "Bộ phận đang giải quyết"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """Back to the state before. Raises ForbiddenStep, BodyInvalid without a reason."""
        head = dossier.head
        before = DossierState(head.withdrawn_from or DossierState.PROCESSING)
        require_state(head, DossierState.WITHDRAWAL_REQUESTED, wanted=before)
        require_reason(given.reason)
        state = transition(head.state, before)
        event = WithdrawalRefused(
            **notice(change, dossier, who, kind=task.kind),
            reference=dossier.reference,
            sealed=seal(dossier.reference, {"reason": given.reason}),
        )
        change.tell(event, state=state, actor=who.subject).move(state=state).take_off(*WITHDRAWAL)
