"""How a notice on its way goes on: attempts by a schedule, one provider after the other, reports in any order. Pure."""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.dossier.notified import Outcome, Sending, Try
from chalicelib.kernel.clock import moment, stamp

LEASE: Final = timedelta(minutes=5)
"""How long one worker has a notice for itself: longer than both calls of a provider may last."""
WAITS: Final = tuple(timedelta(minutes=each) for each in (5, 30, 120, 300, 600, 840, 1_200, 1_440))
"""After each failed attempt: the schedule of the webhooks, 75 hours in all."""
ASKS: Final = tuple(timedelta(minutes=each) for each in (10, 60, 360, 1_440, 2_880))
"""How long after it was sent a provider is asked what became of it, until it came or bounced: over 3 days in all."""
SHOWN: Final = 12
"""Attempts that are kept of one notice."""
REFUSED: Final = "refused"
UNREACHABLE: Final = "unreachable"
IN_DOUBT: Final = "in_doubt"
"""It may have been sent, and its provider cannot say: a person decides whether it goes again."""


class Report(Struct, frozen=True, kw_only=True):
    """What a provider says of a message: whether it took it, when it was sent, came, bounced (ISO 8601 with a zone)."""

    state: Literal["accepted", "refused"]
    sent_at: str | None = None
    delivered_at: str | None = None
    bounced_at: str | None = None


def message_id(reference: str, sending: Sending) -> str:
    """The name of a message at a provider: the same at each attempt, so that it knows it again."""
    return f"{reference}.{sending.name}"


def is_due(sending: Sending, now: datetime) -> bool:
    """Whether something is to be done for it."""
    return sending.due_at is not None and moment(sending.due_at) <= now


def is_stale(sending: Sending, days: int, now: datetime) -> bool:
    """Whether it was not sent within so many days of its step, or since it was begun again."""
    since = moment(sending.renewed_at or sending.told_at)
    return sending.sent_at is None and now - since > timedelta(days=days)


def may_be_there(sending: Sending) -> bool:
    """Whether its present provider may have it already: an attempt there was cut off, or nobody knows how it ended."""
    here = [each for each in sending.attempts if each.provider == sending.provider]
    return sending.sent_at is not None or any(each.outcome in (None, "unreachable") for each in here)


def is_in_doubt(sending: Sending) -> bool:
    """The same of a provider that cannot be asked: what an officer had begun again since is theirs to answer for."""
    here = [each for each in sending.attempts if each.provider == sending.provider]
    return any(each.outcome in (None, "unreachable") and each.begun_at >= (sending.renewed_at or "") for each in here)


def is_elsewhere(sending: Sending, named: str) -> bool:
    """Whether another provider than stands there now may have it: the stage's list changed while nobody knew."""
    since = sending.renewed_at or ""
    doubtful = (each for each in sending.attempts if each.outcome in (None, "unreachable") and each.begun_at >= since)
    return any(each.provider == sending.provider and (each.named or named) != named for each in doubtful)


def put_off(sending: Sending, until: datetime) -> Sending:
    """It comes in a quiet hour: nothing is tried."""
    return replace(sending, version=sending.version + 1, due_at=stamp(until))


def begun(sending: Sending, named: str, now: datetime) -> Sending:
    """An attempt is written down before it is made; what was sent is only asked for."""
    leased = replace(sending, version=sending.version + 1, due_at=stamp(now + LEASE))
    if sending.sent_at:
        return replace(leased, tries=sending.tries + 1)
    attempt = Try(begun_at=stamp(now), provider=sending.provider, named=named)
    return replace(leased, tries=sending.tries + 1, attempts=(*sending.attempts, attempt)[-SHOWN:])


def reported(sending: Sending, report: Report, providers: int, now: datetime, *, remembers: bool = True) -> Sending:
    """The provider said something. Who refused is followed by the next one, at once; who forgets is asked no more."""
    if report.state == "refused" and not sending.sent_at:
        return _refused(_ended(sending, "refused", now), providers, now)
    told = _merged(_ended(sending, "accepted", now), report, now)
    asked = 0 if sending.sent_at is None else sending.tries
    is_settled = not remembers or told.status in ("delivered", "bounced") or asked >= len(ASKS)
    due_at = None if is_settled else stamp(now + ASKS[asked])
    return replace(told, tries=asked, due_at=due_at, given_up_at=None, why=None, version=sending.version + 1)


def failed(sending: Sending, now: datetime, outcome: Literal["unreachable", "unsent"] = "unreachable") -> Sending:
    """The provider was not reached, or nobody understands it: later again; after the end of the schedule no more."""
    if sending.sent_at:
        over = sending.tries >= len(ASKS)
        return replace(sending, due_at=None if over else stamp(now + ASKS[sending.tries]), version=sending.version + 1)
    ended = _ended(sending, outcome, now)
    if sending.tries > len(WAITS):
        return given_up(ended, UNREACHABLE, now)
    return replace(ended, due_at=stamp(now + WAITS[sending.tries - 1]), version=sending.version + 1)


def given_up(sending: Sending, why: str, now: datetime) -> Sending:
    """Nothing is tried any more; `why` is a code."""
    return replace(sending, version=sending.version + 1, given_up_at=stamp(now), why=why, due_at=None)


def unasked(sending: Sending) -> Sending:
    """It was sent, and its provider cannot be asked what became of it: nothing more is to be done."""
    return replace(sending, version=sending.version + 1, due_at=None)


def renewed(sending: Sending, now: datetime) -> Sending:
    """An officer has it begun again: from the first provider on, at once."""
    begun = replace(sending, given_up_at=None, why=None, provider=0, tries=0, renewed_at=stamp(now))
    return replace(begun, version=sending.version + 1, due_at=stamp(now))


def _refused(sending: Sending, providers: int, now: datetime) -> Sending:
    if sending.provider + 1 >= providers:
        return given_up(sending, REFUSED, now)
    following = sending.provider + 1
    return replace(sending, provider=following, tries=0, due_at=stamp(now), version=sending.version + 1)


def _merged(sending: Sending, report: Report, now: datetime) -> Sending:
    """What is known now: of each time the later one, whichever report came first. Raises ValueError for no time."""
    return replace(
        sending,
        sent_at=sending.sent_at or _utc(report.sent_at) or stamp(now),
        delivered_at=_later(sending.delivered_at, _utc(report.delivered_at)),
        bounced_at=_later(sending.bounced_at, _utc(report.bounced_at)),
    )


def _later(one: str | None, other: str | None) -> str | None:
    return max(filter(None, (one, other)), default=None)


def _utc(text: str | None) -> str | None:
    return stamp(moment(text)) if text else None


def _ended(sending: Sending, outcome: Outcome, now: datetime) -> Sending:
    """The last attempt ended so; a report that comes without an open one changes none."""
    if not sending.attempts or sending.attempts[-1].ended_at:
        return sending
    last = replace(sending.attempts[-1], ended_at=stamp(now), outcome=outcome)
    return replace(sending, attempts=(*sending.attempts[:-1], last))
