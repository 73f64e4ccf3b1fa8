"""A dossier between its agencies, pure: who may see it, what comes next, when it is due, what the slip says."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from chalicelib.contracts.plan import Plan, PlannedTerm
from chalicelib.dossier.claims import Claim
from chalicelib.dossier.handed_in import bound_by_paper
from chalicelib.dossier.interests import Work
from chalicelib.dossier.items import Component, Head, Slip, Task, TaskKind, leg_name
from chalicelib.dossier.marks import ClockItem
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.staffed import ROLE
from chalicelib.kernel.access import Principal, did
from chalicelib.kernel.clock import moment, said
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.law import calendars, clock, packs
from chalicelib.law.policy import ZONE, day_end, windows
from chalicelib.law.states import TERMINAL, DossierState, ForbiddenTransition, check, ways_from

ORDER: Final[tuple[TaskKind, ...]] = ("receive", "forward", "verify", "consult", "approve", "withdrawal", "objection")
SWEPT: Final[tuple[TaskKind, ...]] = (*ORDER, "payment", "reconcile")
"""Tasks that the sweep looks for when their time is over: the officers', a payment nobody made, or nobody confirmed."""
SETTLED: Final = ("exempt", "converted", "rejected")
SLIP_RESULT: Final[Mapping[str, str]] = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}
NOTHING: Final = ClockItem()
"""Of a dossier to whose clock nothing happened."""
SYSTEM: Final = "Hệ thống Một Cửa"
BY_FLOW: Final = "one-stop"


class AlreadyDriven(Exception):
    """Another execution drives this dossier."""


def leg_names(plan: Plan) -> list[str]:
    """The agencies' parts of a dossier by name, in the order of its route."""
    return [leg_name(n, leg.leg) for n, legs in enumerate(plan.route) for leg in legs]


def unsettled(components: Iterable[Component]) -> list[str]:
    """Components whose digitisation is not done (Circular 01/2023 Art. 7)."""
    return [c.id for c in components if c.digitisation.status not in SETTLED and c.superseded_by is None]


def stands_in_for(who: Principal, kind: TaskKind) -> str | None:
    """The absent officer (keyed hash) for whom somebody does a kind of task; None who does it as their own."""
    return who.post.stands_in.get(ROLE[kind]) if who.post else None


def does(who: Principal, kind: TaskKind) -> bool:
    """Whether a kind of task is among those for which an officer was enrolled; all are where none is named."""
    return who.post is None or not who.post.kinds or kind in who.post.kinds


def officer_hash(who: Principal) -> str:
    """What stands for an officer in a dossier's tasks."""
    return keyed_hash("officer", who.subject)


def is_kept_from(who: Principal, task: Task) -> bool:
    """Whether somebody else's claim keeps an officer from a task.

    Not that of an absent officer whose deputy they are, nor one of an agency whose work went to theirs, nor what was
    given to somebody who did not take it and of whom no staff list says that there is such an officer.
    """
    claim = task.claim
    if claim is None or claim.officer == officer_hash(who) or is_only_given(who, claim):
        return False
    stands_in = who.post is not None and claim.officer in who.post.absent
    was_succeeded = claim.agency != who.agency and claim.agency in who.agencies
    return not (stands_in or was_succeeded)


def is_only_given(who: Principal, claim: Claim) -> bool:
    """Whether a leader gave a task to somebody, in an officer's own agency, that keeps no staff here.

    Whom it employs only its provider knows: it is theirs once they take it.
    """
    return claim.assigned_by is not None and claim.agency == who.agency and not (who.post and who.post.officer)


def has_verified(tasks: Iterable[Task], who: Principal) -> bool:
    """Whether an officer verified the dossier, in any agency's part of it, under whichever account."""
    return any(t.kind == "verify" and not t.is_open and did(who, t.officer, t.numbers) for t in tasks)


def work_of(dossier: Dossier, task: Task) -> Work:
    """A task as the work of an agency's officers: whoever verified does not approve, nor, of a result signed by hand,
    who scanned it or signed its digitised copy. It was read with its tasks.
    """
    done = [t for t in dossier.tasks if t.kind == "verify" and not t.is_open]
    verified = {each for t in done for each in (t.officer, *t.numbers) if each}
    if task.kind != "approve":
        return Work(task.agency, task.kind)
    return Work(task.agency, task.kind, frozenset(verified), bound=bound_by_paper(dossier.head))


def forbidden(
    state: int, wanted: DossierState, *, decided_at: str | None = None, is_decided: bool = False
) -> ForbiddenStep:
    """What is told where a dossier may not move so: where it stands, where it was to go, where it may go.

    Once decided it goes on to its result and nowhere else.
    """
    ways = (DossierState.PROCESSED,) if decided_at or is_decided else ways_from(DossierState(state))
    facts: dict[str, Any] = {"decided_at": said(decided_at)} if decided_at else {}
    return ForbiddenStep(state=int(state), wanted=int(wanted), allowed=[int(way) for way in ways], **facts)


def require_state(head: Head, *states: DossierState, wanted: DossierState | None = None) -> None:
    """Raise ForbiddenStep unless the dossier is in one of these states: an act is for one stage of its life."""
    if head.state not in states:
        raise forbidden(head.state, wanted or states[0])


def require_undecided(head: Head, wanted: DossierState) -> None:
    """Raise ForbiddenStep once the decision is made, until the result is signed: the law stops nothing any more."""
    if head.decided_at and head.state == DossierState.PROCESSING:
        raise forbidden(head.state, wanted, decided_at=head.decided_at)


def transition(state: int, *path: DossierState) -> int:
    """The state at the end of a path of allowed edges from where the dossier stands. Raises ForbiddenStep."""
    here = DossierState(state)
    for following in path:
        try:
            check(here, following)
        except ForbiddenTransition as error:
            raise forbidden(here, following) from error
        here = following
    return int(here)


def due_of(term: PlannedTerm, received: datetime, calendar: calendars.Calendar, pack: packs.RulePack) -> clock.Due:
    """The statutory due date by the procedure's own term and cutoff and a pack's hours (Decree 118/2025 Art. 17(3))."""
    return clock.due(received, clock.Term.parse(term.text), calendar=calendar, policy=policy_of(term, pack))


def policy_of(term: PlannedTerm, pack: packs.RulePack) -> clock.ClockPolicy:
    """The readings of a procedure: its own cutoff, and the hours and the end of a day of a pack."""
    cutoff = datetime.strptime(term.cutoff, "%H:%M").time() if term.cutoff else None  # noqa: DTZ007 - a time of day
    hours, ends = windows(pack.rules.working_hours.value), day_end(pack.rules.term_day_end.value)
    return clock.ClockPolicy(cutoff=cutoff, after_cutoff=term.after_cutoff, working_hours=hours, day_end=ends)


def begun_at(head: Head, kept: ClockItem) -> datetime | None:
    """From when the term runs: the acceptance, or the full dossier after a supplement (Decree 61/2018 Art. 19(4))."""
    anew = [mark.at for mark in kept.marks if mark.type == "restart"]
    last = anew[-1] if anew else head.accepted_at
    return moment(last) if last else None


def explained_due(head: Head, term: PlannedTerm, kept: ClockItem = NOTHING) -> clock.Due:
    """How an accepted dossier's due date was reached: by the rules of its acceptance, whatever is in force today.

    Raises NotFound before it is accepted.
    """
    begun = begun_at(head, kept)
    if head.accepted_at is None or begun is None:
        raise NotFound(what="due date")
    pack = packs.pinned(head.rule_pack, moment(head.accepted_at).astimezone(ZONE).date())
    return due_of(term, begun, calendars.national(), pack)


def slip_row(giver: str, receiver: str, at: str, due_at: str, note: str) -> Slip:
    """A row of the control slip (form 06); its result column is the clock's."""
    status = clock.status(moment(due_at), moment(at))
    return Slip(giver=giver, receiver=receiver, at=at, due_at=due_at, result=SLIP_RESULT[status], note=note)


def may_go_on(dossier: Dossier) -> bool:
    """Whether its flow is not over: neither decided nor ended nor erased."""
    head = dossier.head
    return DossierState(head.state) not in TERMINAL and not head.decided_at and not head.erased_at
