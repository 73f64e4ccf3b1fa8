"""Read the feeds of whoever asks, with the policy of the dossier itself: what they may not read they do not hear of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.dossier.acting import relation_of, stage_of
from chalicelib.dossier.items import Head
from chalicelib.kernel.access import Principal, Relation, allowed
from chalicelib.kernel.clock import Clock
from chalicelib.subscriptions import acts, cursors
from chalicelib.subscriptions.fence import concerned
from chalicelib.subscriptions.model import KEPT, SHARDS, Placed, subscribers_of
from chalicelib.subscriptions.outgoing import Outgoing, outgoing
from chalicelib.subscriptions.ports import Entries
from chalicelib.subscriptions.refusals import CursorExpired, NotFollowed

LONGEST: Final = 50
"""Entries of a part that are read at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """Events in order per dossier, where the next page begins, and whether more is there already."""

    events: Sequence[Outgoing]
    next: str
    more: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """The use case of readers, and what deliveries read."""

    store: Entries
    clock: Clock

    def page(self, who: Principal, after: str, limit: int, types: frozenset[str]) -> Page:
        """The next events. Raises NotFollowed, CursorExpired, BodyInvalid for a cursor that is none of theirs."""
        subscribers = subscribers_of(who)
        if not self.store.is_followed(subscribers):
            raise NotFollowed
        places: dict[tuple[str, int], int] = dict(cursors.read(after, subscribers))
        found = [
            placed for each in subscribers for shard in range(SHARDS) for placed in self._part(each, shard, places)
        ]
        found.sort(key=lambda placed: (placed.entry.at, placed.subscriber, placed.shard, placed.seq))
        taken = _fitting(found, limit)
        heads = self.store.heads(placed.entry.dossier for placed in taken)
        events = list[Outgoing]()
        for placed in taken:
            events += (event for event in self.told(who, placed, heads) if not types or event.type in types)
            places[placed.subscriber, placed.shard] = placed.seq
        return Page(events, cursors.written(places), len(taken) < len(found))

    def _part(self, subscriber: str, shard: int, places: Mapping[tuple[str, int], int]) -> list[Placed]:
        return self.after(subscriber, shard, places.get((subscriber, shard)), LONGEST)

    def after(self, subscriber: str, shard: int, place: int | None, most: int) -> list[Placed]:
        """Entries after a place. Raises CursorExpired when those that follow it were forgotten."""
        found = self.store.entries(subscriber, shard, place, most)
        if place is not None and found and found[0].seq != place + 1:
            if self.store.entry(subscriber, shard, place + 1) is None:
                raise CursorExpired(kept_days=KEPT.days)
            return []  # it is there, and a list of a moment ago has not got it yet
        return found

    def told(self, who: Principal, placed: Placed, heads: Mapping[str, Head]) -> list[Outgoing]:
        """The events of an entry that leave, where they may read its dossier now; each by one of their feeds only."""
        entry, head = placed.entry, heads.get(placed.entry.dossier)
        if head is None or not self._may(who, head):
            return []
        mine = subscribers_of(who)
        if placed.subscriber != next((each for each in concerned(head) if each in mine), ""):
            return []
        rows = self.store.events(entry.dossier, entry.first, entry.last)
        return [event for row in rows if (event := outgoing(entry.dossier, row))]

    def _may(self, who: Principal, head: Head) -> bool:
        if who.kind == "PORTAL":
            relation = Relation.PORTAL if head.portal == who.portal else Relation.STRANGER
        else:
            relation = relation_of(who, head, self.clock())
        return allowed(who, acts.READ, relation, stage_of(head))


def _fitting(found: Sequence[Placed], limit: int) -> Sequence[Placed]:
    """The first entries, whole, of at most so many events; always one: it has no more than the least limit."""
    events = 0
    for place, placed in enumerate(found):
        events += placed.entry.last - placed.entry.first + 1
        if events > limit and place:
            return found[:place]
    return found
