"""Opaque cursors: where a list goes on, checked when it comes back."""

import base64
import binascii
import json
from typing import Any

from chalicelib.kernel.problem import BodyInvalid, FieldError, NotFound

PAGE = 50  # rows of a page
MOST_ROWS = 1_000_000  # no list in memory is longer


def cursor_of(text: str, keys: tuple[str, str], partition: str) -> Any:
    """Where the list of a partition goes on; None at its beginning.

    Raises BodyInvalid for a cursor that we did not give, NotFound for one of another list.
    """
    if not text:
        return None
    try:
        start = json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError):
        start = None
    good = isinstance(start, dict) and start.keys() == {"pk", "sk", *keys}
    if not good or not all(isinstance(v, str) for v in start.values()):
        broken = FieldError("/cursor", "cursor", "Con trỏ trang không hợp lệ", "Not a cursor of ours")
        raise BodyInvalid(fields=[broken])
    if start[keys[0]] != partition:
        raise NotFound(what="page")
    return start


def cursor(last: Any) -> str | None:
    """The cursor to where a page ended; None at the end of the list."""
    return base64.urlsafe_b64encode(json.dumps(last).encode()).decode() if last else None


def offset_cursor(offset: int) -> str:
    """The cursor of a list that is held in memory: how many rows went before."""
    return base64.urlsafe_b64encode(json.dumps({"offset": offset}).encode()).decode()


def offset_of(text: str) -> int:
    """How many rows went before; 0 at the beginning. Raises BodyInvalid for a cursor that we did not give."""
    if not text:
        return 0
    try:
        start = json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError, RecursionError):
        start = None
    offset = start.get("offset") if isinstance(start, dict) and len(start) == 1 else None
    if type(offset) is not int or not 0 <= offset < MOST_ROWS:
        broken = FieldError("/cursor", "cursor", "Con trỏ trang không hợp lệ", "Not a cursor of ours")
        raise BodyInvalid(fields=[broken])
    return offset
