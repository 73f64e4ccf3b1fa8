"""Two hundred tamperings under the stores, drawn by a seed: the sweep finds each, and names what was done and where."""

import hashlib
import random
from collections import Counter

import pytest
from moto.s3.models import s3_backends

from chalicelib.audit import fence
from chalicelib.audit.keys import FileKeys
from chalicelib.audit.model import Chain
from chalicelib.audit.service import Sweep
from chalicelib.audit.store import Objects, Table, listed
from chalicelib.audit.verifying import Verifying
from chalicelib.contracts.messages import CopySigned
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.messages.store import Table as Messages
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table as Vaults
from infra.local.names import ACCOUNT
from tests.fakes import people
from tests.fakes.clock import Clock

SEED, EACH = 2026, 40
TABLES = ("dossiers", "messages", "vaults", "ledgers")
STEP = "EVENT#"


def sha(body):
    return hashlib.sha256(body).hexdigest()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "anchors.key"
    path.write_text("a key of this test")
    return FileKeys(path)


@pytest.fixture
def sweep(tables, clock, key):
    """One night."""
    return lambda: Sweep(Table(), Objects(), key, clock, 90).run()


def holder(number):
    return Principal(f"c-{number}", "CITIZEN", "Nguyễn Thị Bích Liễu", 2, f"0011950{number:05d}")


def result(tables, number):
    """A signed result that reaches its holder's vault."""
    body, code = f"result {number}".encode(), f"H01.10.24-20261125-{number:07d}-KQ1"
    placed = f"results/MC-{number}/{code}.pdf"
    at = "2026-11-25T02:00:00.000+00:00"
    return DossierProcessed(
        code=code, message=code, key=placed, version_id=tables.upload("MESSAGES", placed, body), sha256=sha(body),
        size=len(body), title="Giấy khai sinh", reference=f"MC-{number}", holder=holder(number).holder,
        agency=people.OFFICE["id"], handler="Một Cửa", dossier_code=code.rpartition("-")[0],
        procedure=people.PROCEDURE, received_at=at, processed_at=at, due_at=at,
    )  # fmt: skip


def copy(tables, number):
    """A signed copy among the messages."""
    body, name = f"copy {number}".encode(), f"COPY.MC-{number}.c1"
    placed = f"papers/MC-{number}/c1/copy.pdf"
    return CopySigned(
        code=name, key=placed, version_id=tables.upload("MESSAGES", placed, body), sha256=sha(body), size=len(body),
        title="Bản sao chụp", message=name, kind="copy", agency=people.OFFICE["id"], agency_name=people.OFFICE["name"],
        holder=holder(number).holder, procedure=people.PROCEDURE, reference=f"MC-{number}",
        signed_at="2026-11-25T02:20:05.000+00:00", unsigned_sha256="cd" * 32, component="c1",
    )  # fmt: skip


def live(hall, tables, clock, people_count, dossiers):
    """Dossiers, messages, vaults and ledgers of many people, by the product's own stores."""
    vault = Vault(Vaults(), clock)
    for number in range(people_count):
        given = result(tables, number)
        vault.store_result(given)
        for _ in range(3):
            vault.open(holder(number), given.code)
        Messages().register(copy(tables, number), clock())
    for number in range(dossiers):
        who = holder(number)
        reference = hall.open(who, key=f"open-{number}")
        hall.submissions.save_form(who, reference, people.form(), 0)
        body, placed = f"scan {number}".encode(), f"uploads/{reference}/c1"
        hall.add(
            reference,
            key=placed,
            version_id=tables.upload("INTAKE", placed, body),
            sha256=sha(body),
            size=len(body),
        )
        hall.submissions.save_form(who, reference, people.form(child={"sex": "Nữ"}), 1)


def chains(tables):
    return [
        Chain(table, item["pk"])
        for table in TABLES
        for item in tables.everything(table.capitalize())
        if item["sk"] == "HEAD"
    ]


# --- what is done under the stores --------------------------------------------------------------------------------


def other_than(value):
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case dict():
            return {**value, "x": 1}
        case list():
            return [*value, "x"]
        case None:
            return "x"
    return value + ("x" if isinstance(value, str) else 1)


class Hand:
    """Somebody with the rights of a table's writer, or of the bucket, and no other."""

    def __init__(self, tables, chance):
        self.tables, self.chance = tables, chance

    def rows(self, chain, prefix=""):
        return self.tables.partition(chain.table.capitalize(), chain.record, prefix)

    def put(self, chain, *rows):
        self.tables.put(chain.table.capitalize(), *rows)

    def remove(self, chain, sk):
        self.tables.client("dynamodb").delete_item(
            TableName=chain.table, Key=aws.packed({"pk": chain.record, "sk": sk})
        )

    def row_changed(self, chain):
        row = self.chance.choice(self.rows(chain))
        field = self.chance.choice([k for k in row if k not in ("pk", "sk", "seq", "chain", "hash", "prev")])
        self.put(chain, {**row, field: other_than(row[field])})
        return ("head_changed" if row["sk"] == "HEAD" else "row_changed"), row["sk"]

    def row_deleted(self, chain):
        row = self.chance.choice(self.rows(chain))
        self.remove(chain, row["sk"])
        return ("head_missing" if row["sk"] == "HEAD" else "row_missing"), row["sk"]

    def chain_rewritten(self, chain):
        """A row says something else, and every hash after it is right again, HEAD's too."""
        rows = self.rows(chain, STEP)
        at = self.chance.randrange(len(rows))
        rows[at] = {**rows[at], "at": "2020-01-01T00:00:00.000+00:00"}
        before = rows[at]["prev"]
        for number in range(at, len(rows)):
            rows[number] = {**rows[number], "prev": before}
            before = rows[number]["hash"] = record.link(rows[number])
        head = self.tables.get(chain.table.capitalize(), chain.record, "HEAD")
        self.put(chain, *rows, {**head, "chain": before})
        assert self.tables.unbroken(chain.table.capitalize(), chain.record), "by itself it is whole"
        return "chain_rewritten", rows[-1]["sk"]

    def hash_zeroed(self, chain):
        row = self.chance.choice(self.rows(chain, STEP))
        self.put(chain, {**row, "hash": "0" * 32})
        return "hash_zeroed", row["sk"]

    def file_swapped(self, chain):
        """The very version has other bytes: no writer of S3 can, but whoever has its disks."""
        pin = self.chance.choice([row for row in self.rows(chain) if {"key", "version_id", "sha256"} <= row.keys()])
        bucket = "intake" if pin["key"].startswith("uploads/") else "messages"
        stored = s3_backends[ACCOUNT]["aws"].buckets[bucket].keys.getlist(pin["key"])
        next(k for k in stored if k.version_id == pin["version_id"]).value = b"another file"
        return "file_changed", pin["key"]


def tampered(hand, chance, known):
    """Each tampering on a chain of its own: {chain: (what was done, kind, where)}."""
    free, done = chance.sample(known, len(known)), {}
    for act in (hand.file_swapped, hand.chain_rewritten, hand.row_deleted, hand.hash_zeroed, hand.row_changed):
        fit = [c for c in free if act != hand.file_swapped or c.table in ("messages", "vaults", "dossiers")]
        for chain in fit[:EACH]:
            free.remove(chain)
            done[chain] = (act.__name__, *act(chain))
    return done


def found():
    return {Chain(line.table, line.record): {(f.kind, f.where) for f in line.findings} for line in listed()}


def unfit(key):
    """What `motcua audit verify` says."""
    looked_at = Verifying(Table(), key, Clock()).all().looked
    looked = {each.chain: {(f.kind, f.where) for f in each.findings} for each in looked_at}
    return {chain: findings for chain, findings in looked.items() if findings}


def test_two_hundred_tamperings_are_all_found_and_named(hall, tables, clock, sweep, key):
    live(hall, tables, clock, people_count=62, dossiers=20)
    first = sweep()
    assert (first.chains, first.unfit, first.failed, found()) == (62 * 3 + 20, 0, 0, {})
    chance = random.Random(SEED)
    done = tampered(Hand(tables, chance), chance, chains(tables))
    assert Counter(what for what, _, _ in done.values()) == dict.fromkeys(
        ("file_swapped", "chain_rewritten", "row_deleted", "hash_zeroed", "row_changed"), EACH
    )
    assert len(done) == 200
    at_once = unfit(key)
    assert at_once == {c: at_once[c] for c, (what, _, _) in done.items() if what != "file_swapped"}, (
        "files are the sweep's"
    )
    assert {c: done[c] for c in at_once if done[c][1:] not in at_once[c]} == {}
    clock.advance(days=80)
    for _ in range(10):  # nothing grew: each chain comes when its day comes
        clock.advance(days=1)
        assert sweep().failed == 0
    told = found()
    assert told.keys() == done.keys(), "all of them, and nobody else"
    missed = {c: (done[c], told[c]) for c in done if (done[c][1], done[c][2]) not in told[c]}
    assert missed == {}


def test_a_chain_is_named_whose_end_was_cut_off_or_that_is_gone_whole(hall, tables, clock, sweep, key):
    """By its anchor, which no writer of the record can make."""
    live(hall, tables, clock, people_count=2, dossiers=1)
    sweep()
    assert unfit(key) == {}
    (chain,) = [c for c in chains(tables) if c.table == "dossiers"]
    hand = Hand(tables, random.Random(SEED))
    kept = hand.rows(chain)
    *before, last = [row for row in kept if row["sk"].startswith(STEP)]
    hand.remove(chain, last["sk"])
    head = next(row for row in kept if row["sk"] == "HEAD")
    hand.put(chain, {**head, "seq": len(before), "chain": before[-1]["hash"]})
    assert ("row_missing", last["sk"]) in unfit(key)[chain]
    for row in hand.rows(chain):
        hand.remove(chain, row["sk"])
    assert ("head_missing", "HEAD") in unfit(key)[chain], "an anchor is left of it"


def test_a_document_that_is_put_into_the_vault_of_somebody_who_has_none_is_named(hall, tables, clock, key):
    """Whoever lists a vault asks for no HEAD: such a document was shown, and belonged to no chain."""
    live(hall, tables, clock, people_count=1, dossiers=0)
    (vault,) = [each for each in chains(tables) if each.table == "vaults"]
    hand = Hand(tables, random.Random(SEED))
    (document,) = hand.rows(vault, "DOC#")
    planted = Chain("vaults", f"OWNER#{holder(7).holder}")
    hand.put(planted, {**document, "pk": planted.record})
    assert unfit(key) == {planted: {("head_missing", "HEAD")}}


def test_two_entries_that_changed_places_are_named(hall, tables, clock, sweep, key):
    live(hall, tables, clock, people_count=2, dossiers=1)
    sweep()
    (chain,) = [c for c in chains(tables) if c.table == "dossiers"]
    hand = Hand(tables, random.Random(SEED))
    one, two, *_ = [row for row in hand.rows(chain) if row["sk"].startswith(STEP)]
    hand.put(chain, {**one, "sk": two["sk"]}, {**two, "sk": one["sk"]})
    assert unfit(key).keys() == {chain}


def test_an_event_that_was_noted_twice_with_two_hashes_is_named_whichever_note_is_read_first(hall, tables, clock, key):
    """A log is written anew before a night has looked at it, and the outbox notes the new end as it noted the old."""
    live(hall, tables, clock, people_count=1, dossiers=4)
    hand, table, rewritten = Hand(tables, random.Random(SEED)), "dossiers", set()
    for chain in (each for each in chains(tables) if each.table == table):
        ends = [hand.rows(chain, STEP)[-1]]
        hand.chain_rewritten(chain)
        ends.append(hand.rows(chain, STEP)[-1])
        for end in ends:
            grew = fence.Grew(chain.record, int(end["sk"].removeprefix(STEP)), end["hash"])
            aws.updated(fence.noted_together(table, [grew]))
        rewritten.add(chain)
    assert len(rewritten) == 4
    told = {chain: [kind for kind, _ in said] for chain, said in unfit(key).items()}
    assert told == {chain: ["chain_rewritten"] for chain in rewritten}
