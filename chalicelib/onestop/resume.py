"""Take up the flow of a dossier whose execution was lost, or ended before the decision."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.onestop import DossierResumed
from chalicelib.contracts.stored import Unreadable
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.law.states import TERMINAL, DossierState
from chalicelib.onestop.ports import Dossiers, Driver
from chalicelib.onestop.service import flow_input

RUNNING: Final = "RUNNING"


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
            attempt, submitted = dossier.head.attempt, dossier.first(DossierSubmitted)
            if submitted is None:
                raise Unreadable(f"{DossierSubmitted.type}: missing", f"{reference}/EVENT#")
            name = f"{reference}-{attempt}"
            status = self.driver.status(name)
            if status == RUNNING:
                return Resumed(reference, attempt, started=False)
            if status is None and self.driver.start(name, flow_input(submitted, attempt)):
                return Resumed(reference, attempt, started=True)
            event = DossierResumed(reference=reference, attempt=attempt + 1, former=status or "FORGOTTEN")
            change = self.dossiers.change(dossier, self.clock())
            change.tell(event, actor="operator").move(attempt=attempt + 1).write()
            started = self.driver.start(f"{reference}-{attempt + 1}", flow_input(submitted, attempt + 1))
            return Resumed(reference, attempt + 1, started=started)

        return record.settled(once)

    def _open(self, reference: str) -> Dossier:
        dossier = self.dossiers.dossier(reference, Part.EVENTS)
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        if DossierState(dossier.head.state) in TERMINAL or dossier.head.decided_at:
            raise ForbiddenStep(state=dossier.head.state, decided_at=dossier.head.decided_at)
        return dossier
