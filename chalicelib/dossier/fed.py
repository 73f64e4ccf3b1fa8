"""What those who follow dossiers read of them: many HEADs at once, a piece of a log, all logs."""

from collections.abc import Iterable, Iterator
from itertools import batched

import msgspec

from chalicelib.contracts.stored import read
from chalicelib.dossier.items import Head
from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.record import LogRow, log_row

PREFIX = "MC-"
"""How references begin: what other records tell is no dossier's."""
LAST_EVENT = "EVENT#999999"


class _Grown(msgspec.Struct, frozen=True):
    """Of which record a row is, and the number of the newest event where it is a HEAD."""

    pk: str
    seq: int = 0


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


def events_after(reference: str, number: int) -> list[LogRow]:
    """The events of a dossier behind a number, in order, as they are now."""
    return [log_row(row) for row in aws.between(TABLE(), reference, f"EVENT#{number + 1:06d}", LAST_EVENT)]


def all_events() -> Iterator[tuple[str, LogRow]]:
    """Every event of every draft and dossier; those of one come one after another, in order. Reads the whole table."""
    condition = "begins_with(pk, :dossiers) AND begins_with(sk, :events)"
    for row in aws.scanned(TABLE(), condition, {":dossiers": PREFIX, ":events": "EVENT#"}):
        yield msgspec.convert(row, _Grown).pk, log_row(row)


def last_events() -> Iterator[tuple[str, int]]:
    """The number of the newest event of every draft and dossier. Reads the whole table."""
    condition, values = "begins_with(pk, :dossiers) AND sk = :head", {":dossiers": PREFIX, ":head": "HEAD"}
    for row in aws.scanned(TABLE(), condition, values, "pk, seq"):
        grown = msgspec.convert(row, _Grown)
        yield grown.pk, grown.seq
