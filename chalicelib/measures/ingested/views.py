"""From what came to what is answered of it."""

import msgspec

from chalicelib.kernel.clock import said
from chalicelib.kernel.paging import offset_cursor
from chalicelib.measures.ingested import wire
from chalicelib.measures.ingested.model import Arrived, Taken
from chalicelib.measures.ingested.service import RowPage
from chalicelib.measures.views import report_view


def batch_view(taken: Taken) -> wire.FigureBatch:
    """A batch that was taken."""
    return wire.FigureBatch(
        batch=taken.batch.id,
        is_new=taken.is_new,
        received_at=said(taken.batch.received_at) or taken.batch.received_at,
        rows=taken.batch.rows,
        reports=[wire.UnitReport(unit=e.unit, period=e.period, figures=report_view(e)) for e in taken.reports],
    )


def arrival_view(told: Arrived) -> wire.FigureArrival:
    """What became of a batch or file."""
    return wire.FigureArrival(
        id=told.id,
        way=told.way,
        at=said(told.at) or told.at,
        verdict=told.verdict,
        file=told.file or None,
        batch=told.batch or None,
        errors=[wire.FaultView(pointer=e.pointer, rule=e.rule, message_vi=e.vi, message_en=e.en) for e in told.faults],
    )


def row_view(found: RowPage) -> wire.RowPage:
    """Rows of a batch, in the words of their dialect."""
    batch = found.batch
    return wire.RowPage(
        batch=batch.id,
        source=f"{batch.agency}/{batch.system}/{batch.dialect}",
        version=batch.version,
        dialect=batch.dialect,
        rows=[wire.FigureRow(row=e.number, unit=e.row.unit, told=msgspec.to_builtins(e.row)) for e in found.rows],
        withheld=found.withheld,
        next=None if found.next is None else offset_cursor(found.next),
    )
