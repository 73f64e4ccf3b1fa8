"""When a dossier is due by all that happened to its clock, and what a new date moves with it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import structs

from chalicelib.contracts.plan import PlannedTerm
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import WAITS, Head
from chalicelib.dossier.marks import ClockItem, ClockMark
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law import calendars, clock, packs
from chalicelib.law.clock_events import ClockEvent
from chalicelib.law.policy import ZONE, day_end, windows
from chalicelib.law.reckoning import Reckoning, reckon
from chalicelib.law.states import DossierState
from chalicelib.law.terms import Term
from chalicelib.onestop.model import policy_of
from chalicelib.onestop.terms import by_line

RUNNING: Final = (
    DossierState.PROCESSING,
    DossierState.ACCEPTED,
    DossierState.SUPPLEMENT_REQUESTED,
    DossierState.PAYMENT_REQUESTED,
    DossierState.WITHDRAWAL_REQUESTED,
)
"""States of a dossier that may have a due date, and no result."""

type Redate = Callable[[Change, Dossier, str], str]
"""A dossier has a due date, a stored stamp, and what is due with it too; answers the date."""


def term_of(dossier: Dossier) -> PlannedTerm:
    """The term of a dossier, as the line of it says that it has."""
    return by_line(dossier.plan.term, dossier.head.term_line)


def clause_of(term: PlannedTerm, reason: str) -> str | None:
    """The clause by which something stops a term; None where none is known."""
    return next((each.citation for each in term.stops or () if each.reason == reason), None)


def reckoned(
    head: Head, term: PlannedTerm, happened: ClockItem, calendar: calendars.Calendar | None = None
) -> Reckoning:
    """When an accepted dossier is due, by the rules of its acceptance and what happened to its clock since.

    By today's calendar where none is given (Decree 118/2025 Art. 17(3); 61/2018 Art. 19(4), 19(9)). Raises NotFound
    before it is accepted.
    """
    if head.accepted_at is None:
        raise NotFound(what="due date")
    accepted = moment(head.accepted_at)
    pack = packs.pinned(head.rule_pack, accepted.astimezone(ZONE).date())
    return reckon(
        accepted,
        Term.parse(term.text),
        events_of(happened.marks),
        calendar=calendar or calendars.national(),
        policy=policy_of(term, pack),
    )


def events_of(marks: Iterable[ClockMark]) -> list[ClockEvent]:
    """What happened to a clock, as the law of the clock reads it."""
    return [
        ClockEvent(
            type=mark.type, at=moment(mark.at), reason=mark.reason, term=Term.parse(mark.term) if mark.term else None
        )
        for mark in marks
    ]


def reception_due(now: datetime) -> str:
    """When reception's task is due, a stored stamp: the pack's working hours from now (Decree 45/2020 Art. 11(3))."""
    rules = packs.pack_on(now.astimezone(ZONE).date()).rules
    policy = clock.ClockPolicy(working_hours=windows(rules.working_hours.value))
    term = Term(rules.reception_notify_working_hours.value, "wh")
    return stamp(clock.due(now, term, calendar=calendars.national(), policy=policy).due_at)


def forwarding_due(received: datetime) -> str:
    """When what was received at the counter is forwarded at the latest, a stored stamp (Decree 61/2018 Art. 18).

    By the end of the same working day, as a term of days ends; what came after the pack's cutoff, or on a day off, at
    the start of the next working day (118/2025 Art. 18(2)). The stroke of the cutoff itself is the same day. It moves
    no other clock.
    """
    local, calendar = received.astimezone(ZONE), calendars.national()
    rules = packs.pack_on(local.date()).rules
    hours = windows(rules.working_hours.value)
    cutoff = time.fromisoformat(rules.forward_direct_cutoff.value)
    if calendar.is_working(local.date()) and local.time() <= cutoff:
        return stamp(clock.end_of(local.toordinal(), day_end(rules.term_day_end.value)))
    following = calendar.working_on_or_after(local.date() + timedelta(days=1))
    opens = datetime.combine(following, hours[0][0], ZONE)
    term = Term(rules.forward_start_of_day_working_hours.value, "wh")
    policy = clock.ClockPolicy(working_hours=hours)
    return stamp(clock.due(opens, term, calendar=calendar, policy=policy).due_at)


def mark_clock(change: Change, dossier: Dossier, *marks: ClockMark, move: Redate | None = None) -> str | None:
    """What happens to the clock is kept, and the new due date with it; answers the date, a stored stamp.

    `move` says what the new date moves, `redate` where nothing is said.

    While the clock stands there is no new date: the one that was told stays until it runs again. A dossier that was not
    accepted yet has no clock. Reads plan, tasks and clock.
    """
    kept = structs.replace(dossier.clock, marks=(*dossier.clock.marks, *marks))
    change.keep_clock(kept)
    if dossier.head.accepted_at is None:
        return None
    found = reckoned(dossier.head, term_of(dossier), kept)
    if found.due_at is None:
        return dossier.head.due_at
    return (move or redate)(change, dossier, stamp(found.due_at))


def redate(change: Change, dossier: Dossier, due_at: str) -> str:
    """HEAD has a new due date, and so have all open tasks of officers that were due with it; answers the date."""
    former = dossier.head.due_at
    if due_at != former:
        change.move(due_at=due_at)
        for task in dossier.tasks:
            if task.is_open and task.due_at == former and task.kind not in (*WAITS, "objection"):
                change.put_off(task, due_at)
    return due_at


def last_day_to_apologise(due_at: datetime, calendar: calendars.Calendar) -> date:
    """The last working day on which an apology is in time: the day before the due day, or the last one before that.

    At the latest one calendar day before (Decree 61/2018 Art. 19(9)).
    """
    day = due_at.astimezone(ZONE).date() - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def owed_on(head: Head, now: datetime, calendar: calendars.Calendar) -> date | None:
    """The last day to apologise for an undecided dossier when it is there now; None where it is told, past or to come.

    A dossier that was accepted on that very day is told when the day's work is over: before, nobody can say that it
    will be late.
    """
    if head.apology_owed_at or head.decided_at or head.state not in RUNNING or not (head.due_at and head.accepted_at):
        return None
    due, today, accepted = moment(head.due_at), now.astimezone(ZONE), moment(head.accepted_at).astimezone(ZONE)
    last = last_day_to_apologise(due, calendar)
    if not last <= today.date() < due.astimezone(ZONE).date():
        return None
    hours = packs.pinned(head.rule_pack, accepted.date()).rules.working_hours.value
    if accepted.date() == last == today.date() and today.time() < windows(hours)[-1][1]:
        return None
    return last


def horizon(now: datetime, calendar: calendars.Calendar) -> datetime:
    """The end of the next working day: what is due later has a working day before it to apologise on."""
    following = calendar.working_on_or_after(now.astimezone(ZONE).date() + timedelta(days=1))
    return datetime.combine(following, time.max, ZONE)
