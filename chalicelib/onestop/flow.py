"""The flow of a dossier between its agencies: drive the legs, write down the decision, the result and its return."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import structs

from chalicelib.contracts.delivery import DeliverySettled, ResultKept
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import ResultSigned, ResultUnprintable
from chalicelib.contracts.onestop import (
    Destination,
    DossierHeld,
    DossierProcessed,
    FlowInput,
    LegInput,
)
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.change import Change
from chalicelib.dossier.deciding import decided
from chalicelib.dossier.delivering import places
from chalicelib.dossier.executions import LONGEST
from chalicelib.dossier.items import Approver, Leg, leg_name, result_item
from chalicelib.dossier.marks import ResultFault
from chalicelib.dossier.offered import deciding_office
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.route import next_legs
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law import codes
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.settling import settle
from chalicelib.onestop.dates import term_of
from chalicelib.onestop.ending import release
from chalicelib.onestop.legs.opening import Handed, Opening
from chalicelib.onestop.model import BY_FLOW, AlreadyDriven, forbidden, leg_names
from chalicelib.onestop.ports import Dossiers, Driver
from chalicelib.onestop.processing import Processing, end
from chalicelib.sealing.door import unseal

LEG_TIMEOUT: Final = LONGEST
"""Seconds the driver waits for a leg.

The due date itself lives in the dossier, and so does the end: a leg that is done later is decided without the driver.
"""
ASKED_BY_APPROVAL: Final = "waits_for_preview"
"""A field of HEAD that nothing reads once it is decided: the last HEAD stays under a kilobyte, which is a unit."""


@dataclass(frozen=True)
class Flow:
    """Use cases of the one-stop flow."""

    dossiers: Dossiers
    driver: Driver
    clock: Clock

    @property
    def _processing(self) -> Processing:
        return Processing(self.dossiers)

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
        if given.stage:
            self._begin_legs(given.dossier)
        self._tell(leg)

    def report_leg(self, reference: str, leg: str) -> None:
        """Tell the driver that a leg is done, and make the decision when there is none to make it.

        Nobody waits for a leg that was never opened, nor when its driver timed out, was stopped or is forgotten; a
        driver that comes later finds every leg done and the decision made.
        """
        found = self.dossiers.leg(reference, leg)
        if not found or not found.outcome:
            return
        is_told = self._tell(found)
        dossier = self.dossiers.dossier(reference, Part.LEGS, Part.PLAN, Part.TASKS)
        if dossier is None:
            return
        if next_legs(dossier.plan, dossier.head.channel, dossier.begun_legs, dossier.done_legs):
            self._begin_legs(reference)
        if not is_told and _is_done(dossier):
            self.decide(reference)

    def go_on(self, reference: str) -> None:
        """A dossier that stood still goes on: when its last leg was done meanwhile, the decision is made now."""
        if self._all_done(reference):
            self.decide(reference)

    def release(self, reference: str) -> Dossier | None:
        """A dossier ended before its result: its driver is told of every leg, so that no execution waits for ever.

        Answers the dossier with its plan.
        """
        if dossier := self.dossiers.dossier(reference, Part.PLAN):
            release(dossier, self.dossiers.leg, self.driver)
        return dossier

    def _begin_legs(self, reference: str) -> None:
        """Legs whose turn it is begin: the last task of a leg opens the next ones, so here there is nothing left to do.

        But for dossiers that an earlier release left between two legs; it may be asked twice.
        """

        def begin(dossier: Dossier, change: Change, _now: datetime) -> None:
            head, opening = dossier.head, Opening(self.dossiers.office)
            if head.state != DossierState.PROCESSING or head.due_at is None or head.decided_at:
                return
            if legs := opening.following(dossier, begun=dossier.begun_legs, done=dossier.done_legs):
                one_stop = dossier.plan.office.one_stop
                handed = Handed(giver=one_stop, receiving=one_stop, due_at=head.due_at)
                term, code = term_of(dossier), head.dossier_code
                opening.open(change, dossier, legs, handed, term=term, due_at=head.due_at, code=code)
                change.write()

        self._change(reference, begin, Part.LEGS, Part.PLAN, Part.TASKS)

    def _tell(self, leg: Leg) -> bool:
        """Whether a driver waits for the leg and heard of it."""
        return bool(leg.token and leg.outcome and self.driver.succeed(leg.token, leg.outcome))

    def _all_done(self, reference: str) -> bool:
        dossier = self.dossiers.dossier(reference, Part.LEGS, Part.PLAN)
        return dossier is not None and _is_done(dossier)

    def decide(self, reference: str) -> None:
        """All legs are done: the decision is recorded, so that the result can be written and signed.

        Nothing is decided while a dossier stands still, nor once it stopped: what lets it go on comes back here.
        """

        def decision(dossier: Dossier, change: Change, now: datetime) -> None:
            head, form = dossier.head, dossier.form
            if head.decided_at or head.state != DossierState.PROCESSING or not _is_done(dossier):
                return
            if dossier.plan.is_bundle:
                settle(dossier, change, self.dossiers.leg)
                return
            sealed = head.approver or _approver(dossier)
            if form is None or sealed is None or head.dossier_code is None:
                raise forbidden(head.state, DossierState.PROCESSED)
            office, approver = deciding_office(dossier, now), heard(Approver, unseal(reference, sealed))
            change.take_off(ASKED_BY_APPROVAL)
            if head.paper_result:
                event = decided(dossier, form, head.dossier_code, approver, "", now, office=office)
                change.tell(structs.replace(event, paper=head.paper_result), actor=BY_FLOW)
                change.move(decided_at=stamp(now))
                self._processing.enter_by_hand(change, dossier)
            else:
                year = now.astimezone(ZONE).year
                last = self.dossiers.last_number(office.id, year)
                number = codes.document_number(last + 1, year)
                event = decided(dossier, form, head.dossier_code, approver, number, now, office=office)
                change.tell(event, actor=BY_FLOW).take_number(office.id, year, last)
                change.move(decided_at=stamp(now), number=number)
            change.write()

        self._change(reference, decision, Part.FORM, Part.LEGS, Part.PLAN)

    def record_result(self, signed: ResultSigned) -> None:
        """A signed result moves the dossier to state 9 (Decree 45/2020 Art. 14(3)); only a signed one does."""

        def processed(dossier: Dossier, change: Change, _now: datetime) -> None:
            head = dossier.head
            if any(r.code == signed.code for r in dossier.results):
                return
            if not head.decided_at or head.dossier_code is None:
                raise forbidden(head.state, DossierState.PROCESSED)
            number = len(dossier.results) + 1
            self._processing.enter(change, dossier, result_item(signed), number=number, min_level=signed.min_level)
            change.write()

        self._change(signed.reference, processed, Part.PLAN, Part.RESULTS)

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
            if head.awaits and head.vault_document:
                return
            if head.awaits:
                change.tell(ResultKept(reference=stored.reference, document=stored.document), actor=BY_FLOW)
            else:
                place = Destination(destination="vault", document=stored.document, at=stored.stored_at)
                end(change, head, (place, *places(self._processing.deliveries(head))), head.state, stamp(now))
            change.move(vault_document=stored.document).write()

        if not stored.awaited:
            self._change(stored.reference, returned)

    def record_settled(self, settled: DeliverySettled) -> None:
        """The last destination has the result: state 10, once the vault has it, or nobody's is to (R25)."""

        def returned(dossier: Dossier, change: Change, now: datetime) -> None:
            head = dossier.head
            if head.state != DossierState.PROCESSED or head.awaits != ():
                return
            result = dossier.last(DossierProcessed)
            at_home = result is not None and result[0].keepers == ()
            if head.vault_document is None and not at_home:
                return  # `record_delivery` returns it
            kept = Destination(
                destination="authority" if at_home else "vault",
                document=head.vault_document or settled.document or (result[0].code if result else ""),
                at=stamp(now),
            )
            end(change, head, (kept, *places(dossier.deliveries)), head.state, stamp(now))
            change.write()

        self._change(settled.reference, returned, Part.DELIVERIES, Part.EVENTS)

    def _change(self, reference: str, decide: Callable[[Dossier, Change, datetime], None], *parts: Part) -> None:
        def once() -> None:
            dossier = self.dossiers.dossier(reference, *parts)
            if dossier is None or dossier.head.is_draft:
                raise NotFound(what="dossier")
            now = self.clock()
            decide(dossier, self.dossiers.change(dossier, now), now)

        record.settled(once)


def _is_done(dossier: Dossier) -> bool:
    """Whether every agency did its part; the dossier was read with its plan and legs."""
    return all(name in dossier.done_legs for name in leg_names(dossier.plan))


def _approver(dossier: Dossier) -> str | None:
    """The competent person, encrypted: who approved the leading leg, or last in what an earlier release approved."""
    legs = [leg for leg in dossier.legs.values() if leg.approver]
    return max(legs, key=lambda leg: leg.done_at).approver if legs else None


def flow_input(submitted: DossierSubmitted, attempt: int) -> FlowInput:
    """The input of an execution, as the submission told it."""
    return FlowInput(dossier=submitted.reference, attempt=attempt, stages=submitted.stages, timeout=LEG_TIMEOUT)
