"""What came into a vault, as lines of its owner's ledger: the vault's own log tells it, and nobody writes it twice."""

from typing import Final, NamedTuple

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import typed
from chalicelib.contracts.vault import DocumentKept, DocumentUploaded, VaultStored
from chalicelib.kernel import record
from chalicelib.ledger.lines import Line, unreadable_line
from chalicelib.vault.fence import TABLE, partition
from chalicelib.vault.model import ON_CONVERSION, ON_DELIVERY, ON_OWN_WISH, VaultHead

TOLD: Final[dict[str, type[VaultStored | DocumentKept]]] = {kind.type: kind for kind in (VaultStored, DocumentKept)}
STRETCHES: Final = 4
"""How often a page reads on in a log: what tells of no arrival, such as take-outs, may stand there in any number."""


class Arrivals(NamedTuple):
    """Lines with the numbers of their events; the last event looked at, where the look ended before the log."""

    lines: list[tuple[int, Line]]
    left_at: record.LogRow | None


def arrivals(owner: str, after: int, most: int, *, newest: bool = False) -> Arrivals:
    """So many documents that came in after an event's number, each with that of its own, proved as the ledger's lines.

    Other events are passed over, `STRETCHES` times as many lines at most, and those that name no actor: their release
    wrote a line into the ledger, too. A row that is not as it was written is named in its place.
    """
    head = record.head_of(VaultHead, TABLE(), partition(owner))
    lines: list[tuple[int, Line]] = []
    left_at: record.LogRow | None = None
    for _ in range(STRETCHES):
        rows = record.stretch(TABLE(), head, after, most, newest=newest)
        lines += [(row.number, line) for row in rows if (line := _line(head.pk, row))]
        if not rows or len(lines) >= most:
            return Arrivals(lines[:most], None)
        left_at, after = rows[-1], rows[-1].number
    return Arrivals(lines, left_at)


def _line(pk: str, row: record.LogRow) -> Line | None:
    if row.is_unreadable:
        return unreadable_line(pk, row)
    if row.type == DocumentUploaded.type:
        return Line(row.at, _uploaded(typed(DocumentUploaded, row.data, row.stored)))
    if row.type not in TOLD or not row.actor:
        return None
    told = typed(TOLD[row.type], row.data, row.stored)
    if (paper := told.paper) is None:
        return None
    said = LineWritten(
        act="stored",
        document=paper.document,
        by=row.actor,
        basis=ON_DELIVERY if isinstance(told, VaultStored) else ON_CONVERSION,
        reference=paper.reference,
        sha256=paper.sha256,
        min_level=paper.min_level,
    )
    return Line(row.at, said)


def _uploaded(told: DocumentUploaded) -> LineWritten:
    return LineWritten(
        act="stored",
        document=told.document,
        by="owner",
        basis=ON_OWN_WISH,
        reference="",
        sha256=told.sha256,
        min_level=told.min_level,
        client=told.client,
    )
