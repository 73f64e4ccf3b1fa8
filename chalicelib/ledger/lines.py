"""The lines of a person's ledger: each is an event of its record, so it stands in the chain of hashes."""

from datetime import datetime

from msgspec import Struct

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import name_of, read, typed
from chalicelib.kernel import aws, record
from chalicelib.ledger.table import TABLE, partition


class LedgerHead(record.Head, frozen=True, kw_only=True):
    """The record of a person's ledger."""

    shape = 1


class Line(Struct, frozen=True):
    """A line and when it was written. `unreadable` names one that is not as it was written: it says nothing else."""

    at: str
    said: LineWritten
    unreadable: str = ""


def unreadable_line(pk: str, row: record.LogRow) -> Line:
    """A row of a log of which only the place is known, in its place among the lines."""
    nothing = LineWritten(act="read", document="", by="", basis="", reference="", sha256="", min_level=0)
    return Line(row.at, nothing, name_of({"pk": pk, "sk": row.sk}))


def change(owner: str, line: LineWritten, now: datetime, *, actor: str = "") -> record.Change:
    """A change that writes one line, to be carried out alone or with the change that it tells of."""
    found = aws.get(TABLE(), partition(owner), "HEAD")
    head = read(LedgerHead, found) if found else LedgerHead(pk=partition(owner))
    return record.Change(TABLE(), head, now).tell(line, actor=actor)


def stretch(owner: str, after: int, most: int, *, newest: bool = False) -> list[tuple[int, Line]]:
    """So many lines after a number, each with its own, proved: one read of HEAD and one of them (`record.stretch`)."""
    rows = record.stretch(TABLE(), record.head_of(LedgerHead, TABLE(), partition(owner)), after, most, newest=newest)
    return [(row.number, _line(partition(owner), row)) for row in rows]


def _line(pk: str, row: record.LogRow) -> Line:
    if row.is_unreadable:
        return unreadable_line(pk, row)
    return Line(row.at, typed(LineWritten, row.data, row.stored))
