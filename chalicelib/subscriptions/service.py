"""Subscribe, look, rotate a secret, ask for deliveries again, end."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.subscriptions import (
    SubscriptionEnded,
    SubscriptionOpened,
    SubscriptionResumed,
    SubscriptionSecretRotated,
)
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.kernel.ids import digest, reference_of
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotFound
from chalicelib.subscriptions import cursors, signing
from chalicelib.subscriptions.model import (
    MOST,
    OVERLAP,
    SHARDS,
    Line,
    Pushing,
    Secret,
    Subscription,
    anew,
    rotated,
    subscriber_of,
)
from chalicelib.subscriptions.outgoing import leaving
from chalicelib.subscriptions.ports import Entries, Subscriptions
from chalicelib.subscriptions.refusals import NotPushed, TooManySubscriptions
from chalicelib.subscriptions.targets import TargetRefused, target_of

SPELLED: Final = {
    "spelling": ("Địa chỉ viết không đúng", "Not spelled as an address is"),
    "https": ("Địa chỉ phải bắt đầu bằng https://", "The address has to begin with https://"),
    "userinfo": ("Địa chỉ không được có tên người dùng", "The address must not name a user"),
    "port": ("Chỉ dùng cổng 443", "Port 443 only"),
    "fragment": ("Địa chỉ không được có phần sau dấu #", "The address must not have a fragment"),
    "name": ("Phải là tên miền, không phải địa chỉ IP", "It has to be a domain name, no IP address"),
}


class Order(NamedTuple):
    """A request of a subscriber under an Idempotency-Key, with the digest of its body."""

    who: Principal
    key: str
    body: str


class Shown(NamedTuple):
    """A subscription, how far its deliveries have come, and its secret where that was just made."""

    subscription: Subscription
    pushing: Pushing | None
    secret: str | None = None


def order(who: Principal, key: str, raw: bytes) -> Order:
    """The order of a request."""
    return Order(who, digest(subscriber_of(who), key), hashlib.sha256(raw).hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class Subscribing:
    """The use cases of subscribers. `draw` makes what nobody can guess, `secret` is the installation's."""

    store: Subscriptions
    feeds: Entries
    clock: Clock
    draw: Callable[[], str]
    secret: Callable[[], str]

    def open(self, asked: Order, url: str | None, types: tuple[str, ...]) -> Shown:
        """Subscribe: events from now on. Raises BodyInvalid, TooManySubscriptions, KeyReused."""
        _judged(url, types)
        subscriber = subscriber_of(asked.who)
        name = reference_of("SUB", f"{subscriber} {asked.key}")

        def once() -> Shown:
            head, now = self.store.head(subscriber), self.clock()
            kept = self.store.all(subscriber)
            if same := next((each for each in kept if each.id == name), None):
                return self._again(same, asked)
            if len(kept) >= MOST:
                raise TooManySubscriptions(limit=MOST)
            new = Subscription(
                id=name,
                subscriber=subscriber,
                key=asked.key,
                body=asked.body,
                opened_at=stamp(now),
                url=url,
                types=types,
                secrets=(Secret(nonce=self.draw(), key=asked.key),) if url else (),
            )
            pushing = Pushing(subscriber=subscriber, subscription=name, lines=self._ends(subscriber)) if url else None
            self.store.open(head, new, pushing, SubscriptionOpened(subscription=name, pushes=bool(url)), now)
            return Shown(new, pushing, self._secret(new))

        return record.settled(once)

    def _again(self, same: Subscription, asked: Order) -> Shown:
        if same.body != asked.body:
            raise KeyReused
        first = same.secrets[0].key == asked.key if same.secrets else False
        return Shown(same, self.store.pushing(same), self._secret(same) if first else None)

    def _ends(self, subscriber: str) -> tuple[Line, ...]:
        return tuple(Line(shard=shard, position=self.feeds.end(subscriber, shard)) for shard in range(SHARDS))

    def _secret(self, subscription: Subscription) -> str | None:
        if not subscription.secrets:
            return None
        return signing.secret_text(signing.derived(self.secret(), subscription.secrets[0].nonce))

    def all(self, who: Principal) -> list[Shown]:
        """All of one's own."""
        return [Shown(each, self.store.pushing(each)) for each in self.store.all(subscriber_of(who))]

    def one(self, who: Principal, name: str) -> Shown:
        """One of one's own. Raises NotFound."""
        found = self._mine(who, name)
        return Shown(found, self.store.pushing(found))

    def _mine(self, who: Principal, name: str) -> Subscription:
        found = self.store.one(subscriber_of(who), name)
        if found is None:
            raise NotFound(what="subscription")
        return found

    def rotate(self, asked: Order, name: str) -> Shown:
        """A new secret; the one before stays valid for a day. Raises NotFound, NotPushed."""

        def once() -> Shown:
            head, now = self.store.head(subscriber_of(asked.who)), self.clock()
            held = self._pushed(asked.who, name)
            if held.secrets[0].key == asked.key:
                return Shown(held, self.store.pushing(held), self._secret(held))
            secrets = rotated(held.secrets, Secret(nonce=self.draw(), key=asked.key), now)
            changed = replace(held, secrets=secrets, version=held.version + 1)
            event = SubscriptionSecretRotated(subscription=name, former_until=stamp(now + OVERLAP))
            self.store.keep(head, changed, event, now)
            return Shown(changed, self.store.pushing(changed), self._secret(changed))

        return record.settled(once)

    def _pushed(self, who: Principal, name: str) -> Subscription:
        found = self._mine(who, name)
        if not found.url:
            raise NotPushed
        return found

    def redeliver(self, who: Principal, name: str, after: str | None, since: datetime | None) -> Shown:
        """Deliver at once: from a cursor, from a time, or from where deliveries stand.

        Raises NotFound, NotPushed, BodyInvalid for a cursor that is none of theirs, or for both.
        """
        if after is not None and since is not None:
            raise BodyInvalid(fields=[FieldError("", "one_of", "Gửi `after` hoặc `since`", "Send `after` or `since`")])

        def once() -> Shown:
            head, now = self.store.head(subscriber_of(who)), self.clock()
            held = self._pushed(who, name)
            was = self.store.pushing(held)
            lines = self._lines(held, was, after, since)
            number = was.version + 1 if was else 1
            lease = was.leased_until if was else ""
            fresh = Pushing(
                subscriber=held.subscriber, subscription=name, version=number, leased_until=lease, lines=lines
            )
            changed = replace(held, state="active", why=None, stopped_at=None, lines=(), version=held.version + 1)
            event = SubscriptionResumed(subscription=name, anew=after is not None or since is not None)
            self.store.resume(head, changed, was, fresh, event, now)
            return Shown(changed, fresh)

        return record.settled(once)

    def _lines(
        self, held: Subscription, was: Pushing | None, after: str | None, since: datetime | None
    ) -> tuple[Line, ...]:
        if after is not None:
            places = cursors.read(after, (held.subscriber,))
            return tuple(Line(shard=each, position=places.get((held.subscriber, each), 0)) for each in range(SHARDS))
        if since is not None:
            return tuple(Line(shard=each, position=self._since(held.subscriber, each, since)) for each in range(SHARDS))
        return tuple(anew(line) for line in (was.lines if was else held.lines))

    def _since(self, subscriber: str, shard: int, since: datetime) -> int:
        """The place before the first entry of a time or later; what was forgotten is before all times."""
        low, high = 0, self.feeds.end(subscriber, shard)
        while low < high:
            middle = (low + high) // 2 + 1
            found = self.feeds.entry(subscriber, shard, middle)
            if found is None or moment(found.entry.at) < since:
                low = middle
            else:
                high = middle - 1
        return low

    def end(self, who: Principal, name: str) -> Shown:
        """End it. Raises NotFound, of one that ended too."""

        def once() -> Shown:
            head, now = self.store.head(subscriber_of(who)), self.clock()
            held = self._mine(who, name)
            self.store.remove(head, held, SubscriptionEnded(subscription=name), now)
            return Shown(held, None)

        return record.settled(once)


def _judged(url: str | None, types: tuple[str, ...]) -> None:
    broken = list[FieldError]()
    if url is not None:
        try:
            target_of(url)
        except TargetRefused as refused:
            broken.append(FieldError("/url", f"target_{refused.rule}", *SPELLED[refused.rule]))
    known = leaving()
    for place, each in enumerate(types):
        if each not in known:
            what = ("Không có loại sự kiện này", "There is no such type of event that leaves")
            broken.append(FieldError(f"/types/{place}", "unknown_type", *what))
    if broken:
        raise BodyInvalid(fields=broken)
