"""How much the local gateway carries at once: some requests are worked at, some wait, the rest is to come again.

On AWS this is the stage's throttling and the functions' concurrency. Here all is one process: who would be worked at
too late is told so at once, and a client that left while it waited is not worked for.
"""

import random
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 8
"""Requests that are worked at: more would only take each other's turns at the interpreter."""
WAITING: Final = 64
"""Requests that wait for a turn."""
SECONDS: Final = 5.0
"""As long as a request waits for its turn."""
LATEST: Final = 4
"""Who is refused is told to come again in one second, or later up to this one: not all at the same time."""


class ClientLeft(ConnectionAbortedError):
    """Nobody hears the answer any more."""


class Full(Exception):
    """No place to wait in, or no turn came; `wait` is in how many seconds to come again."""

    def __init__(self) -> None:
        super().__init__("more than the gateway carries")
        self.wait = random.randint(1, LATEST)  # noqa: S311 - no secret


class Door:
    """Lets in as many as can be worked at; a line of a limited length waits before it."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING, seconds: float = SECONDS) -> None:
        self._turns = threading.BoundedSemaphore(at_once)
        self._places = threading.BoundedSemaphore(at_once + waiting)
        self._seconds = seconds

    @contextmanager
    def entered(self, line: socket.socket | None) -> Iterator[None]:
        """Inside for the time of a request. Raises: `Full`, `ClientLeft` for a client that did not wait its turn."""
        if not self._places.acquire(blocking=False):
            raise Full
        try:
            waited = not self._turns.acquire(blocking=False)
            if waited and not self._turns.acquire(timeout=self._seconds):
                raise Full
            try:
                if waited and line is not None and has_left(line):
                    raise ClientLeft
                yield
            finally:
                self._turns.release()
        finally:
            self._places.release()


def has_left(line: socket.socket) -> bool:
    """Whether the other side closed the connection, or its half of it, whatever of its request is still unread."""
    poll = select.poll()
    poll.register(line, getattr(select, "POLLRDHUP", 0))  # POLLHUP and POLLERR are always told; macOS has these only
    return bool(poll.poll(0))
