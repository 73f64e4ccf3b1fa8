"""Delivers what the journal holds: streams in order, queues of work one by one, at least once, parked after retries.

Schedules write into the journal too, so what they call is retried and parked like every target.
"""

import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from infra.local.functions import Functions
from infra.local.journal import Journal, Message
from infra.local.lateness import Lateness
from infra.local.names import ACCOUNT, ARN, REGION
from infra.local.parked import Parked, numbered
from infra.local.shims import Mapping
from infra.local.worked import Works
from infra.stack.resources import RETRIES

log = logging.getLogger(__name__)

WORKERS = 4
"""Rule targets handled at once; a handler may use half a second of processor time."""
REST = 5.0
"""Seconds a thread sleeps when nothing changes; a commit wakes it at once."""


class Schedule(NamedTuple):
    """A rule that goes by the clock: its name, the function it calls, how often, and what it says, if not the time."""

    rule: str
    function: str
    seconds: float
    given: str = ""


class Delivery:
    """The threads that deliver: one per stream mapping, one that hands out targets, and a pool that runs them.

    A schedule's first call comes one interval after the start, as on AWS after the rule is made; nothing is made up for
    the time in which the cloud did not run.
    """

    def __init__(
        self,
        journal: Journal,
        functions: Functions,
        mappings: list[Mapping],
        schedules: Sequence[Schedule] = (),
        works: dict[str, str] | None = None,
    ) -> None:
        self._journal = journal
        self._functions = functions
        self._mappings = mappings
        self._schedules = schedules
        self._works = Works(works or {})
        self._parked = Parked(journal, mappings, self._works)
        self._late = Lateness()
        self._stop = threading.Event()
        self._busy: set[int] = set()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="motcua-worker")
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start delivering, oldest first."""
        for mapping in self._mappings:
            bell = self._journal.bell("stream", mapping.table, mapping.function)
            self._run(f"motcua-stream-{mapping.table}", partial(self._stream, mapping), bell)
        self._run("motcua-targets", self._targets, self._journal.bell("target"))
        for schedule in self._schedules:
            self._run(f"motcua-{schedule.rule}", self._ticks(schedule), self._journal.bell("tick", schedule.rule))

    def stop(self, seconds: float = 10.0) -> None:
        """Stop taking messages; wait some seconds for handlers that run. What they do not finish is delivered again."""
        self._stop.set()
        self._journal.wake()
        self._pool.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        while self._functions.running and time.monotonic() < end:
            time.sleep(0.01)

    def _run(self, name: str, once: Callable[[], float], bell: threading.Event) -> None:
        def loop() -> None:
            while not self._stop.is_set():
                bell.clear()  # before looking, so that no message is missed
                rest = once()
                if rest > 0 and not self._stop.is_set():
                    bell.wait(rest)

        thread = threading.Thread(target=loop, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    # --- schedules -------------------------------------------------------------------------------------------

    def _ticks(self, schedule: Schedule) -> Callable[[], float]:
        """What a schedule's thread does at each turn: call when it is time, and say how long to rest."""
        due = time.monotonic() + schedule.seconds

        def once() -> float:
            nonlocal due
            if (left := due - time.monotonic()) > 0:
                return left
            due += schedule.seconds
            given = schedule.given or json.dumps(_scheduled(schedule.rule))
            self._journal.send("target", schedule.rule, schedule.function, given)
            return schedule.seconds

        return once

    # --- rule targets ----------------------------------------------------------------------------------------

    def _targets(self) -> float:
        """Hand out what is due; how long to rest."""
        busy = frozenset(self._busy)  # taken before the queue is read: what ends meanwhile still stands in the list
        now, rest = time.time(), REST
        for message in self._journal.waiting("target", limit=64 + len(busy)):
            if message.id in busy:
                continue
            if (due := self._late.due(message)) > now:
                rest = min(rest, due - now)
                continue
            self._busy.add(message.id)
            try:
                self._pool.submit(self._one, message)
            except RuntimeError:  # stopped meanwhile: the message stays in the journal
                return REST
        return rest

    def _one(self, message: Message) -> None:
        try:
            if self._works.brings(message):
                self._works.work(message, self._functions)
            else:
                self._functions.call(message.target, json.loads(message.body))
        except Exception as error:  # noqa: BLE001 - a handler may raise anything; the message is kept
            self._failed(message, error)
        else:
            self._settle([message.id])
        finally:
            self._busy.discard(message.id)
            self._journal.bell("target").set()  # a message that failed became free only now

    # --- streams ---------------------------------------------------------------------------------------------

    def _stream(self, mapping: Mapping) -> float:
        """Deliver the next batch; how long to rest. A record that fails holds back those after it, as on AWS."""
        batch = self._journal.waiting("stream", mapping.table, mapping.function, mapping.batch)
        if not batch:
            return REST
        if (early := self._late.due(batch[0]) - time.time()) > 0:
            return early
        self._batch(mapping, batch)
        return 0.0

    def _batch(self, mapping: Mapping, batch: list[Message]) -> bool:
        """Call the function with a batch, halved where it raises; True when all of it was handled."""
        records = [numbered(message) for message in batch]
        try:
            answer = self._functions.call(mapping.function, {"Records": records}) or {}
            reported = {str(f["itemIdentifier"]) for f in answer.get("batchItemFailures", [])}
        except Exception as error:  # noqa: BLE001 - a handler may raise anything; the records are kept
            if len(batch) > 1:
                half = len(batch) // 2
                return self._batch(mapping, batch[:half]) and self._batch(mapping, batch[half:])
            self._failed(batch[0], error)
            return False
        first = next((i for i, message in enumerate(batch) if str(message.id) in reported), len(batch))
        self._settle([message.id for message in batch[:first]])
        if first < len(batch):
            self._failed(batch[first], RuntimeError("reported by the function"))
        return first == len(batch)

    # --- both ------------------------------------------------------------------------------------------------

    def _settle(self, ids: list[int]) -> None:
        if ids and not self._journal.closed:
            self._journal.delivered(ids)

    def _failed(self, message: Message, error: Exception) -> None:
        if self._journal.closed:
            return
        with self._journal.lock:  # who sees that nothing waits any more finds it in the queue
            parked = self._journal.failed(message, f"{type(error).__name__}: {error}", RETRIES)
            for shown in self._journal.parked(message.id) if parked else ():
                self._parked.put(*shown)
        log.error(
            "%s %s message %d of %s (try %d)",
            message.target,
            "parked" if parked else "failed on",
            message.id,
            message.source,
            message.tries + 1,
            exc_info=error,
        )


def _scheduled(rule: str) -> dict[str, Any]:
    """What EventBridge gives a target of a schedule."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "region": REGION,
        "resources": [ARN.format(service="events", resource=f"rule/{rule}")],
        "detail": {},
    }
