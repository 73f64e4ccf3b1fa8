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
    """So many lines after a number, each with its own, proved: one read of HEAD and one of them, however long it is.

    The newest come first where that is asked; `after` 0 is the beginning. They are read with the line before and the
    one behind them, whose hashes hold them; at the end HEAD does. Raises LogBroken.
    """
    found = aws.get(TABLE(), partition(owner), "HEAD")
    head = read(LedgerHead, found) if found else LedgerHead(pk=partition(owner))
    last = (min(after - 1, head.seq) if after else head.seq) if newest else min(after + most, head.seq)
    first = max(last - most + 1, 1) if newest else after + 1
    if first > last:
        return []
    asked = range(max(first - 1, 1), min(last + 1, head.seq) + 1)
    rows = record.events_between(TABLE(), partition(owner), asked, head)
    lines = [(r.number, Line(r.at, typed(LineWritten, r.data, r.stored))) for r in rows if first <= r.number <= last]
    return lines[::-1] if newest else lines
