"""The log of a record as a test reads it: proved, with its HEAD."""

from chalicelib.contracts.stored import read
from chalicelib.kernel import aws
from chalicelib.kernel.record import Head, LogRow, log_row, proved


def history[H: Head](table: str, pk: str, kind: type[H]) -> tuple[list[LogRow], H | None]:
    """The log of a record and its HEAD; no rows and None when there is no record. Raises LogBroken."""

    def once() -> tuple[tuple[list[LogRow], H | None], list[LogRow], H | None]:
        found = aws.get(table, pk, "HEAD")
        head = read(kind, found) if found else None
        rows = [log_row(item) for item in aws.query(table, pk, "EVENT#")]
        return (rows, head), rows, head

    return proved(pk, once)
