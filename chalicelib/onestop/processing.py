"""A dossier has its signed result: state 9, and state 10 once the result is where it has to be."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.onestop import Destination, DossierProcessed, DossierReturned
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.delivering import begin
from chalicelib.dossier.items import Head, ResultItem
from chalicelib.dossier.people import filed_under, keepers_of, routing_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import stamp
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.law.validity import last_day
from chalicelib.onestop.model import BY_FLOW, SYSTEM, transition
from chalicelib.onestop.ports import Dossiers

APPROVED: Final = "approved_at"
"""A field of HEAD that nothing reads once it is returned: the leg and the log say when it was approved."""


@dataclass(frozen=True)
class Processing:
    """What a signed result does to its dossier, whichever way it came to be."""

    dossiers: Dossiers

    def enter(
        self,
        change: Change,
        dossier: Dossier,
        signed: ResultItem,
        *,
        number: int,
        min_level: int,
        conversion: str | None = None,
    ) -> None:
        """State 9 with the n-th result of a dossier that was read with its plan (Decree 45/2020 Art. 14(3)).

        `conversion` is that of a paper which was signed by hand.
        """
        head, now = dossier.head, change.now
        day = now.astimezone(ZONE).date()
        routing = routing_of(head, self.dossiers.mandate_state(head, now), day)
        keepers = keepers_of(head, routing)
        event = DossierProcessed(
            code=signed.code,
            key=signed.key,
            version_id=signed.version_id,
            sha256=signed.sha256,
            size=signed.size,
            title=signed.title,
            message=signed.message,
            agency=head.agency,
            handler=SYSTEM,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(now),
            due_at=head.due_at,
            reference=dossier.reference,
            holder=head.holder,
            dossier_code=head.dossier_code or "",
            procedure=head.procedure,
            min_level=min_level,
            keepers=keepers,
            representative=head.acting.by if head.acting and keepers else None,
            kind=dossier.plan.result.code,
            number=head.number,
            valid_until=last_day(dossier.plan.result.validity, day),
            replaces=self._corrected(head),
            routing=routing.code if routing else None,
            conversion=conversion,
        )
        state = transition(head.state, DossierState.PROCESSED)
        change.tell(event, state=state, actor=BY_FLOW).move(state=state)
        change.add_result(number, signed)
        if head.awaits:
            begin(change, self.deliveries(head), now)
        elif keepers == ():
            authority = Destination(destination="authority", document=signed.code, at=stamp(now))
            end(change, head, (authority,), state, stamp(now))

    def enter_by_hand(self, change: Change, dossier: Dossier) -> None:
        """State 9 with the decision: the paper that was signed by hand is a data message with the agency's signature.

        Its number stands on it, and none of the agency's series is taken. Raises LookupError for one that is not
        converted: nobody approves before.
        """
        read = self.dossiers.dossier(dossier.reference, Part.COMPONENTS)
        papers = read.components if read else ()
        paper = next((each for each in papers if each.id == dossier.head.paper_result), None)
        if paper is None or paper.signed is None:
            raise LookupError(f"{dossier.reference} has no data message of its paper result")
        conversion, level = paper.digitisation.conversion_id, dossier.plan.min_level
        self.enter(change, dossier, paper.signed, number=1, min_level=level, conversion=conversion)

    def deliveries(self, head: Head) -> tuple[Delivery, ...]:
        """Where the result goes beside the vault: nothing is read of a dossier that has nothing there."""
        found = self.dossiers.dossier(head.pk, Part.DELIVERIES) if head.awaits is not None else None
        return found.deliveries if found else ()

    def _corrected(self, head: Head) -> str | None:
        """The result in whose place that of a correction stands, as its holder's store names it."""
        wrong = self.dossiers.dossier(head.corrects) if head.corrects else None
        return wrong.head.vault_document if wrong else None


def end(change: Change, head: Head, delivered: tuple[Destination, ...], state: int, at: str) -> None:
    """The dossier ends: its result is where it has to be (Decree 137/2024 Art. 8(4))."""
    event = DossierReturned(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=at,
        due_at=head.due_at,
        delivered=delivered,
        representation=filed_under(head),
    )
    ended = transition(state, DossierState.RESULT_RETURNED)
    change.tell(event, state=ended, actor=BY_FLOW).move(state=ended, returned_at=at).take_off(APPROVED)
