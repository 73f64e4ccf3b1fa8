"""The applicant confirms the draft or corrects it, or is silent until the window ends: then it counts as confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.confirming import PreviewConfirmed, PreviewCorrected
from chalicelib.contracts.event import Event
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.legs.finishing import leg_for
from chalicelib.onestop.legs.terms import leg_due, pack_of, run_again
from chalicelib.onestop.model import SYSTEM, require_state, slip_row
from chalicelib.onestop.ports import Lapsing
from chalicelib.onestop.refusals import NothingToConfirm
from chalicelib.sealing.door import seal

READS: Final = (Part.CLOCK, Part.PLAN, Part.TASKS)
CONFIRMED: Final = "confirmed"
CORRECTED: Final = "corrected"
SILENT: Final = "silent"
APPLICANT: Final = "Người nộp hồ sơ"
SIGNS: Final = "Lãnh đạo ký duyệt"
VERIFIES: Final = "Bộ phận thẩm tra"


@dataclass(frozen=True)
class SilentConsent:
    """What the sweep does with a draft that nobody answered; it may be asked twice."""

    dossiers: Lapsing
    clock: Clock

    def end(self, row: TaskRow) -> bool:
        """Whether the draft counts as confirmed now. Raises ContentErased, TryAgain, stored.Unreadable."""

        def once() -> bool:
            dossier, now = self.dossiers.dossier(row.pk, *READS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or moment(task.due_at) >= now:
                return False
            if dossier.head.state != DossierState.PROCESSING:
                return False  # a withdrawal is decided first
            change = self.dossiers.change(dossier, now)
            confirmed(change, dossier, task, SILENT)
            change.write()
            return True

        return record.settled(once)


def open_question(dossier: Dossier) -> Task:
    """The question that is open. Raises ForbiddenStep, NothingToConfirm."""
    require_state(dossier.head, DossierState.PROCESSING)
    task = next((each for each in dossier.tasks if each.is_open and each.kind == "confirm"), None)
    if task is None:
        raise NothingToConfirm
    return task


def confirmed(change: Change, dossier: Dossier, task: Task, how: str) -> None:
    """The draft goes to whoever approves it; `how`: by the applicant's word, or by their silence."""
    due_at = _goes_on(change, dossier, task, "approve")
    event = PreviewConfirmed(
        reference=dossier.reference,
        agency=task.agency,
        by_silence=how == SILENT,
        due_at=due_at,
        handler=SYSTEM,
        received_at=dossier.head.accepted_at or "",
        processed_at=stamp(change.now),
    )
    _close(change, task, event, how, SIGNS)


def corrected(change: Change, dossier: Dossier, task: Task, corrections: Sequence[str]) -> None:
    """The dossier is verified again, with the applicant's words."""
    sealed = seal(dossier.reference, {"corrections": list(corrections)})
    due_at = _goes_on(change, dossier, task, "verify")
    event = PreviewCorrected(reference=dossier.reference, agency=task.agency, sealed=sealed, due_at=due_at)
    _close(change, task, event, CORRECTED, VERIFIES)


def _goes_on(change: Change, dossier: Dossier, task: Task, kind: TaskKind) -> str:
    """The clock runs again, and an officer has the next task; answers when the dossier is due."""
    due_at = run_again(change, dossier, "confirmation") or task.due_at
    own = leg_due(leg_for(dossier, task), dossier.plan.term, due_at, change.now, pack_of(dossier.head, change.now))
    change.open_task(
        Task(
            leg=task.leg,
            kind=kind,
            agency=task.agency,
            opened_at=stamp(change.now),
            due_at=own,
            procedure=dossier.head.procedure,
            round=dossier.rounds(task.leg, kind) + 1,
            reference=dossier.reference,
            dossier_code=dossier.head.dossier_code,
        )
    )
    return due_at


def _close(change: Change, task: Task, event: Event, outcome: str, receiver: str) -> None:
    slip = slip_row(APPLICANT, receiver, stamp(change.now), task.due_at, "")
    change.tell(event, actor="sweep" if outcome == SILENT else "applicant")
    change.close_task(task, outcome=outcome, by=APPLICANT, key="", body="", slip=slip)
