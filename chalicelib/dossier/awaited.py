"""Which execution waits for a destination of a result, and under which token: beside the dossier, no part of it.

Nothing of the dossier reads this: what is kept here shows the flow (docs/adr/0046-a-machine-shows-deliveries.md).
"""

from typing import Any, ClassVar

from chalicelib.contracts.delivery import Way
from chalicelib.contracts.stored import Stored, read, written
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws


class Awaited(Stored, frozen=True, kw_only=True):
    """A machine waits for a destination (`sk`): the name of its execution, and the token under which it is told."""

    shape: ClassVar[int] = 1

    pk: str
    sk: Way
    execution: str
    token: str


def awaited_key(reference: str) -> str:
    """The partition of the destinations of a dossier that machines wait for."""
    return f"AWAITED#{reference}"


def awaited(reference: str, destination: str) -> Awaited | None:
    """Who waits for a destination; None where nobody ever did."""
    item = aws.get(TABLE(), awaited_key(reference), destination)
    return read(Awaited, item) if item else None


def keep_awaited(now: Awaited, before: Awaited | None) -> bool:
    """It waits from now on, instead of who did before; False when somebody else came meanwhile."""
    asked: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(#t)"}
    if before:
        known = aws.packed({":before": before.token})
        asked = {"ConditionExpression": "#t = :before", "ExpressionAttributeValues": known}
    return aws.alone(aws.put(TABLE(), written(now), **asked, ExpressionAttributeNames={"#t": "token"}))


def drop_awaited(was: Awaited) -> None:
    """Nobody waits for it any more, unless somebody else came meanwhile."""
    key, names = (was.pk, was.sk), {"#t": "token"}
    aws.alone(aws.delete(TABLE(), key, "#t = :token", {"token": was.token}, names))
