"""How much work something is: counted in calls, the same number on every machine, or held against other work of it."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any


class TooMuchWork(AssertionError):
    """More calls than allowed."""


@contextlib.contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Stop the block, and fail, as soon as it made more calls than that, of Python's functions and of those in C."""
    made = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal made
        made += event in ("call", "c_call")
        if made > calls:
            sys.setprofile(None)
            raise TooMuchWork(f"more than {calls} calls, in {frame.f_code.co_qualname}")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor that it takes this thread: to be held against what other work takes it, and no clock."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun
