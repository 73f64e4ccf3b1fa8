"""Dossiers and who waits for their destinations, over the dossier's own room; the machine in Step Functions."""

from collections.abc import Iterator

from chalicelib.contracts.delivery import DeliveryFlow, DestinationEnd
from chalicelib.delivery.flow.settings import MACHINE
from chalicelib.dossier import awaited, executions, reading
from chalicelib.dossier.awaited import Awaited
from chalicelib.dossier.executions import Ended
from chalicelib.dossier.reading import Dossier, Part


class Table:
    """In DynamoDB."""

    def dossier(self, reference: str, *parts: Part) -> Dossier | None:
        """A dossier, or a draft still, with the parts asked for."""
        return reading.read(reference, *parts)

    def awaited(self, reference: str, destination: str) -> Awaited | None:
        """Who waits for a destination; None where nobody ever did."""
        return awaited.awaited(reference, destination)

    def keep(self, now: Awaited, before: Awaited | None) -> bool:
        """It waits from now on, instead of who did before; False when somebody else came meanwhile."""
        return awaited.keep_awaited(now, before)

    def drop(self, was: Awaited) -> None:
        """Nobody waits for it any more, unless somebody else came meanwhile."""
        awaited.drop_awaited(was)


class StepFunctions:
    """The machine of deliveries."""

    def start(self, name: str, given: DeliveryFlow) -> bool:
        """Start an execution of this name unless there was one (False)."""
        return executions.start(MACHINE(), name, given)

    def status(self, name: str) -> str | None:
        """RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; None when the engine knows no execution of this name."""
        return executions.status(MACHINE(), name)

    def ended(self) -> Iterator[Ended]:
        """Executions that failed or timed out, of the last 90 days, newest first."""
        return executions.ended(MACHINE())

    def succeed(self, token: str, end: DestinationEnd) -> bool:
        """Tell who waits what its destination came to; False when nobody does."""
        return executions.succeed(token, end)
