"""A province of 200 units: live counters equal the rebuild, whatever the outbox does; no key is hot."""

from collections import Counter

import pytest

from chalicelib.kernel import aws
from chalicelib.measures import fence
from chalicelib.measures.cells import added, counted, moves
from chalicelib.measures.facts import Told, folded, is_fact
from chalicelib.measures.model import Measured, shard_of
from chalicelib.measures.rebuilding import Recount, differences
from chalicelib.measures.store import Table
from tests.support.province import UNITS, Province

EVENTS_A_SECOND = 420
"""Of logs, in the busiest hour of the country (docs/reference/cost.md)."""
PARTITION = 1_000
"""Write units a second of a DynamoDB partition."""
IN_A_TRANSACTION = 2
"""Write units of an item under a kilobyte."""


@pytest.fixture
def written(monkeypatch):
    """How many write units went to each partition key of the counters."""
    spent = Counter()
    transact = aws.transact

    def metered(parts):
        transact(parts)
        for name, op in parts.items():
            if name.startswith("counts"):
                spent[op["Update"]["Key"]["pk"]["S"]] += IN_A_TRANSACTION

    monkeypatch.setattr(aws, "transact", metered)
    return spent


def test_20_000_events_counted_live_equal_the_rebuild_and_no_key_is_hot(tables, monkeypatch, written):
    province = Province(seed=766, events=20_000)
    monkeypatch.setattr(fence, "events_after", province.events_after)
    for batch in province.batches():
        assert fence.measure(batch) == {}
    recount = Recount()
    assert len(list(recount.each(province.all()))) == len(province.logs)
    assert recount.events == province.size
    assert differences(Table().totals(1), recount.totals) == []
    units = {cell.unit for cell, _ in recount.totals}
    assert len(units) == UNITS
    hottest = max(written.values()) / province.size * EVENTS_A_SECOND
    assert hottest < PARTITION / 10, f"{hottest:.0f} write units a second on one key"


def test_one_unit_that_files_all_of_the_countrys_dossiers_has_no_hot_key():
    """The worst there is: every event of every log is of one unit. By reckoning, from what dossiers write."""
    province, spent, events = Province(seed=307, events=20_000), Counter(), 0
    for reference, rows in province.logs.items():
        measured = Measured()
        for row in rows:
            events += 1
            if not is_fact(row.type):
                continue
            now = folded(measured, [Told(row.number, row.type, row.data)])
            spent[shard_of(reference)] += IN_A_TRANSACTION * len(moves(measured, now))
            measured = now
    assert max(spent.values()) / events * EVENTS_A_SECOND < PARTITION / 10


@pytest.mark.soak
def test_a_million_events_counted_live_equal_the_rebuild():
    """Without the store, which 20,000 have: what each batch moves, added up."""
    province, live, kept = Province(seed=224, events=1_000_000), {}, {}
    for batch in province.batches():
        for reference in dict.fromkeys(reference for reference, row in batch if is_fact(row.type)):
            was = kept.get(reference, Measured())
            rows = province.events_after(reference, was.number)
            kept[reference] = now = folded(was, [Told(row.number, row.type, row.data) for row in rows])
            for cell, counts in moves(was, now).items():
                added(live.setdefault((cell, shard_of(reference)), {}), counts)
    recount = Recount()
    for _ in recount.each(province.all()):
        pass
    stands = {part: {name: by for name, by in counts.items() if by} for part, counts in live.items()}
    assert differences({part: counts for part, counts in stands.items() if counts}, recount.totals) == []
    assert recount.events >= 1_000_000


def test_a_missed_event_or_one_that_counts_twice_would_show():
    province = Province(seed=1, events=500)
    right, wrong = Recount(), Recount()
    for _ in right.each(province.all()):
        pass
    gone = next(reference for reference, rows in province.logs.items() if counted(whole(rows)))
    province.logs[gone] = province.logs[gone][:1]
    for _ in wrong.each(province.all()):
        pass
    assert differences(wrong.totals, right.totals)


def whole(rows):
    return folded(Measured(), [Told(row.number, row.type, row.data) for row in rows])
