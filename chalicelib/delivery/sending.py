"""A result goes to a destination: an attempt is written down, made, and its end written down; each step may be lost.

Nothing is delivered twice: an attempt stands in the ledger before it is made, and whoever finds one that did not end
asks the destination for the parcel by its name before it is sent again.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

from msgspec import structs

from chalicelib.contracts.delivery import DeliveryParked, Way
from chalicelib.contracts.event import heard
from chalicelib.delivery import model
from chalicelib.delivery.model import Word
from chalicelib.delivery.ports import Address, Carrier, Dossiers, Parcel, Unreachable
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import Delivery, DueRow
from chalicelib.dossier.delivering import settle
from chalicelib.dossier.people import holder_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.rounds import Round, go_round
from chalicelib.law import packs
from chalicelib.sealing.door import unseal

SYSTEM: Final = "system"
BY_HAND: Final = ("counter", "post")
"""Where a person hands it over: the counter always, the post where this installation is not connected to it."""
TAKES: Final = 30.0
"""Seconds that a delivery may take, with both calls of its destination: with less left none is begun."""
MOST: Final = 200
"""Deliveries that a run goes on with: the next run does the rest."""


class Begun(NamedTuple):
    """An attempt that this worker alone makes now; `is_first`: none was begun before; `asks`: nothing is sent."""

    dossier: Dossier
    delivery: Delivery
    is_first: bool
    asks: bool


@dataclass
class Swept(Round):
    """What a run of the clock did."""

    turned: int = 0


@dataclass(frozen=True)
class Sending:
    """Use cases of the workers."""

    dossiers: Dossiers
    carrier: Carrier
    clock: Clock

    def run(self, done: Swept | None = None) -> Swept:
        """Go on with all that is due, while there is time; what fails for one stops no other. `done` counts it."""
        done = done or Swept()

        def go_on(row: DueRow) -> None:
            done.turned += self.turn(row.pk, row.destination)

        def broken(row: DueRow, error: Exception) -> None:
            log.trouble("delivery not taken on", error, dossier=row.pk, kind=row.destination)

        due = self.dossiers.due(self.clock())
        go_round(due, go_on, done, broken=broken, is_full=lambda: done.turned + done.failed == MOST, takes=TAKES)
        return done

    def turn(self, reference: str, destination: str) -> bool:
        """Do what is due for a destination; False where nothing was, or another worker has it."""
        begun = record.settled(partial(self._begin, reference, destination))
        if not isinstance(begun, Begun):
            return begun
        try:
            word, is_reached = self._word(begun), True
        except Unreachable:
            log.note("destination unreachable", kind=destination, dossier=reference)
            word, is_reached = None, False
        record.settled(partial(self._end, begun, word, is_reached=is_reached))
        return True

    def _begin(self, reference: str, destination: str) -> Begun | bool:
        dossier, now = self.dossiers.dossier(reference, Part.DELIVERIES, Part.RESULTS), self.clock()
        delivery = dossier.delivery(destination) if dossier else None
        if dossier is None or delivery is None or delivery.is_settled:
            return False
        if dossier.head.erased_at:
            self.dossiers.unlist(reference, destination)
            return False
        if not dossier.results or not model.is_due(delivery, now):
            return False
        window = packs.pinned(dossier.head.rule_pack, now.astimezone(ZONE).date()).rules.delivery_app_window_days.value
        there = model.opened(delivery, dossier.results[-1], window if destination == "app" else None, now)
        change = self.dossiers.change(dossier, now)
        if model.has_expired(there, now) and not there.attempts:
            settle(change, model.expired(there, now))
        elif delivery.document is None and self._has_no_mandate(dossier, delivery, now):
            self._park(change, model.parked(there, model.MANDATE_ENDED, now))
        elif delivery.destination in BY_HAND and not self.carrier.reaches(delivery.destination):
            change.keep_delivery(model.by_hand(there))
        else:
            begun = model.begun(there, now)
            change.keep_delivery(begun).write()
            # HEAD went on by one version: whoever writes next reads it again.
            return Begun(dossier, begun, is_first=not delivery.attempts, asks=model.is_only_asked(there, now))
        change.write()
        return True

    def _has_no_mandate(self, dossier: Dossier, delivery: Delivery, now: datetime) -> bool:
        """Whether it was a representative's wish, whose mandate ended otherwise than agreed before the result came."""
        is_theirs = delivery.asked_as == "representative"
        return is_theirs and self.dossiers.mandate_state(dossier.head, now) == "revoked"

    def _park(self, change: Change, parked: Delivery) -> None:
        """A person of the agency has to look; the event tells it."""
        told = DeliveryParked(reference=change.head.pk, destination=parked.destination, why=parked.why or "")
        change.keep_delivery(parked).tell(told, actor=SYSTEM)

    def _word(self, begun: Begun) -> Word | None:
        """What the destination says; None of a parcel that it was only asked for, and knows no more."""
        delivery, way = begun.delivery, begun.delivery.destination
        name = model.parcel_id(begun.dossier.reference, delivery)
        known = None if begun.is_first else self.carrier.find(way, name)
        return known if known or begun.asks else self.carrier.send(way, self._parcel(begun, way, name))

    def _parcel(self, begun: Begun, way: Way, name: str) -> Parcel:
        head, delivery = begun.dossier.head, begun.delivery
        result = next(each for each in begun.dossier.results if each.code == delivery.document)
        parcel = Parcel(id=name, document=result.code, title=result.title, sha256=result.sha256, agency=head.agency)
        if way == "post":
            address = heard(Address, unseal(head.pk, delivery.sealed)) if delivery.sealed else None
            return structs.replace(parcel, address=address)
        link = self.dossiers.hand_out(head, result, way, self.clock())
        receiver = holder_of(head).personal_id if way == "app" else None
        return structs.replace(parcel, link=link, receiver=receiver)

    def _end(self, begun: Begun, word: Word | None, *, is_reached: bool) -> None:
        reference, now = begun.dossier.reference, self.clock()
        dossier = self.dossiers.dossier(reference, Part.DELIVERIES)
        delivery = dossier.delivery(begun.delivery.destination) if dossier else None
        if dossier is None or delivery is None or dossier.head.erased_at:
            return
        if delivery.is_settled:
            if (shut := model.closed(delivery, word, now)) != delivery:
                self.dossiers.change(dossier, now).keep_delivery(shut).write()
            return
        if word is None and delivery.due_at != begun.delivery.due_at:
            return  # another worker has it now, and says how it ended
        if model.has_expired(delivery, now):
            after = model.outlived(delivery, word, now, is_reached=is_reached)
        else:
            after = model.answered(delivery, word, now) if word else model.failed(delivery, now)
        change = self.dossiers.change(dossier, now)
        if after.is_settled:
            settle(change, after)
        elif after.state == "parked":
            self._park(change, after)
        else:
            change.keep_delivery(after)
        change.write()
        if after.state == "parked":
            log.measure(DeliveriesParked=1)
