"""What the feed of other houses reads of dossiers: many HEADs at once, and a piece of a log."""

from collections.abc import Iterable
from itertools import batched

from chalicelib.contracts.stored import read
from chalicelib.dossier.items import Head
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.record import LogRow, log_row

PREFIX = "MC-"
"""How references begin: what other records tell is no dossier's."""


def heads_of(references: Iterable[str]) -> dict[str, Head]:
    """The HEADs of dossiers as they are now, by reference; what is no dossier, or is not there, is left out."""
    wanted = [(each, "HEAD") for each in dict.fromkeys(references) if each.startswith(PREFIX)]
    found = [
        row for keys in batched(wanted, aws.MOST_AT_ONCE, strict=False) for row in aws.many(TABLE(), keys, as_now=True)
    ]
    return {head.pk: head for head in (read(Head, row) for row in found)}


def events_of(reference: str, first: int, last: int) -> list[LogRow]:
    """The events of a dossier from one number to another, both included, in order."""
    rows = aws.between(TABLE(), reference, f"EVENT#{first:06d}", f"EVENT#{last:06d}")
    return [log_row(row) for row in rows]
