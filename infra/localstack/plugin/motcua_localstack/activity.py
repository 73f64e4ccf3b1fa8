"""What goes on in this instance: GET /_motcua/activity, for those who wait until nothing does."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from localstack.http import Request, Response, route
from localstack.runtime import hooks
from localstack.services.edge import ROUTER


class Activity:
    """Functions that start or run, calls that there were, stream records, and when the last of them came or went."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()
        self._calls: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._records = 0
        self._last = time.monotonic()

    @contextmanager
    def call(self, function: str) -> Iterator[None]:
        """While a function is called."""
        with self._lock:
            self._calls[function] += 1
        with self.running(function):
            yield

    @contextmanager
    def running(self, function: str) -> Iterator[None]:
        """While a process starts or works: a slow machine starts one for longer than anybody waits for a call."""
        with self._lock:
            self._running[function] += 1
            self._last = time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._running[function] -= 1
                self._last = time.monotonic()

    def failed(self, function: str) -> None:
        """A call ended with an error."""
        with self._lock:
            self._failed[function] += 1

    def record(self) -> None:
        """A stream got a record."""
        with self._lock:
            self._records += 1
            self._last = time.monotonic()

    def told(self) -> dict[str, object]:
        """As JSON."""
        with self._lock:
            return {
                "running": +self._running,
                "calls": self._calls,
                "failed": self._failed,
                "records": self._records,
                "quiet": round(time.monotonic() - self._last, 3),
            }


ACTIVITY = Activity()


@hooks.on_infra_start()
def tell_activity() -> None:
    """Serve it."""

    @route("/_motcua/activity", methods=["GET"])
    def activity(request: Request) -> Response:
        del request
        return Response(json.dumps(ACTIVITY.told()), 200, mimetype="application/json")

    ROUTER.add(activity)
