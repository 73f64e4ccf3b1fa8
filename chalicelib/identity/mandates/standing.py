"""What every use case of mandates begins with: who asks, what holds today, and what the law says to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from chalicelib.contracts.mandates import MandateSide
from chalicelib.identity.mandates.model import Claim, Claims, MandateHead, Terms, overlapping, side_of
from chalicelib.identity.mandates.ports import Mandates
from chalicelib.identity.refusals import EvidenceNotHere, MandateOver, invalid
from chalicelib.kernel.access import Principal, require_level
from chalicelib.kernel.clock import ZONE, moment, said, stamp
from chalicelib.kernel.problem import NotFound
from chalicelib.law.packs import pack_on
from chalicelib.law.problems import Problem
from chalicelib.law.representation import Asked, closing, faults, waits_for_file
from chalicelib.law.rules import Rules
from chalicelib.law.validity import midnight

TICK: Final = timedelta(milliseconds=1)
EXPIRED: Final = "expired"
OVERLAP: Final = Problem(
    "/procedures",
    "overlap",
    "Người khác đang đại diện cho cùng thủ tục trong cùng thời gian",
    "Somebody else represents in the same procedure at the same time",
)


def today(now: datetime) -> date:
    """The Vietnamese day."""
    return now.astimezone(ZONE).date()


def rules_on(now: datetime) -> Rules:
    """The law of the Vietnamese day."""
    return pack_on(today(now)).rules


def after(head: MandateHead, now: datetime) -> str:
    """The stamp of a change now, later than that of the one before: hearers keep the newest, so none may be of one."""
    if not head.changed_at or stamp(now) > head.changed_at:
        return stamp(now)
    return stamp(moment(head.changed_at) + TICK)


def known(mandates: Mandates, who: Principal, mandate: str, now: datetime) -> tuple[MandateHead, MandateSide]:
    """A mandate and the side of it that somebody is. Raises NotFound, for others' just the same, LevelTooLow."""
    head = mandates.mandate(mandate)
    side = side_for(mandates, who, head) if head else None
    if head is None or side is None:
        raise NotFound(what="mandate")
    require_level(who, rules_on(now).mandate_level.value)
    return head, side


def side_for(mandates: Mandates, who: Principal, head: MandateHead) -> MandateSide | None:
    """Which side somebody is, by their present number or a former one: one read before they would be none."""
    if not who.holder:
        return None
    return side_of(head, (who.holder,)) or side_of(head, mandates.numbers(who.holder))


def require_open(head: MandateHead, now: datetime) -> None:
    """Raise MandateOver for a mandate that ended, was declined, or whose term is over."""
    if head.state in ("ended", "declined"):
        raise MandateOver(since=said(head.ended_at), why=head.ended_why)
    if head.state == "active" and not head.holds(stamp(now)):
        raise MandateOver(since=said(head.closes), why=EXPIRED)


def require_valid(asked: Asked, now: datetime, *more: Problem) -> None:
    """Raise MandateInvalid, which names everything that is wrong today."""
    if found := [*faults(asked, today(now), rules_on(now)), *more]:
        raise invalid(found)


def require_proved(head: MandateHead, terms: Terms, now: datetime) -> None:
    """Raise EvidenceNotHere where a procedure asks for a form that a file proves, and the file did not come."""
    is_awaited = waits_for_file(terms.procedures, terms.form, has_hash=terms.has_hash, rules=rules_on(now))
    if is_awaited and terms.number not in head.proved:
        raise EvidenceNotHere(terms=terms.number)


def term_of(asked: Asked, now: datetime) -> tuple[str, str | None]:
    """From when and until when a mandate holds that is confirmed now, as stored stamps, the end not included."""
    opens = max(now, midnight(asked.first_day)) if asked.first_day else now
    closes = closing(asked, today(opens), rules_on(now))
    return stamp(opens), stamp(midnight(closes)) if closes else None


def require_sole(claims: Claims | Sequence[Claim], wanted: Claim, now: datetime) -> None:
    """Raise MandateInvalid where another one represents the same person in the same procedure at the same time."""
    others = claims.claims if isinstance(claims, Claims) else claims
    if rules_on(now).mandate_sole_representative.value and overlapping(others, wanted):
        raise invalid([OVERLAP])
