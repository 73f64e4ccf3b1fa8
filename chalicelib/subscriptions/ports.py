"""What feed, subscriptions and deliveries ask of the world; `store.py` and `sender.py` answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.event import Event
from chalicelib.dossier.items import Head
from chalicelib.kernel.record import LogRow
from chalicelib.subscriptions.model import Placed, Pushing, SubscriberHead, Subscription


class Answer(NamedTuple):
    """What a receiver answered: an HTTP status, or 0 and the rule why there is none."""

    status: int
    why: str = ""


class Entries(Protocol):
    """Where feeds and dossiers are read."""

    def is_followed(self, subscribers: Sequence[str]) -> bool: ...
    def entries(self, subscriber: str, shard: int, after: int | None, most: int) -> list[Placed]: ...
    def end(self, subscriber: str, shard: int) -> int: ...
    def entry(self, subscriber: str, shard: int, seq: int) -> Placed | None: ...
    def heads(self, references: Iterable[str]) -> Mapping[str, Head]: ...
    def events(self, reference: str, first: int, last: int) -> list[LogRow]: ...


class Subscriptions(Protocol):
    """Where subscriptions are kept."""

    def head(self, subscriber: str) -> SubscriberHead: ...
    def all(self, subscriber: str) -> list[Subscription]: ...
    def one(self, subscriber: str, subscription: str) -> Subscription | None: ...
    def pushing(self, subscription: Subscription) -> Pushing | None: ...
    def open(
        self, head: SubscriberHead, new: Subscription, pushing: Pushing | None, event: Event, now: datetime
    ) -> None: ...
    def keep(self, head: SubscriberHead, changed: Subscription, event: Event, now: datetime) -> None: ...
    def stop(self, head: SubscriberHead, stopped: Subscription, was: Pushing, event: Event, now: datetime) -> None: ...
    def resume(
        self,
        head: SubscriberHead,
        changed: Subscription,
        was: Pushing | None,
        fresh: Pushing,
        event: Event,
        now: datetime,
    ) -> None: ...
    def remove(self, head: SubscriberHead, ended: Subscription, event: Event, now: datetime) -> None: ...


class Deliveries(Protocol):
    """The list of subscriptions that are pushed."""

    def active(self) -> list[Pushing]: ...
    def save(self, was: Pushing, now: Pushing) -> bool: ...


class Sender(Protocol):
    """Who posts to a receiver."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer: ...
