"""Notices on their way, over the dossier's own room."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from chalicelib.delivery import store
from chalicelib.dossier import acting, fed, notifying, reading
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.change import Change
from chalicelib.dossier.notified import DueNotice, Queued, Sending
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.record import LogRow
from chalicelib.law.rules import MandateState


class Orders(store.Table):
    """Dossiers in DynamoDB, with their notices, for who orders."""

    def sending(self, reference: str, name: str) -> Sending | None:
        """A notice for one receiver on one channel."""
        return notifying.sending(reference, name)

    def renew(self, change: Change, was: Sending, now: Sending) -> None:
        """It begins again with this change of its dossier; `notice head` is lost when a worker was faster."""
        change.also("notice head", notifying.replaced(change.head.pk, was, now))


class Table:
    """Dossiers and their notices in DynamoDB."""

    def due(self, now: datetime) -> Iterator[DueNotice]:
        """Notices for which something is to be done by now."""
        return notifying.due(now)

    def put_off(self, row: DueNotice, until: datetime) -> None:
        """It is due then, unless somebody went on with it meanwhile."""
        notifying.put_off(row, until)

    def queued(self, reference: str, name: str) -> Queued | None:
        """What is to be told, by its name."""
        return notifying.queued(reference, name)

    def sending(self, reference: str, name: str) -> Sending | None:
        """A notice for one receiver on one channel."""
        return notifying.sending(reference, name)

    def addressed(self, reference: str, was: Queued, to: Iterable[Sending], now: datetime) -> bool:
        """It goes to these; False when another worker said so before."""
        return notifying.addressed(reference, was, to, now)

    def kept(self, reference: str, was: Sending, now: Sending) -> bool:
        """It is so now; False when somebody else changed it meanwhile."""
        return notifying.kept(reference, was, now)

    def dossier(self, reference: str, *parts: Part) -> Dossier | None:
        """A dossier with the parts asked for."""
        return reading.read(reference, *parts)

    def event(self, reference: str, number: int) -> LogRow:
        """An event of its log."""
        (found,) = fed.events_of(reference, number, number)
        return found

    def representation(self, under: str) -> Representation | None:
        """A representation as we last heard of it."""
        return acting.representation_of(under)

    def mandate_state(self, dossier: Dossier, now: datetime) -> MandateState:
        """What became of the mandate that it was filed under; one without any is under none that ended."""
        return acting.mandate_state(dossier.head.acting, now) if dossier.head.acting else "active"
