"""How a delivery goes on: attempts by a schedule, what a destination says, when somebody has to look. Pure."""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.dossier.deliveries import Attempt, Delivery, DeliveryState, HandedOver
from chalicelib.dossier.items import ResultItem
from chalicelib.kernel.clock import moment, stamp

LEASE: Final = timedelta(minutes=5)
"""How long one worker has a delivery for itself: longer than a call of a destination may last."""
POLL: Final = timedelta(hours=6)
"""How often a destination that took a result is asked whether it came."""
WAITS: Final = tuple(timedelta(minutes=each) for each in (5, 30, 120, 300, 600, 840, 1_200, 1_440))
"""After each failed attempt: the schedule of the webhooks, 75 hours in all."""
LOST: Final = timedelta(days=90)
"""How long a destination that took a result may say nothing: then a person looks."""
SHOWN: Final = 20
"""Attempts that are kept of one delivery."""
REFUSED: Final = "refused"
UNREACHABLE: Final = "unreachable"
SILENT: Final = "silent"
MANDATE_ENDED: Final = "mandate_ended"


class Word(Struct, frozen=True, kw_only=True):
    """What a destination says of a parcel: taken, delivered or refused; `receipt` is its own number."""

    state: Literal["taken", "delivered", "refused"]
    receipt: str = ""


def parcel_id(reference: str, delivery: Delivery) -> str:
    """The name of a document at a destination: the same at each attempt, so that it knows it again."""
    return f"{reference}.{delivery.document}.{delivery.destination}"


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether something is to be done for it."""
    return delivery.due_at is not None and moment(delivery.due_at) <= now


def has_expired(delivery: Delivery, now: datetime) -> bool:
    """Whether its window passed."""
    return delivery.expires_at is not None and moment(delivery.expires_at) <= now


def opened(delivery: Delivery, result: ResultItem, window: int | None, now: datetime) -> Delivery:
    """There is a result to deliver; `window` in days, None: no end is set."""
    if delivery.document:
        return delivery
    return replace(
        delivery,
        document=result.code,
        sha256=result.sha256,
        begun_at=stamp(now),
        expires_at=stamp(now + timedelta(days=window)) if window else None,
    )


def by_hand(delivery: Delivery) -> Delivery:
    """It waits for a person who hands it over: nothing of it is due."""
    return replace(delivery, state="waiting", due_at=None)


def is_only_asked(delivery: Delivery, now: datetime) -> bool:
    """Whether nothing is sent any more: the destination took it, or its window passed."""
    return delivery.state == "waiting" or has_expired(delivery, now)


def begun(delivery: Delivery, now: datetime) -> Delivery:
    """An attempt is written down before it is made; who is only asked makes none."""
    leased = replace(delivery, due_at=stamp(now + LEASE))
    if is_only_asked(delivery, now):
        return leased
    attempt = Attempt(begun_at=stamp(now))
    return replace(leased, state="sending", tries=delivery.tries + 1, attempts=(*delivery.attempts, attempt)[-SHOWN:])


def failed(delivery: Delivery, now: datetime) -> Delivery:
    """The destination was not reached: later again, by the schedule; after its end a person looks."""
    if delivery.state == "waiting":
        return _asked_again(delivery, now)
    ended = _ended(delivery, "unreachable", now)
    if delivery.tries > len(WAITS):
        return parked(ended, UNREACHABLE, now)
    return replace(ended, due_at=stamp(now + WAITS[delivery.tries - 1]))


def answered(delivery: Delivery, word: Word, now: datetime) -> Delivery:
    """The destination said something."""
    if word.state == "refused":
        return parked(_ended(delivery, "refused", now), REFUSED, now)
    receipt = word.receipt or delivery.receipt
    ended = replace(_ended(delivery, word.state, now), receipt=receipt)
    if word.state == "delivered":
        return replace(ended, state="delivered", settled_at=stamp(now), due_at=None, why=None, parked_at=None)
    return _asked_again(ended, now)


def outlived(delivery: Delivery, word: Word | None, now: datetime, *, is_reached: bool) -> Delivery:
    """What its window left over: it came in time, it did not, or the destination says nothing and is asked again.

    Who says nothing for as long as it takes to be lost is waited for no more.
    """
    if word is not None and word.state == "delivered":
        return answered(delivery, word, now)
    ended = _ended(delivery, word.state if word else "unreachable", now)
    if is_reached or _is_lost(delivery, now):
        return expired(ended, now)
    return replace(ended, due_at=stamp(now + POLL))


def parked(delivery: Delivery, why: str, now: datetime) -> Delivery:
    """A person has to look; what expires is looked at once more by the clock, when it does."""
    return replace(delivery, state="parked", why=why, parked_at=stamp(now), due_at=delivery.expires_at)


def expired(delivery: Delivery, now: datetime) -> Delivery:
    """Its window passed: nobody waits for it any more."""
    return replace(delivery, state="expired", settled_at=stamp(now), due_at=None)


def withdrawn(delivery: Delivery, now: datetime) -> Delivery:
    """Nobody wishes for it any more; the address of the receiver goes."""
    return replace(
        delivery, state="withdrawn", settled_at=stamp(now), due_at=None, parked_at=None, why=None, sealed=None
    )


def retried(delivery: Delivery, now: datetime) -> Delivery:
    """Somebody looked: it begins again, and asks first whether the destination has it.

    What a destination once took is never sent again.
    """
    was_taken = any(each.outcome == "taken" for each in delivery.attempts)
    state: DeliveryState = "waiting" if was_taken else "sending"
    return replace(delivery, state=state, tries=0, due_at=stamp(now), parked_at=None, why=None)


def handed_over(delivery: Delivery, handed: HandedOver) -> Delivery:
    """Somebody took it, against a proof."""
    return replace(delivery, state="handed_over", handed=handed, settled_at=handed.at, due_at=None, parked_at=None)


def closed(delivery: Delivery, word: Word | None, now: datetime) -> Delivery:
    """The attempt that was under way ended, whatever settled the delivery meanwhile."""
    return _ended(delivery, word.state if word else "unreachable", now)


def _is_lost(delivery: Delivery, now: datetime) -> bool:
    return delivery.begun_at is not None and moment(delivery.begun_at) + LOST <= now


def _asked_again(delivery: Delivery, now: datetime) -> Delivery:
    """A destination took it and did not say that it came: it is asked later again, until it counts as lost."""
    if _is_lost(delivery, now):
        return parked(delivery, SILENT, now)
    return replace(delivery, state="waiting", due_at=stamp(now + POLL))


def _ended(
    delivery: Delivery, outcome: Literal["taken", "delivered", "unreachable", "refused"], now: datetime
) -> Delivery:
    """The last attempt ended so; a word that comes without an open attempt changes none."""
    if not delivery.attempts or delivery.attempts[-1].ended_at:
        return delivery
    last = replace(delivery.attempts[-1], ended_at=stamp(now), outcome=outcome)
    return replace(delivery, attempts=(*delivery.attempts[:-1], last))
