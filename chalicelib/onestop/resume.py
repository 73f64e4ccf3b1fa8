"""Take up the flow of a dossier whose execution was lost, or ended before the decision."""

from dataclasses import dataclass
from typing import Any

from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import ForbiddenStep, NotFound
from chalicelib.kernel.events import EventType, Fact
from chalicelib.law.states import TERMINAL, DossierState
from chalicelib.onestop.model import Dossier
from chalicelib.onestop.ports import Dossiers, Driver
from chalicelib.onestop.service import LEG_TIMEOUT

RUNNING = "RUNNING"


@dataclass(frozen=True)
class Resumed:
    """The attempt that drives the dossier now, and whether this call started it."""

    reference: str
    attempt: int
    started: bool


@dataclass(frozen=True)
class Resumption:
    """The use case of whoever operates the service."""

    dossiers: Dossiers
    driver: Driver
    clock: Clock

    def resume(self, reference: str) -> Resumed:
        """Drive a dossier again: under its name when the engine forgot it, else as the next attempt.

        The next attempt is in the record before it starts, so a call that broke off is completed by the next one.
        Raises NotFound, ForbiddenStep (ended, or decided: there is no flow any more), TryAgain.
        """

        def once() -> Resumed:
            dossier = self._open(reference)
            attempt, name = dossier.head["attempt"], f"{reference}-{dossier.head['attempt']}"
            status = self.driver.status(name)
            if status == RUNNING:
                return Resumed(reference, attempt, started=False)
            if status is None and self.driver.start(name, _given(dossier, attempt)):
                return Resumed(reference, attempt, started=True)
            facts = {"reference": reference, "attempt": attempt + 1, "former": status or "FORGOTTEN"}
            fact = Fact(EventType.DOSSIER_RESUMED, facts, actor="operator")
            self.dossiers.change(dossier, [fact], self.clock(), put={"attempt": attempt + 1})
            started = self.driver.start(f"{reference}-{attempt + 1}", _given(dossier, attempt + 1))
            return Resumed(reference, attempt + 1, started=started)

        return record.settled(once)

    def _open(self, reference: str) -> Dossier:
        dossier = self.dossiers.dossier(reference)
        if dossier is None:
            raise NotFound(what="dossier")
        if DossierState(dossier.head["state"]) in TERMINAL or "decided_at" in dossier.head:
            raise ForbiddenStep(state=dossier.head["state"], decided_at=dossier.head.get("decided_at"))
        return dossier


def _given(dossier: Dossier, attempt: int) -> dict[str, Any]:
    """The input of an execution, as the submission told it."""
    told = next(e["data"] for e in dossier.events if e["type"] == EventType.DOSSIER_SUBMITTED)
    return {"dossier": dossier.reference, "attempt": attempt, "stages": told["stages"], "timeout": LEG_TIMEOUT}
