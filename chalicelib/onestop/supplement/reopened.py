"""The task that a supplement interrupted, opened again, and the clock that goes on. Pure."""

from datetime import datetime
from typing import NamedTuple

from msgspec import structs

from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.marks import ClockItem, ClockMark
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import leg_of
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.law import calendars, clock, packs
from chalicelib.law.states import DossierState
from chalicelib.onestop.dates import forwarding_due, reckoned, term_of
from chalicelib.onestop.legs.terms import leg_due, pack_of
from chalicelib.onestop.supplement.rules import rules_of


class Reopened(NamedTuple):
    """Who works on from here, what the clock says, and when the dossier is due (a stored stamp; None: not accepted)."""

    task: Task
    clock: ClockItem
    due_at: str | None
    restarted: bool


def reopened(dossier: Dossier, waits: Task, now: datetime) -> Reopened:
    """The next round of the task that asked; `waits` is the applicant's.

    Before the acceptance reception has its working hours again; after it the term begins anew from the full dossier
    (Decree 61/2018 Art. 19(4)), or goes on where the procedure says so.
    """
    head, kept = dossier.head, dossier.clock
    if head.back_to == DossierState.REGISTERED:
        hours = packs.pack_on(now.astimezone(ZONE).date()).rules.reception_notify_working_hours.value
        due = clock.due(now, clock.Term(hours, "wh"), calendar=calendars.national()).due_at
        return Reopened(_again(dossier, waits, "receive", now, stamp(due)), kept, None, restarted=False)
    restarts = rules_of(dossier.plan, head, now).clock == "restart"
    mark = (
        ClockMark(type="restart", at=stamp(now))
        if restarts
        else ClockMark(type="resume", at=stamp(now), reason="supplement")
    )
    after = structs.replace(kept, marks=(*kept.marks, mark))
    found = reckoned(head, term_of(dossier), after).due_at
    due_at = stamp(found) if found else head.due_at or stamp(now)  # stands for another reason still: as it was told
    if head.back_to == DossierState.ACCEPTED:  # reception has to forward it still
        forward = _again(dossier, waits, "forward", now, forwarding_due(now))
        return Reopened(forward, after, due_at, restarted=restarts)
    leg = leg_of(dossier.plan, waits.leg)
    own = leg_due(leg, dossier.plan.term, due_at, now, pack_of(head, now)) if leg else due_at
    return Reopened(_again(dossier, waits, "verify", now, own), after, due_at, restarted=restarts)


def _again(dossier: Dossier, waits: Task, kind: TaskKind, now: datetime, due_at: str) -> Task:
    return Task(
        leg=waits.leg,
        kind=kind,
        agency=waits.agency,
        opened_at=stamp(now),
        due_at=due_at,
        procedure=dossier.head.procedure,
        round=dossier.rounds(waits.leg, kind) + 1,
        reference=dossier.reference,
        dossier_code=dossier.head.dossier_code,
    )
