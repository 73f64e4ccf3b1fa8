"""The draft of the result is shown to the applicant before somebody approves it."""

from datetime import datetime

from chalicelib.contracts.confirming import ConfirmationAsked
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.marks import ClockMark
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.route import ONLINE, is_lead
from chalicelib.kernel.clock import stamp
from chalicelib.law import calendars, clock
from chalicelib.law.terms import Term
from chalicelib.onestop.dates import mark_clock
from chalicelib.onestop.legs.terms import pack_of
from chalicelib.onestop.model import SYSTEM, policy_of


def is_asked(dossier: Dossier, leg: str) -> bool:
    """Whether the procedure asks the applicant, after the verification of the leg that leads.

    Of those who filed online alone: the records that ask say so (163/QĐ-BTP, 1.001193 and others, "trực tuyến"), and
    who came to the counter may have no account to answer with.
    """
    is_online = dossier.head.channel == ONLINE
    return is_online and dossier.plan.confirm_within is not None and is_lead(dossier.plan, leg)


def ask(change: Change, dossier: Dossier, task: Task) -> Task:
    """The applicant's task, due when the window ends; the clock stands meanwhile.

    That the time of confirming does not count, 301/2026 Art. 4(7) says for bundles; elsewhere it is our policy. The
    dossier was read with its clock, plan and tasks.
    """
    now, head = change.now, dossier.head
    confirm_by = _end(dossier, now)
    event = ConfirmationAsked(
        reference=dossier.reference,
        agency=task.agency,
        confirm_by=confirm_by,
        handler=SYSTEM,
        received_at=head.accepted_at or "",
        processed_at=stamp(now),
    )
    change.tell(event, actor="one-stop")
    mark_clock(change, dossier, ClockMark(type="stop", at=stamp(now), reason="confirmation"))
    return Task(
        leg=task.leg,
        kind="confirm",
        agency=task.agency,
        opened_at=stamp(now),
        due_at=confirm_by,
        procedure=head.procedure,
        round=dossier.rounds(task.leg, "confirm") + 1,
        reference=dossier.reference,
        dossier_code=head.dossier_code,
    )


def _end(dossier: Dossier, now: datetime) -> str:
    policy = policy_of(dossier.plan.term, pack_of(dossier.head, now))
    term = Term.parse(dossier.plan.confirm_within or "")
    return stamp(clock.due(now, term, calendar=calendars.national(), policy=policy).due_at)
