"""The applicant answers a supplement with the marked items alone; or reception takes their paper at the counter."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.stored import typed
from chalicelib.dossier.asked import Asked, asked_of
from chalicelib.dossier.change import Change
from chalicelib.dossier.interests import Work
from chalicelib.dossier.items import Component, Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.forms.form import read as read_form
from chalicelib.kernel import record
from chalicelib.kernel.access import OFFICERS, Principal, roles_of
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.legs.terms import renew
from chalicelib.onestop.model import SYSTEM, forbidden, officer_hash, slip_row, transition
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.supplement.arrived import lines_of, require_complete, superseded
from chalicelib.onestop.supplement.corrected import Correction, corrected
from chalicelib.onestop.supplement.counter import Present, entered, object_by, require_present
from chalicelib.onestop.supplement.reopened import reopened
from chalicelib.onestop.views import Views

GIVER = "Người nộp hồ sơ"
FAULT = ("result_fault",)
"""Why a result could not be printed: it is drawn again by what was corrected."""
READS = (Part.CLOCK, Part.COMPONENTS, Part.EVENTS, Part.FORM, Part.PLAN, Part.TASKS, Part.UPLOADS)


class Answered(NamedTuple):
    """Where a dossier stands after its answer, and until when it is due; times are stored stamps."""

    reference: str
    state: int
    answered_at: str
    due_at: str | None


class Given(NamedTuple):
    """An answer: corrected places of the form, under whose key, on which version of the dossier."""

    fields: Mapping[str, object]
    key: str
    raw: bytes
    version: int
    present: Present | None = None


@dataclass(frozen=True)
class Answers:
    """Use cases of whoever has to supplement a dossier."""

    dossiers: Dossiers
    views: Views
    clock: Clock

    def asked(self, who: Principal, name: str) -> tuple[Dossier, Asked | None]:
        """What a dossier was last asked to supplement; None: nothing. Raises NotFound, ContentErased, LevelTooLow."""
        dossier = self.views.read(who, name, *READS)
        return dossier, asked_of(dossier)

    def look(self, who: Principal, name: str) -> tuple[Dossier, Asked | None]:
        """The same for its page: an officer who reads what was asked is on the holder's ledger. As `asked`."""
        dossier, asked = self.asked(who, name)
        if asked:
            self.views.note_look(who, dossier.head, "supplement")
        return dossier, asked

    def answer(self, who: Principal, name: str, given: Given) -> Answered:
        """The answer, once: the same key tells the same again.

        Raises NotFound, NotAllowed, OwnDossier, LostUpdate, ForbiddenStep, SupplementIncomplete, SupplementUnchecked,
        KeyReused, SupplementInvalid, AccountLocked, LevelTooLow, ContentErased, BodyInvalid for what was not asked.
        """
        body, owner = hashlib.sha256(given.raw).hexdigest(), who.holder or officer_hash(who)

        def once() -> Answered:
            dossier, asked = self.asked(who, name)
            if used := self.dossiers.used_key(owner, given.key):
                return _told(dossier, used, body)
            head = dossier.head
            if not self.views.may(who, acts.ANSWER, head):
                raise NotAllowed(act=acts.ANSWER)
            if who.agency:
                self.dossiers.require_other(who, head, Work(head.agency, "receive"), self.clock())
            if head.state != DossierState.SUPPLEMENT_REQUESTED or head.back_to is None or asked is None:
                raise forbidden(head.state, DossierState(head.back_to or DossierState.REGISTERED))
            if head.version != given.version:
                raise LostUpdate(current_version=head.version)
            correction = corrected(dossier, asked, given.fields, self.dossiers.form)
            require_complete(dossier, asked, given.fields, self.dossiers.arrived)
            slip = require_present(dossier, asked, given.present, is_officer=_is_officer(who))
            return self._write(who, dossier, asked, correction, given, (owner, body), slip)

        return record.settled(once)

    def _write(
        self,
        who: Principal,
        dossier: Dossier,
        asked: Asked,
        correction: Correction | None,
        given: Given,
        used: tuple[str, str],
        slip: Component | None,
    ) -> Answered:
        now, head = self.clock(), dossier.head
        waits = next(t for t in dossier.tasks if t.is_open and t.kind == "supplement")
        state = transition(head.state, DossierState(head.back_to or 0))
        again = reopened(dossier, waits, now)
        change, is_officer = self.dossiers.change(dossier, now), _is_officer(who)
        event = DossierSupplemented(
            agency=head.agency,
            handler=who.name if is_officer else SYSTEM,
            received_at=head.accepted_at or head.submitted_at or "",
            processed_at=stamp(now),
            due_at=again.due_at or again.task.due_at,  # before its acceptance it is due at reception
            reference=dossier.reference,
            restarted=again.restarted,
            dossier_code=head.dossier_code,
            components=lines_of(dossier, asked),
            superseded=tuple(superseded(dossier, asked)),
            form_sha256=correction.sha256 if correction else None,
            by_officer=is_officer,
            sealed=self._entered(dossier, asked, given, slip) if is_officer else "",
            object_by=object_by(dossier, now) if is_officer else None,
        )
        change.tell(event, state=state, actor=who.subject if is_officer else "applicant")
        change.move(state=state).take_off("back_to", *FAULT)
        if again.due_at:
            change.move(due_at=again.due_at)
            renew(change, dossier, again.due_at, again.clock, but=waits.leg)
        ended = superseded(dossier, asked)
        for former in (each for each in dossier.components if each.id in ended):
            change.supersede(former, ended[former.id])
        if correction:
            change.save_form(correction.item).move(form_version=correction.item.version, form_sha256=correction.sha256)
        _close(change, waits, now, who, given, is_officer=is_officer)
        change.open_task(again.task).keep_clock(again.clock)
        owner, body = used
        self.dossiers.write(change.use_key(owner, given.key, body, event=head.seq + 1), who)
        return Answered(dossier.reference, state, stamp(now), again.due_at)

    def _entered(self, dossier: Dossier, asked: Asked, given: Given, slip: Component | None) -> str:
        text = self.dossiers.form(dossier.plan.procedure, dossier.plan.version) if given.fields else None
        present = (given.present, slip) if given.present and slip else None
        return entered(dossier, asked, given.fields, read_form(text) if text else None, present)


def _is_officer(who: Principal) -> bool:
    return bool(roles_of(who) & OFFICERS)


def _close(change: Change, waits: Task, now: datetime, who: Principal, given: Given, *, is_officer: bool) -> None:
    """The applicant's task is done, with its row of the control slip; an applicant is not named there."""
    by = who.name if is_officer else GIVER
    slip = slip_row(by, "Bộ phận tiếp nhận", stamp(now), waits.due_at, "")
    officer = officer_hash(who) if is_officer else ""
    done = {"key": digest(given.key), "body": hashlib.sha256(given.raw).hexdigest()}
    numbers = who.numbers if is_officer else ()
    change.close_task(waits, outcome="answered", by=by, officer=officer, numbers=numbers, slip=slip, **done)


def _told(dossier: Dossier, used: UsedKey, body: str) -> Answered:
    """What was answered under this key before. Raises KeyReused."""
    row = next((r for r in dossier.events if r.number == used.event and r.type == DossierSupplemented.type), None)
    if used.body != body or used.reference != dossier.reference or row is None:
        raise KeyReused
    is_accepted = row.state != DossierState.REGISTERED
    due_at = typed(DossierSupplemented, row.data, row.stored).due_at if is_accepted else None
    return Answered(dossier.reference, row.state or 0, row.at, due_at)
