"""Traces: what the newest event of a change says of each row of its record that was written beside HEAD and log. Pure.

A row that somebody changes beside the product is another one than its trace says, before anything was anchored.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final

from chalicelib.kernel import aws
from chalicelib.kernel.ids import canonical

GONE: Final = ""
"""The row was deleted."""
UNREAD: Final = "?"
"""The row was changed by somebody who had not read all of it: that it is there is known, and no more."""
MADE: Final = "HEAD"
"""Among the traces of the change that made a record: of every row that it will have there is a trace."""
OF_THE_LOG: Final = ("EVENT#", "HEAD")


def moves(sk: str) -> bool:
    """Whether a row changes without its HEAD, and has no trace: what a machine waits with, a person's other numbers."""
    return sk.startswith("LEG#") or sk in ("DRIVER", "ALSO")


def is_told_late(sk: str) -> bool:
    """Whether a row may change with HEAD and without an event: a destination that is asked again until it answers."""
    return sk.startswith("DELIVERY#")


def digest(item: Mapping[str, Any]) -> str:
    """Of all that is in a row: 96 bits."""
    return b64encode(hashlib.sha256(canonical(item).encode()).digest()[:12]).decode()


def traces_of(table: str, pk: str, ops: Iterable[tuple[aws.Op, aws.Item | None]]) -> dict[str, str]:
    """Of the rows of a record, by sort key, what operations on them leave; with each the row that it changes, if read.

    Rows of other records, lists and fences have none.
    """
    found = dict[str, str]()
    for op, stood in ops:
        ((kind, asked),) = op.items()
        place = aws.plain(asked["Item"] if kind == "Put" else asked["Key"])
        sk = str(place["sk"])
        if kind == "ConditionCheck" or asked["TableName"] != table or place["pk"] != pk:
            continue
        if sk.startswith(OF_THE_LOG) or moves(sk):
            continue
        match kind:
            case "Put":
                found[sk] = digest(place)
            case "Delete":
                found[sk] = GONE
            case _:
                found[sk] = digest(aws.after(op, stood)) if stood else UNREAD
    return found
