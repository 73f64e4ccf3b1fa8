"""Nobody took a task for too long, or who has it did nothing: applicant and supervisor are told once of each.

Decree 61/2018 Art. 19(1): somebody has it. For how long is the agency's configuration, else a named policy of the rule
pack. Looked for once an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from chalicelib.contracts.event import heard
from chalicelib.contracts.tasks import TaskClaimed, TaskReleased, TaskUnheld
from chalicelib.contracts.thread import ThreadRead
from chalicelib.dossier.items import AWAITED, Task
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.unheld import marked
from chalicelib.kernel import record
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.record import LogRow
from chalicelib.law import calendars, clock, packs
from chalicelib.law.policy import windows
from chalicelib.law.terms import Term
from chalicelib.onestop.model import ORDER, SYSTEM
from chalicelib.onestop.ports import Unclaimed

_LOOKED_BACK: Final = 50
"""Events that are read at most to find since when an officer keeps a task by giving it back and taking it again."""
LISTS = ORDER
"""Kinds of tasks that an officer has to take: what waits for the applicant is nobody's to take."""


class _Kept(Struct, frozen=True):
    officer: str


@dataclass(frozen=True)
class Unheld:
    """What the sweep asks of each list of an agency; it may be asked twice."""

    tasks: Unclaimed
    clock: Clock

    def found(self, agency: str, kind: str) -> Iterator[TaskRow]:
        """Tasks of a list that may have waited too long."""
        now = self.clock()
        return self.tasks.unheld(agency, kind, now - timedelta(hours=self._hours(agency, now)))

    def tell(self, agency: str, row: TaskRow) -> bool:
        """Whether it was told now: not of what was done or told since the list was written, nor too early.

        Of a task that somebody has the hours begin with the last thing that happened in its dossier.
        """

        def once() -> bool:
            now = self.clock()
            dossier = self.tasks.dossier(row.pk, Part.TASKS)
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            since = self._since(dossier, task) if dossier and task else None
            if dossier is None or task is None or since is None:
                return False
            hours = self._hours(agency, now)
            if _ends(moment(since), hours) > now:
                return False
            head, at = dossier.head, stamp(now)
            event = TaskUnheld(
                agency=task.agency,
                handler=SYSTEM,
                received_at=head.accepted_at or head.submitted_at or "",
                processed_at=at,
                due_at=head.due_at or task.due_at,
                reference=dossier.reference,
                leg=task.leg,
                kind=task.kind,
                opened_at=task.opened_at,
                hours=hours,
                round=task.round,
                held_by=task.claim.officer if task.claim else None,
            )
            change = self.tasks.change(dossier, now).tell(event, actor="sweep")
            change.also("task", marked(row.pk, task, now), task).write()
            return True

        return record.settled(once)

    def _since(self, dossier: Dossier, task: Task) -> str | None:
        """Since when it waits for an officer, a stored stamp; None of what is done, told, or waits for somebody else.

        Two reads more of a task that somebody has. Whoever did nothing else for very many events has it since it was
        opened: how long they took for them is not looked for.
        """
        head = dossier.head
        if head.erased_at or not task.is_open or task.unheld_at:
            return None
        if task.claim is None:
            return task.opened_at
        if head.state in AWAITED or head.waits_for:
            return None
        last = self.tasks.row(dossier.reference, head.seq)
        if not _is_keeping(last, task.claim.officer):
            return max(task.claim.at, last.at)
        for number in range(head.seq - 1, max(head.seq - _LOOKED_BACK, 0), -1):
            before = self.tasks.row(dossier.reference, number)
            if not _is_keeping(before, task.claim.officer):
                return last.at
            last = before
        return task.opened_at

    def _hours(self, agency: str, now: datetime) -> int:
        own = self.tasks.unheld_hours(agency, now)
        return own or packs.pack_on(now.astimezone(ZONE).date()).rules.tasks_unheld_working_hours.value


def _is_keeping(row: LogRow, officer: str) -> bool:
    """Whether all that happened is that this officer took a task or gave it back, or that somebody read messages:
    nothing that brings it forward.
    """
    if row.type == ThreadRead.type:
        return True
    return row.type in (TaskClaimed.type, TaskReleased.type) and heard(_Kept, row.data).officer == officer


def _ends(opened: datetime, hours: int) -> datetime:
    """So many working hours after a moment."""
    rules = packs.pack_on(opened.astimezone(ZONE).date()).rules
    policy = clock.ClockPolicy(working_hours=windows(rules.working_hours.value))
    return clock.due(opened, Term(hours, "wh"), calendar=calendars.national(), policy=policy).due_at
