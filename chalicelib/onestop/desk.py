"""An officer's tasks: read one, complete it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.onestop.consulting.answering import Answer as Opinion
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import AGREED, APPROVED, DISAGREED, Finishing
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.model import officer_hash, slip_row, stands_in_for, work_of
from chalicelib.onestop.outcomes.answer import AnswerLead
from chalicelib.onestop.outcomes.approve import Approve
from chalicelib.onestop.outcomes.beginning import Beginning
from chalicelib.onestop.outcomes.forward import Forward
from chalicelib.onestop.outcomes.objection import DISMISSED, UPHELD, AnswerObjection
from chalicelib.onestop.outcomes.receive import Receive
from chalicelib.onestop.outcomes.redirect import Redirect
from chalicelib.onestop.outcomes.refuse import Refuse
from chalicelib.onestop.outcomes.verify import Verify
from chalicelib.onestop.outcomes.withdraw import Keep, Stop
from chalicelib.onestop.ports import Dossiers, Previews, Signers, Step
from chalicelib.onestop.posts import named_task, refused_by, require_kind, require_seen, require_unclaimed
from chalicelib.onestop.refusals import TaskClosed, WaitsUpstream
from chalicelib.onestop.supplement.asking import AskSupplement
from chalicelib.onestop.views import Views

HOLDS: Final[Mapping[TaskKind, str]] = {"forward": "Bộ phận tiếp nhận", "confirm": "Người nộp hồ sơ"}
"""Who has the dossier with a task that only some dossiers have next: came directly, or the applicant is asked."""


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
        reference, leg, kind, nth = named_task(task_id)
        require_seen(who, kind)
        dossier = self.dossiers.dossier(reference, Part.PLAN, Part.TASKS)
        task = None if dossier is None or dossier.head.is_draft else dossier.task(leg, kind, nth)
        if dossier is None or task is None or not {task.at, task.agency} & who.agencies:
            raise NotFound(what="task")
        return dossier, task

    def complete(self, who: Principal, task_id: str, given: Given, key: str, raw: bytes) -> Completed:
        """An officer completes a task once; the same key tells the same again.

        Raises NotAllowed, NotFound, OwnDossier, NumberUnknown, TaskClaimed, TaskClosed, TaskNotReady, SameOfficer,
        ForbiddenStep, KeyReused, NoSigningCertificate, ResultNotDrawn, ResultUnprintable, TermOpen, BodyInvalid,
        SupplementUsed, SupplementsSpent, AskedBySelf, ResultBySelf, SecondUnknown, SupplementLate, WaitsUpstream.
        """
        reference, leg, kind, nth = named_task(task_id)
        require_kind(who, kind)
        body, steps = hashlib.sha256(raw).hexdigest(), self._steps(kind)
        step = steps.get(given.outcome)
        reads = step.reads if step else (Part.TASKS,)

        def once() -> Completed:
            dossier = self.views.read(who, reference, *reads)
            task = dossier.task(leg, kind, nth)
            if task is None or task.at not in who.agencies:
                raise NotFound(what="task")
            if not task.is_open:
                return _told(reference, task, digest(key), body, officer_hash(who))
            now = self.clock()
            self.dossiers.require_other(who, dossier.head, work_of(dossier, task), now, anew=kind == "approve")
            require_unclaimed(who, task)
            if dossier.head.waits_for:
                raise WaitsUpstream(correction=dossier.head.waits_for)
            if step is None:
                raise BodyInvalid(fields=[_no_outcome(steps)])
            change = self.dossiers.change(dossier, now)
            following = step.take(change, dossier, task, who, given)
            receiver = HOLDS.get(following.kind, step.receiver) if following else step.receiver
            hands = self.finishing.hands(change, dossier, task, who, given.outcome, receiver)
            slip = slip_row(*hands, stamp(now), task.due_at, given.note)
            officer = officer_hash(who)
            done = {"outcome": given.outcome, "by": who.name, "officer": officer, "key": digest(key), "body": body}
            change.close_task(task, **done, numbers=who.numbers, slip=slip, acted_for=stands_in_for(who, kind))
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

    @property
    def finishing(self) -> Finishing:
        """What the end of an agency's part leads to."""
        return Finishing(Opening(self.dossiers.office))

    def _steps(self, kind: TaskKind) -> Mapping[str, Step]:
        """What a kind of task may come to, by the outcome's name."""
        refuse, on_lists = Refuse(self.dossiers.leg), self.dossiers.numbers_on_lists
        ask = AskSupplement(self.dossiers.form, self.dossiers.dossier, on_lists, self.dossiers.note_held)
        beginning = Beginning(Opening(self.dossiers.office))
        accept = Receive(self.dossiers.next_serial, self.dossiers.areas_of, self.signers, beginning)
        answer = AnswerLead(self.finishing, self.dossiers.has_one_officer)
        answers = dict.fromkeys((AGREED, DISAGREED), answer)
        approve = Approve(self.dossiers, self.signers, self.previews, self.finishing)
        steps: dict[TaskKind, Mapping[str, Step]] = {
            "receive": {"accepted": accept, "forwarded": Redirect(), "supplement": ask, "refused": refuse},
            "forward": {"forwarded": Forward(beginning), "supplement": ask},
            "consult": dict.fromkeys((AGREED, DISAGREED), Opinion()),
            "verify": {"verified": Verify(), "supplement": ask, "refused": refuse, **answers},
            "approve": {APPROVED: approve, **answers},
            "withdrawal": {"stopped": Stop(self.dossiers.leg), "kept": Keep()},
            "objection": dict.fromkeys((UPHELD, DISMISSED), AnswerObjection(on_lists)),
        }
        return steps[kind]


def _no_outcome(steps: Mapping[str, Step]) -> FieldError:
    only = ", ".join(steps)
    return FieldError("/outcome", "enum", f"Chỉ nhận {only}", f"Only {only}")


def _done(task: Task, outcome: str, who: Principal, at: str) -> Task:
    absent = stands_in_for(who, task.kind)
    return msgspec.structs.replace(task, status="done", outcome=outcome, by=who.name, done_at=at, acted_for=absent)


def _told(reference: str, task: Task, key: str, body: str, officer: str) -> Completed:
    """A key is its officer's: a colleague's is another act. Some earlier releases kept no officer."""
    if task.key != key or task.officer not in ("", officer):
        raise TaskClosed(outcome=task.outcome)
    if task.body != body:
        raise KeyReused
    return Completed(reference, task)
