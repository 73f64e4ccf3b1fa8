"""A result begins to go to its destinations, and comes to them: what both rooms that decide on it write."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, cast

import msgspec

from chalicelib.contracts.delivery import DeliveriesDue, DeliverySettled, Outcome
from chalicelib.contracts.onestop import Destination
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery
from chalicelib.kernel.clock import stamp

SYSTEM: Final = "system"


def begin(change: Change, deliveries: Iterable[Delivery], now: datetime) -> None:
    """There is a result: what was asked for is due at once. A lost event is made up for by the list."""
    waiting = [each for each in deliveries if each.state == "asked"]
    for each in waiting:
        change.keep_delivery(msgspec.structs.replace(each, due_at=stamp(now)))
    if waiting:
        names = tuple(each.destination for each in waiting)
        change.tell(DeliveriesDue(reference=change.head.pk, destinations=names), actor=SYSTEM)


def settle(change: Change, settled: Delivery, actor: str = SYSTEM) -> None:
    """A destination has it, or is waited for no more: the dossier waits for one less; `actor` says so."""
    change.keep_delivery(settled)
    if change.head.awaits is not None:
        change.move(awaits=tuple(each for each in change.head.awaits if each != settled.destination))
    change.tell(
        DeliverySettled(
            reference=change.head.pk,
            destination=settled.destination,
            document=settled.document or "",
            outcome=cast("Outcome", settled.state),
            at=settled.settled_at or "",
        ),
        actor=actor,
    )


def places(deliveries: Iterable[Delivery]) -> tuple[Destination, ...]:
    """Where the result is, beside the vault; not where it was waited for in vain, nor where nobody wishes it."""
    return tuple(
        Destination(destination=each.destination, document=each.document or "", at=each.settled_at or "")
        for each in deliveries
        if each.is_settled and each.state not in ("expired", "withdrawn")
    )
