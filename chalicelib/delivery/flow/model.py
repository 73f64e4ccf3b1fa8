"""What an execution is named, for which destinations it is, and with what each of them ends. Pure."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Self, cast

from chalicelib.contracts.delivery import DeliveriesDue, DestinationEnd, Outcome, Way
from chalicelib.contracts.stored import typed
from chalicelib.dossier.deliveries import Delivery
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.record import LogRow

FIRST: Final = 1
"""The attempt that an event starts; whoever takes up a lost one starts the next."""


class Run(NamedTuple):
    """An execution by what it is for: the dossier, the number of the event that something was due, the attempt."""

    reference: str
    number: int
    attempt: int = FIRST

    @property
    def name(self) -> str:
        """As Step Functions knows it: the same event never starts two of one attempt."""
        return ".".join(map(str, self))

    @property
    def place(self) -> tuple[int, int]:
        """Of two that wait for one destination the later one counts."""
        return self.number, self.attempt

    @property
    def following(self) -> "Run":
        """The next attempt."""
        return self._replace(attempt=self.attempt + 1)

    @classmethod
    def of_event(cls, row: str) -> Self:
        """The first attempt of an event, by the name of its row (`<reference>/EVENT#000012`)."""
        reference, _, number = row.partition("/EVENT#")
        return cls(reference, int(number))

    @classmethod
    def named(cls, name: str) -> Self:
        """What a name says. Raises ValueError for a name of nothing of ours."""
        reference, number, attempt = name.split(".")
        return cls(reference, int(number), int(attempt))


def ours(name: str) -> Run | None:
    """What a name says; None of an execution that somebody started by hand, whose name says nothing."""
    try:
        return Run.named(name)
    except ValueError:
        return None


def is_waited_for(delivery: Delivery) -> bool:
    """Whether there is a result for it, and it has no end yet; what is parked waits for a person and goes on then."""
    has_begun = delivery.state != "asked" or delivery.due_at is not None
    return has_begun and not delivery.is_settled


def waited_for(dossier: Dossier) -> tuple[Way, ...]:
    """The destinations of a dossier that a machine waits for; of an erased one none."""
    if dossier.head.erased_at:
        return ()
    return tuple(each.destination for each in dossier.deliveries if is_waited_for(each))


def runs(dossier: Dossier) -> Mapping[int, tuple[Way, ...]]:
    """What is waited for, by the number of the event that said last that it is due; read with the log."""
    last = dict[Way, int]()
    for row in dossier.events:
        if row.type == DeliveriesDue.type:
            last |= dict.fromkeys(_named(row), row.number)
    found = dict[int, tuple[Way, ...]]()
    for way in waited_for(dossier):
        if way in last:
            found[last[way]] = (*found.get(last[way], ()), way)
    return dict(sorted(found.items()))


def end_of(dossier: Dossier | None, destination: Way) -> DestinationEnd | None:
    """With what a destination ended; None while it is waited for."""
    if dossier is None or dossier.head.erased_at:
        return DestinationEnd(destination=destination, outcome="erased" if dossier else "gone")
    delivery = dossier.delivery(destination)
    if delivery is None:
        return DestinationEnd(destination=destination, outcome="gone")
    if not delivery.is_settled:
        return None
    outcome = cast("Outcome", delivery.state)
    return DestinationEnd(destination=destination, outcome=outcome, document=delivery.document, at=delivery.settled_at)


def elsewhere(destination: Way) -> DestinationEnd:
    """A later execution waits for it."""
    return DestinationEnd(destination=destination, outcome="driven_elsewhere")


def _named(row: LogRow) -> tuple[Way, ...]:
    return typed(DeliveriesDue, row.data, row.stored).destinations
