"""How long a function tries again: while it has time left for an answer, and never as long as its gateway waits."""

import math
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol

import msgspec

LONGEST: Final = 20.0
"""Seconds of trying, at most: a client in front would have left, and a worker's event comes again by itself."""
ANSWER: Final = 2.0
"""Seconds of the function's time that are kept for what follows the last try."""
SHORTEST: Final = 0.025
SPAN: Final = 0.8
"""Seconds within which a wait is drawn, at first and in the end: fifty who write to one record come apart by then."""


class Clock(msgspec.Struct, frozen=True):
    """The clock that waits go by, in seconds, not the time of day; and how a wait is drawn from a span."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    draw: Callable[[float, float], float] = random.uniform


CLOCK = Clock()
_end: ContextVar[float] = ContextVar("end of the call", default=math.inf)


class Timed(Protocol):
    """What Lambda gives a handler beside the event, as far as it tells the time."""

    def get_remaining_time_in_millis(self) -> int: ...  # noqa: D102 - Lambda's own


@contextmanager
def within(context: Timed | None) -> Iterator[None]:
    """The time of a call is what its context says that the function has left; where none tells it, it is enough."""
    try:
        end = CLOCK.now() + context.get_remaining_time_in_millis() / 1000 - ANSWER if context else math.inf
    except AttributeError:
        end = math.inf
    token = _end.set(end)
    try:
        yield
    finally:
        _end.reset(token)


def left() -> float:
    """Seconds that the call has left; infinity where nothing tells it."""
    return _end.get() - CLOCK.now()


def turns() -> Iterator[None]:
    """A turn, then others while there is time; the wait before each is drawn from a longer span than the one before."""
    end, span = min(CLOCK.now() + LONGEST, _end.get()), SHORTEST
    yield
    while CLOCK.now() + (pause := CLOCK.draw(0, span)) < end:
        CLOCK.sleep(pause)
        yield
        span = min(2 * span, SPAN)
