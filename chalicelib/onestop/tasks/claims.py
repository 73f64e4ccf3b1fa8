"""An officer takes a task, gives it back; a supervisor gives it to somebody (Decree 61/2018 Art. 19(1)-(3))."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

import msgspec

from chalicelib.contracts.tasks import TaskAssigned, TaskClaimed, TaskReleased
from chalicelib.dossier.change import Change
from chalicelib.dossier.claims import Asked, Claim
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal, may, require
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import KeyReused, NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.desk import Completed
from chalicelib.onestop.model import is_only_given, officer_hash, work_of
from chalicelib.onestop.ports import CERTIFICATE, Dossiers
from chalicelib.onestop.posts import named_task, refused_by, require_kind, require_unclaimed
from chalicelib.onestop.refusals import OfficerUnfit, TaskClosed

type Decide = Callable[[Dossier, Task, Change], Claim | None]


@dataclass(frozen=True)
class Claims:
    """Use cases of officers and their supervisors."""

    dossiers: Dossiers
    clock: Clock

    def claim(self, who: Principal, task_id: str, key: str) -> Completed:
        """An officer takes an open task of a kind that they do; to take what one has changes nothing.

        What a leader gave in an agency that keeps no staff here is taken so, by that officer or a colleague.

        Raises NotAllowed, NotFound, OwnDossier, NumberUnknown, TaskClaimed (who has it, since when), TaskClosed,
        KeyReused.
        """
        kind = named_task(task_id).kind
        require_kind(who, kind)

        def taken(dossier: Dossier, task: Task, change: Change) -> Claim | None:
            self.dossiers.require_other(who, dossier.head, work_of(dossier, task), change.now)
            require_unclaimed(who, task)
            mine = Claim(officer=officer_hash(who), name=who.name, agency=who.agency, at=stamp(change.now))
            before = task.claim.officer if task.claim else None
            is_mine = task.claim is not None and (before, task.claim.agency) == (mine.officer, mine.agency)
            if is_mine and task.claim and not is_only_given(who, task.claim):
                return task.claim
            event = TaskClaimed(**named(dossier, task), officer=mine.officer, before=None if is_mine else before)
            change.tell(event, actor=who.subject)
            for part, fence in self.dossiers.posts(who, kind, stamp(change.now)).items():
                if part != CERTIFICATE:  # who takes a task signs nothing
                    change.require(part, fence)
            return mine

        return self._change(who, task_id, _asked(who, key, "claim"), taken)

    def release(self, who: Principal, task_id: str, key: str) -> Completed:
        """Whoever has a task gives it back, or a supervisor takes it from them; what nobody has stays so.

        Who has an interest in it gives back their own alone. Raises NotAllowed, NotFound, OwnDossier, TaskClaimed,
        TaskClosed, KeyReused.
        """
        kind, supervises = named_task(task_id).kind, may(who, acts.SUPERVISE)
        if not supervises:
            require_kind(who, kind)

        def released(dossier: Dossier, task: Task, change: Change) -> None:
            if task.claim is None:
                return
            by = officer_hash(who)
            if by != task.claim.officer:
                self.dossiers.require_other(who, dossier.head, work_of(dossier, task), change.now)
            if not supervises:
                require_unclaimed(who, task)
            event = TaskReleased(
                **named(dossier, task), officer=task.claim.officer, by=None if by == task.claim.officer else by
            )
            change.tell(event, actor=who.subject)

        return self._change(who, task_id, _asked(who, key, "release"), released)

    def assign(self, who: Principal, task_id: str, officer: str, name: str, key: str) -> Completed:
        """A supervisor gives an open task to an officer (keyed hash), whoever has it.

        Where the agency keeps no staff here it keeps nobody else from it before that officer takes it.

        Raises NotAllowed, NotFound, OwnDossier, OfficerUnfit (also of who has an interest in it), TaskClosed,
        KeyReused.
        """
        require(who, acts.SUPERVISE)

        def assigned(dossier: Dossier, task: Task, change: Change) -> Claim | None:
            if task.claim and task.claim.officer == officer:
                return task.claim
            day = change.now.astimezone(ZONE).date()
            self.dossiers.require_other(who, dossier.head, work_of(dossier, task), change.now)
            is_fit = self.dossiers.may_be_given(who.agency, officer, task.kind, day)
            if not is_fit or self.dossiers.has_interest(who.agency, officer, dossier.head, change.now):
                raise OfficerUnfit(officer=officer)
            by, before = officer_hash(who), task.claim.officer if task.claim else None
            event = TaskAssigned(**named(dossier, task), officer=officer, by=by, before=before)
            change.tell(event, actor=who.subject)
            return Claim(officer=officer, name=name, agency=who.agency, at=stamp(change.now), assigned_by=by)

        return self._change(who, task_id, _asked(who, key, f"assign {officer}"), assigned)

    def _task(self, who: Principal, task_id: str) -> tuple[Dossier, Task]:
        reference, leg, kind, nth = named_task(task_id)
        dossier = self.dossiers.dossier(reference, Part.TASKS)
        task = None if dossier is None or dossier.head.is_draft else dossier.task(leg, kind, nth)
        if dossier is None or task is None or task.at not in who.agencies:
            raise NotFound(what="task")
        return dossier, task

    def _change(self, who: Principal, task_id: str, asked: Asked, decide: Decide) -> Completed:
        """One change of a task's claim, under its version and HEAD's; the same request again is told the same."""
        kind: TaskKind = named_task(task_id).kind

        def once() -> Completed:
            dossier, task = self._task(who, task_id)
            if task.asked and task.asked.key == asked.key:
                if task.asked != asked:
                    raise KeyReused
                return Completed(dossier.reference, task)
            if not task.is_open:
                raise TaskClosed(outcome=task.outcome)
            change = self.dossiers.change(dossier, self.clock())
            claim = decide(dossier, task, change)
            if claim != task.claim:
                change.claim_task(task, claim, asked).write()
            return Completed(dossier.reference, msgspec.structs.replace(task, claim=claim))

        try:
            return record.settled(once)
        except aws.Lost as lost:
            raise refused_by(lost, kind) from lost


class Named(TypedDict):
    """A task as its events name it."""

    reference: str
    leg: str
    kind: str
    agency: str
    round: int


def named(dossier: Dossier, task: Task) -> Named:
    """A task as its events name it."""
    return Named(reference=dossier.reference, leg=task.leg, kind=task.kind, agency=task.agency, round=task.round)


def _asked(who: Principal, key: str, what: str) -> Asked:
    return Asked(key=digest(who.subject, key), body=digest(what))
