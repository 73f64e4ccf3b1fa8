"""An owner takes documents of their vault away as a bag with the hashes of the register (Decree 45/2020 Art. 5)."""

import hashlib
import io
import json
import subprocess
import zipfile

import pytest
from msgspec import structs

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.vault import TakeoutAsked
from chalicelib.kernel import aws, log
from chalicelib.kernel.access import Principal
from chalicelib.kernel.objects import Upload
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LevelTooLow, NotFound, TryAgain
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table, partition
from chalicelib.vault.takeouts import making
from chalicelib.vault.takeouts.model import KEPT
from chalicelib.vault.takeouts.refusals import TakeoutUnderWay
from chalicelib.vault.takeouts.service import TakingOut
from chalicelib.vault.takeouts.store import TakeoutTable
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS
from tests.unit.vault.test_vault import processed

OWNER = people.CITIZEN
LOW = Principal(OWNER.subject, "CITIZEN", OWNER.name, 1, OWNER.personal_id)
MESSAGES = SETTINGS["MOTCUA_MESSAGES_BUCKET"]
FIRST, SECOND = "H01.10.24-20261125-0000001-KQ1", "H01.10.24-20261125-0000002-KQ1"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def keep(tables, clock):
    """A result with its file in the vault."""

    def do(code, data=b"%PDF-1.7 one", *, sha256=None, **said):
        result = structs.replace(processed(code), **said)
        version = tables.upload("MESSAGES", result.key, data)
        digest = sha256 or hashlib.sha256(data).hexdigest()
        Vault(Table(), clock).store_result(
            structs.replace(
                result, version_id=version, sha256=digest, size=len(data), min_level=said.get("min_level", 2)
            )
        )

    return do


@pytest.fixture
def taking(tables, clock):
    return TakingOut(TakeoutTable(), clock)


@pytest.fixture
def made(taking):
    def do(who=OWNER, dossier="", after="", key="k"):
        asked = taking.ask(who, dossier, after, key, b"{}")
        taking.make(TakeoutAsked(takeout=asked.id, owner=asked.owner))
        return taking.store.takeout(asked.owner, asked.id)

    return do


def unpacked(takeout, folder):
    """The bag in a folder, read by other programs than the one that wrote it."""
    found = aws.client("s3").get_object(Bucket=MESSAGES, Key=takeout.key, VersionId=takeout.archive_version)
    data = found["Body"].read()
    assert (len(data), hashlib.sha256(data).hexdigest()) == (takeout.archive_size, takeout.archive_sha256)
    (folder / "bag.zip").write_bytes(data)
    zipfile.ZipFile(folder / "bag.zip").extractall(folder)
    bag = folder / takeout.id
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        checked = subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=bag, check=False, capture_output=True)
        assert checked.returncode == 0, checked.stderr
    named = {line.split("  ")[1] for line in (bag / "manifest-sha256.txt").read_text().splitlines()}
    assert named == {str(path.relative_to(bag)) for path in (bag / "data").rglob("*")}
    assert (bag / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    return bag


def test_the_whole_vault_is_a_bag_whose_hashes_are_those_of_the_register(keep, made, tmp_path):
    keep(FIRST, b"%PDF-1.7 one")
    keep(SECOND, b"%PDF-1.7 two", number="16/2026")
    done = made()
    assert (done.state, done.documents, done.withheld, done.following) == ("ready", 2, 0, None)
    bag = unpacked(done, tmp_path)
    assert {path.name: path.read_bytes() for path in (bag / "data").iterdir()} == {
        FIRST + ".pdf": b"%PDF-1.7 one",
        SECOND + ".pdf": b"%PDF-1.7 two",
    }
    told = json.loads((bag / "metadata" / "documents.json").read_text())
    assert [(each["id"], each["number"], each["file"]) for each in told] == [
        (FIRST, None, f"data/{FIRST}.pdf"),
        (SECOND, "16/2026", f"data/{SECOND}.pdf"),
    ]
    assert [each["sha256"] for each in told] == [
        hashlib.sha256(b"%PDF-1.7 " + each).hexdigest() for each in (b"one", b"two")
    ]
    info = dict(line.split(": ") for line in (bag / "bag-info.txt").read_text().splitlines())
    assert (info["Payload-Oxum"], info["Withheld"], info["Bagging-Date"]) == ("24.2", "0", "2026-11-25")


def test_one_dossier_is_taken_alone_and_one_without_documents_is_empty(keep, made, tmp_path):
    keep(FIRST)
    keep(SECOND)
    done = made(dossier=SECOND.removesuffix("-KQ1"))
    assert [path.name for path in (unpacked(done, tmp_path) / "data").iterdir()] == [SECOND + ".pdf"]
    none = made(dossier="H01.10.24-20261125-9999999", key="other")
    assert (none.state, none.archive_version, none.ends_at) == ("empty", None, None)


@pytest.mark.parametrize("said", [{"sha256": "b" * 64}, {"version_id": "gone"}])
def test_a_file_that_is_not_what_was_registered_makes_no_archive(keep, made, taking, tables, said):
    keep(FIRST)
    keep(SECOND, sha256=said.get("sha256"))
    if "version_id" in said:
        pk = partition(OWNER.holder)
        tables.put("Vaults", tables.get("Vaults", pk, f"DOC#{SECOND}") | said)
    done = made()
    assert (done.state, done.broken, done.archive_version) == ("failed", SECOND, None)
    assert taking.fetch(OWNER, done.id)[1] is None
    assert "Contents" not in aws.client("s3").list_objects_v2(Bucket=MESSAGES, Prefix="takeouts/")
    assert made(key="again").state == "failed", "another may be asked for"


def test_what_a_level_does_not_reach_is_counted_and_left_out(keep, made, taking):
    keep(FIRST, min_level=1)
    keep(SECOND, min_level=2)
    low = made(LOW)
    assert (low.documents, low.withheld, low.min_level) == (1, 1, 1)
    assert taking.fetch(LOW, low.id)[1]
    whole = made(key="whole")
    assert (whole.documents, whole.withheld, whole.min_level) == (2, 0, 2)
    with pytest.raises(LevelTooLow):
        taking.fetch(LOW, whole.id)
    assert [each.id for each in taking.taken(LOW, "").shown] == [low.id]
    assert taking.taken(LOW, "").withheld == 1


def test_the_same_request_again_shows_a_low_level_nothing_that_fetching_refuses(keep, made, taking, tables):
    keep(FIRST, min_level=2)
    made()
    with pytest.raises(LevelTooLow):
        taking.ask(LOW, "", "", "k", b"{}")

    def first():
        made(key="twice")

    tables.meanwhile(first)
    with pytest.raises(LevelTooLow):
        taking.ask(LOW, "", "", "twice", b"{}")


def test_one_that_failed_names_its_document_to_the_level_it_was_made_for(keep, made, taking, monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(log, "_stream", lambda: out)
    keep(FIRST, sha256="b" * 64)
    failed = made()
    (counted,) = (json.loads(line) for line in out.getvalue().splitlines() if "TakeoutsBroken" in line)
    assert (counted["record"], counted["code"], counted["TakeoutsBroken"]) == (failed.id, FIRST, [1.0])
    assert (failed.state, failed.broken, failed.min_level) == ("failed", FIRST, 2)
    with pytest.raises(LevelTooLow):
        taking.fetch(LOW, failed.id)
    assert taking.taken(LOW, "")[:2] == ([], 1)


def test_one_at_a_time_and_one_that_died_keeps_none_back(keep, taking, clock):
    keep(FIRST)
    first = taking.ask(OWNER, "", "", "k", b"{}")
    assert taking.ask(OWNER, "", "", "k", b"{}") == first
    with pytest.raises(KeyReused):
        taking.ask(OWNER, "", "", "k", b'{"dossier_code": "x"}')
    with pytest.raises(TakeoutUnderWay) as refused:
        taking.ask(OWNER, "", "", "another", b"{}")
    assert refused.value.facts == {"takeout": first.id}
    clock.advance(hours=1, seconds=1)
    assert taking.ask(OWNER, "", "", "another", b"{}").id != first.id


def test_two_workers_make_one_archive_and_what_the_second_made_is_not_named(keep, taking, tables, clock):
    keep(FIRST)
    asked = taking.ask(OWNER, "", "", "k", b"{}")
    told = TakeoutAsked(takeout=asked.id, owner=asked.owner)
    tables.meanwhile(lambda: taking.make(told))
    taking.make(told)
    taking.make(told)
    types = tables.types("Vaults", partition(OWNER.holder))
    assert types == ["vault.stored", "takeout.asked", "takeout.done"]
    assert taking.store.takeout(OWNER.holder, asked.id).state == "ready"


def test_who_fetches_it_stands_in_the_ledger_and_after_its_time_there_is_no_link(keep, made, taking, clock):
    keep(FIRST)
    done = made()
    found, url = taking.fetch(OWNER, done.id)
    assert (found, "takeouts" in url) == (done, True)
    line = Vault(Table(), clock).ledger(OWNER).shown[-1].said
    assert (line.document, line.by, line.route, line.sha256) == (done.id, "owner", "takeouts", done.archive_sha256)
    clock.advance(seconds=KEPT.total_seconds())
    found, url = taking.fetch(OWNER, done.id)
    assert (found.standing(found.ends_at), url) == ("ended", None)


def test_another_one_knows_nothing_of_it(keep, made, taking):
    keep(FIRST)
    done = made()
    with pytest.raises(NotFound):
        taking.fetch(people.NEIGHBOUR, done.id)
    assert taking.taken(people.NEIGHBOUR, "") == ([], 0, None)
    taking.make(TakeoutAsked(takeout="TO-0", owner=OWNER.holder))  # a worker asks for nothing that was not asked


def test_a_large_vault_is_taken_in_parts(keep, made, taking, monkeypatch):
    for number in range(1, 53):
        keep(f"H01.10.24-20261125-{number:07d}-KQ1", b"%PDF-1.7 " + str(number).encode())
    monkeypatch.setattr(making, "MOST_DOCUMENTS", 50)
    first = made()
    rest = made(after=first.following, key="rest")
    assert (first.documents, rest.documents, rest.following) == (50, 2, None)
    with pytest.raises(BodyInvalid):
        taking.ask(OWNER, "", "no cursor", "third", b"{}")


def test_a_large_object_goes_in_parts_and_one_that_broke_off_is_not_there(tables, monkeypatch):
    monkeypatch.setattr(Upload, "PART", 5 << 20)
    data = bytes(12 << 20)
    up = Upload(MESSAGES, "takeouts/x.zip", "application/zip")
    for at in range(0, len(data), 1 << 20):
        up.write(data[at : at + (1 << 20)])
    version = up.finish()
    found = aws.client("s3").get_object(Bucket=MESSAGES, Key="takeouts/x.zip", VersionId=version)
    assert hashlib.sha256(found["Body"].read()).hexdigest() == up.sha256 == hashlib.sha256(data).hexdigest()
    broken = Upload(MESSAGES, "takeouts/y.zip", "application/zip")
    broken.write(data)
    broken.abort()
    listed = aws.client("s3").list_multipart_uploads(Bucket=MESSAGES)
    assert not listed.get("Uploads")


def test_a_bag_that_ends_in_a_part_of_full_size_is_whole(tables, monkeypatch):
    monkeypatch.setattr(Upload, "PART", 5 << 20)
    up = Upload(MESSAGES, "takeouts/x.zip", "application/zip")
    up.write(bytes(5 << 20))
    assert aws.client("s3").head_object(Bucket=MESSAGES, Key="takeouts/x.zip", VersionId=up.finish())


def test_what_breaks_while_it_is_made_leaves_nothing_and_is_made_again(keep, taking, monkeypatch):
    keep(FIRST)
    asked = taking.ask(OWNER, "", "", "k", b"{}")
    told = TakeoutAsked(takeout=asked.id, owner=asked.owner)
    with monkeypatch.context() as broken:
        broken.setattr(TakeoutTable, "file", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taking.make(told)
    taking.make(told)
    assert taking.store.takeout(OWNER.holder, asked.id).state == "ready"


def granted(kind="provide", outcome="done", level=2):
    return DataRequestEnded(
        request="DR-1",
        kind=kind,
        agency="H01",
        owner=OWNER.holder,
        level=level,
        outcome=outcome,
        asked_at="2026-11-25T00:00:00.000+00:00",
    )


def test_a_copy_that_an_agency_granted_is_asked_for_once(taking, keep):
    keep(FIRST)
    for _ in range(2):
        taking.begin(granted())
    (asked,) = taking.taken(OWNER, "").shown
    taking.make(TakeoutAsked(takeout=asked.id, owner=asked.owner))
    (made_of,) = taking.taken(OWNER, "").shown
    assert (made_of.state, made_of.documents, made_of.dossier) == ("ready", 1, "")


@pytest.mark.parametrize(("kind", "outcome"), [("provide", "refused"), ("delete", "done"), ("view", "done")])
def test_nothing_else_that_an_agency_says_makes_an_archive(taking, kind, outcome):
    taking.begin(granted(kind, outcome))
    assert taking.taken(OWNER, "").shown == []


def test_a_granted_copy_has_no_more_than_its_person_saw_and_waits_for_one_that_is_made(taking, keep):
    keep(FIRST)
    other = taking.ask(OWNER, "", "", "k", b"{}")
    with pytest.raises(TryAgain):
        taking.begin(granted(level=1))
    taking.make(TakeoutAsked(takeout=other.id, owner=other.owner))
    taking.begin(granted(level=1))
    mine = next(each for each in taking.taken(OWNER, "").shown if each.id != other.id)
    taking.make(TakeoutAsked(takeout=mine.id, owner=mine.owner))
    found = taking.store.takeout(OWNER.holder, mine.id)
    assert (found.state, found.documents, found.withheld) == ("empty", 0, 1)


@pytest.mark.parametrize("levels", [(2, 1), (1, 2), (2, 2), (1, 1)])
def test_an_archive_is_of_the_highest_level_of_its_documents_in_whatever_order_they_come(keep, made, levels):
    for code, level in zip((FIRST, SECOND), levels, strict=True):
        keep(code, code.encode(), min_level=level)
    done = made()
    assert (done.documents, done.min_level) == (2, max(levels))
