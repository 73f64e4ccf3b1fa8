"""What was taken back from the public is on a list beside that of erasures, which no restore of a table brings back.

The order goes on the list before the record says so. Whoever restored tables carries it out again before they serve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import msgspec

from chalicelib.contracts.petitions import PetitionRetracted
from chalicelib.contracts.stored import read
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.items import SYSTEM, Retraction
from chalicelib.identity.petitions.ports import Petitions, RetractionList
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, moment
from chalicelib.sealing import erasures

PREFIX: Final = "retractions"


class ListedRetractions:
    """The list of what was taken back: objects in the bucket of papers."""

    def enter(self, order: Retraction) -> None:
        """The order is on the list. A later one of the same petition is the one that counts: it was public again."""
        erasures.put(f"{PREFIX}/{order.petition}.json", order)

    def listed(self) -> Iterator[Retraction]:
        """Every order. Raises stored.Unreadable."""
        return (read(Retraction, msgspec.json.decode(each.body)) for each in erasures.kept_under(PREFIX))


@dataclass(frozen=True)
class PublicAgain:
    """The use case of whoever restored tables. It may run twice and broken off."""

    petitions: Petitions
    orders: RetractionList
    clock: Clock

    def apply(self) -> Iterator[str]:
        """Take back what a restore made public again; answers the petitions. Raises TryAgain, stored.Unreadable."""
        for order in self.orders.listed():
            if record.settled(partial(self._again, order)):
                yield order.petition

    def _again(self, order: Retraction) -> bool:
        head = self.petitions.head(order.petition)
        # What its agency published since is another answer, which nobody took back.
        if not head.public or (head.published_at or "") > order.at:
            return False
        event = PetitionRetracted(petition=head.id, agency=head.agency, ground=order.ground, by=order.agency)
        self.petitions.write(head, model.retracted(head, None, moment(order.at)), event, SYSTEM, self.clock())
        return True
