"""How much work something is, counted in calls: the same number on every machine."""

import contextlib
import sys
from collections.abc import Iterator
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
