"""How a petition or complaint goes on: received, taken up or forwarded, answered, published. Pure.

Times are stored stamps; terms come from the rule pack of the day on which it was filed.
"""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.contracts.petitions import PetitionTimely
from chalicelib.identity.petitions.items import ErasureProposal, ErasureReason, Passed, PetitionHead
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.law import calendars, clock, packs
from chalicelib.law.clock import Term
from chalicelib.law.rules import ComplaintTerm, PetitionTerms, Rules

KEYS_KEPT: Final = 20
"""Requests that a record remembers, so that the same one again changes nothing."""

OPEN: Final = ("received", "taken_up", "asked")
"""States in which its agency has not ended it."""


def rules_of(head: PetitionHead, now: datetime) -> Rules:
    """The rules of the pack whose times a petition has. Raises packs.UnknownPack."""
    return packs.pinned(head.pack, now.astimezone(ZONE).date()).rules


def petition_terms(rules: Rules) -> PetitionTerms:
    """The terms of petitions. Raises LookupError where no rule says them."""
    if rules.petition_terms is None:
        raise LookupError("no rule says the times of petitions on this day")
    return rules.petition_terms.value


def complaint_term(head: PetitionHead, rules: Rules) -> ComplaintTerm:
    """The terms of a complaint of this instance. Raises LookupError where no rule says them."""
    if rules.complaint_terms is None:
        raise LookupError("no rule says the times of complaints on this day")
    return next(each for each in rules.complaint_terms.value if each.instance == head.instance)


class Receiver(Struct, frozen=True, kw_only=True):
    """An agency that it comes to; `remote`: its area is hard to reach, which gives it longer for complaints."""

    agency: str
    remote: bool = False


def came(head: PetitionHead, to: Receiver, now: datetime, rules: Rules) -> PetitionHead:
    """It is at an agency, whose time to take it up begins: no time of another one counts against it."""
    take_up = petition_terms(rules).take_up if head.kind == "petition" else complaint_term(head, rules).take_up
    return replace(
        head,
        agency=to.agency,
        remote=to.remote,
        state="received",
        came_at=stamp(now),
        due_at=_end(now, take_up),
        missed=(),
        told=(),
        reminded=(),
    )


def taken_up(head: PetitionHead, now: datetime, rules: Rules) -> PetitionHead:
    """Its agency answers: a petition in a term from when it came there, a complaint in one from now."""
    due = (
        _end(moment(head.came_at), petition_terms(rules).answer)
        if head.kind == "petition"
        else _end(now, _settle(head, complaint_term(head, rules)))
    )
    return replace(noted(head, now), state="taken_up", taken_up_at=stamp(now), due_at=due)


def forwarded(head: PetitionHead, to: Receiver, now: datetime, rules: Rules) -> PetitionHead:
    """It goes to the agency that is competent."""
    passed = Passed(agency=head.agency, came_at=head.came_at, left_at=stamp(now))
    return came(replace(head, before=(*head.before, passed)), to, now, rules)


def may_ask_until(head: PetitionHead, rules: Rules) -> str:
    """Until when the agency may ask for more."""
    return _end(moment(head.came_at), petition_terms(rules).ask)


def asked(head: PetitionHead, sealed: str, now: datetime, rules: Rules) -> PetitionHead:
    """The person is asked for more: nothing is due while they have time to send it."""
    at, until = stamp(now), _end(now, rules.petition_supply.value) if rules.petition_supply else None
    was = replace(noted(head, now), state="asked", asked_at=at, asked_until=until)
    return replace(was, taken_up_at=was.taken_up_at or at, question=sealed, due_at=None)


def is_endless(head: PetitionHead) -> bool:
    """Whether the person was asked for more before that had an end: nothing was due for ever."""
    return head.state == "asked" and not head.asked_until


def ending(head: PetitionHead, now: datetime) -> PetitionHead:
    """What was asked for has an end: the person has the time of its rules from now, as nobody told them of one before.

    Counted from the question it might be over, and the agency late, the moment it is given. Where no rule of its pack
    says a time, it ends now.
    """
    rule = rules_of(head, now).petition_supply
    return replace(head, asked_until=_end(now, rule.value) if rule else stamp(now))


def unsupplied(head: PetitionHead, rules: Rules) -> PetitionHead:
    """What was asked for did not come in its time: from the end of that the agency has its time to answer."""
    begins = moment(head.asked_until or head.came_at)
    return replace(head, state="taken_up", due_at=_end(begins, petition_terms(rules).answer))


def supplied(head: PetitionHead, sealed: str, now: datetime, rules: Rules) -> PetitionHead:
    """What was asked for came: the time to answer begins anew."""
    due = _end(now, petition_terms(rules).answer)
    return replace(head, state="taken_up", supplied_at=stamp(now), supplied=sealed, due_at=due)


def prolonged(head: PetitionHead, sealed: str, now: datetime, rules: Rules) -> PetitionHead:
    """A complaint is complex: its longer term counts from when it was taken up."""
    term = complaint_term(head, rules)
    longer = term.remote_complex if head.remote else term.complex
    due = _end(moment(head.taken_up_at or head.came_at), longer)
    told, reminded_of = (tuple(each for each in some if each != "answer") for some in (head.told, head.reminded))
    return replace(noted(head, now), complex=sealed, due_at=due, told=told, reminded=reminded_of)


def is_unsettled(head: PetitionHead, now: datetime, rules: Rules) -> bool:
    """Whether a complaint was not settled in its time; where nobody accepted it, in the times of both steps."""
    if head.owes == "take_up":
        accepted = moment(_end(moment(head.came_at), complaint_term(head, rules).take_up))
        return moment(_end(accepted, _settle(head, complaint_term(head, rules)))) < now
    return "answer" in head.missed or (head.owes == "answer" and head.is_past(now))


def answered(head: PetitionHead, sealed: str, now: datetime, rules: Rules) -> PetitionHead:
    """The agency answered; what it answered to a petition is to be published."""
    at = stamp(now)
    after = replace(noted(head, now), state="answered", ended_at=at, said=sealed, taken_up_at=head.taken_up_at or at)
    due = _end(now, petition_terms(rules).publish) if after.owes == "publish" else None
    return replace(after, due_at=due)


def refused(head: PetitionHead, sealed: str, now: datetime, rules: Rules) -> PetitionHead:
    """The agency does not deal with it, with a reason and a clause.

    A petition is refused in the time to take it up: taking it up, or asking, makes that no longer.
    """
    after = noted(head, now)
    is_late = head.kind == "petition" and moment(_end(moment(head.came_at), petition_terms(rules).take_up)) < now
    if is_late and "take_up" not in after.missed:
        after = replace(after, missed=("take_up", *after.missed))
    return replace(after, state="refused", ended_at=stamp(now), said=sealed, due_at=None)


def withdrawn(head: PetitionHead, now: datetime) -> PetitionHead:
    """Who filed it does not want it any more."""
    return replace(noted(head, now), state="withdrawn", ended_at=stamp(now), due_at=None)


def published(head: PetitionHead, withheld: str | None, now: datetime) -> PetitionHead:
    """Its answer is public, or is not, with a reason."""
    return replace(noted(head, now), published_at=stamp(now), public=withheld is None, withheld=withheld, due_at=None)


def retracted(head: PetitionHead, why: str | None, now: datetime) -> PetitionHead:
    """What was public is so no more."""
    return replace(head, public=False, retracted_at=stamp(now), retracted=why)


def noted(head: PetitionHead, now: datetime) -> PetitionHead:
    """That the time of what is owed passed stays, whatever is done now."""
    step = head.owes
    if step is None or step in head.missed or not head.is_past(now):
        return head
    return replace(head, missed=(*head.missed, step))


def counted(before: PetitionHead, after: PetitionHead) -> PetitionTimely:
    """As what a change counts for its agency: on time once nothing is owed any more, late once as long as it has it."""
    was_late = bool(before.told) or (before.ended_at is not None and bool(before.missed))
    if was_late or after.state == "withdrawn":
        return "nothing"
    if after.missed:
        return "late"
    return "nothing" if after.owes else "on_time"


def overdue(head: PetitionHead, now: datetime) -> PetitionHead:
    """That the present time passed is told; nobody is reminded of it any more."""
    step = head.owes
    return replace(reminded(noted(head, now)), told=(*head.told, step)) if step else head


def reminded(head: PetitionHead) -> PetitionHead:
    """That it is due soon is told."""
    step = head.owes
    return head if step is None or step in head.reminded else replace(head, reminded=(*head.reminded, step))


def proposed(head: PetitionHead, proposal: ErasureProposal, above: str | None) -> PetitionHead:
    """Its erasure waits for a second officer, of its agency or of the one above."""
    return replace(head, proposal=proposal, above=above)


def declined(head: PetitionHead) -> PetitionHead:
    """Its words stay."""
    return replace(head, proposal=None, above=head.above if head.concerns else None)


def end_of_keeping(rules: Rules) -> ErasureReason:
    """The reason for which the words of what was kept for its time go. Raises LookupError where no rule says a time."""
    if rules.petition_kept is None:
        raise LookupError("no rule says how long petitions are kept")
    return ErasureReason(ground="retention", basis=rules.petition_kept.citation)


def erased(head: PetitionHead, why: ErasureReason, now: datetime) -> PetitionHead:
    """Its words go, and all that was said to it; that there was one stays, and why they went."""
    gone = replace(head, question=None, supplied=None, complex=None, said=None, withheld=None, retracted=None)
    return replace(gone, sealed="", erased_at=stamp(now), erasure=why, due_at=None, proposal=None, above=None)


def erased_again(head: PetitionHead, why: ErasureReason, now: datetime, *, late: bool) -> PetitionHead:
    """As `erased`, of what a restore brought back; `late`: it was so when its erasure was ordered.

    What it owes by the restored record its agency did: nobody orders the erasure of what is open.
    """
    was_late = late and head.owes == "publish" and not head.missed
    return erased(replace(head, missed=("publish",)) if was_late else head, why, now)


def remembered(head: PetitionHead, key: tuple[str, str]) -> PetitionHead:
    """The request that changed it is known when it comes again."""
    return replace(head, keys=(*head.keys, key)[-KEYS_KEPT:])


def look_at(head: PetitionHead, rules: Rules) -> str | None:
    """When the clock looks at it next: to remind, to tell that a time passed, to erase; None: never again."""
    if head.state == "asked":
        return head.asked_until
    step = head.owes
    if step is None or head.due_at is None or step in head.told:
        return erase_at(head, rules)
    if step in head.reminded:
        return head.due_at
    hours = rules.petition_reminder_hours.value if rules.petition_reminder_hours else 0
    return stamp(moment(head.due_at) - timedelta(hours=hours))


def erase_at(head: PetitionHead, rules: Rules) -> str | None:
    """When the words of what ended are to go, published or not; None where they stay, or went."""
    rule = rules.petition_kept
    if rule is None or head.ended_at is None or head.erased_at:
        return None
    return _end(moment(head.ended_at), rule.value)


def _settle(head: PetitionHead, term: ComplaintTerm) -> str:
    return term.remote if head.remote else term.settle


def _end(begins: datetime, term: str) -> str:
    return stamp(clock.due(begins, Term.parse(term), calendar=calendars.national()).due_at)
