"""An execution waits for destinations of a result, and is told what each came to; the dossier's own list drives them.

Deliveries go on with or without a machine: one that is lost, late, doubled or older than its dossier stops none and
doubles none. A token is answered when its destination has its end, twice does no harm, and at once where it has one.
"""

from dataclasses import dataclass

from chalicelib.contracts.delivery import DeliveryFlow, DestinationInput, Way
from chalicelib.delivery.flow import model
from chalicelib.delivery.flow.model import Run
from chalicelib.delivery.flow.ports import Machine, Waits
from chalicelib.dossier.awaited import Awaited, awaited_key
from chalicelib.dossier.executions import LONGEST, RUNNING
from chalicelib.dossier.reading import Part
from chalicelib.kernel.problem import TryAgain


@dataclass(frozen=True)
class Driving:
    """Use cases of the workers; each may run twice."""

    waits: Waits
    machine: Machine

    def start(self, run: Run, destinations: tuple[Way, ...]) -> bool:
        """Start an execution for what is due and waited for, unless one waits for it that runs."""
        dossier = self.waits.dossier(run.reference, Part.DELIVERIES)
        waited_for = model.waited_for(dossier) if dossier else ()
        free = tuple(way for way in destinations if way in waited_for and not self.is_driven(run.reference, way))
        return bool(free) and self.machine.start(run.name, given(run, free))

    def is_driven(self, reference: str, destination: Way) -> bool:
        """Whether an execution that runs waits for a destination."""
        found = self.waits.awaited(reference, destination)
        return found is not None and self.machine.status(found.execution) == RUNNING

    def wait(self, given: DestinationInput) -> None:
        """An execution waits under a token; it is told at once of what has its end, or what a later one waits for.

        Who is told that a later one waits is told before that is kept: whoever dies between tries again under another
        token. Raises TryAgain when another one came at the same moment, ValueError of an execution whose name is none
        of ours.
        """
        reference, destination, run = given.reference, given.destination, Run.named(given.execution)
        before = self.waits.awaited(reference, destination)
        former = model.ours(before.execution) if before else None
        if former and former.place > run.place:
            self.machine.succeed(given.token, model.elsewhere(destination))
            return
        now = Awaited(pk=awaited_key(reference), sk=destination, execution=given.execution, token=given.token)
        if before and before.execution != now.execution:
            self.machine.succeed(before.token, model.elsewhere(destination))
        if now != before and not self.waits.keep(now, before):
            raise TryAgain
        self.report(reference, destination)

    def report(self, reference: str, destination: Way) -> None:
        """Whoever waits for a destination that has its end is told; nobody waits for what went without a machine."""
        waiting = self.waits.awaited(reference, destination)
        if waiting is None:
            return
        if end := model.end_of(self.waits.dossier(reference, Part.DELIVERIES), destination):
            self.machine.succeed(waiting.token, end)
            self.waits.drop(waiting)

    def release(self, reference: str) -> None:
        """A dossier was erased: nobody waits for its destinations any more."""
        dossier = self.waits.dossier(reference, Part.DELIVERIES)
        for each in dossier.deliveries if dossier else ():
            self.report(reference, each.destination)


def given(run: Run, destinations: tuple[Way, ...]) -> DeliveryFlow:
    """The input of an execution."""
    return DeliveryFlow(reference=run.reference, destinations=destinations, timeout=LONGEST)
