"""Nobody answered in time: the dossier is not accepted, or stopped, as its procedure says."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.people import filed_under
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.ending import end_all
from chalicelib.onestop.model import SYSTEM, transition
from chalicelib.onestop.papered import NoticeFacts, paper
from chalicelib.onestop.ports import Lapsing
from chalicelib.onestop.supplement.rules import SupplementRules, rules_of

READS: Final = (Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
LAPSED: Final = "lapsed"
"""What the tasks and legs of such a dossier come to."""
WHY: Final = "Đã hết thời hạn bổ sung mà không nhận được nội dung bổ sung"
ENDS: Final = {"not_accepted": DossierState.NOT_ACCEPTED, "stopped": DossierState.STOPPED}


@dataclass(frozen=True)
class Lapse:
    """What the sweep does with an applicant's task whose window passed; it may be asked twice."""

    dossiers: Lapsing
    clock: Clock

    def end(self, row: TaskRow) -> bool:
        """Whether the dossier ended now: not where it was answered, moved or ended since the list was written.

        Raises ContentErased, TryAgain, stored.Unreadable.
        """

        def once() -> bool:
            dossier, now = self.dossiers.dossier(row.pk, *READS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or moment(task.due_at) >= now:
                return False
            if dossier.head.state != DossierState.SUPPLEMENT_REQUESTED:
                return False  # a withdrawal is decided first
            rules = rules_of(dossier.plan, dossier.head, now)
            state = transition(dossier.head.state, ENDS[rules.lapses_to])
            change = self.dossiers.change(dossier, now)
            change.tell(_told(dossier, rules, stamp(now)), state=state, actor="sweep")
            change.move(state=state).take_off("back_to")
            end_all(dossier, change, self.dossiers.leg, LAPSED)
            change.write()
            return True

        return record.settled(once)


def _told(dossier: Dossier, rules: SupplementRules, now: str) -> DossierRefused | DossierStopped:
    head = dossier.head
    told = NoticeFacts(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=now,
        due_at=head.due_at,
        acted_for=None,
    )
    facts = paper(dossier, None, told, reason=WHY, basis=rules.lapse_citation, stood=head.state)
    if rules.lapses_to == "not_accepted":
        return DossierRefused(**facts, why="supplement_lapsed", representation=filed_under(head))
    return DossierStopped(**facts, why="supplement_lapsed", representation=filed_under(head))
