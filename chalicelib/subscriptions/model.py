"""What a feed and its subscriptions keep, and the rules that need no store. Pure."""

import zlib
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec.structs import replace

from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.contracts.subscriptions import StopReason
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, stamp
from chalicelib.kernel.record import Head

SHARDS: Final = 4
"""Parts of each feed, a dossier always in one: no key takes all the writes of a big agency, and no order is lost."""
ENTRY: Final = 10
"""Events of an entry, at most: a page ends after whole entries."""
KEPT: Final = timedelta(days=180)
"""How long an entry is kept: a receiver may be away for 14 days, and for more."""
MOST: Final = 10
"""Subscriptions of one subscriber."""
OVERLAP: Final = timedelta(hours=24)
"""How long the former secret is valid beside a new one."""
WAITS: Final = tuple(timedelta(seconds=each) for each in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""After a failed attempt until the next: the example schedule of Standard Webhooks, 75 h 35 min in all."""
JITTER: Final = 0.1
"""A wait is drawn up to a tenth longer: those who failed together do not come back together."""
GONE: Final = 410


def subscriber_of(who: Principal) -> str:
    """Whose feed somebody keeps: their agency's, or their portal's."""
    return f"portal:{who.portal}" if who.kind == "PORTAL" else f"agency:{who.agency}"


def subscribers_of(who: Principal) -> tuple[str, ...]:
    """Whose feeds somebody reads: of an agency, those too whose work it took over."""
    if who.kind == "PORTAL":
        return (subscriber_of(who),)
    return tuple(f"agency:{each}" for each in sorted(who.agencies))


def shard_of(reference: str) -> int:
    """The part of every feed in which a dossier stands."""
    return zlib.crc32(reference.encode()) % SHARDS


class Entry(Stored, frozen=True, kw_only=True):
    """A piece of a dossier's log in somebody's feed: events `first` to `last`; `at` is when it came into the feed.

    `forget_at`: when DynamoDB may delete it, in seconds since 1970.
    """

    shape = 1

    dossier: str
    first: int
    last: int
    at: str
    forget_at: int


class Counter(Stored, frozen=True, kw_only=True):
    """How many entries a part of a feed has had: they are numbered without a gap."""

    shape = 1

    seq: int


class Fed(Stored, frozen=True, kw_only=True):
    """How far a dossier's log stands in somebody's feed."""

    shape = 1

    number: int


class Placed(Part, frozen=True, kw_only=True):
    """An entry by its place in a feed."""

    subscriber: str
    shard: int
    seq: int
    entry: Entry


class Secret(Part, frozen=True, kw_only=True):
    """A secret by what it is derived from; `until` it is valid, None: it is the present one. `key` made it."""

    nonce: str
    key: str
    until: str | None = None


class Line(Part, frozen=True, kw_only=True):
    """How far the deliveries from one part of a feed have come: all of entry `position`, and events up to `done` after.

    `attempts` failed in a row since `failing_since`; the next is at `due_at`.
    """

    shard: int
    position: int = 0
    done: int = 0
    attempts: int = 0
    due_at: str = ""
    failing_since: str | None = None
    status: int | None = None


class Subscription(Stored, frozen=True, kw_only=True):
    """An agreement to hear of a subscriber's dossiers. `url` None: they ask; `types` none named: all that leave."""

    shape = 1

    id: str
    subscriber: str
    key: str
    body: str
    opened_at: str
    version: int = 1
    url: str | None = None
    types: tuple[str, ...] = ()
    secrets: tuple[Secret, ...] = ()
    state: Literal["active", "stopped"] = "active"
    why: StopReason | None = None
    stopped_at: str | None = None
    lines: tuple[Line, ...] = ()
    """Where deliveries stand that stopped; of active ones `Pushing` says it."""

    def valid(self, now: datetime) -> tuple[Secret, ...]:
        """The secrets under which a message is signed, the present one first."""
        return tuple(each for each in self.secrets if each.until is None or stamp(now) < each.until)

    def wants(self, kind: str) -> bool:
        """Whether events of a type are delivered."""
        return not self.types or kind in self.types


class SubscriberHead(Head, frozen=True, kw_only=True):
    """The record of a subscriber: who opened, stopped and ended what stands in its log."""

    shape = 1


class Pushing(Stored, frozen=True, kw_only=True):
    """Deliveries of one subscription, on the list of all that are active. Nobody else delivers until `leased_until`."""

    shape = 1

    subscriber: str
    subscription: str
    version: int = 1
    leased_until: str = ""
    lines: tuple[Line, ...] = ()


def rotated(secrets: tuple[Secret, ...], fresh: Secret, now: datetime) -> tuple[Secret, ...]:
    """The new secret, and the one before it for a while; what is older ends."""
    former = [replace(each, until=stamp(now + OVERLAP)) for each in secrets if each.until is None]
    return (fresh, *former)


def failed(line: Line, status: int, now: datetime, draw: float) -> Line | None:
    """A line after a failed attempt; None when the schedule has ended. `draw` is between 0 and 1."""
    if line.attempts >= len(WAITS):
        return None
    wait = WAITS[line.attempts] * (1 + JITTER * draw)
    return replace(
        line,
        attempts=line.attempts + 1,
        due_at=stamp(now + wait),
        failing_since=line.failing_since or stamp(now),
        status=status,
    )


def moved(line: Line, *, position: int | None = None, done: int = 0) -> Line:
    """A line after a delivery: what failed before counts no more."""
    return Line(shard=line.shard, position=line.position if position is None else position, done=done)


def anew(line: Line) -> Line:
    """A line whose next attempt is at once, and the first of its schedule."""
    return Line(shard=line.shard, position=line.position, done=line.done)


def is_due(line: Line, now: datetime) -> bool:
    """Whether its next attempt may be made."""
    return not line.due_at or moment(line.due_at) <= now


def forget_at(now: datetime) -> int:
    """When an entry of now may go."""
    return int((now + KEPT).timestamp())
