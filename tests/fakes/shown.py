"""A machine of deliveries that notes what is started and told: Step Functions is not ours to run in a unit test."""

from chalicelib.contracts.delivery import DeliveryFlow, DestinationEnd
from chalicelib.dossier.executions import Ended


class Shown:
    """The port `delivery.flow.ports.Machine`: one execution a name, one answer a token."""

    def __init__(self) -> None:
        self.started: dict[str, DeliveryFlow] = {}
        self.ends: dict[str, str] = {}
        """How an execution ended; one that is not named here runs."""
        self.told: dict[str, DestinationEnd] = {}
        self.gone: set[str] = set()
        """Tokens under which nobody waits any more."""
        self.stopped: list[Ended] = []

    def start(self, name: str, given: DeliveryFlow) -> bool:
        """One of each name."""
        if name in self.started:
            return False
        self.started[name] = given
        return True

    def status(self, name: str) -> str | None:
        """RUNNING until it is said how it ended."""
        return self.ends.get(name, "RUNNING") if name in self.started else None

    def ended(self) -> list[Ended]:
        """What ended badly."""
        return self.stopped

    def succeed(self, token: str, end: DestinationEnd) -> bool:
        """Once each."""
        if token in self.told or token in self.gone:
            return False
        self.told[token] = end
        return True

    def forget(self, name: str) -> None:
        """The engine knows it no more, as when its stack was made anew."""
        del self.started[name]
