"""A driver that remembers what it was told: Step Functions is not ours to run in a unit test."""

from chalicelib.contracts.onestop import FlowInput, LegOutcome
from chalicelib.dossier.executions import Ended


class Driver:
    """The port `onestop.ports.Driver`: one execution a name, one answer a token, whatever comes again is no news."""

    def __init__(self) -> None:
        self.started: dict[str, FlowInput] = {}
        self.told: dict[str, LegOutcome] = {}
        self.gone: set[str] = set()
        """Tokens under which nobody waits any more."""
        self.calls = 0

    def start(self, name: str, given: FlowInput) -> bool:
        self.calls += 1
        if name in self.started:
            return False
        self.started[name] = given
        return True

    def status(self, name: str) -> str | None:
        return "RUNNING" if name in self.started else None

    def ended(self) -> list[Ended]:
        return []

    def succeed(self, token: str, outcome: LegOutcome) -> bool:
        self.calls += 1
        if token in self.told or token in self.gone:
            return False
        self.told[token] = outcome
        return True
