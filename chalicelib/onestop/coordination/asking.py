"""An officer asks another agency for its opinion, with content and deadline (Decree 61/2018 Art. 19(5))."""

from dataclasses import dataclass

from chalicelib.contracts.consulting import ConsultationAsked, ConsultationTold
from chalicelib.dossier.change import Change
from chalicelib.dossier.hands import hand_of
from chalicelib.dossier.items import Task
from chalicelib.dossier.noticed import told_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound
from chalicelib.law import calendars, clock
from chalicelib.law.states import DossierState
from chalicelib.law.terms import Term
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.legs.opening import Opening, take_part
from chalicelib.onestop.legs.terms import pack_of
from chalicelib.onestop.model import policy_of, require_state, slip_row
from chalicelib.onestop.plain import require_reason, term_in
from chalicelib.onestop.posts import named_task, require_unclaimed
from chalicelib.onestop.refusals import TaskClosed
from chalicelib.sealing.door import seal

READS = (Part.PLAN, Part.TASKS)
NOTE = "Lấy ý kiến"


@dataclass(frozen=True, slots=True)
class Question:
    """Which agency is asked what, in words, and how long it has, such as `2wd`."""

    agency: str
    content: str
    deadline: str


@dataclass(frozen=True)
class Consultations:
    """The use case of an officer who needs an opinion."""

    acts: Acts
    opening: Opening

    def ask(self, who: Principal, task_id: str, question: Question, key: str, raw: bytes) -> Done:
        """A task on the asked agency's list; the asking leg does not end before its answer or its silence.

        The applicant is told at once who was asked, never what.

        Raises NotFound, NotAllowed, TaskClaimed, TaskClosed, ForbiddenStep, BodyInvalid, KeyReused.
        """
        named = named_task(task_id)
        require_reason(question.content, "/content")
        term = term_in(question.deadline, "/deadline", "Thời hạn trả lời", "How long they have to answer")

        def write(dossier: Dossier, change: Change) -> None:
            task = dossier.task(named.leg, named.kind, named.round)
            if task is None or task.at not in who.agencies:
                raise NotFound(what="task")
            if not task.is_open:
                raise TaskClosed(outcome=task.outcome)
            require_unclaimed(who, task)
            require_state(dossier.head, DossierState.PROCESSING)
            self._require_askable(change, dossier, task, question.agency)
            self._write(change, dossier, task, question, term, who)

        asked = Asked(who, named.reference, key, task_id.encode() + raw)
        return self.acts.once(acts.CONSULT, asked, READS, write, does=(named.kind,))

    def _write(
        self, change: Change, dossier: Dossier, task: Task, question: Question, term: Term, who: Principal
    ) -> None:
        head, now = dossier.head, change.now
        policy = policy_of(dossier.plan.term, pack_of(head, now))
        own = stamp(clock.due(now, term, calendar=calendars.national(), policy=policy).due_at)
        due_at, nth = min(own, head.due_at or own), dossier.rounds(task.leg, "consult") + 1
        sealed = seal(dossier.reference, {"content": question.content})
        event = ConsultationAsked(
            reference=dossier.reference,
            leg=task.leg,
            round=nth,
            agency=question.agency,
            asks=task.agency,
            due_at=due_at,
            sealed=sealed,
        )
        giver, receiver = (self.opening.name(change, dossier, each) for each in (task.agency, question.agency))
        told = ConsultationTold(
            **told_of(head, who.name, now), asks=giver, asked=receiver, asked_agency=question.agency, answer_by=due_at
        )
        change.tell(event, actor=who.subject).tell(told, actor=who.subject).open_task(
            Task(
                leg=task.leg,
                kind="consult",
                agency=question.agency,
                opened_at=stamp(now),
                due_at=due_at,
                procedure=head.procedure,
                round=nth,
                reference=dossier.reference,
                dossier_code=head.dossier_code,
                handed=slip_row(giver, receiver, stamp(now), task.due_at, NOTE),
                opened_by=hand_of(who),
            )
        )
        take_part(change, dossier, [question.agency])

    def _require_askable(self, change: Change, dossier: Dossier, task: Task, agency: str) -> None:
        """Raise BodyInvalid for an agency that nobody knows, for one's own, and for one that is asked already."""
        day = change.now.astimezone(ZONE).date()
        is_asked = any(t.is_open and (t.leg, t.kind, t.agency) == (task.leg, "consult", agency) for t in dossier.tasks)
        if agency == task.agency:
            wrong = ("own", "Không lấy ý kiến của chính cơ quan mình", "No agency asks itself")
        elif is_asked:
            wrong = ("asked", "Cơ quan này đang được lấy ý kiến", "This agency is asked already")
        elif self.opening.office_of(agency, day) is None:
            wrong = ("known", "Danh mục chưa có cơ quan này", "The catalogue knows no such agency")
        else:
            return
        raise BodyInvalid(fields=[FieldError("/agency", *wrong)])
