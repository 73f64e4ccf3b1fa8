"""When an agency's part is due: by its own term from its beginning, never later than the dossier. Pure."""

from datetime import datetime

from chalicelib.contracts.plan import PlannedTerm
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import APPLICANTS, Head
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import RouteLeg, leg_of
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.law import calendars, clock, packs
from chalicelib.law.terms import Term
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


def renew(change: Change, dossier: Dossier, due_at: str, *, but: str = "") -> None:
    """After the clock stood, the open tasks of the legs have their terms anew, by the dossier's new date.

    No clause was found for the part of an agency that stood still with the whole: it begins again, as our policy.
    `but` names a leg whose task the change opens itself. The dossier was read with its plan and tasks.
    """
    pack = pack_of(dossier.head, change.now)
    for task in dossier.tasks:
        leg = leg_of(dossier.plan, task.leg)
        if not task.is_open or task.kind in APPLICANTS or task.kind not in ("verify", "approve") or task.leg == but:
            continue
        own = leg_due(leg, dossier.plan.term, due_at, change.now, pack) if leg else due_at
        if own != task.due_at:
            change.put_off(task, own)
