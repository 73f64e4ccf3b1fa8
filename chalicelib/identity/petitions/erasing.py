"""What an agency erased of a petition is on the list of erasures, which no restore of a table brings back.

The order goes on the list before the record says so. Whoever restored tables carries the list out again: the keys of
each order go (`onestop/erasure.py`), and here the records say so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from chalicelib.contracts.petitions import ErasureGround, PetitionErased
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.filing import closed
from chalicelib.identity.petitions.items import SYSTEM, ErasureReason, PetitionHead
from chalicelib.identity.petitions.ports import ErasureList, Petitions
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.sealing import erasures
from chalicelib.sealing.erasures import Erasure

PREFIX: Final = "PK-"
"""With it the names of petitions begin; the list has dossiers too."""
GRANTED: Final = "its agency granted that the words of a petition be deleted"
KEPT_ITS_TIME: Final = "the words of a petition were kept for their time"
"""What the list says of each ground; an order of before there were grounds is of a request."""


class ListedErasures:
    """The list of erasures, of petitions alone."""

    def enter(self, order: Erasure) -> None:
        """The order is on the list; one of the same petition that stood there before is the one that counts."""
        erasures.entered(order)

    def listed(self) -> Iterator[Erasure]:
        """Every order about a petition. Raises stored.Unreadable."""
        return (each.order for each in erasures.listed() if each.order.reference.startswith(PREFIX))


def order_of(head: PetitionHead, why: ErasureReason, by: str, now: datetime) -> Erasure:
    """The order to erase a petition, by a keyed hash of who confirmed it: no personal data."""
    late, reason = bool(head.missed), KEPT_ITS_TIME if why.ground == "retention" else GRANTED
    return Erasure(reference=head.id, reason=reason, basis=why.basis, by=by, at=stamp(now), late=late)


def _reason_of(order: Erasure) -> ErasureReason:
    ground: ErasureGround = "retention" if order.reason == KEPT_ITS_TIME else "request"
    return ErasureReason(ground=ground, basis=order.basis)


def gone(before: PetitionHead, after: PetitionHead) -> PetitionErased:
    """That its words are erased; where its publication was owed before, that counts now, as no event of it comes."""
    counts = model.counted(before, after) if before.owes else "nothing"
    at = before.due_at if counts == "late" else before.ended_at
    return PetitionErased(
        petition=after.id,
        agency=after.agency,
        kind=after.kind,
        about=after.about,
        at=at or "",
        counts=counts,
        ground=after.erasure.ground if after.erasure else None,
        basis=after.erasure.basis if after.erasure else "",
        request=after.erasure.request if after.erasure else None,
    )


@dataclass(frozen=True)
class Restored:
    """The use case of whoever restored tables. It may run twice and broken off."""

    petitions: Petitions
    orders: ErasureList
    clock: Clock

    def apply(self) -> Iterator[str]:
        """Erase again what a restore brought back; answers the petitions. Raises TryAgain, stored.Unreadable."""
        for order in self.orders.listed():
            if record.settled(partial(self._again, order)):
                yield order.reference

    def _again(self, order: Erasure) -> bool:
        head, now = self.petitions.head(order.reference), self.clock()
        if not head.version or head.erased_at:
            return False
        if head.state in model.OPEN:
            # Back on a day before it ended: nobody can deal with words that nobody has. That it ended is told, as its
            # counters and its person know it as open.
            ended = model.withdrawn(head, now)
            self.petitions.write(head, ended, closed(head, ended, "withdrawn", now), SYSTEM, now)
            head = self.petitions.head(order.reference)
        after = model.erased_again(head, _reason_of(order), now, late=bool(order.late))
        self.petitions.write(head, after, gone(head, after), SYSTEM, now)
        return True
