"""When an agency's part is due: by its own term from its beginning, never later than the dossier. Pure."""

from datetime import datetime

from msgspec import structs

from chalicelib.contracts.plan import PlannedTerm
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import WAITS, Head, Task
from chalicelib.dossier.marks import ClockItem, ClockMark
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import RouteLeg, leg_of
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.law import calendars, clock, packs
from chalicelib.law.reckoning import reckon
from chalicelib.law.stops import StopReason
from chalicelib.law.terms import Term
from chalicelib.onestop.dates import events_of, mark_clock
from chalicelib.onestop.model import policy_of


def leg_due(leg: RouteLeg, term: PlannedTerm, due_at: str, begun: datetime, pack: packs.RulePack) -> str:
    """When a leg that begins now is due, as a stored stamp; `due_at` is the dossier's (Decree 61/2018 Art. 19(6)(b)).

    Its hours and cutoff are those of the whole term.
    """
    if leg.planned.deadline is None:
        return due_at
    own = clock.due(
        begun, Term.parse(leg.planned.deadline), calendar=calendars.national(), policy=policy_of(term, pack)
    )
    return min(stamp(own.due_at), due_at)


def pack_of(head: Head, now: datetime) -> packs.RulePack:
    """The rules of a dossier's acceptance; before it, those of today."""
    if head.accepted_at is None:
        return packs.pack_on(now.astimezone(ZONE).date())
    return packs.pinned(head.rule_pack, moment(head.accepted_at).astimezone(ZONE).date())


def renew(change: Change, dossier: Dossier, due_at: str, kept: ClockItem, *, but: str = "") -> None:
    """After the clock stood, open tasks of the legs are due by what happened to it since they began, as the dossier is.

    No clause was found for the part of an agency that stood still with the whole: that its clock stands, runs on and
    begins anew with the dossier's is our policy; an extension is of the whole alone. What was due with the dossier has
    its new date. `kept` is what happened to the clock, `but` names a leg whose task the change opens itself. The
    dossier was read with its plan and tasks.
    """
    pack = pack_of(dossier.head, change.now)
    for task in dossier.tasks:
        if not task.is_open or task.kind in WAITS or task.kind == "objection" or task.leg == but:
            continue
        own = _own_due(dossier, task, due_at, kept, pack)
        if own != task.due_at:
            change.put_off(task, own)


def run_again(change: Change, dossier: Dossier, reason: StopReason) -> str | None:
    """The dossier's clock runs again, and with it those of its open legs; answers when it is due, a stored stamp.

    It was read with its clock, plan and tasks.
    """
    mark = ClockMark(type="resume", at=stamp(change.now), reason=reason)
    kept = structs.replace(dossier.clock, marks=(*dossier.clock.marks, mark))

    def move(change: Change, dossier: Dossier, due_at: str) -> str:
        if due_at != dossier.head.due_at:
            change.move(due_at=due_at)
        renew(change, dossier, due_at, kept)
        return due_at

    return mark_clock(change, dossier, mark, move=move)


def _own_due(dossier: Dossier, task: Task, due_at: str, kept: ClockItem, pack: packs.RulePack) -> str:
    """When an open task is due; one that is neither a leg's own part nor was due with the dossier keeps its date."""
    leg = leg_of(dossier.plan, task.leg)
    is_part = task.kind in ("verify", "approve")
    if leg is None or leg.planned.deadline is None or not is_part:
        return due_at if is_part or task.due_at == dossier.head.due_at else task.due_at
    begun = _begun(dossier, task)
    since = [mark for mark in kept.marks if mark.type != "extend" and mark.at >= begun]
    found = reckon(
        moment(begun),
        Term.parse(leg.planned.deadline),
        events_of(since),
        calendar=calendars.national(),
        policy=policy_of(dossier.plan.term, pack),
    )
    return min(max(stamp(found.due_at), task.due_at), due_at) if found.due_at else task.due_at


def _begun(dossier: Dossier, task: Task) -> str:
    """Since when the leg works at it, a stored stamp: its last verification, or the task where it verifies nothing."""
    verified = [each.opened_at for each in dossier.tasks if (each.leg, each.kind) == (task.leg, "verify")]
    return max(verified, default=task.opened_at)
