"""Complete a task, drive the legs, write down the decision, the result and its return."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import ResultSigned, ResultUnprintable
from chalicelib.contracts.onestop import (
    Destination,
    DossierHeld,
    DossierProcessed,
    DossierReturned,
    FlowInput,
    LegInput,
)
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.change import Change
from chalicelib.dossier.deciding import decided
from chalicelib.dossier.items import Approver, Component, Head, Leg, ResultFault, Task, TaskKind, leg_name, result_item
from chalicelib.dossier.lists import DossierRow
from chalicelib.dossier.people import keepers_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal, Relation, allowed, reaches, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import (
    BodyInvalid,
    ContentErased,
    FieldError,
    ForbiddenStep,
    KeyReused,
    NotFound,
)
from chalicelib.law import codes
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.completion import Approve, Receive, Verify
from chalicelib.onestop.model import (
    ORDER,
    OUTCOME,
    SYSTEM,
    leg_names,
    officer_hash,
    slip_row,
    stands_in_for,
    transition,
)
from chalicelib.onestop.ports import Dossiers, Driver, Previews, Signers, Step
from chalicelib.onestop.posts import refused_by, require_kind
from chalicelib.onestop.refusals import TaskClosed
from chalicelib.sealing.door import unseal

LEG_TIMEOUT: Final = 86400 * 364
"""Seconds the driver waits for a leg: nearly the year after which Step Functions ends any execution.

The due date itself lives in the dossier, and so does the end: a leg that is done later is decided without the driver.
"""
BY_FLOW: Final = "one-stop"
ASKED_BY_APPROVAL: Final = "waits_for_preview"
"""A field of HEAD that nothing reads once it is decided: the last HEAD stays under a kilobyte, which is a unit."""
APPROVED: Final = "approved_at"
"""The same, once it is returned: the leg and the log say when it was approved."""


class AlreadyDriven(Exception):
    """Another execution drives this dossier."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A task as it stands after its completion."""

    reference: str
    task: Task


@dataclass(frozen=True)
class OneStop:
    """Use cases of the one-stop flow."""

    dossiers: Dossiers
    driver: Driver
    signers: Signers
    previews: Previews
    clock: Clock

    def read(self, who: Principal, name: str, *parts: Part, whole: bool = False) -> Dossier:
        """A dossier by its reference or code, with the level of identity that it was opened with.

        Raises NotFound, also for one that the principal may not see, LevelTooLow.
        """
        reference = name if name.startswith("MC-") else self.dossiers.by_code(name) or ""
        dossier = self.dossiers.dossier(reference, *parts, whole=whole) if reference else None
        if dossier is None or dossier.head.is_draft or not self.may(who, acts.READ, dossier.head):
            raise NotFound(what="dossier")
        require_level(who, self.dossiers.level_of(dossier.head.min_level, reference))
        return dossier

    def may(self, who: Principal, act: str, head: Head) -> bool:
        """Whether somebody may do an act to a dossier, as they stand to it: the one policy of get, list and export."""
        return allowed(who, act, self.dossiers.relation(who, head, self.clock()), stage_of(head))

    def view(self, who: Principal, name: str) -> Dossier:
        """A whole dossier, its form too: when another than its holder reads it, the holder's ledger says who.

        Raises ContentErased, and what `read` raises.
        """
        dossier = self.read(who, name, whole=True)
        _require_content(dossier)
        if who.holder != dossier.head.holder:
            self.dossiers.note_view(dossier.head, who, self.clock())
        return dossier

    def task(self, who: Principal, task_id: str) -> tuple[Dossier, Task]:
        """A task of the officer's agency, open or done, with its dossier's plan: the one policy of get and list.

        Raises NotAllowed, NotFound.
        """
        reference, leg, kind = _parts(task_id)
        require_kind(who, kind)
        dossier = self.dossiers.dossier(reference, Part.PLAN, Part.TASKS)
        task = None if dossier is None or dossier.head.is_draft else dossier.task(leg, kind)
        if dossier is None or task is None or task.agency not in who.agencies:
            raise NotFound(what="task")
        return dossier, task

    def mine(self, who: Principal, after: str) -> tuple[list[DossierRow], int, str | None]:
        """A page of the principal's drafts and dossiers, how many of it a higher level would show, where it goes on.

        Raises BodyInvalid, NotFound for a cursor of no page of ours.
        """
        found, following = self.dossiers.mine(who.holder, after)
        rows = [row for row in found if row.head is None or self._listed(who, row.head)]
        shown = [row for row in rows if reaches(who, self.dossiers.level_of(row.min_level, row.pk))]
        return shown, len(rows) - len(shown), following

    def _listed(self, who: Principal, head: Head) -> bool:
        """Whether what is another's stands on somebody's list still: a draft too."""
        return self.dossiers.relation(who, head, self.clock()) is not Relation.STRANGER

    def file(self, who: Principal, name: str, component: str) -> tuple[Component, str]:
        """A component of a dossier, and a link to what was submitted, by the ledger's door.

        Raises NotFound, ContentErased.
        """
        dossier = self.read(who, name, Part.COMPONENTS)
        _require_content(dossier)
        found = next((c for c in dossier.components if c.id == component), None)
        if found is None:
            raise NotFound(what="component")
        return found, self.dossiers.hand_out(dossier.head, found, who, self.clock())

    def complete(self, who: Principal, task_id: str, outcome: str, note: str, key: str, raw: bytes) -> Completed:
        """An officer completes a task once; the same key tells the same again.

        Raises NotAllowed, NotFound, TaskClosed, TaskNotReady, SameOfficer, ForbiddenStep, NoSigningCertificate,
        ResultNotDrawn, ResultUnprintable, TermOpen, KeyReused.
        """
        reference, leg, kind = _parts(task_id)
        require_kind(who, kind)
        body, step = hashlib.sha256(raw).hexdigest(), self._steps()[kind]

        def once() -> Completed:
            dossier = self.read(who, reference, *step.reads)
            task = dossier.task(leg, kind)
            if task is None or task.agency not in who.agencies:
                raise NotFound(what="task")
            if not task.is_open:
                return _told(reference, task, digest(key), body)
            if outcome != (only := OUTCOME[kind]):
                raise BodyInvalid(fields=[FieldError("/outcome", "enum", f"Chỉ nhận {only}", f"Only {only}")])
            now = self.clock()
            change = self.dossiers.change(dossier, now)
            following = step.take(change, dossier, task, who)
            slip = slip_row(who.name, step.receiver, stamp(now), task.due_at, note)
            officer = officer_hash(who)
            done = {"outcome": outcome, "by": who.name, "officer": officer, "key": digest(key), "body": body}
            change.close_task(task, **done, slip=slip, acted_for=stands_in_for(who, kind))
            if following:
                change.open_task(following)
            for part, fence in self.dossiers.posts(who, kind, stamp(now)).items():
                change.require(part, fence)
            change.write()
            return Completed(reference, _done(task, outcome, who, stamp(now)))

        try:
            return record.settled(once)
        except aws.Lost as lost:
            raise refused_by(lost, kind) from lost

    def _steps(self) -> Mapping[TaskKind, Step]:
        return {
            "receive": Receive(self.dossiers.next_serial, self.dossiers.areas_of, self.signers),
            "verify": Verify(),
            "approve": Approve(self.dossiers.has_one_officer, self.signers, self.previews),
        }

    def start(self, submitted: DossierSubmitted, least: int = 1) -> None:
        """Start the driver of a submitted dossier under its own name, unless its route has fewer legs than `least`.

        Such a dossier is decided when its last leg is reported.
        """
        if sum(map(len, submitted.stages)) < least:
            return
        given = flow_input(submitted, submitted.attempt)
        self.driver.start(f"{submitted.reference}-{submitted.attempt}", given)

    def open_leg(self, given: LegInput) -> None:
        """The driver waits for a leg; if the leg is done already, tell it at once. Raises AlreadyDriven."""
        leg = self.dossiers.open_leg(given.dossier, leg_name(given.stage, given.leg.leg), given.token, given.execution)
        if leg is None:
            raise AlreadyDriven(given.dossier)
        self._tell(leg)

    def report_leg(self, reference: str, leg: str) -> None:
        """Tell the driver that a leg is done, and make the decision when there is none to make it.

        Nobody waits for a leg that was never opened, nor when its driver timed out, was stopped or is forgotten; a
        driver that comes later finds every leg done and the decision made.
        """
        found = self.dossiers.leg(reference, leg)
        if found and found.outcome and not self._tell(found) and self._all_done(reference):
            self.decide(reference)

    def _tell(self, leg: Leg) -> bool:
        """Whether a driver waits for the leg and heard of it."""
        return bool(leg.token and leg.outcome and self.driver.succeed(leg.token, leg.outcome))

    def _all_done(self, reference: str) -> bool:
        dossier = self.dossiers.dossier(reference, Part.PLAN)
        return dossier is not None and all(leg is not None and leg.outcome for leg in self._legs(dossier))

    def _approver(self, dossier: Dossier) -> str | None:
        """Who approved last, encrypted."""
        legs = [leg for leg in self._legs(dossier) if leg and leg.approver]
        return max(legs, key=lambda leg: leg.done_at).approver if legs else None

    def _legs(self, dossier: Dossier) -> list[Leg | None]:
        return [self.dossiers.leg(dossier.reference, name) for name in leg_names(dossier.plan)]

    def decide(self, reference: str) -> None:
        """All legs are done: the decision is recorded, so that the result can be written and signed."""

        def decision(dossier: Dossier, change: Change, now: datetime) -> None:
            head, form = dossier.head, dossier.form
            if head.decided_at:
                return
            sealed = head.approver or self._approver(dossier)
            if form is None or sealed is None or head.dossier_code is None:
                raise ForbiddenStep(state=head.state, wanted=int(DossierState.PROCESSED))
            year = now.astimezone(ZONE).year
            last = self.dossiers.last_number(head.agency, year)
            number = codes.document_number(last + 1, year)
            approver = heard(Approver, unseal(reference, sealed))
            event = decided(dossier, form, head.dossier_code, approver, number, now)
            change.tell(event, actor=BY_FLOW).take_number(head.agency, year, last)
            change.move(decided_at=stamp(now), number=number)
            change.take_off(ASKED_BY_APPROVAL).write()

        self._change(reference, decision, Part.FORM, Part.PLAN)

    def record_result(self, signed: ResultSigned) -> None:
        """A signed result moves the dossier to state 9 (Decree 45/2020 Art. 14(3)); only a signed one does."""

        def processed(dossier: Dossier, change: Change, now: datetime) -> None:
            head = dossier.head
            if any(r.code == signed.code for r in dossier.results):
                return
            if not head.decided_at or head.dossier_code is None:
                raise ForbiddenStep(state=head.state, wanted=int(DossierState.PROCESSED))
            keepers = keepers_of(head, was_ended=self.dossiers.was_ended(head))
            event = DossierProcessed(
                code=signed.code,
                key=signed.key,
                version_id=signed.version_id,
                sha256=signed.sha256,
                size=signed.size,
                title=signed.title,
                message=signed.message,
                agency=head.agency,
                handler=SYSTEM,
                received_at=head.accepted_at or head.submitted_at or "",
                processed_at=stamp(now),
                due_at=head.due_at,
                reference=signed.reference,
                holder=head.holder,
                dossier_code=head.dossier_code,
                procedure=head.procedure,
                min_level=signed.min_level,
                keepers=keepers,
                representative=head.acting.by if head.acting and keepers else None,
            )
            state = transition(head.state, DossierState.PROCESSED)
            change.tell(event, state=state, actor=BY_FLOW).move(state=state)
            change.add_result(len(dossier.results) + 1, result_item(signed))
            if keepers == ():
                authority = Destination(destination="authority", document=signed.code, at=stamp(now))
                _return(change, head, authority, state, stamp(now))
            change.write()

        self._change(signed.reference, processed, Part.RESULTS)

    def hold(self, told: ResultUnprintable) -> None:
        """The result of a dossier cannot be printed: it is not approved, and whoever would is told why."""
        fault = ResultFault(code=told.reason_code, vi=told.reason_vi, en=told.reason_en)

        def held(dossier: Dossier, change: Change, _now: datetime) -> None:
            if dossier.head.result_fault != fault:
                event = DossierHeld(agency=told.agency, reason_code=fault.code, reason_vi=fault.vi, reason_en=fault.en)
                change.tell(event, actor=BY_FLOW).move(result_fault=fault).write()

        self._change(told.reference, held)

    def record_delivery(self, stored: VaultStored) -> None:
        """Every destination the law asks for has the result: state 10 (Decree 137/2024 Art. 8(4))."""

        def returned(dossier: Dossier, change: Change, now: datetime) -> None:
            head = dossier.head
            if head.state == DossierState.RESULT_RETURNED:
                return
            place = Destination(destination="vault", document=stored.document, at=stored.stored_at)
            _return(change, head, place, head.state, stamp(now))
            change.move(vault_document=stored.document).write()

        if not stored.awaited:
            self._change(stored.reference, returned)

    def _change(self, reference: str, decide: Callable[[Dossier, Change, datetime], None], *parts: Part) -> None:
        def once() -> None:
            dossier = self.dossiers.dossier(reference, *parts)
            if dossier is None or dossier.head.is_draft:
                raise NotFound(what="dossier")
            now = self.clock()
            decide(dossier, self.dossiers.change(dossier, now), now)

        record.settled(once)


def _return(change: Change, head: Head, place: Destination, state: int, at: str) -> None:
    """The dossier ends: its result is where it has to be (Decree 137/2024 Art. 8(4))."""
    event = DossierReturned(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=at,
        due_at=head.due_at,
        delivered=(place,),
    )
    ended = transition(state, DossierState.RESULT_RETURNED)
    change.tell(event, state=ended, actor=BY_FLOW).move(state=ended, returned_at=at).take_off(APPROVED)


def _require_content(dossier: Dossier) -> None:
    """What people sent with an erased dossier is handed out no more; its log, slip and dates still are."""
    if dossier.head.erased_at:
        raise ContentErased(dossier=dossier.reference)


def flow_input(submitted: DossierSubmitted, attempt: int) -> FlowInput:
    """The input of an execution, as the submission told it."""
    return FlowInput(dossier=submitted.reference, attempt=attempt, stages=submitted.stages, timeout=LEG_TIMEOUT)


def _parts(task_id: str) -> tuple[str, str, TaskKind]:
    reference, leg, kind = (*task_id.split("."), "", "", "")[:3]
    known = next((k for k in ORDER if k == kind), None)
    if known is None or task_id.count(".") != len(ORDER) - 1:
        raise NotFound(what="task")
    return reference, leg, known


def _done(task: Task, outcome: str, who: Principal, at: str) -> Task:
    absent = stands_in_for(who, task.kind)
    return msgspec.structs.replace(task, status="done", outcome=outcome, by=who.name, done_at=at, acted_for=absent)


def _told(reference: str, task: Task, key: str, body: str) -> Completed:
    if task.key != key:
        raise TaskClosed(outcome=task.outcome)
    if task.body != body:
        raise KeyReused
    return Completed(reference, task)
