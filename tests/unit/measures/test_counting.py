"""Counters on the real store: once for each event, however often, late or in which order the outbox brings it."""

import pytest

from chalicelib.kernel import aws
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.measures import fence
from chalicelib.measures.cells import Cell
from chalicelib.measures.cells import counted as adds
from chalicelib.measures.model import shard_of
from chalicelib.measures.store import Table
from chalicelib.measures.wiring import rebuilds
from tests.support.measured import (
    BIRTH,
    OURS,
    accepted,
    begun,
    counted,
    entry,
    goes_on,
    processed,
    published,
    redirected,
    returned,
    submitted,
    whole,
)

SENT = submitted("2026-11-02 08:00")
TAKEN = accepted("2026-11-02 09:00", "2026-11-05 17:00")
DONE = processed("2026-11-04 16:00", "2026-11-05 17:00")
BACK = returned("2026-11-04 16:01")
NOVEMBER = Cell(OURS, "2026-11", BIRTH, "ONLINE", "CITIZEN")


@pytest.fixture
def totals(tables):
    """All counters of the generation that serves, parts of a cell together."""

    def read():
        found = {}
        for (cell, _), counts in Table().totals(fence.serving()).items():
            for name, by in counts.items():
                at = found.setdefault(cell, {})
                at[name] = at.get(name, 0) + by
        return found

    return read


def test_a_dossier_counts_as_its_log_says(tables, totals):
    counted(begun("MC-1", SENT, TAKEN))
    assert totals() == {NOVEMBER: {"received": 1, "online": 1, "accepted": 1}}
    goes_on("MC-1", DONE, BACK)
    counted("MC-1")
    assert totals() == adds(whole(SENT, TAKEN, DONE, BACK))


def test_the_same_rows_again_count_nothing_and_write_nothing(tables, totals):
    counted(begun("MC-1", SENT, TAKEN))
    before, writes = totals(), tables.writes
    counted("MC-1")
    counted("MC-1", "MC-1")
    assert totals() == before
    assert tables.writes == writes


def test_a_row_that_comes_before_another_counts_both(tables, totals):
    begun("MC-1", SENT, TAKEN, DONE)
    fence.measure([("MC-1", row("vn.motcua.dossier.processed", 3))])
    assert totals() == adds(whole(SENT, TAKEN, DONE))
    fence.measure([("MC-1", row("vn.motcua.dossier.submitted", 1))])
    assert totals() == adds(whole(SENT, TAKEN, DONE))


def row(kind, number):
    return LogRow(sk=f"EVENT#{number:06d}", type=kind, at="", hash="", prev="")


def test_what_changes_no_count_costs_no_read(tables, monkeypatch):
    begun("MC-1", SENT)
    monkeypatch.setattr(aws, "client", None)
    assert (
        fence.measure([("MC-1", row("vn.motcua.task.claimed", 2)), ("VAULT", row("vn.motcua.vault.stored", 1))]) == {}
    )


def test_somebody_who_counts_meanwhile_makes_it_begin_again(tables, totals):
    begun("MC-1", SENT, TAKEN)
    tables.meanwhile(lambda: fence.count(1, "MC-1"))
    assert not fence.count(1, "MC-1")
    assert totals() == adds(whole(SENT, TAKEN))


def test_a_row_that_others_hold_is_tried_again(tables, totals):
    begun("MC-1", SENT)
    tables.contend(2)
    assert fence.count(1, "MC-1")
    assert totals() == adds(whole(SENT))


def test_what_goes_to_another_agency_is_counted_there_and_no_more_here(tables, totals):
    counted(begun("MC-1", SENT))
    goes_on("MC-1", redirected("2026-12-01 08:00", "H01.10.25"))
    counted("MC-1")
    assert totals() == {NOVEMBER._replace(unit="H01.10.25"): {"received": 1, "online": 1}}
    assert Table().behind([OURS], ("2026-11",)) == []
    assert Table().behind(["H01.10.25"], ("2026-11",)) == ["MC-1"]


def test_a_cloud_that_fails_is_asked_again_and_an_unreadable_log_holds_nothing_back(
    tables, totals, monkeypatch, caplog
):
    begun("MC-1", SENT)
    begun("MC-2", submitted("2026-11-02 08:00", received_at="yesterday"))

    def held(generation, reference):
        raise TryAgain

    with monkeypatch.context() as broken:
        broken.setattr(fence, "count", held)
        counted("MC-1", failing=True)
    with monkeypatch.context() as broken:
        broken.setattr(fence, "serving", lambda: held(1, ""))
        counted("MC-1", failing=True)
    counted("MC-2", "MC-1")
    assert set(totals()) == {NOVEMBER}


def test_an_agency_is_kept_as_it_was_told_last(tables):
    published("A", entry("A", parent="H01"), number=2)
    published("A", entry("A", parent="H02"), number=1)
    assert [(each.id, each.entries[0].parent) for each in Table().units()] == [("A", "H01")]


def test_the_outbox_hands_over_agencies_too(tables):
    from chalicelib.contracts.catalogue import AgencyPublished
    from chalicelib.contracts.event import told

    event = AgencyPublished(id="A", name="A", entries=(entry("A"),))
    one = LogRow(sk="EVENT#000001", type=event.type, at="", hash="", prev="", data=told(event))
    assert fence.measure([("AGENCY#A", one)]) == {}
    assert [each.id for each in Table().units()] == ["A"]
    broken = LogRow(sk="EVENT#000002", type=event.type, at="", hash="", prev="", data={})
    assert fence.measure([("AGENCY#A", broken)]) == {}, "an unreadable one is noted"


# --- counting anew ---------------------------------------------------------------------------------------------------


def test_a_rebuild_makes_the_same_numbers(tables, totals):
    for number in range(30):
        counted(begun(f"MC-{number}", SENT, TAKEN))
    goes_on("MC-3", DONE, BACK)
    counted("MC-3")
    before = Table().totals(1)
    recount, found = rebuilds().compare()
    assert (recount.dossiers, recount.events, found) == (30, 62, [])
    recount, found = rebuilds().rebuild([])
    assert found == []
    assert fence.serving() == 2
    assert Table().totals(2) == before
    assert len(Table().behind([OURS], ("2026-11",))) == 30
    goes_on("MC-4", DONE)
    counted("MC-4")
    assert rebuilds().compare()[1] == []
    rebuilds().rebuild([])
    assert Table().totals(1) == {}, "the generation before the last is deleted"
    assert fence.serving() == 4, "each rebuild has a generation of its own"


def test_two_rebuilds_at_once_never_write_the_same_rows(tables):
    counted(begun("MC-1", SENT, TAKEN))
    first, second = Table().begun(1), Table().begun(1)
    assert first != second
    Table().keep(first, "MC-1", fence.measured(1, "MC-1"))
    Table().keep_totals(first, Table().totals(1))
    Table().forget(before=1)
    assert Table().totals(first) == Table().totals(1), "another one that begins deletes nothing of it"


def test_a_counter_that_was_changed_by_hand_is_named_and_mended(tables):
    counted(begun("MC-1", SENT, TAKEN))
    at = NOVEMBER, shard_of("MC-1")
    Table().keep_totals(1, {at: {"received": 7, "online": 1, "accepted": 1}})
    assert rebuilds().compare()[1] == [(at, "received", 7, 1)]
    assert rebuilds().rebuild([])[1] == [(at, "received", 7, 1)]
    assert rebuilds().compare()[1] == []


def test_what_is_told_while_a_rebuild_runs_is_counted_once(tables):
    for number in range(3):
        counted(begun(f"MC-{number}", SENT, TAKEN))

    class Slow(Table):
        def serve(self, generation, former):
            goes_on("MC-1", DONE)
            counted("MC-1")  # on the former generation
            begun("MC-9", SENT)  # its row is still to come
            super().serve(generation, former)

    from chalicelib.measures.rebuilding import Rebuild

    slow = Slow()
    Rebuild(slow, slow).rebuild([])
    counted("MC-1", "MC-9")
    recount, found = rebuilds().compare()
    assert (recount.dossiers, found) == (4, [])


def test_a_rebuild_that_another_one_overtakes_changes_nothing(tables):
    counted(begun("MC-1", SENT))
    slow = Table()
    monkey = slow.serve

    def serve(generation, former):
        rebuilds().rebuild([])
        monkey(generation, former)

    slow.serve = serve
    from chalicelib.measures.rebuilding import Rebuild

    with pytest.raises(aws.Lost):
        Rebuild(slow, slow).rebuild([])
    assert rebuilds().compare()[1] == []


def test_a_dossier_that_cannot_be_read_is_named_and_left_out(tables):
    begun("MC-1", submitted("2026-11-02 08:00", received_at="yesterday"))
    counted(begun("MC-2", SENT))
    recount, found = rebuilds().rebuild([])
    assert (recount.unreadable, recount.dossiers, found) == (["MC-1"], 1, [])
