"""A dossier as it stood at one of its steps, and the step itself, in the portal's words: from its log alone.

Each fact is one that its log had then. A dossier that was not decided has no end, one that waits for its applicant has
the state that says so, and a result is sent once it is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from msgspec import Struct

from chalicelib.contracts.event import Event, heard
from chalicelib.contracts.lifecycle import (
    DossierRefused,
    DossierStopped,
    DossierSupplemented,
    DueMoved,
    PaperPrivate,
    PaymentRecorded,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
)
from chalicelib.contracts.onestop import DossierAccepted, DossierProcessed, DossierReturned
from chalicelib.contracts.stored import typed
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.delivery.synchronisation import payloads
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.dossier.items import Component
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reached import contact_of
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.synchronising import is_step
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.kernel.record import LogRow
from chalicelib.law.states import TERMINAL, DossierState, label
from chalicelib.sealing.door import unseal

MOVES_DUE: Final = (TermExtended.type, DueMoved.type)
"""Events that move no state, and the due date."""
ENDS: Final = (DossierProcessed, DossierRefused, DossierStopped)
IDENTITY_KINDS: Final[Mapping[int, str]] = {12: "1", 9: "2"}
"""What a citizen's number is called, by its digits."""


class _Facts(Struct, frozen=True):
    """What any step says."""

    agency: str = ""
    handler: str = ""
    received_at: str | None = None
    due_at: str | None = None


def name_of(dossier: Dossier) -> str | None:
    """Under which code the portal is told of a dossier: its own; None before it has one.

    The law gives a code with the acceptance (Decree 61/2018 Art. 17(3)). One that ended before is told under its
    reference: no text says how, so it is ours.
    """
    head = dossier.head
    return head.dossier_code or (head.pk if head.state in TERMINAL else None)


def steps_after(dossier: Dossier, number: int) -> list[LogRow]:
    """The steps of its log behind an event, in order."""
    return [row for row in dossier.events if row.number > number and is_step(row)]


@dataclass(frozen=True)
class Codes:
    """The code lists of a portal: our words to its codes, and how it writes a time, as `strftime` reads it."""

    channels: Mapping[str, str]
    parties: Mapping[str, str]
    times: str


@dataclass(frozen=True)
class Telling:
    """What is told of a dossier, under a name at the portal and by its code lists."""

    dossier: Dossier
    code: str
    codes: Codes

    def step(self, row: LogRow) -> Step:
        """A step: who did what when, in which state the dossier is since, when it is due."""
        facts = heard(_Facts, row.data)
        before = [each for each in self.dossier.events if is_step(each) and each.number < row.number]
        return Step(
            code=self.code,
            handler=facts.handler[: payloads.NAME_LENGTH],
            at=self._time(row.at) or "",
            agency=self._agency(facts),
            content=label(_state(row)),
            state=str(row.state),
            begun_at=self._time(before[-1].at if before else row.at) or "",
            due_at=self._time(self._at(row).due_at) or "",
        )

    def same_before(self, row: LogRow) -> int:
        """How many steps up to this one have its mark: so many the portal has once it was told."""
        mark = self.step(row).mark
        return sum(self.step(each).mark == mark for each in steps_after(self.dossier, 0) if each.number <= row.number)

    def record(self, row: LogRow) -> Record:
        """The dossier as it stood when a step was done. Raises ContentErased."""
        dossier, then = self.dossier, self._at(row)
        holder, contact = holder_of(dossier.head), contact_of(dossier)
        submitted, ended = then.first(DossierSubmitted), then.when(*ENDS)
        kind = IDENTITY_KINDS.get(len(holder.personal_id)) if (holder.kind or "CITIZEN") == "CITIZEN" else None
        papers = [each for each in dossier.components if each.received_at <= row.at]
        return Record(
            code=self.code,
            procedure=dossier.head.procedure,
            procedure_name=dossier.plan.name_vi,
            channel=self.codes.channels.get(dossier.head.channel, ""),
            holder=holder.name,
            party=self.codes.parties.get(holder.kind or "CITIZEN", ""),
            number=holder.personal_id,
            identities=(payloads.Identity(kind=kind, number=holder.personal_id),) if kind else (),
            email=contact.email,
            phone=contact.phone,
            summary=dossier.plan.name_vi[: payloads.SUMMARY_LENGTH],
            submitted_at=self._time(submitted.received_at if submitted else None),
            accepted_at=self._time(then.when(DossierAccepted)),
            due_at=self._time(then.due_at),
            state=str(row.state),
            returned_at=self._time(then.when(DossierReturned)),
            handed="1" if dossier.delivery("post") else "0",
            ended_at=self._time(ended),
            refused_at=self._time(then.when(DossierRefused)),
            agency=self._agency(heard(_Facts, row.data)),
            has_digitised="1" if any(_is_digitised(each) for each in papers) else "0",
            paid_online=_paid_online(then),
            papers=tuple(_paper(each) for each in papers),
            fees=tuple(
                payloads.Fee(name=dossier.plan.name_vi[: payloads.TITLE_LENGTH], amount=str(each.amount))
                for _, each in then.all_of(PaymentRequested)
                if each.currency == "VND"
            ),
            supplements=self._supplements(then),
            results=self._results(then),
        )

    def _at(self, row: LogRow) -> "_Then":
        return _Then(tuple(each for each in self.dossier.events if each.number <= row.number))

    def _agency(self, facts: _Facts) -> str:
        """The agency's name where it is the one before which it was filed, else its code."""
        office = self.dossier.plan.office
        return office.name if facts.agency in ("", office.id) else facts.agency

    def _results(self, then: "_Then") -> tuple[payloads.ResultPaper, ...]:
        signed = {each.code for _, each in then.all_of(DossierProcessed)}
        return tuple(
            payloads.ResultPaper(title=each.title[: payloads.TITLE_LENGTH], id=each.message, code=each.code)
            for each in self.dossier.results
            if each.code in signed
        )

    def _supplements(self, then: "_Then") -> tuple[payloads.Supplement, ...]:
        answers = then.all_of(DossierSupplemented)
        found = list[payloads.Supplement]()
        for row, asked in then.all_of(SupplementRequested):
            private = heard(PaperPrivate, unseal(self.dossier.reference, asked.sealed))
            wanted = "; ".join(filter(None, (private.reason, *(each.remedy for each in private.asked))))
            answer = next((each for answered, each in answers if answered.number > row.number), None)
            found.append(
                payloads.Supplement(
                    id=f"{self.code}-{row.number:06d}",
                    by=asked.handler[: payloads.NAME_LENGTH],
                    content=wanted,
                    at=self._time(row.at) or "",
                    due_before=self._time(asked.due_at),
                    due_after=self._time(answer.due_at if answer else None),
                )
            )
        return tuple(found)

    def _time(self, at: str | None) -> str | None:
        """A stored time as the portal writes it, in Asia/Ho_Chi_Minh."""
        return moment(at).astimezone(ZONE).strftime(self.codes.times) if at else None


@dataclass(frozen=True)
class _Then:
    """A log as it was when a step was done."""

    rows: tuple[LogRow, ...]

    @cached_property
    def due_at(self) -> str | None:
        """When it was due then; None before its acceptance said so."""
        rows = [row for row in self.rows if is_step(row) or row.type in MOVES_DUE]
        said = [heard(_Facts, row.data).due_at for row in rows]
        return next((each for each in reversed(said) if each), None)

    def all_of[E: Event](self, kind: type[E]) -> list[tuple[LogRow, E]]:
        """Events of a type, in order, each with its row."""
        return [(row, typed(kind, row.data, row.stored)) for row in self.rows if row.type == kind.type]

    def first[E: Event](self, kind: type[E]) -> E | None:
        """The first event of a type."""
        return next((each for _, each in self.all_of(kind)), None)

    def when(self, *kinds: type[Event]) -> str | None:
        """When the first event of one of these types was told."""
        types = [kind.type for kind in kinds]
        return next((row.at for row in self.rows if row.type in types), None)


def _state(row: LogRow) -> DossierState:
    return DossierState(row.state or DossierState.REGISTERED)


def _paid_online(then: _Then) -> str:
    """1 once a payment on the portal's platform was recorded with its number; 0 where there is no fee; else 3."""
    if any(each.paid_by == "portal" and each.transaction for _, each in then.all_of(PaymentRecorded)):
        return "1"
    submitted = then.first(DossierSubmitted)
    is_free = submitted is not None and submitted.fee is not None and submitted.fee.amount == 0
    return "0" if is_free else "3"


def _is_digitised(component: Component) -> bool:
    return component.digitisation.status == "converted"


def _paper(component: Component) -> payloads.Paper:
    reused = component.reused
    return payloads.Paper(
        id=component.id,
        filename=component.filename[: payloads.FILENAME_LENGTH],
        deleted="1" if component.superseded_by else "0",
        component=component.code,
        digitised="1" if _is_digitised(component) else "0",
        reused="2" if reused else "1" if _is_digitised(component) else "0",
        from_national_store="0",
        instead=reused.document if reused else None,
    )
