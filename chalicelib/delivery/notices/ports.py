"""What notices ask of the world; `store.py` and `senders.py` answer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.delivery.notices.model import Report
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.notified import Channel, DueNotice, Queued, Sending
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.record import LogRow
from chalicelib.law.rules import MandateState


class Message(Struct, frozen=True, kw_only=True):
    """A message for one receiver. `id` is the same at each attempt; `to` is an e-mail, a telephone, an identity.

    `subject` is empty of an SMS.
    """

    id: str
    to: str
    subject: str
    text: str


class Sender(Protocol):
    """Who sends messages of a channel. Raises Unreachable."""

    def find(self, channel: Channel, message: str) -> Report | None: ...
    def send(self, channel: Channel, message: Message) -> Report: ...


class Notices(Protocol):
    """Notices on their way, and what their dossiers say of them."""

    def due(self, now: datetime) -> Iterator[DueNotice]: ...
    def put_off(self, row: DueNotice, until: datetime) -> None: ...
    def queued(self, reference: str, name: str) -> Queued | None: ...
    def sending(self, reference: str, name: str) -> Sending | None: ...
    def addressed(self, reference: str, was: Queued, to: Iterable[Sending], now: datetime) -> bool: ...
    def kept(self, reference: str, was: Sending, now: Sending) -> bool: ...
    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def event(self, reference: str, number: int) -> LogRow: ...
    def representation(self, under: str) -> Representation | None: ...
    def mandate_state(self, dossier: Dossier, now: datetime) -> MandateState: ...
