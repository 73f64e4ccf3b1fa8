"""It is the turn of a leg that starts a child: the child is called for, and the leg waits for it."""

from dataclasses import dataclass

from chalicelib.contracts.bundles import LegOpened
from chalicelib.contracts.onestop import LegInput
from chalicelib.dossier import legs
from chalicelib.dossier.bundled import CHILD, Started, child_reference, started_leg
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task, leg_name
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.times import first_look
from chalicelib.onestop.model import BY_FLOW, AlreadyDriven
from chalicelib.onestop.ports import Dossiers, Driver


@dataclass(frozen=True)
class Opening:
    """The use case of a bundle's driver."""

    dossiers: Dossiers
    driver: Driver
    clock: Clock

    def open_leg(self, given: LegInput) -> None:
        """The driver waits for a leg that starts a child; one that ended is told at once. Raises AlreadyDriven."""
        name = leg_name(given.stage, given.leg.leg)
        leg = self.dossiers.open_leg(given.dossier, name, given.token, given.execution)
        if leg is None:
            raise AlreadyDriven(given.dossier)
        if leg.outcome and leg.token:
            self.driver.succeed(leg.token, leg.outcome)
        elif leg.opened_at is None:
            self.call_for(given.dossier, name)

    def call_for(self, reference: str, name: str) -> None:
        """Tell once that the child is to be started; a dossier that stopped meanwhile starts none. Raises TryAgain."""

        def once() -> None:
            dossier, now = self.dossiers.dossier(reference, Part.PLAN), self.clock()
            found = started_leg(dossier.plan, name) if dossier else None
            if dossier and found and dossier.head.state == DossierState.PROCESSING:
                _call(self.dossiers.change(dossier, now), dossier, found)

        try:
            record.settled(once)
        except aws.Lost as lost:
            if "leg" not in lost:
                raise  # else another run of this step did it


def called(dossier: Dossier, found: Started, child: str) -> LegOpened:
    """What calls for the child of a leg."""
    return LegOpened(
        reference=dossier.reference,
        leg=found.name,
        child=child,
        procedure=found.start.procedure,
        agency=dossier.head.agency if found.leg.agency == "@receiving" else found.leg.agency,
    )


def _call(change: Change, dossier: Dossier, found: Started) -> None:
    child, head = child_reference(dossier.reference, found.name), dossier.head
    event = called(dossier, found, child)
    waits = Task(
        leg=found.name,
        kind=CHILD,
        agency=event.agency,
        opened_at=stamp(change.now),
        due_at=stamp(first_look(found.start, change.now)),
        reference=dossier.reference,
        procedure=head.procedure,
        dossier_code=head.dossier_code,
    )
    change.tell(event, actor=BY_FLOW).open_task(waits)
    change.also("leg", legs.starting(dossier.reference, found.name, child, stamp(change.now))).write()
