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
WITH_LEGS: Final = "LEG"
"""What the trace `MADE` says: of what legs come to there are traces too; records of the release before say nothing."""
OF_THE_LOG: Final = ("EVENT#", "HEAD")
LEG: Final = "LEG#"
PART: Final = "/"
"""Between a leg and a part of it that has a trace of its own."""
_OF_MACHINES: Final = frozenset({"pk", "sk", "shape", "token", "execution", "attempt"})
_TOGETHER: Final = {"approver": "outcome", "done_at": "outcome", "reason": "outcome", "child": "opened_at"}
"""Fields of a leg that are written with another one, after which their part is named."""


def moves(sk: str) -> bool:
    """Whether a row changes without its HEAD: what a machine waits with (a leg has that too), a person's other numbers.

    Such a row has no trace as a whole; what changes wrote into a leg has some of its own (`leg_traces`).
    """
    return sk.startswith(LEG) or sk in ("DRIVER", "ALSO")


def leg_traces(sk: str, fields: Mapping[str, Any]) -> dict[str, str]:
    """Of a leg what changes of its dossier wrote, part by part, such as what it came to, or which child it began.

    A change writes a part whole and reads no leg; what the leg's machine waits with is no part.
    """
    parts = dict[str, dict[str, Any]]()
    for name, value in fields.items():
        if name not in _OF_MACHINES:
            parts.setdefault(_TOGETHER.get(name, name), {})[name] = value
    return {f"{sk}{PART}{part}": digest(given) for part, given in parts.items()}


def row_of(place: str) -> str:
    """The sort key of the row of which a trace is: a leg's for each of its parts."""
    return place.rpartition(PART)[0] if place.startswith(LEG) else place


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
        if sk.startswith(LEG) and kind != "Delete":
            found |= leg_traces(sk, place if kind == "Put" else after(op, {}))
        if sk.startswith(OF_THE_LOG) or moves(sk):
            continue
        match kind:
            case "Put":
                found[sk] = digest(place)
            case "Delete":
                found[sk] = GONE
            case _:
                found[sk] = digest(after(op, stood)) if stood else UNREAD
    return found


def after(op: aws.Op, item: Mapping[str, Any]) -> aws.Item:
    """An item as an `update` leaves it."""
    asked = op["Update"]
    names, values = asked["ExpressionAttributeNames"], aws.plain(asked["ExpressionAttributeValues"])
    gone = {name for key, name in names.items() if key.startswith("#r") and key[2:].isdecimal()}
    given = {name: values[f":{key[1:]}"] for key, name in names.items() if key[1:].isdecimal()}
    return {name: value for name, value in item.items() if name not in gone} | given


def unchanged(op: aws.Op, item: Mapping[str, Any], names: Iterable[str]) -> aws.Op:
    """The same update, if the item is still as it was read: what it had, and what of these `names` it had not."""
    asked = op["Update"]
    held = dict(enumerate(item.items()))
    free = dict(enumerate(name for name in names if name not in item))
    holds = [f"#w{n} = :w{n}" for n in held] + [f"attribute_not_exists(#f{n})" for n in free]
    known = {f"#w{n}": name for n, (name, _) in held.items()} | {f"#f{n}": name for n, name in free.items()}
    return {
        "Update": {
            **asked,
            "ConditionExpression": " AND ".join([f"({asked['ConditionExpression']})", *holds]),
            "ExpressionAttributeNames": {**asked["ExpressionAttributeNames"], **known},
            "ExpressionAttributeValues": {
                **asked["ExpressionAttributeValues"],
                **{f":w{n}": aws.packed({"": value}).get("", {"NULL": True}) for n, (_, value) in held.items()},
            },
        }
    }
