"""An officer's tasks: read one, complete it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from chalicelib.dossier.items import APPLICANTS, Task, TaskKind
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import ORDER, officer_hash, slip_row, stands_in_for
from chalicelib.onestop.outcomes.approve import Approve
from chalicelib.onestop.outcomes.forward import Forward
from chalicelib.onestop.outcomes.receive import Receive
from chalicelib.onestop.outcomes.refuse import Refuse
from chalicelib.onestop.outcomes.verify import Verify
from chalicelib.onestop.outcomes.withdraw import Keep, Stop
from chalicelib.onestop.ports import Dossiers, Previews, Signers, Step
from chalicelib.onestop.posts import refused_by, require_kind, require_seen, require_unclaimed
from chalicelib.onestop.refusals import TaskClosed
from chalicelib.onestop.supplement.asking import AskSupplement
from chalicelib.onestop.views import Views

_TASK_ID: Final = re.compile(r"([^.]+)\.([^.]+)\.([a-z]+)(?:\.([2-9]|[1-9][0-9]))?")
"""Reference, leg, kind and, past the first of its kind, its round."""


KEEPS: Final = "Bộ phận tiếp nhận"
"""Who has what came directly, until it is forwarded."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A task as it stands after its completion."""

    reference: str
    task: Task


@dataclass(frozen=True)
class Desk:
    """Use cases of officers."""

    dossiers: Dossiers
    views: Views
    signers: Signers
    previews: Previews
    clock: Clock

    def task(self, who: Principal, task_id: str) -> tuple[Dossier, Task]:
        """A task of the officer's agency, open or done, with its dossier's plan: the one policy of get and list.

        Raises NotAllowed, NotFound.
        """
        reference, leg, kind, nth = parts_of(task_id)
        require_seen(who, kind)
        dossier = self.dossiers.dossier(reference, Part.PLAN, Part.TASKS)
        task = None if dossier is None or dossier.head.is_draft else dossier.task(leg, kind, nth)
        if dossier is None or task is None or task.agency not in who.agencies:
            raise NotFound(what="task")
        return dossier, task

    def complete(self, who: Principal, task_id: str, given: Given, key: str, raw: bytes) -> Completed:
        """An officer completes a task once; the same key tells the same again.

        Raises NotAllowed, NotFound, TaskClaimed, TaskClosed, TaskNotReady, SameOfficer, ForbiddenStep, KeyReused,
        NoSigningCertificate, ResultNotDrawn, ResultUnprintable, TermOpen, BodyInvalid, SupplementUsed, SupplementLate.
        """
        reference, leg, kind, nth = parts_of(task_id)
        require_kind(who, kind)
        body, steps = hashlib.sha256(raw).hexdigest(), self._steps(kind)
        step = steps.get(given.outcome)
        reads = step.reads if step else (Part.TASKS,)

        def once() -> Completed:
            dossier = self.views.read(who, reference, *reads)
            task = dossier.task(leg, kind, nth)
            if task is None or task.agency not in who.agencies:
                raise NotFound(what="task")
            if not task.is_open:
                return _told(reference, task, digest(key), body)
            require_unclaimed(who, task)
            if step is None:
                raise BodyInvalid(fields=[_no_outcome(steps)])
            now = self.clock()
            change = self.dossiers.change(dossier, now)
            following = step.take(change, dossier, task, who, given)
            receiver = KEEPS if following and following.kind == "forward" else step.receiver
            slip = slip_row(who.name, receiver, stamp(now), task.due_at, given.note)
            officer = officer_hash(who)
            done = {"outcome": given.outcome, "by": who.name, "officer": officer, "key": digest(key), "body": body}
            change.close_task(task, **done, slip=slip, acted_for=stands_in_for(who, kind))
            if following:
                change.open_task(following)
            for part, fence in self.dossiers.posts(who, kind, stamp(now)).items():
                change.require(part, fence)
            change.write()
            return Completed(reference, _done(task, given.outcome, who, stamp(now)))

        try:
            return record.settled(once)
        except aws.Lost as lost:
            raise refused_by(lost, kind) from lost

    def _steps(self, kind: TaskKind) -> Mapping[str, Step]:
        """What a kind of task may come to, by the outcome's name."""
        ask, refuse = AskSupplement(self.dossiers.form), Refuse(self.dossiers.leg)
        accept = Receive(self.dossiers.next_serial, self.dossiers.areas_of, self.signers)
        steps: dict[TaskKind, Mapping[str, Step]] = {
            "receive": {"accepted": accept, "supplement": ask, "refused": refuse},
            "forward": {"forwarded": Forward(), "supplement": ask},
            "verify": {"verified": Verify(), "supplement": ask, "refused": refuse},
            "approve": {"approved": Approve(self.dossiers.has_one_officer, self.signers, self.previews)},
            "withdrawal": {"stopped": Stop(self.dossiers.leg), "kept": Keep()},
        }
        return steps[kind]


def parts_of(task_id: str) -> tuple[str, str, TaskKind, int]:
    """Reference, leg, kind and round in a task's id."""
    named = _TASK_ID.fullmatch(task_id)
    reference, leg, kind, nth = named.groups("1") if named else ("", "", "", "1")
    known = next((k for k in (*ORDER, *APPLICANTS) if k == kind), None)
    if known is None:
        raise NotFound(what="task")
    return reference, leg, known, int(nth)


def _no_outcome(steps: Mapping[str, Step]) -> FieldError:
    only = ", ".join(steps)
    return FieldError("/outcome", "enum", f"Chỉ nhận {only}", f"Only {only}")


def _done(task: Task, outcome: str, who: Principal, at: str) -> Task:
    absent = stands_in_for(who, task.kind)
    return msgspec.structs.replace(task, status="done", outcome=outcome, by=who.name, done_at=at, acted_for=absent)


def _told(reference: str, task: Task, key: str, body: str) -> Completed:
    if task.key != key:
        raise TaskClosed(outcome=task.outcome)
    if task.body != body:
        raise KeyReused
    return Completed(reference, task)
