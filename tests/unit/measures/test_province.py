"""A province of 200 units: live counters equal the rebuild, whatever the outbox does; no key is hot."""

from collections import Counter
from dataclasses import dataclass, field
from time import process_time

import pytest

from chalicelib.measures import fence
from chalicelib.measures.cells import added, moves
from chalicelib.measures.facts import Told, folded, is_fact
from chalicelib.measures.model import Measured, shard_of
from chalicelib.measures.rebuilding import Recount, differences
from chalicelib.measures.rows import counts_key
from chalicelib.measures.store import Table
from tests.support.province import UNITS, Province

EVENTS_A_SECOND = 420
"""Of logs, in the busiest hour of the country (docs/reference/cost.md)."""
PARTITION = 1_000
"""Write units a second of a DynamoDB partition."""
IN_A_TRANSACTION = 2
"""Write units of an item under a kilobyte."""


@dataclass
class Ledger:
    """Counters without the store, whose transactions `test_counting.py` and the smaller province below have."""

    live: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    spent: Counter = field(default_factory=Counter)
    """Write units that went to each partition key of the counters."""

    def bring(self, province, batch):
        """What `fence.measure` does with a batch."""
        for reference in dict.fromkeys(reference for reference, row in batch if is_fact(row.type)):
            was = self.kept.get(reference, Measured())
            rows = province.events_after(reference, was.number)
            self.kept[reference] = now = folded(was, [Told(row.number, row.type, row.data) for row in rows])
            for cell, counts in moves(was, now).items():
                added(self.live.setdefault((cell, shard_of(reference)), {}), counts)
                self.spent[counts_key(1, cell, shard_of(reference))[0]] += IN_A_TRANSACTION

    def totals(self):
        """The counters; what came back to 0 is none."""
        found = {part: {name: by for name, by in counts.items() if by} for part, counts in self.live.items()}
        return {part: counts for part, counts in found.items() if counts}


def rebuilt(province):
    """What the logs say."""
    recount = Recount()
    for _ in recount.each(province.all()):
        pass
    assert recount.events == province.size
    return recount.totals


def test_20_000_events_counted_live_equal_the_rebuild_and_no_key_is_hot():
    province, ledger = Province(seed=766, events=20_000), Ledger()
    for batch in province.batches():
        ledger.bring(province, batch)
    totals = rebuilt(province)
    assert differences(ledger.totals(), totals) == []
    assert UNITS * 9 // 10 < len({cell.unit for cell, _ in totals}) <= UNITS, "the smallest file nothing"
    hottest = max(ledger.spent.values()) / province.size * EVENTS_A_SECOND
    assert hottest < PARTITION / 10, f"{hottest:.0f} write units a second on one key"


def test_1_500_events_on_the_store_equal_the_rebuild(tables, monkeypatch):
    province = Province(seed=118, events=1_500)
    monkeypatch.setattr(fence, "events_after", province.events_after)
    for batch in province.batches():
        assert fence.measure(batch) == {}
    assert differences(Table().totals(1), rebuilt(province)) == []


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
def test_the_events_of_a_million_dossiers_counted_live_equal_the_rebuild():
    whole_year(dossiers=1_000_000, seed=224)


def test_a_year_in_slices_is_a_year():
    assert whole_year(dossiers=700, seed=224, at_once=4_000) > 150, "the smallest file nothing in so short a year"


def whole_year(dossiers, seed, at_once=200_000):
    """A province's year, so many events in memory at a time. Answers how many agencies have counters."""
    ledger, recount, live, again, known = Ledger(), Recount(), 0.0, 0.0, 0
    while known < dossiers:
        province = Province(seed=seed + known, events=at_once, first=known)
        known += len(province.logs)
        begin = process_time()
        for batch in province.batches():
            ledger.bring(province, batch)
        between = process_time()
        for _ in recount.each(province.all()):
            pass
        live, again = live + between - begin, again + process_time() - between
        ledger.kept.clear()
        recount.found.clear()
    found, events = differences(ledger.totals(), recount.totals), recount.events
    hottest = max(ledger.spent.values()) / events * EVENTS_A_SECOND
    print(
        f"{known:,} dossiers, {events:,} events: live {events / live:,.0f} a second of CPU, rebuilt "
        f"{events / again:,.0f}; the hottest key {hottest / PARTITION:.2%} of a partition at {EVENTS_A_SECOND} events "
        f"a second; {len(recount.totals):,} counters, {len(found)} of them otherwise",
        flush=True,
    )
    assert found == []
    assert hottest < PARTITION / 10
    return len({cell.unit for cell, _ in recount.totals})


def test_an_event_that_is_missed_shows():
    province = Province(seed=1, events=500)
    right = rebuilt(province)
    ledger = Ledger()
    for batch in province.batches():
        ledger.bring(province, [(reference, row) for reference, row in batch if "processed" not in row.type])
    assert differences(ledger.totals(), right)
