"""An agency withdrew a paper that it signed in a dossier: the person of the dossier is told, once."""

from dataclasses import dataclass

from chalicelib.contracts.lifecycle import DossierPaperWithdrawn
from chalicelib.contracts.messages import PaperWithdrawn
from chalicelib.contracts.stored import typed
from chalicelib.dossier.reading import Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.onestop.model import BY_FLOW, SYSTEM
from chalicelib.onestop.ports import Dossiers


@dataclass(frozen=True)
class RecallNotice:
    """What the flow does with the news of a withdrawn paper; it may come twice."""

    dossiers: Dossiers
    clock: Clock

    def tell(self, told: PaperWithdrawn) -> None:
        """The dossier's log says it, unless it does, or the paper belongs to none; of an erased one nothing is told."""

        def once() -> None:
            dossier = self.dossiers.dossier(told.reference, Part.EVENTS) if told.reference else None
            if dossier is None or dossier.head.is_draft or dossier.head.erased_at:
                return
            rows = [each for each in dossier.events if each.type == DossierPaperWithdrawn.type]
            if any(typed(DossierPaperWithdrawn, row.data, row.stored).message == told.message for row in rows):
                return
            head, now = dossier.head, self.clock()
            event = DossierPaperWithdrawn(
                agency=told.agency,
                handler=SYSTEM,
                received_at=head.accepted_at or head.submitted_at or "",
                processed_at=stamp(now),
                due_at=head.due_at,
                reference=dossier.reference,
                message=told.message,
                decision=told.decision,
                reason=told.reason,
                officers=told.officers,
            )
            self.dossiers.change(dossier, now).tell(event, actor=BY_FLOW).write()

        record.settled(once)
