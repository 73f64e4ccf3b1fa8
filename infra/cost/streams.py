"""What the outbox uses for a dossier where many come: a batch waits a moment for more rows, and is worked on once.

The count has its dossier alone, so each of its batches has the rows of one change. Counted too is a batch of many rows;
what is between the two lies on a line.
"""

from typing import Final, NamedTuple

from chalicelib.outbox.publish import PER_CALL
from infra.cost.assumed import Assumed
from infra.cost.count import Count, Work
from infra.stack.resources import BATCH, PARALLEL, WINDOW_S

OUTBOX: Final = "outbox_publish"
MEASURED: Final = "Measures"
FIGURES: Final = ("dynamodb.get_item", "dynamodb.query", "dynamodb.transact_write_items")
"""Calls of the outbox that only its counting makes."""
PEAK: Final = 10
"""How many times the mean of office hours the peak is: 25 M dossiers a month are 420 a second (ADR 0010)."""
PEAK_MONTH: Final = 25_000_000 / 420
"""Dossiers in a month for each one a second at the peak."""


class Busy(NamedTuple):
    """The outbox for one dossier: its invocations, the write units of its notes and figures, its GB-seconds."""

    invocations: float
    write_units: float
    gb_seconds: float


def rows_at_once(rows: int, dossiers: int) -> float:
    """Rows of a batch of a table's stream in office hours, when so many dossiers come in a month."""
    a_second = rows * dossiers / PEAK_MONTH / PEAK
    return min(BATCH, max(1.0, a_second * WINDOW_S / PARALLEL))


def busy(count: Count, dossiers: int, given: Assumed) -> Busy:
    """What the outbox uses for each of so many dossiers in a month."""
    alone = count.functions[OUTBOX]
    if not count.batch_rows:
        written = sum(alone.write_units.values())
        return Busy(alone.invocations, written, given.gb_seconds(OUTBOX, alone))
    heard = sum(count.events.values()) / sum(count.rows.values())
    counted = figures(count)
    invocations, units, seconds = 0.0, float(sum(counted.write_units.values())), waits(counted, given)
    for rows in count.rows.values():
        size = rows_at_once(rows, dossiers)
        batches = rows / size
        invocations += batches
        units += batches * _between(_units(alone) / alone.invocations, _units(count.batch), size, count.batch_rows)
        work = _between(_own(alone, given), _own(count.batch, given), size, count.batch_rows)
        puts = min(1.0, size * heard) if size * heard <= PER_CALL else size * heard / PER_CALL
        seconds += batches * (work + puts * given.wait_ms("events.put_events") / 1000)
    return Busy(invocations, units, given.gb_of(OUTBOX, seconds))


def _between(one: float, many: float, size: float, rows: int) -> float:
    """What a batch of this size uses, between that of one row and that of many."""
    return one + (many - one) * (size - 1) / (rows - 1)


def figures(count: Count) -> Work:
    """What the outbox does to count a dossier for the figures: for each by itself, whatever its batch holds."""
    alone = count.functions[OUTBOX]
    units = {table: number for table, number in alone.write_units.items() if table == MEASURED}
    return Work(calls={call: alone.calls.get(call, 0) for call in FIGURES}, write_units=units)


def waits(work: Work, given: Assumed) -> float:
    """Seconds that its calls are waited for."""
    return sum(number * given.wait_ms(call) for call, number in work.calls.items()) / 1000


def _units(work: Work) -> int:
    return sum(number for table, number in work.write_units.items() if table != MEASURED)


def _own(work: Work, given: Assumed) -> float:
    """Seconds of an invocation without its calls of the bus."""
    calls = {call: number for call, number in work.calls.items() if call not in FIGURES and "events." not in call}
    return given.seconds(OUTBOX, Work(invocations=work.invocations, cpu_ms=work.cpu_ms, calls=calls))
