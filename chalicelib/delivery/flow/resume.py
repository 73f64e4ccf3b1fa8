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
from chalicelib.kernel.rounds import Round, go_round

FIRST_WAIT: Final = timedelta(minutes=5)
"""How long after its first end an execution is taken up; twice as long after each further one."""
MOST_ATTEMPTS: Final = 9
"""The attempt after which a person must look: the waits before it add up to 21 hours."""
MOST_AT_ONCE: Final = 50
"""Executions that a run takes up."""
TAKES: Final = 30.0
"""Seconds that taking one up may take: with less left none is begun."""


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

    def free(self, run: Run) -> tuple[Way, ...]:
        """The destinations that wait for the event of a run, or were last this run's, and no running execution has.

        None where an attempt follows this one. The log is read only where something waits.
        """
        dossier = self.waits.dossier(run.reference, Part.DELIVERIES)
        if dossier is None or not model.waited_for(dossier) or self.machine.status(run.following.name):
            return ()
        dossier = self.waits.dossier(run.reference, Part.DELIVERIES, Part.EVENTS)
        own, driving = model.runs(dossier).get(run.number, ()) if dossier else (), Driving(self.waits, self.machine)
        ways = (way for way in model.waited_for(dossier) if way in own or self._was_last(run, way)) if dossier else ()
        return tuple(way for way in ways if not driving.is_driven(run.reference, way))

    def _was_last(self, run: Run, way: Way) -> bool:
        """Whether a run had a destination, and none of a later event took it from it."""
        found = self.waits.awaited(run.reference, way)
        return found is not None and found.execution == run.name

    def follow(self, run: Run, ways: tuple[Way, ...]) -> bool:
        """Start the attempt after a run for its destinations; False where there was one."""
        return self.machine.start(run.following.name, given(run.following, ways))

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
class TakenUp(Round):
    """What a run of the clock did: executions taken up, left to a person, and failures, which are logged."""

    resumed: int = 0
    left: int = 0


@dataclass(frozen=True)
class TakeUp:
    """The use case of the schedule."""

    resumption: Resumption
    clock: Clock

    def run(self, done: TakenUp | None = None) -> TakenUp:
        """Drive again what failed or timed out, each attempt after a longer wait, while its destinations wait.

        It stops with its time, or after so many; the next run does the rest. `done` counts it.
        """
        done = done or TakenUp()

        def go_on(ended: Ended) -> None:
            if run := model.ours(ended.name):  # else somebody started it by hand, under a name of the engine
                self._look(run, ended, done)

        go_round(
            self.resumption.machine.ended(),
            go_on,
            done,
            broken=lambda ended, error: log.trouble("flow not taken up", error, dossier=ended.name),
            is_full=lambda: done.resumed >= MOST_AT_ONCE,
            takes=TAKES,
        )
        return done

    def _look(self, run: Run, ended: Ended, done: TakenUp) -> None:
        ways = self.resumption.free(run)
        if not ways:
            return
        if run.attempt >= MOST_ATTEMPTS:
            done.left += 1
        elif self.clock() - ended.at >= FIRST_WAIT * 2 ** (run.attempt - 1):
            done.resumed += self.resumption.follow(run, ways)
