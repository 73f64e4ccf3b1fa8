"""A bundle was withdrawn, or goes on though somebody wanted to withdraw it: what that means for its children."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from chalicelib.contracts.bundles import ChildMoved
from chalicelib.contracts.lifecycle import DossierStopped, WithdrawalAsked
from chalicelib.dossier.bundled import ENDS, Started, started_legs
from chalicelib.dossier.items import Leg
from chalicelib.dossier.people import filed_under
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.following import Following
from chalicelib.onestop.bundles.opening import Opening, called
from chalicelib.onestop.bundles.settling import ACTOR
from chalicelib.onestop.ending import end_all
from chalicelib.onestop.model import SYSTEM, transition
from chalicelib.onestop.papered import NoticeFacts, paper
from chalicelib.onestop.ports import Dossiers
from chalicelib.sealing.door import seal

READS: Final = (Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
STOPPED: Final = "stopped"
WAITING: Final = ("back_to", "withdrawn_from", "withdrawing", "waits_for")
"""Fields of HEAD by which a dossier waits for something: one that ended waits for nothing."""
WHY: Final = "Hồ sơ liên thông đã được rút theo yêu cầu của người nộp nên thủ tục này trong nhóm dừng giải quyết"


def undecided(dossiers: Dossiers, parent: Dossier) -> Iterator[Dossier]:
    """The children of a bundle that nobody decided yet; of any other dossier none. It was read with its plan."""
    for each in started_legs(parent.plan):
        leg = dossiers.leg(parent.reference, each.name)
        child = dossiers.dossier(leg.child) if leg and leg.child else None
        if child and is_undecided(child):
            yield child


def is_undecided(child: Dossier) -> bool:
    """Whether a child has neither a decision nor an end: what was decided stays, whatever becomes of its bundle."""
    return child.head.decided_at is None and child.head.state not in ENDS


@dataclass(frozen=True)
class Reaching:
    """The use cases of whoever hears what became of a bundle's withdrawal. Each may be asked twice."""

    dossiers: Dossiers
    following: Following
    opening: Opening
    clock: Clock

    def stop(self, parent: Dossier) -> None:
        """The bundle stopped: so does each child that is not decided, and its holder is told why, in form 05.

        Who withdraws the whole withdraws its parts (Decree 118/2025 Art. 21): the log says so of each (7, then 8). The
        bundle was read with its plan. Raises TryAgain.
        """
        if parent.head.state != DossierState.STOPPED:
            return
        for child in list(undecided(self.dossiers, parent)):
            record.settled(partial(self._stop, child.reference))

    def _stop(self, reference: str) -> None:
        child, now = self.dossiers.dossier(reference, *READS), self.clock()
        if child is None or not is_undecided(child) or child.head.erased_at:
            return
        head, told = child.head, _facts(child, stamp(now))
        change, state = self.dossiers.change(child, now), head.state
        if state != DossierState.WITHDRAWAL_REQUESTED:
            state = transition(state, DossierState.WITHDRAWAL_REQUESTED)
            sealed = seal(reference, {"reason": WHY})
            change.tell(WithdrawalAsked(**told, reference=reference, sealed=sealed), state=state, actor=ACTOR)
        facts = paper(child, None, told, reason=WHY, stood=head.withdrawn_from or head.state)
        stopped = DossierStopped(**facts, why="withdrawn", representation=filed_under(head))
        state = transition(state, DossierState.STOPPED)
        change.tell(stopped, state=state, actor=ACTOR).move(state=state).take_off(*WAITING)
        end_all(child, change, self.dossiers.leg, STOPPED)
        change.write()

    def go_on(self, reference: str) -> None:
        """The withdrawal was refused: what its children did meanwhile, and what was to begin, is caught up.

        While a dossier stands in state 7 no leg of it ends and none begins. Raises TryAgain.
        """
        parent = self.dossiers.dossier(reference, Part.PLAN)
        if parent is None or parent.head.state != DossierState.PROCESSING:
            return
        for each in started_legs(parent.plan):
            leg = self.dossiers.leg(reference, each.name)
            if leg and leg.outcome is None:
                self._caught_up(parent, each, leg)

    def _caught_up(self, parent: Dossier, started: Started, leg: Leg) -> None:
        if leg.child is None:
            if leg.token:
                self.opening.call_for(parent.reference, started.name)
            return
        child = self.dossiers.dossier(leg.child)
        if child is None:
            record.settled(lambda: self._call_again(parent.reference, started, leg.child or ""))
        elif child.head.state in ENDS:
            moved = ChildMoved(
                reference=child.reference, parent=parent.reference, leg=started.name, state=child.head.state
            )
            self.following.follow(moved)

    def _call_again(self, reference: str, started: Started, child: str) -> None:
        parent = self.dossiers.dossier(reference, Part.PLAN)
        if parent and parent.head.state == DossierState.PROCESSING and self.dossiers.dossier(child) is None:
            change = self.dossiers.change(parent, self.clock())
            change.tell(called(parent, started, child), actor=ACTOR).write()


def _facts(child: Dossier, at: str) -> NoticeFacts:
    """The five facts of a notice (Decree 224/2026 Art. 15(1)(g)); before its acceptance it is due at reception."""
    head = child.head
    awaited = next((task.due_at for task in child.tasks if task.is_open and task.kind == "receive"), None)
    return NoticeFacts(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=at,
        due_at=head.due_at or awaited,
        acted_for=None,
    )
