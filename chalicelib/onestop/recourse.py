"""A task that all of its agency who do such ones have an interest in goes to the agency above."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from chalicelib.contracts.tasks import TaskHandedUp
from chalicelib.dossier.claims import Asked
from chalicelib.dossier.interests import Work, facts_of
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.superiors import handed_up, known_above
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal, may
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import KeyReused, NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.desk import Completed
from chalicelib.onestop.model import ORDER, officer_hash, work_of
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.posts import named_task, refused_by, require_kind
from chalicelib.onestop.refusals import NobodyAbove, NotForAbove, TaskClosed

SWEEP: Final = "sweep"


@dataclass(frozen=True)
class Recourse:
    """Use cases of whoever may not do a task, and of the sweep."""

    dossiers: Dossiers
    clock: Clock

    def hand_up(self, who: Principal, task_id: str, key: str) -> Completed:
        """An officer who does such tasks, or a supervisor, hands one up; whoever has an interest in it may.

        Raises NotAllowed, NotFound, NotForAbove where somebody of the agency may do it, NobodyAbove, TaskClosed,
        KeyReused.
        """
        name = named_task(task_id)
        if not may(who, acts.SUPERVISE):
            require_kind(who, name.kind)
        asked = Asked(key=digest(who.subject, key), body=digest(f"hand up {task_id}"))

        def once() -> Completed:
            dossier = self.dossiers.dossier(name.reference, Part.TASKS)
            task = None if dossier is None or dossier.head.is_draft else dossier.task(name.leg, name.kind, name.round)
            if dossier is None or task is None or not {task.at, task.agency} & who.agencies or task.kind not in ORDER:
                raise NotFound(what="task")
            if task.asked and task.asked.key == asked.key:
                if task.asked != asked:
                    raise KeyReused
                return Completed(dossier.reference, task)
            if not task.is_open:
                raise TaskClosed(outcome=task.outcome)
            if task.at not in who.agencies:
                raise NotForAbove(officers=[], agency_above=task.at)
            to = self._above(who, dossier, task)
            self._write(dossier, task, to, asked, who)
            return Completed(dossier.reference, msgspec.structs.replace(task, above=to, claim=None))

        try:
            return record.settled(once)
        except aws.Lost as lost:
            raise refused_by(lost, name.kind) from lost

    def look(self, row: TaskRow) -> bool:
        """Whether a task was handed up now, as nobody of its agency may do it; it may be asked twice."""

        def once() -> bool:
            dossier = self.dossiers.dossier(row.pk, Part.TASKS)
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open or task.kind not in ORDER or dossier.head.erased_at:
                return False
            found = self.dossiers.substitutes(task.at, dossier.head, work_of(dossier, task), self.clock())
            to = self._receiving(dossier, task, found.above) if found.is_nobody_left else None
            if to is None:
                return False
            self._write(dossier, task, to, None, None)
            return True

        return record.settled(once)

    def _above(self, who: Principal, dossier: Dossier, task: Task) -> str:
        """The agency above. Raises NotForAbove, NobodyAbove.

        Whom an agency employs that keeps no staff here, its leaders say: they hand up what is their own, and what is
        others' to do. Nobody else does over their heads, and they do not hand up what they may decide themselves.
        """
        now = self.clock()
        work = work_of(dossier, task)
        found = self.dossiers.substitutes(who.agency, dossier.head, work, now)
        if found.officers is None:
            is_bound = not work.bound.isdisjoint({officer_hash(who), *who.numbers})
            is_theirs = is_bound or self.dossiers.is_own(who, dossier.head, now)
            if not may(who, acts.SUPERVISE) or (may(who, acts.OF_TASK[task.kind]) and not is_theirs):
                raise NotForAbove(officers=[], agency_above=None)
        elif not found.is_nobody_left:
            raise NotForAbove(**facts_of(found))
        to = self._receiving(dossier, task, found.above)
        if to is None:
            raise NobodyAbove
        return to

    def _receiving(self, dossier: Dossier, task: Task, above: str | None) -> str | None:
        """The next agency above that may have somebody for a task: one whose officers all may not is passed over."""
        passed, now = set[str](), self.clock()
        while above and above not in passed:
            found = self.dossiers.substitutes(above, dossier.head, work_of(dossier, task), now)
            if found.officers != ():
                return above
            passed.add(above)
            above = found.above
        return None

    def _write(self, dossier: Dossier, task: Task, to: str, asked: Asked | None, who: Principal | None) -> None:
        change = self.dossiers.change(dossier, self.clock())
        by, before = officer_hash(who) if who else None, task.claim.officer if task.claim else None
        event = TaskHandedUp(
            reference=dossier.reference,
            leg=task.leg,
            kind=task.kind,
            agency=task.agency,
            round=task.round,
            to=to,
            by=by,
            before=before,
        )
        change.tell(event, actor=who.subject if who else SWEEP)
        kinds = {task.kind, *self._others(dossier, task)}
        change.move(above=known_above(dossier.head, task.agency, to, kinds))
        for part, op in handed_up(dossier.head, task, to, asked).items():
            change.also(part, op, task if part == "task" else None)
        change.write()

    def _others(self, dossier: Dossier, task: Task) -> Iterator[TaskKind]:
        """The kinds of tasks that nobody of the agency may do in this dossier: they stand there too when they come.

        Of an agency that keeps no staff here nobody knows that: each task is handed up by itself.
        """
        now = self.clock()
        for kind in ORDER:
            found = self.dossiers.substitutes(task.at, dossier.head, Work(task.agency, kind), now)
            if found.is_nobody_left:
                yield kind
