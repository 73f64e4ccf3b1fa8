"""Deliver what is due to receivers: each subscription alone, its parts in order, by the schedule of Standard Webhooks.

An event is delivered once the one before it in its part was: so the order within a dossier holds, and a receiver that
is down gets everything when it is back. A death between a delivery and the note of it delivers that event again, by the
same id.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from msgspec.structs import replace

from chalicelib.contracts.subscriptions import StopReason, SubscriptionStopped
from chalicelib.kernel import log, record
from chalicelib.kernel.access import INTEGRATION, Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.subscriptions import signing
from chalicelib.subscriptions.model import (
    GONE,
    Line,
    Placed,
    Pushing,
    Subscription,
    failed,
    is_due,
    moved,
)
from chalicelib.subscriptions.outgoing import Outgoing, body_of
from chalicelib.subscriptions.ports import Answer, Deliveries, Sender, Subscriptions
from chalicelib.subscriptions.reading import Feed
from chalicelib.subscriptions.refusals import CursorExpired

LASTS: Final = timedelta(seconds=40)
"""How long a run begins with further events of a subscription: the clock calls every minute."""
LEASE: Final = timedelta(minutes=2)
"""How long a subscription is one run's alone: longer than the run may live."""
ENTRIES: Final = 10
AT_ONCE: Final = 16
"""Subscriptions that a run delivers side by side: one that does not answer holds back no other."""
OK: Final = range(200, 300)


@dataclass
class Done:
    """What a run did: events that were taken, attempts that failed, subscriptions that stopped, that broke."""

    delivered: int = 0
    refused: int = 0
    stopped: int = 0
    broke: int = 0


@dataclass(frozen=True, slots=True)
class Stopped(Exception):
    """Deliveries of a subscription end: why, and the receiver's last status."""

    why: StopReason
    status: int
    line: Line


@dataclass(frozen=True, slots=True)
class Pusher:
    """The use case of the clock. `draw` gives numbers between 0 and 1, `secret` is the installation's."""

    subscriptions: Subscriptions
    deliveries: Deliveries
    feed: Feed
    sender: Sender
    clock: Clock
    draw: Callable[[], float]
    secret: Callable[[], str]
    at_once: int = AT_ONCE

    def run(self) -> Done:
        """Deliver what is due, all subscriptions side by side."""
        done = Done()
        now = self.clock()
        waiting = [each for each in self.deliveries.active() if _is_free(each, now)]
        with ThreadPoolExecutor(max_workers=self.at_once) as pool:
            runs = [pool.submit(copy_context().run, partial(self._one, each)) for each in waiting]
            for each in runs:
                told = each.result()
                done.delivered += told.delivered
                done.refused += told.refused
                done.stopped += told.stopped
                done.broke += told.broke
        return done

    def _one(self, pushing: Pushing) -> Done:
        done = Done()
        try:
            self._deliver(pushing, done)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other subscriptions go on, and this one next time
            log.trouble("deliveries broke", error, function="subscriptions_push", record=pushing.subscription)
            done.broke += 1
        return done

    def _deliver(self, was: Pushing, done: Done) -> None:
        now = self.clock()
        if not any(is_due(line, now) and self._waits(was.subscriber, line) for line in was.lines):
            return  # a receiver that heard everything costs a few reads a minute, and no write
        held = self.subscriptions.one(was.subscriber, was.subscription)
        mine = replace(was, version=was.version + 1, leased_until=stamp(now + LEASE))
        if held is None or held.url is None or not self.deliveries.save(was, mine):
            return
        lines, stop = list(mine.lines), None
        for place, line in enumerate(mine.lines):
            if not is_due(line, now):
                continue
            try:
                lines[place] = self._line(held, line, now + LASTS, done)
            except Stopped as stopped:
                lines[place], stop = stopped.line, stopped
                break
            except CursorExpired:
                stop = Stopped("forgotten", 0, line)
                break
        if stop:
            done.stopped += 1
            self._stop(held, mine, tuple(lines), stop)
        else:
            self.deliveries.save(mine, replace(mine, version=mine.version + 1, leased_until="", lines=tuple(lines)))

    def _waits(self, subscriber: str, line: Line) -> bool:
        """Whether there is anything to be delivered from a part."""
        try:
            return bool(self.feed.after(subscriber, line.shard, line.position, 1))
        except CursorExpired:
            return True

    def _stop(self, held: Subscription, mine: Pushing, lines: tuple[Line, ...], stop: Stopped) -> None:
        def once() -> None:
            head, now = self.subscriptions.head(held.subscriber), self.clock()
            fresh = self.subscriptions.one(held.subscriber, held.id)
            if fresh is None:
                return
            changed = replace(
                fresh, state="stopped", why=stop.why, stopped_at=stamp(now), lines=lines, version=fresh.version + 1
            )
            event = SubscriptionStopped(subscription=held.id, why=stop.why, status=stop.status)
            self.subscriptions.stop(head, changed, mine, event, now)

        record.settled(once)

    def _line(self, held: Subscription, line: Line, until: datetime, done: Done) -> Line:
        """Deliver a part until it is empty, its time is over, or an attempt fails. Raises Stopped."""
        while self.clock() < until:
            entries = self.feed.after(held.subscriber, line.shard, line.position, ENTRIES)
            if not entries:
                return line
            for placed in entries:
                for event in self._events(held, placed, line.done):
                    if self.clock() >= until:
                        return line
                    answer = self._post(held, event)
                    if answer.status not in OK:
                        done.refused += 1
                        return self._failed(line, answer)
                    done.delivered += 1
                    line = moved(line, done=int(event.sequence))
                line = moved(line, position=placed.seq)
        return line

    def _events(self, held: Subscription, placed: Placed, done: int) -> Iterator[Outgoing]:
        heads = self.feed.store.heads([placed.entry.dossier])
        for event in self.feed.told(_as(held.subscriber), placed, heads):
            if int(event.sequence) > done and held.wants(event.type):
                yield event

    def _post(self, held: Subscription, event: Outgoing) -> Answer:
        now, body = self.clock(), body_of(event)
        keys = [signing.derived(self.secret(), each.nonce) for each in held.valid(now)]
        return self.sender.post(held.url or "", signing.headers(keys, event.id, int(now.timestamp()), body), body)

    def _failed(self, line: Line, answer: Answer) -> Line:
        after = None if answer.status == GONE else failed(line, answer.status, self.clock(), self.draw())
        if after is None:
            raise Stopped("gone" if answer.status == GONE else "schedule_ended", answer.status, line)
        return after


def _is_free(pushing: Pushing, now: datetime) -> bool:
    """Whether something of it may be delivered, and nobody else does."""
    return pushing.leased_until <= stamp(now) and any(is_due(line, now) for line in pushing.lines)


def _as(subscriber: str) -> Principal:
    """Whom deliveries go to: the agency by its system, or the portal, with their rights and no more."""
    kind, _, name = subscriber.partition(":")
    if kind == "portal":
        return Principal(subject=name, kind="PORTAL", name=name, level=0, portal=name)
    return Principal(subject=name, kind="SERVICE", name=name, level=0, agency=name, roles=frozenset({INTEGRATION}))
