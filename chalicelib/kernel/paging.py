"""Opaque cursors: where a list goes on, checked when it comes back."""

import base64
import binascii
import json
from collections.abc import Collection, Mapping
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
    start = _parsed(text, dict)
    _check(start, keys)
    if start[keys[0]] != partition:
        raise NotFound(what="page")
    return start


def starts_of(text: str, keys: tuple[str, str], partitions: Collection[str]) -> dict[str, Any]:
    """Where each partition of a merged list goes on; one that is not named is at its beginning.

    Raises BodyInvalid for a cursor that we did not give, NotFound for one of another list.
    """
    if not text:
        return {}
    found = {}
    for start in _parsed(text, list):
        _check(start, keys)
        if start[keys[0]] not in partitions:
            raise NotFound(what="page")
        found[start[keys[0]]] = start
    return found


def is_merged(text: str) -> bool:
    """Whether a cursor is one of a merged list."""
    return bool(text) and isinstance(_decoded(text), list)


def merged_cursor(starts: Mapping[str, Any]) -> str:
    """The cursor to where each partition of a merged list ended."""
    return base64.urlsafe_b64encode(json.dumps(list(starts.values())).encode()).decode()


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
    start = _parsed(text, dict)
    offset = start.get("offset") if len(start) == 1 else None
    if type(offset) is not int or not 0 <= offset < MOST_ROWS:
        raise none_of_ours()
    return offset


def _parsed[T](text: str, kind: type[T]) -> T:
    start = _decoded(text)
    if not isinstance(start, kind):
        raise none_of_ours()
    return start


def _decoded(text: str) -> Any:
    """What a cursor says; None for one that says nothing."""
    try:
        return json.loads(base64.urlsafe_b64decode(text))
    except (binascii.Error, ValueError, RecursionError):
        return None


def _check(start: Any, keys: tuple[str, str]) -> None:
    good = isinstance(start, dict) and start.keys() == {"pk", "sk", *keys}
    if not good or not all(isinstance(v, str) for v in start.values()):
        raise none_of_ours()


def none_of_ours() -> BodyInvalid:
    """The refusal of a cursor that we did not give."""
    broken = FieldError("/cursor", "cursor", "Con trỏ trang không hợp lệ", "Not a cursor of ours")
    return BodyInvalid(fields=[broken])
