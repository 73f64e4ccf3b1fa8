"""What notices ask of the world; `store.py` and `senders.py` answer."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.delivery.notices.model import Report
from chalicelib.delivery.ports import Unreachable
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head
from chalicelib.dossier.notified import Channel, DueNotice, Queued, Sending
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.kernel.access import Principal, Relation
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


class Unsent(Unreachable):
    """A provider surely did not send it, and may later: it was not reached at all, or has too much to do."""


class Sender(Protocol):
    """Who sends messages of a channel. Raises Unreachable, Unsent.

    `name`: whose tries these are, wherever it stands in the stage's list.
    `remembers`: it finds a message by its name. Of who does not, what may have been sent is not sent again.
    """

    @property
    def name(self) -> str: ...
    @property
    def remembers(self) -> bool: ...
    def find(self, channel: Channel, message: str) -> Report | None: ...
    def send(self, channel: Channel, message: Message) -> Report: ...


class Ledger(Protocol):
    """Dossiers and their notices, for who orders."""

    def named(self, name: str) -> str: ...
    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def level_of(self, head: Head) -> int: ...
    def relation(self, who: Principal, head: Head, now: datetime) -> Relation: ...
    def used_key(self, owner: str, key: str) -> UsedKey | None: ...
    def change(self, dossier: Dossier, now: datetime) -> Change: ...
    def sending(self, reference: str, name: str) -> Sending | None: ...
    def renew(self, change: Change, was: Sending, now: Sending) -> None: ...


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
