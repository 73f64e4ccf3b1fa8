"""A chain whose end was cut off, its anchor and its notes with it, is named by the heads that were kept apart."""

import json
from datetime import timedelta

import pytest

from chalicelib.audit import fence
from chalicelib.audit.heads import FOLDER, SPARE_DAYS, HeadFiles
from chalicelib.audit.keys import FileKeys
from chalicelib.audit.model import Chain, KeptHead
from chalicelib.audit.service import Sweep
from chalicelib.audit.store import Objects, Table
from chalicelib.audit.verifying import Verifying
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.ledger.lines import change
from chalicelib.ledger.table import partition
from infra.local.names import REGION
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS

LEDGERS, ANCHORS, MESSAGES = (
    SETTINGS[f"MOTCUA_{name}"] for name in ("LEDGERS_TABLE", "ANCHORS_TABLE", "MESSAGES_BUCKET")
)
OWNER = "f" * 32
LINE = LineWritten(act="read", document="KQ1", by="owner", basis="45/2020 Art. 5", reference="", sha256="")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "anchors.key"
    path.write_text("a key of this test")
    return FileKeys(path)


@pytest.fixture
def read(tables, clock):
    """Lines in a ledger."""

    def do(times=1, owner=OWNER):
        for _ in range(times):
            clock.advance(minutes=1)
            change(owner, LINE, clock()).write()

    return do


@pytest.fixture
def sweep(tables, clock, key):
    return lambda: Sweep(Table(), Objects(), key, clock, 90, 1, HeadFiles()).run()


@pytest.fixture
def unfit(key, clock):
    def do(heads=None):
        looked = Verifying(Table(), key, clock, heads).all().looked
        return {each.chain.record: [(f.kind, f.where) for f in each.findings] for each in looked if each.findings}

    return do


def rows():
    return aws.query(LEDGERS, partition(OWNER))


def forget_what_vouches():
    """Whoever may write the table of the anchors takes away all that was kept there."""
    for item in aws.scanned(ANCHORS, "pk <> :x", {":x": "-"}, "pk, sk"):
        aws.alone(aws.delete(ANCHORS, (item["pk"], item["sk"])))


def cut_to(length):
    """The chain is as it was when it had so many events: whole by itself."""
    for row in rows():
        if row["sk"].startswith("EVENT#") and int(row["sk"][6:]) > length:
            aws.alone(aws.delete(LEDGERS, (row["pk"], row["sk"])))
    last = next(row for row in rows() if row["sk"] == f"EVENT#{length:06d}")
    head = next(row for row in rows() if row["sk"] == "HEAD")
    aws.alone(aws.put(LEDGERS, {**head, "seq": length, "chain": last["hash"], "version": length}))


def test_a_tail_that_was_cut_off_with_all_that_vouched_for_it_shows(read, sweep, unfit):
    read(3)
    assert (sweep().unfit, unfit(HeadFiles())) == (0, {})
    cut_to(2)
    forget_what_vouches()
    assert unfit() == {}, "the chain is whole by itself"
    assert unfit(HeadFiles()) == {partition(OWNER): [("row_missing", "EVENT#000003")]}


def test_a_chain_that_went_whole_shows(read, sweep, unfit):
    read(2)
    sweep()
    for row in rows():
        aws.alone(aws.delete(LEDGERS, (row["pk"], row["sk"])))
    forget_what_vouches()
    assert unfit() == {}
    assert ("row_missing", "EVENT#000002") in unfit(HeadFiles())[partition(OWNER)]


def test_a_chain_that_was_written_anew_shows(read, sweep, unfit, clock):
    read(2)
    sweep()
    for row in rows():
        aws.alone(aws.delete(LEDGERS, (row["pk"], row["sk"])))
    forget_what_vouches()
    clock.advance(minutes=1)
    read(2)
    assert unfit() == {}
    assert unfit(HeadFiles()) == {partition(OWNER): [("chain_rewritten", "EVENT#000002")]}


def test_a_chain_that_grew_fits_and_the_longest_head_counts(read, sweep, unfit, clock):
    read(2)
    sweep()
    read(2)
    assert unfit(HeadFiles()) == {}
    aws.updated(fence.noted(LEDGERS, partition(OWNER), 0, ""))
    clock.advance(days=1)
    sweep()
    (kept,) = next(iter(HeadFiles().all(clock()).values()))
    assert (kept.record, kept.seq) == (partition(OWNER), 4)
    cut_to(2)
    forget_what_vouches()
    assert unfit(HeadFiles()) == {partition(OWNER): [("row_missing", "EVENT#000004")]}


def test_a_file_put_over_another_and_a_mark_of_deletion_hide_nothing(read, sweep, unfit, tables):
    read(3)
    sweep()
    s3 = tables.client("s3")
    (listed,) = s3.list_objects_v2(Bucket=MESSAGES, Prefix=FOLDER)["Contents"]
    s3.put_object(Bucket=MESSAGES, Key=listed["Key"], Body=b"")
    s3.delete_object(Bucket=MESSAGES, Key=listed["Key"])
    cut_to(2)
    forget_what_vouches()
    assert unfit(HeadFiles()) == {partition(OWNER): [("row_missing", "EVENT#000003")]}


def lines(tables):
    s3 = tables.client("s3")
    for each in s3.list_objects_v2(Bucket=MESSAGES, Prefix=FOLDER).get("Contents", ()):
        yield from map(json.loads, s3.get_object(Bucket=MESSAGES, Key=each["Key"])["Body"].iter_lines())


def test_each_head_says_its_shape_and_one_without_is_read(read, sweep, tables, clock):
    read(2)
    sweep()
    (line,) = lines(tables)
    assert line["shape"] == KeptHead.shape
    tables.upload("MESSAGES", f"{FOLDER}{stamp(clock())}-99-old", json.dumps({**line, "seq": 9, "shape": 0}).encode())
    del line["shape"]
    tables.upload("MESSAGES", f"{FOLDER}{stamp(clock())}-99-older", json.dumps({**line, "seq": 10}).encode())
    (kept,) = next(iter(HeadFiles().all(clock()).values()))
    assert kept.seq == 10


def test_a_head_that_nobody_of_ours_wrote_is_named_by_its_kind(tables, clock):
    tables.upload("MESSAGES", f"{FOLDER}{stamp(clock())}-99-x", b'{"table": "T"}')
    with pytest.raises(Unreadable, match="KeptHead"):
        HeadFiles().all(clock())


def test_of_one_record_no_other_s_heads_are_kept_in_mind(read, sweep, clock):
    read()
    read(owner="e" * 32)
    sweep()
    assert len(HeadFiles().all(clock())) == 2
    assert HeadFiles().all(clock(), partition(OWNER)).keys() == {Chain(LEDGERS, partition(OWNER))}


def test_a_file_from_before_every_chain_was_looked_at_again_is_not_read(read, sweep, clock):
    read()
    sweep()
    days = int(SETTINGS["MOTCUA_SWEEP_DAYS"]) + SPARE_DAYS
    clock.advance(days=days)
    assert HeadFiles().all(clock())
    clock.advance(minutes=1)
    assert not HeadFiles().all(clock())


def test_a_chain_of_a_table_that_is_not_there_today_is_counted_and_stops_nothing(read, sweep, key, clock, tables):
    """The tables were restored under other names: what vouched for the old ones names those."""
    read(2)
    sweep()
    old = [KeptHead(table="motcua-old-Ledgers", record=f"LEDGER#{n}", seq=1, chain="c") for n in range(2)]
    HeadFiles().keep(99, old, clock())
    aws.updated(fence.noted("motcua-old-Ledgers", "LEDGER#0", 1, "c"))
    verified = Verifying(Table(), key, clock, HeadFiles()).all()
    assert ([each.chain.table for each in verified.looked], verified.elsewhere) == ([LEDGERS], 2)
    one = Verifying(Table(), key, clock, HeadFiles()).all("LEDGER#1")
    assert (one.looked, one.elsewhere) == ((), 1)


def test_a_night_without_a_chain_that_fits_leaves_no_file(sweep, tables):
    sweep()
    assert "Contents" not in tables.client("s3").list_objects_v2(Bucket=MESSAGES, Prefix=FOLDER)


@pytest.mark.parametrize("mode", ["NONE", "GOVERNANCE"])
def test_a_stage_that_locks_locks_its_heads_beyond_the_next_look(read, sweep, tables, stage, clock, mode):
    s3, name = tables.client("s3"), f"heads-{mode.lower()}"
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}, ObjectLockEnabledForBucket=True
    )
    stage.setenv("MOTCUA_MESSAGES_BUCKET", name)
    stage.setenv("MOTCUA_LOCK_MODE", mode)
    read()
    sweep()
    (listed,) = s3.list_objects_v2(Bucket=name, Prefix=FOLDER)["Contents"]
    found = s3.head_object(Bucket=name, Key=listed["Key"])
    until = found.get("ObjectLockRetainUntilDate")
    if mode == "NONE":
        assert until is None
    else:
        assert (found["ObjectLockMode"], stamp(until)) == (mode, stamp(clock() + timedelta(days=90 + SPARE_DAYS)))


@pytest.mark.parametrize("order", [(3, 2, 1), (1, 3, 2), (1, 2, 3)])
def test_the_longest_head_counts_whichever_was_kept_last(tables, clock, order):
    """Whoever cuts a tail off, and has a shorter chain swept after that, hides nothing by the later head."""
    for length in order:
        clock.advance(minutes=1)
        HeadFiles().keep(0, [KeptHead(table=LEDGERS, record="X", seq=length, chain=f"{length}" * 64)], clock())
    (kept,) = HeadFiles().all(clock())[Chain(LEDGERS, "X")]
    assert kept.seq == 3


def test_two_heads_of_one_length_that_differ_are_both_kept_in_mind(tables, clock):
    for chain in ("a", "b", "a"):
        clock.advance(minutes=1)
        HeadFiles().keep(0, [KeptHead(table=LEDGERS, record="X", seq=2, chain=chain * 64)], clock())
    assert [each.chain[0] for each in HeadFiles().all(clock())[Chain(LEDGERS, "X")]] == ["a", "b"]
