"""Take up the flow of a dossier whose execution was lost, or ended before the decision: by hand, and by the clock."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.contracts.onestop import DossierResumed
from chalicelib.contracts.stored import Unreadable
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.executions import RUNNING, Ended
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.onestop.flow import flow_input
from chalicelib.onestop.model import may_go_on
from chalicelib.onestop.ports import Dossiers, Driver

FIRST_WAIT: Final = timedelta(minutes=5)
"""How long after its first end a flow is taken up; twice as long after each further one."""
MOST_ATTEMPTS: Final = 9
"""The attempt after which a person must look: the waits before it add up to 21 hours."""
MOST_AT_ONCE: Final = 50
"""Flows that a run takes up: what made many of them fail at once should not meet all of them again at once."""


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
        if not may_go_on(dossier):
            raise ForbiddenStep(state=dossier.head.state, decided_at=dossier.head.decided_at)
        return dossier


@dataclass
class TakenUp:
    """What a run of the clock did: flows taken up, flows left to a person, and failures, which are logged."""

    resumed: int = 0
    left: int = 0
    failed: int = 0


@dataclass(frozen=True)
class TakeUp:
    """The use case of the schedule: what ended by a passing fault goes on by itself, and only the rest waits."""

    resumption: Resumption

    def run(self) -> TakenUp:
        """Drive again what failed or timed out, each attempt after a longer wait, unless it needs no flow any more."""
        done = TakenUp()
        for flow in self.resumption.driver.ended():
            try:
                self._look(flow, done)
            except Exception as error:  # noqa: BLE001 - the other flows must not wait for this one
                log.trouble("flow not taken up", error, dossier=flow.name)
                done.failed += 1
            if done.resumed == MOST_AT_ONCE:
                break
        return done

    def _look(self, flow: Ended, done: TakenUp) -> None:
        reference, _, attempt = flow.name.rpartition("-")
        dossier = self.resumption.dossiers.dossier(reference)
        if dossier is None or not may_go_on(dossier) or str(dossier.head.attempt) != attempt:
            return
        if dossier.head.attempt >= MOST_ATTEMPTS:
            done.left += 1
        elif self.resumption.clock() - flow.at >= FIRST_WAIT * 2 ** (dossier.head.attempt - 1):
            done.resumed += self.resumption.resume(reference).started
