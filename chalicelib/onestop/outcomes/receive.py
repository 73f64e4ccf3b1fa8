"""Reception accepts: code, due date, forwarding, and what the receipt says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.contracts.event import told
from chalicelib.contracts.onestop import DossierAccepted
from chalicelib.dossier.change import Change
from chalicelib.dossier.deciding import price_lines
from chalicelib.dossier.items import Task
from chalicelib.dossier.marks import TakenLine
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.route import competent_of
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.law import calendars, codes, packs
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.dates import forwarding_due
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import due_of, require_state, stands_in_for, transition
from chalicelib.onestop.outcomes.authority import require_authorised
from chalicelib.onestop.outcomes.beginning import Beginning
from chalicelib.onestop.outcomes.following import following, forwarded
from chalicelib.onestop.outcomes.receipt import receipt_private
from chalicelib.onestop.outcomes.redirect import require_competent
from chalicelib.onestop.outcomes.signing import require_agency
from chalicelib.onestop.outcomes.whole import require_whole
from chalicelib.onestop.ports import Signers
from chalicelib.onestop.terms import by_line, needs_place, taken
from chalicelib.sealing.door import seal, unseal

DIRECT: Final = "DIRECT"
"""The channel of what is handed in at the counter."""


@dataclass(frozen=True)
class Receive:
    """Code and due date at acceptance (Decree 61/2018 Art. 17(3)); forwarding at once, but from the counter (Art. 18).

    What was handed in directly waits for its forwarding, which has a deadline of its own (118/2025 Art. 18(2)).
    """

    next_serial: Callable[[str, date], int]
    areas_of: Callable[[str, date], tuple[str, ...] | None]
    signers: Signers
    beginning: Beginning
    reads: tuple[Part, ...] = (Part.COMPONENTS, Part.EVENTS, Part.FORM, Part.PAPERS, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận thẩm tra"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> Task:
        """The dossier is accepted; forwarded, unless it came directly.

        Raises ForbiddenStep, NotCompetent, NoSigningCertificate, DossierIncomplete, TermOpen, BodyInvalid.
        """
        require_state(dossier.head, DossierState.REGISTERED)
        require_competent(dossier, task)
        if dossier.papers:
            require_whole(dossier)
            require_authorised(dossier, given.authorisation, change.now)
        require_agency(self.signers, dossier)
        state = transition(dossier.head.state, DossierState.ACCEPTED)
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
            sealed=seal(dossier.reference, told(receipt_private(dossier, who))),
        )
        change.tell(accepted, state=state, actor=who.subject)
        is_direct = head.channel == DIRECT
        if not is_direct:
            state = transition(state, DossierState.PROCESSING)
            event = forwarded(dossier, task, who, at=stamp(now), due_at=due_at, code=code)
            change.tell(event, state=state, actor=who.subject)
        change.name(code).move(state=state, accepted_at=stamp(now), due_at=due_at, rule_pack=pack.id)
        change.move(waits_for_preview=True)
        if line is not None:
            change.move(term_line=line)
        if lead := competent_of(dossier):
            change.move(competent=lead)
        if is_direct:
            return following(task, "forward", dossier, change, due_at=forwarding_due(now), code=code)
        return self.beginning.begin(change, dossier, task, term=term, due_at=due_at, code=code)

    def _line(self, dossier: Dossier, day: date) -> TakenLine | None:
        """The line of the term that the dossier has; only a term that asks for the place reads the agency."""
        term, head = dossier.plan.term, dossier.head
        if not term.lines:
            return None
        answers = unseal(dossier.reference, dossier.form.sealed) if dossier.form else {}
        areas = self.areas_of(head.agency, day) if needs_place(term) else None
        return taken(term, head.channel, answers, areas, head.agency)
