"""The lines of a person's ledger: each is an event of its record, so it stands in the chain of hashes."""

from datetime import datetime

from msgspec import Struct

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import read, typed
from chalicelib.kernel import aws, record
from chalicelib.ledger.table import TABLE, partition


class LedgerHead(record.Head, frozen=True, kw_only=True):
    """The record of a person's ledger."""

    shape = 1


class Line(Struct, frozen=True):
    """A line and when it was written."""

    at: str
    said: LineWritten


def change(owner: str, line: LineWritten, now: datetime, *, actor: str = "") -> record.Change:
    """A change that writes one line, to be carried out alone or with the change that it tells of."""
    found = aws.get(TABLE(), partition(owner), "HEAD")
    head = read(LedgerHead, found) if found else LedgerHead(pk=partition(owner))
    return record.Change(TABLE(), head, now).tell(line, actor=actor)


def stretch(owner: str, after: int, most: int, *, newest: bool = False) -> list[tuple[int, Line]]:
    """So many lines after a number, each with its own, proved: one read of HEAD and one of them (`record.stretch`).

    Raises LogBroken.
    """
    found = aws.get(TABLE(), partition(owner), "HEAD")
    head = read(LedgerHead, found) if found else LedgerHead(pk=partition(owner))
    rows = record.stretch(TABLE(), head, after, most, newest=newest)
    return [(row.number, Line(row.at, typed(LineWritten, row.data, row.stored))) for row in rows]
