"""What an officer had who left goes to a colleague, those due first; what an agency had that merged is anybody's."""

from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.tasks import TaskAssigned, TaskReleased, WhyReleased
from chalicelib.dossier.claims import Claim
from chalicelib.dossier.leaving import Leaver
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Part
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.tasks.claims import named
from chalicelib.onestop.tasks.ports import Leavers

MOST: Final = 200
"""Tasks that a run hands over of one leaver: the next run goes on, and nobody else waits for it."""
ACTOR: Final = "hand-over"


@dataclass
class HandedOver:
    """What a run did: tasks that somebody else has now, or anybody, and failures, which are logged."""

    tasks: int = 0
    failed: int = 0


@dataclass(frozen=True)
class HandOver:
    """The use case of the schedule."""

    leavers: Leavers
    dossiers: Dossiers
    clock: Clock

    def run(self) -> HandedOver:
        """Hand over all that those have who left; a task that fails is tried again by the next run."""
        done, day = HandedOver(), self.clock().astimezone(ZONE).date().isoformat()
        for leaver in self.leavers.gone(day):
            try:
                if self._leaver(leaver, day, done):
                    self.leavers.forget(leaver)
            except Exception as error:  # noqa: BLE001 - the others must not wait for this one
                log.trouble("nothing handed over", error, agency=leaver.agency)
                done.failed += 1
        return done

    def _leaver(self, leaver: Leaver, day: str, done: HandedOver) -> bool:
        """Whether nothing is left to hand over."""
        if not self.leavers.has_gone(leaver, day):
            return True  # they stay, or came again
        before, enough = done.failed, done.tasks + MOST
        for row in self.leavers.claims_of(leaver):
            if done.tasks == enough:
                return False
            try:
                done.tasks += self._task(leaver, row, day)
            except Exception as error:  # noqa: BLE001 - the other tasks must not wait for this one
                log.trouble("task not handed over", error, agency=leaver.agency, dossier=row.pk)
                done.failed += 1
        return done.failed == before

    def _task(self, leaver: Leaver, row: TaskRow, day: str) -> bool:
        """Whether a task was the leaver's until now."""
        named_heir = self.leavers.takes_over(leaver, row.kind, day)

        def once() -> bool:
            dossier = self.dossiers.dossier(row.pk, Part.TASKS)
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or task.claim is None:
                return False
            had = task.claim
            if (had.officer != leaver.officer) if leaver.officer else (had.agency != leaver.agency):
                return False
            change, heir = self.dossiers.change(dossier, self.clock()), named_heir
            if heir and self.dossiers.has_interest(leaver.agency, heir, dossier.head, change.now):
                heir = None
            if heir is None:
                why: WhyReleased = "left" if leaver.officer else "merged"
                change.tell(TaskReleased(**named(dossier, task), officer=had.officer, why=why), actor=ACTOR)
                change.claim_task(task, None).write()
                return True
            change.tell(TaskAssigned(**named(dossier, task), officer=heir, before=had.officer), actor=ACTOR)
            change.claim_task(task, Claim(officer=heir, name="", agency=had.agency, at=stamp(change.now))).write()
            return True

        return record.settled(once)
