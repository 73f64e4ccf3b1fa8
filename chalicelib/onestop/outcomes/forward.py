"""Reception hands over what came directly (Decree 61/2018 Art. 18; Decree 118/2025 Art. 18(2))."""

from dataclasses import dataclass

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.dates import term_of
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import require_state, transition
from chalicelib.onestop.outcomes.beginning import Beginning
from chalicelib.onestop.outcomes.following import forwarded
from chalicelib.onestop.outcomes.handing import handed


@dataclass(frozen=True)
class Forward:
    """The dossier goes on to its verification, and its originals with it, by a row of the control slip."""

    beginning: Beginning
    reads: tuple[Part, ...] = (Part.PAPERS, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận thẩm tra"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, _given: Given) -> Task:
        """State 4; what a payment brought there before is handed over without a move. Raises ForbiddenStep."""
        head, at = dossier.head, stamp(change.now)
        require_state(head, DossierState.ACCEPTED, DossierState.PROCESSING)
        due_at, code = head.due_at or task.due_at, head.dossier_code or ""
        event = forwarded(dossier, task, who, at=at, due_at=due_at, code=code)
        if head.state == DossierState.ACCEPTED:
            state = transition(head.state, DossierState.PROCESSING)
            change.tell(event, state=state, actor=who.subject).move(state=state)
        else:
            change.tell(event, actor=who.subject)
        if dossier.papers and dossier.papers.kept:
            change.keep_papers(handed(dossier.papers, who, task.agency, self.receiver, at))
        term = term_of(dossier)
        return self.beginning.begin(change, dossier, task, term=term, due_at=due_at, code=head.dossier_code)
