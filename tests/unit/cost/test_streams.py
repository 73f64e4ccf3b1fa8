"""What many dossiers share in a batch, and what each has by itself."""

from msgspec.structs import replace

from infra.cost.assumed import assumed
from infra.cost.count import Work
from infra.cost.streams import OUTBOX, busy
from tests.fakes.count import SMALL

MANY = 1_000_000
BATCH = Work(invocations=1, cpu_ms=4.0, calls={"dynamodb.update_item": 1}, write_units={"Anchors": 2})
SHARED = replace(SMALL, batch=BATCH, batch_rows=20)


def counted():
    """The same, whose dossier is counted for the figures four times."""
    one = SHARED.functions[OUTBOX]
    more = {"dynamodb.get_item": 8, "dynamodb.transact_write_items": 4}
    work = replace(one, calls=one.calls | more, write_units=one.write_units | {"Measures": 18})
    return replace(SHARED, functions=SHARED.functions | {OUTBOX: work})


def test_rows_of_a_busy_stream_share_their_notes():
    assert busy(SHARED, MANY, assumed()).write_units < 4


def test_no_batch_makes_the_figures_of_a_dossier_cheaper():
    assert busy(counted(), MANY, assumed()).write_units == busy(SHARED, MANY, assumed()).write_units + 18
    more = busy(counted(), MANY, assumed()).gb_seconds - busy(SHARED, MANY, assumed()).gb_seconds
    assert more >= assumed().gb_of(OUTBOX, 12 * assumed().wait_ms("dynamodb.get_item") / 1000) * 0.999
