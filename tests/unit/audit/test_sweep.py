"""What the nightly sweep does with a chain: looks, anchors, tells once, looks again, and stops for no other."""

import json
from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.audit import fence
from chalicelib.audit.keys import FileKeys, KmsKeys
from chalicelib.audit.model import Anchor, Chain, due
from chalicelib.audit.service import HOLDS, LASTS, Sweep
from chalicelib.audit.store import Objects, Table, listed
from chalicelib.contracts.vault import KeptPaper
from chalicelib.dossier import integrating
from chalicelib.dossier.deliveries import Delivery
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import moment, stamp
from chalicelib.ledger.door import Read, note
from chalicelib.ledger.table import partition
from chalicelib.submission.expiry import Expiry
from chalicelib.submission.store import Table as DraftTable
from tests.fakes import people
from tests.fakes.clock import Clock

OWNER = people.CITIZEN


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "anchors.key"
    path.write_text("a key of this test")
    return FileKeys(path)


@pytest.fixture
def night(tables, clock, key):
    """`night()`: one sweep, by the key of this test or another one."""
    return lambda by=key, files=None, days=90: Sweep(Table(), files or Objects(), by, clock, days).run()


@pytest.fixture
def ledger(tables):
    """The owner's ledger."""
    return Chain("ledgers", partition(OWNER.holder))


@pytest.fixture
def read(clock):
    """Somebody reads; the ledger grows by a line, and as the outbox would do it, that is noted."""

    def do(who=OWNER, *, noted=True):
        note(Read(owner=OWNER.holder, document="MC-1", reference="MC-1", sha256=""), who, "dossiers", clock())
        row = aws.query("ledgers", partition(OWNER.holder), "EVENT#")[-1]
        if noted:
            aws.updated(fence.noted("ledgers", row["pk"], int(row["sk"][6:]), row["hash"]))
        return row

    return do


def told():
    return [(line.record, [(f.kind, f.where) for f in line.findings]) for line in listed()]


def events(tables):
    return [row["type"].removeprefix("vn.motcua.") for row in tables.everything("Anchors") if "type" in row]


def test_a_chain_that_grew_is_looked_at_once_and_again_when_its_day_comes(night, read, clock, ledger):
    night()
    read()
    read()
    assert night().chains == 1
    assert night().chains == 0
    anchor = Table().anchor(ledger)
    assert (anchor.seq, anchor.version, anchor.due_on) == (2, 2, due(ledger, clock().date(), 90).isoformat())
    clock.advance(days=(date.fromisoformat(anchor.due_on) - clock().date()).days - 1)
    assert night().chains == 0
    clock.advance(days=1)
    assert night().chains == 1
    assert told() == []


def test_within_so_many_days_every_chain_is_looked_at_and_not_all_in_one_night():
    nights = [(due(Chain("t", f"MC-{n}"), date(2026, 11, 26), 90) - date(2026, 11, 26)).days for n in range(500)]
    assert (min(nights), max(nights)) == (81, 90)
    assert {due(Chain("t", f"MC-{n}"), date(2026, 11, 26), 1) for n in range(50)} == {date(2026, 11, 27)}


def test_records_of_before_anybody_noted_them_are_enrolled_once(night, read):
    read(noted=False)
    assert night().chains == 1
    read(noted=False)
    assert night().chains == 0, "from then on the outbox notes"


def test_a_log_that_was_written_anew_before_it_was_ever_anchored_is_found_by_what_the_outbox_saw(
    night, read, tables, ledger
):
    night()
    read()
    row = read()
    forged = {**row, "at": "2020-01-01T00:00:00.000+00:00"}
    forged["hash"] = record.link(forged)
    tables.put("Ledgers", forged, {**tables.get("Ledgers", ledger.record, "HEAD"), "chain": forged["hash"]})
    assert tables.unbroken("Ledgers", ledger.record)
    assert night().unfit == 1
    assert told() == [(ledger.record, [("chain_rewritten", "EVENT#000002")])]


def test_a_record_that_was_put_back_to_an_earlier_state_is_found(night, read, tables, ledger):
    read()
    stood = tables.kept()["ledgers"]
    read()
    read()
    night()
    now = tables.kept()
    tables.put_back(now | {"ledgers": stood}, tables.writes)
    read()
    night()
    assert ("rolled_back", "HEAD") in told()[0][1]


def test_an_anchor_that_was_changed_or_made_by_another_key_is_told(night, read, tables, clock, ledger, tmp_path):
    read()
    night()
    item = tables.get("Anchors", f"CHAIN#{ledger.table} {ledger.record}", "ANCHOR")
    tables.put("Anchors", {**item, "seq": 0, "chain": record.GENESIS})
    clock.advance(days=90)
    night()
    assert told() == [(ledger.record, [("anchor_forged", "ANCHOR")])]
    tables.put("Anchors", item)
    other = tmp_path / "other.key"
    other.write_text("another")
    clock.advance(days=1)
    night(FileKeys(other))
    assert told() == [(ledger.record, [("anchor_forged", "ANCHOR")])]


def test_a_finding_is_told_once_listed_until_it_fits_again_and_looked_at_each_night(night, read, tables, clock, ledger):
    read()
    row = read()
    night()
    tables.put("Ledgers", {**row, "hash": "0" * 32})
    clock.advance(days=90)
    for _ in range(3):
        assert night().unfit == 1
        clock.advance(days=1)
    assert events(tables) == ["audit.found"]
    assert tables.unbroken("Anchors", f"FOUND#{ledger.table} {ledger.record}")
    tables.put("Ledgers", row)
    assert night().unfit == 0
    assert told() == []
    assert sorted(events(tables)) == ["audit.found", "audit.mended"]
    clock.advance(days=1)
    assert night().chains == 0


def test_what_is_logged_names_record_and_kind_and_nobody(night, read, tables, monkeypatch):
    said = []
    monkeypatch.setattr("chalicelib.kernel.log.measure", lambda about, **counts: said.append((about, counts)))
    row = read()
    tables.put("Ledgers", {**row, "hash": "0" * 32})
    night()
    ((about, counts),) = said
    assert counts == {"TamperingsFound": 1}
    assert about["record"] == "LEDGER#(hash)"
    assert about["reason"].startswith("hash_zeroed EVENT#000001")
    assert OWNER.holder not in json.dumps(about)


def test_what_fails_in_one_chain_stops_no_other(night, read, hall, clock):
    reference = hall.submitted()
    read()

    class Broken(Objects):
        def sha256(self, pin):
            raise TimeoutError

    done = night(files=Broken())
    assert done.failed == 1, "the dossier has a file"
    assert done.chains == 1
    assert Table().anchor(Chain("dossiers", reference)) is None


def test_a_chain_that_grows_while_it_is_looked_at_is_on_the_next_nights_list(night, read, clock, key):
    night()
    read()

    class Meanwhile(Table):
        def read(self, chain):
            found = super().read(chain)
            read()
            return found

    assert Sweep(Meanwhile(), Objects(), key, clock, 90).run().unfit == 0
    assert night().chains == 1


def test_a_look_that_breaks_off_before_it_forgets_is_done_again(night, read, clock, ledger, monkeypatch):
    night()
    read()
    with monkeypatch.context() as broken:
        broken.setattr(aws, "delete", lambda *_: {"Delete": {"TableName": "none", "Key": {"pk": {"S": "x"}}}})
        assert night().failed == 1
    assert Table().anchor(ledger).seq == 1
    assert (night().chains, night().chains) == (1, 0)
    clock.advance(days=90)
    assert night().chains == 1, "and on its day, once"


def together(*rows):
    """A note for several, as the outbox writes it of a batch."""
    aws.updated(fence.noted_together("ledgers", [fence.Grew(r["pk"], int(r["sk"][6:]), r["hash"]) for r in rows]))


def test_a_chain_that_several_batches_noted_is_looked_at_once_and_each_note_is_held_against_it(night, read, ledger):
    night()
    for _ in range(3):
        together(read(noted=False))
    assert (night().chains, night().chains) == (1, 0)
    assert Table().anchor(ledger).seq == 3
    assert [row for part in range(fence.SHARDS) for row in Table().notes(part)] == []


def test_a_log_that_was_written_anew_after_one_of_its_notes_is_found_whichever_comes_first(night, read, tables, ledger):
    night()
    rows = [read(noted=False) for _ in range(2)]
    for row in rows:
        together(row)
    forged = {**rows[1], "at": "2020-01-01T00:00:00.000+00:00"}
    forged["hash"] = record.link(forged)
    tables.put("Ledgers", forged, {**tables.get("Ledgers", ledger.record, "HEAD"), "chain": forged["hash"]})
    assert night().unfit == 1
    assert told() == [(ledger.record, [("chain_rewritten", "EVENT#000002")])]
    night()
    assert told(), "the note stays as long as one of its records does not fit"


def test_a_note_for_several_goes_once_each_of_them_fits(night, read, clock, tables, ledger):
    night()
    note(Read(owner="holder-2", document="MC-1", reference="MC-1", sha256=""), OWNER, "dossiers", clock())
    other = aws.query("ledgers", partition("holder-2"), "EVENT#")[-1]
    whole = read(noted=False)
    together(whole, other)
    tables.put("Ledgers", {**whole, "hash": "0" * 32})
    done = night()
    assert (done.chains, done.unfit) == (2, 1)
    assert len([row for part in range(fence.SHARDS) for row in Table().notes(part)]) == 2
    tables.put("Ledgers", whole)
    assert night().unfit == 0
    assert [row for part in range(fence.SHARDS) for row in Table().notes(part)] == []


def test_runs_of_a_night_share_the_parts_and_one_that_died_lets_go(night, read, clock, ledger):
    night()
    read()
    part = fence.shard_of(ledger.record)
    assert Table().take(part, clock(), clock() + HOLDS)
    assert night().chains == 0, "another run holds it"
    clock.advance(seconds=HOLDS.total_seconds() + 1)
    assert night().chains == 1


def test_chains_are_looked_at_together_and_each_once(read, clock, key, tables):
    owners = [f"holder-{n}" for n in range(20)]
    for each in owners:
        note(Read(owner=each, document="MC-1", reference="MC-1", sha256=""), OWNER, "dossiers", clock())
    done = Sweep(Table(), Objects(), key, clock, 90, 8).run()
    assert (done.chains, done.failed) == (20, 0)
    assert all(Table().anchor(Chain("ledgers", partition(each))).seq == 1 for each in owners)


def test_what_the_time_was_too_short_for_comes_first_in_the_next_run(read, clock, key, tables):
    for n in range(3):
        note(Read(owner=f"holder-{n}", document="MC-1", reference="MC-1", sha256=""), OWNER, "dossiers", clock())

    class Slow(Table):
        def read(self, chain):
            clock.advance(seconds=LASTS.total_seconds() + 1)
            return super().read(chain)

    slow = Sweep(Slow(), Objects(), key, clock, 90)
    runs = [slow.run() for _ in range(4)]
    assert [run.chains for run in runs] == [1, 1, 1, 0]
    assert runs[-1].unfinished == 0
    assert any(run.unfinished for run in runs)


def test_a_day_that_an_earlier_release_wrote_is_kept(night, read, clock, ledger):
    night()
    read()
    night()
    day = clock().date().isoformat()
    aws.alone(aws.put("anchors", {"pk": f"DUE#{day}", "sk": "x", "table": ledger.table, "record": ledger.record}))
    assert night().chains == 1


def test_a_whole_dossier_fits_at_every_step(night, hall, tables, clock):
    """Tasks, legs, results: whatever the product itself writes is no tampering."""
    reference = hall.at("receive")
    files = type("There", (Objects,), {"sha256": lambda _, pin: pin.sha256})()
    night(files=files)
    for kind in ("verify", "approve"):
        hall.complete(reference, kind)
        clock.advance(days=90)
        assert night(files=files).unfit == 0, kind
    assert told() == []


def test_a_missing_file_of_a_dossier_is_told_and_that_of_an_abandoned_draft_is_not(night, hall):
    draft = hall.open()
    hall.add(draft)
    assert night().unfit == 0
    submitted = hall.submitted()
    aws.updated(fence.noted("dossiers", submitted, 1, aws.query("dossiers", submitted, "EVENT#")[0]["hash"]))
    night()
    ((reference, findings),) = told()
    assert (reference, {kind for kind, _ in findings}) == (submitted, {"file_missing"})


def test_a_draft_that_expires_between_two_nights_fits_at_every_step(night, hall, tables):
    reference = hall.ready()
    hall.stores.upload("INTAKE", f"uploads/{reference}/x", b"file")
    assert night().unfit == 0
    hall.clock.now = moment(hall.head(reference)["expires_at"])

    class Stopped(DraftTable):
        def remove_uploads(self, reference):
            raise ConnectionError

    for drafts, last in ((Stopped(), "draft.expired"), (DraftTable(), "draft.cleared")):
        Expiry(drafts, hall.clock).run()
        row = hall.rows.events(reference)[-1]
        assert row["type"] == f"vn.motcua.{last}"
        aws.updated(fence.noted("dossiers", reference, int(row["sk"][6:]), row["hash"]))
        done = night()
        assert (done.unfit, done.chains) == (0, 1)
    assert told() == []


def test_a_night_asks_kms_once_for_each_day_and_never_shows_it_an_anchor(monkeypatch):
    asked = []

    class Kms:
        def generate_mac(self, **given):
            asked.append(given)
            return {"Mac": b"k" * 32}

    monkeypatch.setattr(aws, "client", {"kms": Kms()}.__getitem__)
    keys = KmsKeys("arn:key")
    macs = {keys.mac(day, text) for day in ("2026-11-25", "2026-11-26") for text in (b"a", b"b")}
    assert [given["Message"] for given in asked] == [b"motcua anchors 2026-11-25", b"motcua anchors 2026-11-26"]
    assert {given["MacAlgorithm"] for given in asked} == {"HMAC_SHA_256"}
    assert len(macs) == 2


def test_without_its_key_nothing_is_anchored(night, read, tmp_path):
    read()
    assert night(FileKeys(tmp_path / "none.key")).failed == 1


def test_the_mac_is_over_everything_that_is_said():
    anchor = Anchor(table="t", record="r", version=1, seq=1, chain="c", marks=(), anchored_on="2026-11-26")
    for name, other in (
        ("table", "u"),
        ("record", "s"),
        ("version", 2),
        ("seq", 2),
        ("chain", "d"),
        ("anchored_on", "x"),
    ):
        assert msgspec.structs.replace(anchor, **{name: other}).text() != anchor.text()


def test_a_version_that_was_moved_on_by_hand_hides_no_row(night, hall, tables, clock):
    reference = hall.submitted()
    files = type("There", (Objects,), {"sha256": lambda _, pin: pin.sha256})()
    night(files=files)
    head, form = (tables.get("Dossiers", reference, sk) for sk in ("HEAD", "FORM"))
    tables.put("Dossiers", {**head, "version": head["version"] + 1}, {**form, "sealed": "another form"})
    clock.advance(days=90)
    night(files=files)
    assert told() == [(reference, [("head_changed", "HEAD"), ("row_changed", "FORM")])]


def test_a_destination_that_is_asked_again_and_again_is_no_tampering(night, hall, tables, clock):
    """It is asked every few hours for months, and no event tells it."""
    reference = hall.submitted()
    files = type("There", (Objects,), {"sha256": lambda _, pin: pin.sha256})()
    asked = Delivery(destination="post", state="sent", asked_at=stamp(clock()), due_at=stamp(clock()))
    for tries in range(3):
        dossier = hall.dossiers.dossier(reference)
        hall.dossiers.change(dossier, clock()).keep_delivery(replace(asked, tries=tries)).write()
        clock.advance(days=90)
        assert night(files=files).unfit == 0, tries
    head, form = (tables.get("Dossiers", reference, sk) for sk in ("HEAD", "FORM"))
    moved = {**head, "state": 8}
    tables.put("Dossiers", {**moved, "unlogged": record.head_digest(moved)}, {**form, "sealed": "another form"})
    clock.advance(days=90)
    night(files=files)
    assert told() == [(reference, [("head_changed", "HEAD"), ("row_changed", "FORM")])]


def test_a_paper_that_waits_for_the_id_app_fits_at_every_step(night, tables, clock):
    paper = KeptPaper(
        owner=OWNER.holder, document="KQ1", kind="KQ", title="Giấy khai sinh", agency="H01", reference="MC-1",
        key="results/MC-1/KQ1.pdf", version_id="v1", sha256="ab" * 32, size=1, provenance="NATIVE_ESIGNED",
    )  # fmt: skip
    files = type("There", (Objects,), {"sha256": lambda _, pin: pin.sha256})()
    integrating.note(paper, stamp(clock()), clock())
    name = integrating.id_of(paper.owner, paper.document)
    assert night(files=files).unfit == 0
    for _ in range(2):
        clock.advance(days=90)
        (row,) = integrating.due(clock())
        integrating.put_off(row, timedelta(minutes=5), clock())
        assert (night(files=files).unfit, integrating.one(name).due_at) == (0, stamp(clock() + timedelta(minutes=5)))
    assert told() == []


@pytest.mark.parametrize(
    ("row", "is_gone"),
    [
        ({"rejection": {"code": "secret", "note": ""}}, True),
        ({"digitisation": {"status": "rejected", "code": "secret"}}, True),
        ({"digitisation": {"status": "rejected", "code": "unreadable"}}, False),
        ({"digitisation": {"status": "exempt", "code": "secret"}}, False),
        ({"rejection": {"code": "duplicate"}}, False),
        ({"digitisation": {"status": "waiting"}}, False),
        ({}, False),
    ],
)
def test_a_paper_that_was_deleted_as_the_law_wants_is_not_missing(tables, row, is_gone):
    """Of every other row the files are named, to be looked at."""
    tables.put("Dossiers", {"pk": "MC-1", "sk": "COMPONENT#c", "key": "k", "version_id": "v", "sha256": "ab", **row})
    assert bool(Table().read(Chain("dossiers", "MC-1")).pins) is not is_gone
