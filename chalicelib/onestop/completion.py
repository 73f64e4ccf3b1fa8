"""What each kind of task leads to when it is done: one step a class, all of them over one change of the dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.contracts.event import told
from chalicelib.contracts.onestop import (
    DossierAccepted,
    DossierForwarded,
    DossierVerified,
    LegCompleted,
    LegOutcome,
    ReceiptComponent,
    ReceiptPrivate,
)
from chalicelib.dossier.change import Change
from chalicelib.dossier.deciding import price_lines
from chalicelib.dossier.items import TakenLine, Task, TaskKind
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NoSigningCertificate
from chalicelib.law import calendars, codes, packs
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.model import (
    due_of,
    has_verified,
    officer_hash,
    require_state,
    stands_in_for,
    transition,
    unsettled,
)
from chalicelib.onestop.ports import Previews, Signers
from chalicelib.onestop.refusals import ResultNotDrawn, SameOfficer, TaskNotReady, Unprintable
from chalicelib.onestop.terms import by_line, needs_place, taken
from chalicelib.sealing.door import seal, unseal


@dataclass(frozen=True)
class Receive:
    """Code, due date and forwarding at acceptance; online at once (Decree 61/2018 Art. 17(3), 18)."""

    next_serial: Callable[[str, date], int]
    areas_of: Callable[[str, date], tuple[str, ...] | None]
    signers: Signers
    reads: tuple[Part, ...] = (Part.COMPONENTS, Part.FORM, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận thẩm tra"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal) -> Task:
        """The dossier is accepted and forwarded. Raises ForbiddenStep, NoSigningCertificate, TermOpen."""
        require_state(dossier.head, DossierState.REGISTERED)
        _require_agency(self.signers, dossier)
        state = transition(dossier.head.state, DossierState.ACCEPTED, DossierState.PROCESSING)
        now, plan, head = change.now, dossier.plan, dossier.head
        day = now.astimezone(ZONE).date()
        line = self._line(dossier, day)
        term = by_line(plan.term, line)
        pack = packs.pack_on(day)
        serial = self.next_serial(task.agency, day)
        code = codes.dossier_code(task.agency, day, serial, scheme=pack.rules.dossier_code_scheme.value)
        due_at = stamp(due_of(term, now, calendars.national(), pack).due_at)
        accepted = DossierAccepted(
            agency=head.agency,
            handler=who.name,
            received_at=stamp(now),
            processed_at=stamp(now),
            due_at=due_at,
            reference=dossier.reference,
            dossier_code=code,
            procedure=plan.procedure,
            procedure_name=plan.name_vi,
            term=term.text,
            notice_vi=plan.notice_vi,
            price=price_lines(plan),
            office=plan.office,
            acted_for=stands_in_for(who, task.kind),
            rule_pack=pack.id,
            submitted_at=head.submitted_at or "",
            holder=head.holder,
            min_level=plan.min_level,
            sealed=seal(dossier.reference, told(_private(dossier, who))),
        )
        forwarded = DossierForwarded(
            agency=head.agency,
            handler=who.name,
            received_at=stamp(now),
            processed_at=stamp(now),
            due_at=due_at,
            acted_for=stands_in_for(who, task.kind),
            dossier_code=code,
        )
        change.tell(accepted, state=int(DossierState.ACCEPTED), actor=who.subject)
        change.tell(forwarded, state=state, actor=who.subject)
        change.name(code).move(state=state, accepted_at=stamp(now), due_at=due_at, rule_pack=pack.id)
        change.move(waits_for_preview=True)
        if line is not None:
            change.move(term_line=line)
        return _next(task, "verify", dossier, change, due_at=due_at, code=code)

    def _line(self, dossier: Dossier, day: date) -> TakenLine | None:
        """The line of the term that the dossier has; only a term that asks for the place reads the agency."""
        term, head = dossier.plan.term, dossier.head
        if not term.lines:
            return None
        answers = unseal(dossier.reference, dossier.form.sealed) if dossier.form else {}
        areas = self.areas_of(head.agency, day) if needs_place(term) else None
        return taken(term, head.channel, answers, areas, head.agency)


@dataclass(frozen=True)
class Verify:
    """The verification is recorded (Decree 61/2018 Art. 19(1)-(3))."""

    reads: tuple[Part, ...] = (Part.TASKS,)
    receiver: str = "Lãnh đạo ký duyệt"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal) -> Task:
        """The dossier is verified. Raises ForbiddenStep."""
        require_state(dossier.head, DossierState.PROCESSING)
        head = dossier.head
        event = DossierVerified(
            agency=head.agency,
            handler=who.name,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(change.now),
            due_at=head.due_at,
            acted_for=stands_in_for(who, task.kind),
            dossier_code=head.dossier_code or "",
        )
        change.tell(event, actor=who.subject)
        return _next(task, "approve", dossier, change, due_at=head.due_at or task.due_at, code=head.dossier_code)


@dataclass(frozen=True)
class Approve:
    """The competent person approves; nothing is decided while a paper waits for its digitisation.

    Nor before the result was drawn, unsigned: what no paper can say is told here, and not when everybody waits for it.
    Another person than who verified: our policy, as the law that we read asks for the two steps and not for two people.
    """

    has_one_officer: Callable[[str, date], bool]
    signers: Signers
    previews: Previews
    reads: tuple[Part, ...] = (Part.COMPONENTS, Part.TASKS)
    receiver: str = "Bộ phận trả kết quả"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal) -> None:
        """The leg is done.

        Raises ForbiddenStep, SameOfficer, TaskNotReady, NoSigningCertificate, ResultNotDrawn, Unprintable.
        """
        require_state(dossier.head, DossierState.PROCESSING)
        day = change.now.astimezone(ZONE).date()
        if has_verified(dossier.tasks, officer_hash(who)) and not self.has_one_officer(task.agency, day):
            raise SameOfficer
        if waiting := unsettled(dossier.components):
            raise TaskNotReady(components=waiting)
        _require_agency(self.signers, dossier)
        if not self.signers.has_officer(who.subject) or not (who.post is None or who.post.signs):
            raise NoSigningCertificate(signer="officer")
        if dossier.head.waits_for_preview:
            _require_preview(self.previews, dossier)
        head, at = dossier.head, stamp(change.now)
        event = LegCompleted(
            agency=task.agency,
            handler=who.name,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=at,
            due_at=head.due_at,
            acted_for=stands_in_for(who, task.kind),
            leg=task.leg,
        )
        change.tell(event, actor=who.subject).move(approved_at=at)
        approver = seal(dossier.reference, {"name": who.name, "id": who.subject})
        change.complete_leg(task.leg, LegOutcome(outcome="approved", leg=task.leg), approver)


def _require_agency(signers: Signers, dossier: Dossier) -> None:
    """The receipt and the result are signed by the agency: nothing is promised that nobody could sign."""
    if not signers.has_agency(dossier.head.agency):
        raise NoSigningCertificate(signer="agency")


def _require_preview(previews: Previews, dossier: Dossier) -> None:
    if previews.has(dossier.reference):
        return
    if fault := dossier.head.result_fault:
        raise Unprintable(reason_code=fault.code, reason_vi=fault.vi, reason_en=fault.en)
    raise ResultNotDrawn


def _next(task: Task, kind: TaskKind, dossier: Dossier, change: Change, *, due_at: str, code: str | None) -> Task:
    return Task(
        leg=task.leg,
        kind=kind,
        agency=task.agency,
        opened_at=stamp(change.now),
        due_at=due_at,
        reference=dossier.reference,
        procedure=dossier.head.procedure,
        dossier_code=code,
    )


def _private(dossier: Dossier, who: Principal) -> ReceiptPrivate:
    """What only the receipt may say: the applicant, their telephone, and the names of their files."""
    requester = unseal(dossier.reference, dossier.form.sealed).get("requester", {}) if dossier.form else {}
    names = {c.code: c.name_vi for c in dossier.plan.components}
    components = tuple(
        ReceiptComponent(
            code=c.code, name=names.get(c.code, c.filename), filename=c.filename, size=c.size, sha256=c.sha256
        )
        for c in dossier.components
        if c.digitisation.status != "rejected"
    )
    head = dossier.head
    holder, filer = holder_of(head), filer_of(head)
    return ReceiptPrivate(
        name=holder.name,
        personal_id=holder.personal_id,
        kind=holder.kind,
        submitter=filer.name if filer else holder.by,
        together=co_holders_of(head),
        officer=who.name,
        phone=requester.get("phone", ""),
        components=components,
    )
