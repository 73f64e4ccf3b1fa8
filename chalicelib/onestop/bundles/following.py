"""A child moved: the leg of its parent that waits for it ends, and the parent with its last leg."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.bundles import ChildMoved, ChildReturned
from chalicelib.dossier import legs
from chalicelib.dossier.bundled import CHILD, ENDS, Started, complete, has_result, started_leg
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.downstream import READS as OF_WAITING
from chalicelib.onestop.bundles.downstream import go_on, has_ended, waiting_for
from chalicelib.onestop.bundles.settling import ACTOR, give_back, legs_of
from chalicelib.onestop.ports import Dossiers

READS: Final = (Part.PLAN, Part.TASKS)
RETURNED: Final = DossierState.RESULT_RETURNED


@dataclass(frozen=True)
class Following:
    """The use case of whoever hears that a child moved; what it does follows from how the child stands now."""

    dossiers: Dossiers
    clock: Clock

    def follow(self, moved: ChildMoved) -> None:
        """End the leg, note the returned result, return the parent with its last one: each once.

        What is no leg's child corrects one: whoever waits for it goes on.
        """
        correction = self.dossiers.dossier(moved.reference, Part.RESULTS)
        if correction and correction.head.corrects:
            self._corrected(moved, correction)
            return

        def once() -> bool:
            """Whether more is to be written: a leg that ends and is returned changes twice, and a write has it once."""
            child, parent = self.dossiers.dossier(moved.reference), self.dossiers.dossier(moved.parent, *READS)
            leg = self.dossiers.leg(moved.parent, moved.leg) if parent else None
            if child is None or parent is None or leg is None or leg.child != moved.reference:
                return False
            change, is_returned = self.dossiers.change(parent, self.clock()), child.head.state == RETURNED
            if leg.outcome is None and parent.head.state == DossierState.PROCESSING:
                self._end(change, parent, moved.leg, child.head)
                change.write()
                return is_returned
            if is_returned and leg.returned_at is None:
                change.also(f"returned {moved.leg}", legs.returning(parent.reference, moved.leg, stamp(change.now)))
                told = ChildReturned(reference=parent.reference, leg=moved.leg, child=moved.reference)
                change.tell(told, actor=ACTOR)
                self._give_back(change, parent, moved.leg)
                change.write()
            return False

        try:
            while record.settled(once):
                pass
        except aws.Lost as lost:
            if "leg" not in lost and f"returned {moved.leg}" not in lost:
                raise  # else another delivery did it

    def _corrected(self, moved: ChildMoved, correction: Dossier) -> None:
        parent = self.dossiers.dossier(moved.parent, Part.PLAN)
        corrected = started_leg(parent.plan, moved.leg) if parent else None
        if parent is None or corrected is None or not has_ended(correction):
            return
        for started, reference in list(waiting_for(self.dossiers, parent, moved.reference)):

            def once(started: Started = started, reference: str = reference, name: str = corrected.leg.leg) -> None:
                child = self.dossiers.dossier(reference, *OF_WAITING)
                if child and child.head.waits_for == correction.reference:
                    go_on(self.dossiers.change(child, self.clock()), child, started, name, correction)

            record.settled(once)

    def _end(self, change: Change, parent: Dossier, name: str, child: Head) -> None:
        complete(change, parent.head, name, ENDS[child.state])
        waits = parent.task(name, CHILD)
        if waits and waits.is_open:
            change.drop_task(waits, ENDS[child.state])

    def _give_back(self, change: Change, parent: Dossier, name: str) -> None:
        """The parent is returned with the last of its results; it was settled before, or will be."""
        if parent.head.state != DossierState.PROCESSED:
            return
        found = [(each, leg) for each, leg in legs_of(parent, self.dossiers.leg) if leg and has_result(leg)]
        if all(leg.returned_at or each == name for each, leg in found):
            give_back(parent, change, parent.head.state, [leg for _, leg in found])
