"""Subscriptions, feeds and what is delivered, in DynamoDB."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import Stored, read, written
from chalicelib.dossier import fed
from chalicelib.dossier.items import Head
from chalicelib.kernel import aws
from chalicelib.kernel.record import Change, LogRow
from chalicelib.subscriptions.fence import ANYBODY, COUNTER, TABLE, entry_sk, feed_key, head_key, place_of
from chalicelib.subscriptions.model import Counter, Entry, Placed, Pushing, SubscriberHead, Subscription

PUSHED = "PUSHED"
"""The list of subscriptions that are pushed."""


def _sub_key(subscriber: str, subscription: str) -> tuple[str, str]:
    return head_key(subscriber)[0], f"SUB#{subscription}"


def _push_key(subscriber: str, subscription: str) -> tuple[str, str]:
    return PUSHED, f"{subscriber}#{subscription}"


def _at(key: tuple[str, str], thing: Stored) -> aws.Item:
    return {"pk": key[0], "sk": key[1], **written(thing)}


class Table:
    """All of it in one table."""

    # --- feeds -------------------------------------------------------------------------------------------------

    def is_followed(self, subscribers: Sequence[str]) -> bool:
        """Whether any of these feeds is kept."""
        return bool(aws.many(TABLE(), [head_key(each) for each in subscribers[: aws.MOST_AT_ONCE]], as_now=True))

    def entries(self, subscriber: str, shard: int, after: int | None, most: int) -> list[Placed]:
        """Entries after a place, in order and without a gap; None: from the oldest that is kept.

        Those that were forgotten are not there: then the first one is further on.
        """
        rows, _ = aws.page(
            TABLE(), "", "pk", feed_key(subscriber, shard), limit=most, within=("sk", ">=", entry_sk((after or 0) + 1))
        )
        found = list[Placed]()
        for row in rows:
            place = place_of(row).sk
            if place == COUNTER or (found and int(place) != found[-1].seq + 1):
                break
            found.append(Placed(subscriber=subscriber, shard=shard, seq=int(place), entry=read(Entry, row)))
        return found

    def entry(self, subscriber: str, shard: int, seq: int) -> Placed | None:
        """One entry; None when it was forgotten."""
        row = aws.get(TABLE(), feed_key(subscriber, shard), entry_sk(seq))
        return Placed(subscriber=subscriber, shard=shard, seq=seq, entry=read(Entry, row)) if row else None

    def end(self, subscriber: str, shard: int) -> int:
        """The number of the newest entry; 0 before the first."""
        row = aws.get(TABLE(), feed_key(subscriber, shard), COUNTER)
        return read(Counter, row).seq if row else 0

    def heads(self, references: Iterable[str]) -> Mapping[str, Head]:
        """Dossiers as they are now."""
        return fed.heads_of(references)

    def events(self, reference: str, first: int, last: int) -> list[LogRow]:
        """A piece of a dossier's log."""
        return fed.events_of(reference, first, last)

    # --- subscriptions -----------------------------------------------------------------------------------------

    def head(self, subscriber: str) -> SubscriberHead:
        """The record of a subscriber; one that never subscribed has version 0."""
        pk, sk = head_key(subscriber)
        found = aws.get(TABLE(), pk, sk)
        return read(SubscriberHead, found) if found else SubscriberHead(pk=pk)

    def all(self, subscriber: str) -> list[Subscription]:
        """All subscriptions of a subscriber, by their names."""
        return [read(Subscription, row) for row in aws.query(TABLE(), head_key(subscriber)[0], "SUB#")]

    def one(self, subscriber: str, subscription: str) -> Subscription | None:
        """One of them."""
        found = aws.get(TABLE(), *_sub_key(subscriber, subscription))
        return read(Subscription, found) if found else None

    def pushing(self, subscription: Subscription) -> Pushing | None:
        """How far its deliveries have come; None when it is not pushed, or stopped."""
        found = aws.get(TABLE(), *_push_key(subscription.subscriber, subscription.id))
        return read(Pushing, found) if found else None

    def open(
        self, head: SubscriberHead, new: Subscription, pushing: Pushing | None, event: Event, now: datetime
    ) -> None:
        """A new subscription, and its place on the list when it is pushed. Raises aws.Lost."""
        change = Change(TABLE(), head, now).tell(event)
        change.also("subscription", aws.put_new(TABLE(), _at(_sub_key(new.subscriber, new.id), new)))
        change.also("anybody", aws.put(TABLE(), {"pk": ANYBODY[0], "sk": ANYBODY[1]}))
        if pushing:
            change.also("pushing", aws.put_new(TABLE(), _at(_push_key(new.subscriber, new.id), pushing)))
        change.write()

    def keep(self, head: SubscriberHead, changed: Subscription, event: Event, now: datetime) -> None:
        """A subscription as it is now. Raises aws.Lost."""
        self._changed(head, changed, event, now).write()

    def stop(self, head: SubscriberHead, stopped: Subscription, was: Pushing, event: Event, now: datetime) -> None:
        """It leaves the list, as it was read there. Raises aws.Lost."""
        change = self._changed(head, stopped, event, now)
        change.also("pushing", _unlisted(was)).write()

    def resume(
        self,
        head: SubscriberHead,
        changed: Subscription,
        was: Pushing | None,
        fresh: Pushing,
        event: Event,
        now: datetime,
    ) -> None:
        """It is on the list from other places on. Raises aws.Lost."""
        op = _replaced(was, fresh) if was else aws.put_new(TABLE(), _at(_listed(fresh), fresh))
        self._changed(head, changed, event, now).also("pushing", op).write()

    def remove(self, head: SubscriberHead, ended: Subscription, event: Event, now: datetime) -> None:
        """It is gone, from the list too. Raises aws.Lost."""
        change = Change(TABLE(), head, now).tell(event)
        change.also("subscription", aws.delete(TABLE(), _sub_key(ended.subscriber, ended.id)))
        change.also("pushing", aws.delete(TABLE(), _push_key(ended.subscriber, ended.id))).write()

    def _changed(self, head: SubscriberHead, changed: Subscription, event: Event, now: datetime) -> Change:
        op = aws.put(TABLE(), _at(_sub_key(changed.subscriber, changed.id), changed))
        return Change(TABLE(), head, now).tell(event).also("subscription", op)

    # --- deliveries --------------------------------------------------------------------------------------------

    def active(self) -> list[Pushing]:
        """All subscriptions that are pushed."""
        return [read(Pushing, row) for row in aws.query(TABLE(), PUSHED)]

    def save(self, was: Pushing, now: Pushing) -> bool:
        """Keep how far deliveries came; False when somebody else changed that meanwhile."""
        return aws.updated(_replaced(was, now)) is not None


def _listed(pushing: Pushing) -> tuple[str, str]:
    return _push_key(pushing.subscriber, pushing.subscription)


def _replaced(was: Pushing, now: Pushing) -> aws.Op:
    return aws.update(
        TABLE(),
        _listed(now),
        put=written(now),
        condition="#v = :was",
        expect={"was": was.version},
        reserved={"#v": "version"},
    )


def _unlisted(was: Pushing) -> aws.Op:
    return aws.delete(TABLE(), _listed(was), "#v = :was", {"was": was.version}, {"#v": "version"})
