"""Where a reader stands in its feeds, as an opaque text. Pure."""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Final

from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.subscriptions.model import SHARDS

MOST: Final = 10**12
type Positions = Mapping[tuple[str, int], int]


def written(positions: Positions) -> str:
    """The cursor to where each part of each feed was read."""
    told = [[subscriber, shard, seq] for (subscriber, shard), seq in sorted(positions.items())]
    return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode()


def read(text: str, subscribers: tuple[str, ...], pointer: str = "/after") -> dict[tuple[str, int], int]:
    """Where each part is read on; one that is not named is at its beginning. Raises BodyInvalid for none of ours."""
    if not text:
        return {}
    found = dict[tuple[str, int], int]()
    try:
        for subscriber, shard, seq in json.loads(base64.urlsafe_b64decode(text)):
            whole = type(shard) is int and 0 <= shard < SHARDS and type(seq) is int and 0 <= seq < MOST
            if subscriber not in subscribers or not whole:
                raise _none_of_ours(pointer)
            found[subscriber, shard] = seq
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise _none_of_ours(pointer) from None
    return found


def _none_of_ours(pointer: str) -> BodyInvalid:
    broken = FieldError(pointer, "cursor", "Vị trí đọc không hợp lệ", "Not a cursor of this subscriber's")
    return BodyInvalid(fields=[broken])
