"""Due dates are reckoned again: a calendar was published or changed, an announced outage stops a term."""

from dataclasses import dataclass

import msgspec
from msgspec import structs

from chalicelib.contracts.lifecycle import DueMoved
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.calendars import Calendar, national
from chalicelib.law.codes import is_within
from chalicelib.onestop.dates import RUNNING, clause_of, reckoned, redate, term_of
from chalicelib.onestop.model import SYSTEM
from chalicelib.onestop.ports import Dossiers

OPERATOR = "operator"


class Down(msgspec.Struct, frozen=True, kw_only=True):
    """An announced outage as it touches dossiers: since when until when (stored stamps), which services, where.

    No services: all of them; no agency: everywhere. `is_void`: it was withdrawn before it began.
    """

    id: str
    starts_at: str
    ends_at: str
    services: tuple[str, ...] = ()
    agency: str | None = None
    is_void: bool = False

    def touches(self, head: Head) -> bool:
        """Whether a dossier's service was down while its term ran."""
        if self.services and head.procedure not in self.services:
            return False
        if self.agency and not is_within(head.agency, self.agency):
            return False
        return (head.accepted_at or self.ends_at) < self.ends_at


@dataclass(frozen=True)
class Recounted:
    """A dossier's due date before and after, as stored stamps."""

    reference: str
    former: str
    due_at: str

    @property
    def moved(self) -> bool:
        """Whether the date is another one."""
        return self.due_at != self.former


@dataclass(frozen=True)
class Recounts:
    """Use cases of whoever operates the service: one dossier at a time, each may run twice."""

    dossiers: Dossiers
    clock: Clock
    calendar: Calendar | None = None

    def recount(self, reference: str, *, dry: bool = False) -> Recounted | None:
        """The due date by today's calendar and the rules of the dossier's own acceptance; None where it has none.

        A date that moves is told to the applicant (`DueMoved`). Raises TryAgain, stored.Unreadable.
        """
        return record.settled(lambda: self._once(reference, dry=dry))

    def suspend(self, reference: str, outage: Down, *, dry: bool = False) -> Recounted | None:
        """The clock stood while an announced outage lasted, where a law of the procedure's sector says so.

        What an earlier run said of the same outage is replaced: its end may have moved. None where it is untouched.
        Raises as `recount`.
        """
        return record.settled(lambda: self._once(reference, outage, dry=dry))

    def _once(self, reference: str, outage: Down | None = None, *, dry: bool) -> Recounted | None:
        dossier = self.dossiers.dossier(reference, Part.CLOCK, Part.PLAN, Part.TASKS)
        if dossier is None or not _runs(dossier.head):
            return None
        clause = clause_of(term_of(dossier), "outage") if outage else None
        if outage and (clause is None or not outage.touches(dossier.head)):
            return None
        marks = _stood(dossier, outage) if outage else dossier.clock.marks
        clock = structs.replace(dossier.clock, marks=marks)
        former = dossier.head.due_at or ""
        found = reckoned(dossier.head, term_of(dossier), clock, self.calendar or national())
        due_at = stamp(found.due_at) if found.due_at else former
        waits = found.due_at is None and marks != dossier.clock.marks
        if not dry and (due_at != former or waits):
            change = self.dossiers.change(dossier, self.clock())
            _tell(change, dossier, due_at, clause)
            if outage:
                change.keep_clock(clock)
            redate(change, dossier, due_at)
            change.write()
        return Recounted(reference, former, due_at)


def _runs(head: Head) -> bool:
    return bool(head.due_at and head.accepted_at and head.state in RUNNING) and not (head.decided_at or head.erased_at)


def _stood(dossier: Dossier, outage: Down) -> tuple[ClockMark, ...]:
    """The marks with those of this outage as it is announced now; of a dossier accepted meanwhile from then on."""
    others = tuple(mark for mark in dossier.clock.marks if mark.outage != outage.id)
    if outage.is_void:
        return others
    begins = max(outage.starts_at, dossier.head.accepted_at or "")
    return (
        *others,
        ClockMark(type="stop", at=begins, reason="outage", outage=outage.id),
        ClockMark(type="resume", at=outage.ends_at, reason="outage", outage=outage.id),
    )


def _tell(change: Change, dossier: Dossier, due_at: str, clause: str | None) -> None:
    head = dossier.head
    event = DueMoved(
        agency=head.agency,
        handler=SYSTEM,
        received_at=head.accepted_at or "",
        processed_at=stamp(change.now),
        due_at=due_at,
        reference=dossier.reference,
        former_due_at=head.due_at or "",
        why="outage" if clause else "calendar",
        clause=clause,
    )
    change.tell(event, actor=OPERATOR)
