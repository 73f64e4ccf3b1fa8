"""Reception accepts: code, due date, forwarding, and what the receipt says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chalicelib.contracts.event import told
from chalicelib.contracts.onestop import DossierAccepted, DossierForwarded, ReceiptComponent, ReceiptPrivate
from chalicelib.contracts.plan import PlannedTerm
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.change import Change
from chalicelib.dossier.deciding import price_lines
from chalicelib.dossier.items import TakenLine, Task
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.route import competent_of
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.law import calendars, codes, packs
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import leg_for
from chalicelib.onestop.legs.opening import Handed, Opening
from chalicelib.onestop.legs.terms import leg_due
from chalicelib.onestop.model import due_of, require_state, stands_in_for, transition
from chalicelib.onestop.outcomes.following import following
from chalicelib.onestop.outcomes.redirect import require_competent
from chalicelib.onestop.outcomes.signing import require_agency
from chalicelib.onestop.paid import fee_text
from chalicelib.onestop.ports import Signers
from chalicelib.onestop.terms import by_line, needs_place, taken
from chalicelib.sealing.door import seal, unseal


@dataclass(frozen=True)
class Receive:
    """Code, due date and forwarding at acceptance; online at once (Decree 61/2018 Art. 17(3), 18)."""

    next_serial: Callable[[str, date], int]
    areas_of: Callable[[str, date], tuple[str, ...] | None]
    signers: Signers
    opening: Opening
    reads: tuple[Part, ...] = (Part.COMPONENTS, Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận thẩm tra"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, _given: Given) -> Task:
        """The dossier is accepted and forwarded. Raises ForbiddenStep, NotCompetent, NoSigningCertificate, TermOpen."""
        require_state(dossier.head, DossierState.REGISTERED)
        require_competent(dossier, task)
        require_agency(self.signers, dossier)
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
        first = leg_for(dossier, task)
        own = leg_due(first, term, due_at, now, pack)
        self._open_others(change, dossier, task, term=term, due_at=due_at, code=code)
        return following(task, first.steps[0], dossier, change, due_at=own, code=code)

    def _open_others(
        self, change: Change, dossier: Dossier, task: Task, *, term: PlannedTerm, due_at: str, code: str
    ) -> None:
        """The legs of the first stage that begin with this one, sent by the receiving unit (Decree 61/2018 Art. 18)."""
        if lead := competent_of(dossier):
            change.move(competent=lead)
        if others := self.opening.following(dossier, begun={task.leg}, done=()):
            one_stop = dossier.plan.office.one_stop
            handed = Handed(giver=one_stop, receiving=one_stop, due_at=task.due_at)
            self.opening.open(change, dossier, others, handed, term=term, due_at=due_at, code=code)

    def _line(self, dossier: Dossier, day: date) -> TakenLine | None:
        """The line of the term that the dossier has; only a term that asks for the place reads the agency."""
        term, head = dossier.plan.term, dossier.head
        if not term.lines:
            return None
        answers = unseal(dossier.reference, dossier.form.sealed) if dossier.form else {}
        areas = self.areas_of(head.agency, day) if needs_place(term) else None
        return taken(term, head.channel, answers, areas, head.agency)


def _private(dossier: Dossier, who: Principal) -> ReceiptPrivate:
    """What only the receipt may say: the applicant, their telephone, the names of their files, and what is owed."""
    requester = unseal(dossier.reference, dossier.form.sealed).get("requester", {}) if dossier.form else {}
    phone, email, address = (requester.get(name, "") for name in ("phone", "email", "residence"))
    names = {c.code: c.name_vi for c in dossier.plan.components}
    components = tuple(
        ReceiptComponent(
            code=c.code, name=names.get(c.code, c.filename), filename=c.filename, size=c.size, sha256=c.sha256
        )
        for c in dossier.components
        if c.digitisation.status != "rejected" and c.superseded_by is None
    )
    head, submitted = dossier.head, dossier.first(DossierSubmitted)
    holder, filer = holder_of(head), filer_of(head)
    return ReceiptPrivate(
        name=holder.name,
        personal_id=holder.personal_id,
        kind=holder.kind,
        submitter=filer.name if filer else holder.by,
        together=co_holders_of(head),
        officer=who.name,
        phone=phone,
        email=email,
        address=address,
        channel=head.channel,
        components=components,
        fee=fee_text(submitted.fee if submitted else None),
    )
