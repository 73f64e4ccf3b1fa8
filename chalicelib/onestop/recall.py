"""An agency withdraws a paper that it signed in a dossier: its log says who did, and its person is told, once."""

from dataclasses import dataclass

from chalicelib.contracts.lifecycle import DossierPaperWithdrawn, RecallProposed
from chalicelib.contracts.messages import PaperWithdrawalProposed, PaperWithdrawn
from chalicelib.contracts.stored import typed
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.onestop.model import BY_FLOW, SYSTEM
from chalicelib.onestop.ports import Dossiers


@dataclass(frozen=True)
class RecallNotice:
    """What the flow does with the news of a paper that is, or may be, withdrawn; it may come twice."""

    dossiers: Dossiers
    clock: Clock

    def note(self, told: PaperWithdrawalProposed) -> None:
        """The dossier's log says who proposed it: a complaint about the dossier is not theirs to decide."""

        def once() -> None:
            dossier = self._read(told.reference)
            if dossier is None or not told.officers:
                return
            rows = [each for each in dossier.events if each.type == RecallProposed.type]
            known = [typed(RecallProposed, row.data, row.stored) for row in rows]
            if any((each.message, each.number) == (told.message, told.number) for each in known):
                return
            event = RecallProposed(
                reference=dossier.reference, message=told.message, number=told.number, officers=told.officers
            )
            self.dossiers.change(dossier, self.clock()).tell(event, actor=BY_FLOW).write()

        record.settled(once)

    def _read(self, reference: str) -> Dossier | None:
        """The dossier with its log; None of a paper that belongs to none, and of what is erased."""
        dossier = self.dossiers.dossier(reference, Part.EVENTS) if reference else None
        return None if dossier is None or dossier.head.is_draft or dossier.head.erased_at else dossier

    def tell(self, told: PaperWithdrawn) -> None:
        """The dossier's log says it, unless it does, or the paper belongs to none; of an erased one nothing is told."""

        def once() -> None:
            dossier = self._read(told.reference)
            if dossier is None:
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
