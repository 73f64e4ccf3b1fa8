"""Opaque cursors: where a list goes on, checked when it comes back."""

import base64
import binascii
import json
from typing import Any

from chalicelib.kernel.errors import BodyInvalid, FieldError, NotFound

PAGE = 50  # rows of a page


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
