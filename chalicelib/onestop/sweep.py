"""Every task whose due time has passed is marked once, agency by agency; what fails in one place stops nothing else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Part
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import Clock, moment
from chalicelib.onestop.model import ORDER
from chalicelib.onestop.ports import Overdue

LASTS: Final = timedelta(minutes=4)
"""How long a run begins with further agencies: less than the five minutes to the next run, and than its time-out."""
MOST: Final = 200
"""Tasks of one list that a run marks: a backlog of one agency must not take the time of all others."""


@dataclass
class Swept:
    """What a run did: agencies looked at and left for the next run, tasks marked, and failures, which are logged."""

    agencies: int = 0
    left: int = 0
    overdue: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Sweep:
    """The use case of the schedule."""

    tasks: Overdue
    clock: Clock

    def run(self) -> Swept:
        """Look at every agency, or at as many as the time allows; the next run goes on where this one stopped."""
        begun, done, first = self.clock(), Swept(), self.tasks.left_off()
        order = _from(sorted(self.tasks.agencies()), first)
        for agency in order:
            if self.clock() - begun > LASTS:
                done.left = len(order) - done.agencies
                self.tasks.leave_off(agency)
                return done
            self._agency(agency, done)
            done.agencies += 1
        if first:
            self.tasks.leave_off("")
        return done

    def _agency(self, agency: str, done: Swept) -> None:
        for kind in ORDER:
            try:
                self._list(agency, kind, done)
            except Exception as error:  # noqa: BLE001 - the other lists and agencies must not wait for this one
                log.trouble("list not swept", error, agency=agency, kind=kind)
                done.failed += 1

    def _list(self, agency: str, kind: str, done: Swept) -> None:
        enough = done.overdue + MOST
        for row in self.tasks.overdue(agency, kind, self.clock()):
            try:
                done.overdue += self._mark(row)
            except Exception as error:  # noqa: BLE001 - the other dossiers must not wait for this one
                log.trouble("task not marked", error, agency=agency, kind=kind, dossier=row.pk)
                done.failed += 1
            if done.overdue == enough:
                return

    def _mark(self, row: TaskRow) -> bool:
        """Mark a task of the list, unless it was done, moved or marked since the list was written."""

        def once() -> bool:
            dossier, now = self.tasks.dossier(row.pk, Part.TASKS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open:
                return False
            if task.overdue_at or moment(task.due_at) >= now:
                return False
            event = TaskOverdue(
                reference=dossier.reference,
                leg=task.leg,
                kind=task.kind,
                agency=task.agency,
                opened_at=task.opened_at,
                due_at=task.due_at,
                round=task.round,
            )
            self.tasks.change(dossier, now).tell(event, actor="sweep").mark_overdue(task).write()
            return True

        return record.settled(once)


def _from(agencies: list[str], first: str) -> list[str]:
    """All agencies, those from `first` on before the others."""
    return [a for a in agencies if a >= first] + [a for a in agencies if a < first]
