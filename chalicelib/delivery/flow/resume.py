"""Take up the flow of deliveries whose execution was lost or ended badly: by hand, and by the clock."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.contracts.delivery import Way
from chalicelib.delivery.flow import model
from chalicelib.delivery.flow.driving import Driving, given
from chalicelib.delivery.flow.model import Run
from chalicelib.delivery.flow.ports import Machine, Waits
from chalicelib.dossier.executions import RUNNING, Ended
from chalicelib.dossier.reading import Part
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import ForbiddenStep, NotFound

FIRST_WAIT: Final = timedelta(minutes=5)
"""How long after its first end an execution is taken up; twice as long after each further one."""
MOST_ATTEMPTS: Final = 9
"""The attempt after which a person must look: the waits before it add up to 21 hours."""
MOST_AT_ONCE: Final = 50
"""Executions that a run takes up."""


@dataclass(frozen=True)
class Resumed:
    """The execution that waits for destinations now, and whether this call started it."""

    reference: str
    execution: str
    destinations: tuple[Way, ...]
    started: bool


@dataclass(frozen=True)
class Resumption:
    """The use case of whoever operates the service. Nothing is written: the dossier's own list is the truth."""

    waits: Waits
    machine: Machine

    def resume(self, reference: str) -> list[Resumed]:
        """Drive again what is waited for and no running execution has: under its name, else as the next attempt.

        Raises NotFound, ForbiddenStep (no destination is waited for: of the vault alone the dossier tells all).
        """
        dossier = self.waits.dossier(reference, Part.DELIVERIES, Part.EVENTS)
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        found = [self._resumed(Run(reference, number), ways) for number, ways in model.runs(dossier).items()]
        if not found:
            raise ForbiddenStep(state=dossier.head.state)
        return found

    def is_free(self, run: Run) -> bool:
        """Whether its dossier waits for destinations that no running execution has, and no attempt follows this one."""
        dossier = self.waits.dossier(run.reference, Part.DELIVERIES)
        if dossier is None or self.machine.status(run.following.name):
            return False
        driving = Driving(self.waits, self.machine)
        return any(not driving.is_driven(run.reference, way) for way in model.waited_for(dossier))

    def _resumed(self, run: Run, ways: tuple[Way, ...]) -> Resumed:
        """The execution of an event: the one that runs, or the first attempt that the engine never had."""
        driving = Driving(self.waits, self.machine)
        free = tuple(way for way in ways if not driving.is_driven(run.reference, way))
        while free and (status := self.machine.status(run.name)):
            if status == RUNNING:
                free = ()
            else:
                run = run.following
        if not free:
            return Resumed(run.reference, self._waiting(run, ways), ways, started=False)
        return Resumed(run.reference, run.name, free, started=self.machine.start(run.name, given(run, free)))

    def _waiting(self, run: Run, ways: tuple[Way, ...]) -> str:
        """The name of the execution that has them."""
        found = (self.waits.awaited(run.reference, way) for way in ways)
        return next((each.execution for each in found if each), run.name)


@dataclass
class TakenUp:
    """What a run of the clock did: executions taken up, left to a person, and failures, which are logged."""

    resumed: int = 0
    left: int = 0
    failed: int = 0


@dataclass(frozen=True)
class TakeUp:
    """The use case of the schedule."""

    resumption: Resumption
    clock: Clock

    def run(self) -> TakenUp:
        """Drive again what failed or timed out, each attempt after a longer wait, while its destinations wait."""
        done = TakenUp()
        for ended in self.resumption.machine.ended():
            try:
                self._look(Run.named(ended.name), ended, done)
            except Exception as error:  # noqa: BLE001 - the other flows must not wait for this one
                log.trouble("flow not taken up", error, dossier=ended.name)
                done.failed += 1
            if done.resumed == MOST_AT_ONCE:
                break
        return done

    def _look(self, run: Run, ended: Ended, done: TakenUp) -> None:
        if not self.resumption.is_free(run):
            return
        if run.attempt >= MOST_ATTEMPTS:
            done.left += 1
        elif self.clock() - ended.at >= FIRST_WAIT * 2 ** (run.attempt - 1):
            done.resumed += sum(each.started for each in self.resumption.resume(run.reference))
