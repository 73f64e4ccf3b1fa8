"""What is asked of AWS at a rate, and by when a buffer is empty: against a hand-made count."""

import math

import pytest

from infra.cost import quotas, told
from infra.cost.assumed import assumed
from infra.cost.count import load
from infra.cost.quotas import Buffer, Need
from infra.stack.stores import TRIED_FOR
from tests.fakes.count import SMALL

SINGAPORE = quotas.load().region("ap-southeast-1")


def need(rate, what):
    (found,) = [n for n in quotas.plan(SMALL, SINGAPORE, rate).needs if n.what == what]
    return found


def test_a_need_is_what_one_dossier_uses_times_the_rate():
    assert need(420, "StartExecution").need == 420
    assert need(420, "state transitions").need == 4 * 420
    assert need(420, "SendTaskSuccess").need == 420
    assert need(420, "requests of the API").need == 2 * 420
    assert need(420, "KMS, RSA keys").need == 3 * 420
    assert need(420, "write units of Dossiers").need == 12 * 420
    assert need(420, "invocations by rules").need == 2 * 420


def test_what_takes_more_than_its_share_is_asked_for_with_room():
    start = need(420, "StartExecution")
    assert (start.has, start.fits, start.ask) == (150, False, 530)
    assert need(420, "requests of the API").fits
    assert need(100, "StartExecution").fits is True
    assert not need(121, "StartExecution").fits, "of 150 one may take 120"
    assert start.source.startswith("https://docs.aws.amazon.com/step-functions/")


@pytest.mark.parametrize(("wanted", "asked"), [(420, 530), (1680, 2100), (7, 9), (13_000, 17_000), (0.5, 1)])
def test_two_digits_are_enough_and_never_too_few(wanted, asked):
    found = Need("x", wanted, 0, "https://a")
    assert found.ask == pytest.approx(asked)
    assert found.need <= found.ask * quotas.ROOM + 1e-9


def test_what_aws_raises_for_nobody_is_not_asked_for():
    hard = Need("key", 900, 1000, "https://a", adjustable=False)
    assert hard.given(as_is=False) == 1000
    assert not hard.fits


def buffer(comes, done, keeps=86400):
    return Buffer("b", comes, done, comes / 10, keeps, "why")


def test_a_buffer_that_does_what_comes_is_empty():
    found = buffer(100, 100)
    assert (found.behind, found.drains_s, found.holds) == (0, 0, True)
    assert told.drains(found) == "keeps up"


def test_a_buffer_that_is_behind_drains_in_quieter_hours():
    found = buffer(420, 150)
    assert found.behind == 270 * 3600
    assert found.drains_s == pytest.approx(270 * 3600 / (150 - 42))
    assert told.drains(found) == "drains in 2.5 h"


def test_a_buffer_that_is_slower_than_the_quiet_hours_grows_for_ever():
    found = buffer(1000, 100)
    assert (found.drains_s, found.holds) == (None, False)
    assert told.drains(found) == "grows for ever"


def test_a_buffer_that_keeps_things_for_less_than_they_wait_loses_them():
    found = buffer(420, 150, keeps=180)
    assert found.oldest_s == pytest.approx(6480)
    assert not found.holds
    assert "keeps things 0.05 h only" in told.drains(found)
    assert buffer(10, 0).oldest_s == math.inf


def test_with_what_is_asked_for_every_worker_keeps_up_and_without_it_the_flows_wait_in_their_queue():
    granted = {b.name: b for b in quotas.plan(SMALL, SINGAPORE, 420).buffers}
    assert granted["events for onestop_start_flow"].behind == 0
    assert granted["events for messages_issue_paper"].behind == 0
    as_is = quotas.plan(SMALL, SINGAPORE, 420, as_is=True)
    waits = {b.name: b for b in as_is.buffers}["events for onestop_start_flow"]
    assert waits.why == "StartExecution"
    assert waits.behind > 0
    assert waits.oldest_s <= waits.keeps_s == TRIED_FOR, "a queue brings again for hours what was refused"


def test_a_worker_with_a_cap_of_its_own_is_told_what_to_set():
    cap = need(420, "ReserveMessagesIssuePaper (ours)")
    assert (cap.has, cap.source) == (50, "")
    assert not cap.fits
    document = told.plan_json(quotas.plan(SMALL, SINGAPORE, 420), SMALL, "ap-southeast-1", as_is=False)
    (row,) = [n for n in document["needs"] if n["what"] == cap.what]
    assert row["ours"] is True
    assert row["ask"] == cap.ask


def test_at_the_plans_peak_no_stream_bus_or_worker_of_todays_count_falls_behind():
    found = quotas.plan(load(), SINGAPORE, 420)
    assert found.bottlenecks == (), "the sweep of the chains neither"
    assert [b.name for b in found.buffers if b.name.startswith("stream of ")], "the outbox' streams are among them"


def test_the_streams_keep_up_at_the_peak_with_two_fifths_of_room():
    """By what is ours: each row of the dossiers' own is counted for the figures too. The bus' calls are asked for."""
    count, given, found = load(), assumed(), quotas.plan(load(), SINGAPORE, 420)
    streams = [b for b in found.buffers if b.name.startswith("stream of ")]
    assert streams
    assert all(b.done > 1.25 * b.comes for b in streams)
    units = {need.what.removeprefix("write units of "): need.need for need in found.needs}
    for table, rows in count.rows.items():
        shards = math.ceil(units[table] / quotas.SHARD_UNITS)
        own = shards * quotas.PARALLEL / quotas.row_of(table, rows, count, given)
        assert own > 1.4 * rows * 420, table


def test_a_small_rate_needs_nothing_and_leaves_nothing_behind():
    found = quotas.plan(SMALL, SINGAPORE, 0.1)
    assert all(n.fits for n in found.needs)
    assert found.bottlenecks == ()
    assert told.plan_lines(found, SMALL, SINGAPORE, "r", as_is=False)[-1] == "no buffer grows for ever"
