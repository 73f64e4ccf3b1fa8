"""Own uploads: kept once, counted at once, refused with the figures, erased with their room; no agency's result."""

import pytest
from msgspec import structs

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.vault import DocumentErased
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, KeyReused, LevelTooLow, NotFound
from chalicelib.vault import listing
from chalicelib.vault.fence import partition, reusable, usable
from chalicelib.vault.model import Usage
from chalicelib.vault.quota import Quota
from chalicelib.vault.service import Vault
from chalicelib.vault.store import TABLE, Table
from chalicelib.vault.uploads.model import AWAITED, MOST_AWAITED, Said
from chalicelib.vault.uploads.refusals import KeptByLaw, UploadsAwaited, VaultFull
from chalicelib.vault.uploads.service import Uploading
from chalicelib.vault.uploads.store import UploadTable
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS
from tests.unit.vault.test_vault import processed

OWNER = people.CITIZEN
LOW = Principal(OWNER.subject, "CITIZEN", OWNER.name, 1, OWNER.personal_id)
INTAKE = SETTINGS["MOTCUA_INTAKE_BUCKET"]
PAPER = Said(title="Bằng lái xe", media_type="application/pdf", size=100)
TODAY = "2026-11-25"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def uploading(tables, clock):
    return Uploading(UploadTable(), clock, Quota(1000, 5))


@pytest.fixture
def put_in(tables, uploading):
    """A file that was announced, posted, and let through by the checks."""

    def do(key="k", who=OWNER, data=b"%PDF-1.7 one", said=PAPER, **found):
        upload, _ = uploading.announce(who, said, key)
        version = tables.upload("INTAKE", upload.key, data)
        told = checked(upload, version, **found)
        uploading.judge(told)
        return upload, told

    return do


def checked(upload, version, **found):
    told = OwnFileChecked(
        owner=upload.owner,
        upload=upload.id,
        key=upload.key,
        version_id=version,
        size=90,
        sha256="a" * 64,
        media_type="application/pdf",
        pages=1,
    )
    return structs.replace(told, **found)


def refused(upload, version):
    reason = {"reason_code": "malware", "reason_vi": "Có mã độc", "reason_en": "malware", "sha256": None}
    return checked(upload, version, **reason)


def there(upload):
    listed = aws.client("s3").list_object_versions(Bucket=INTAKE, Prefix=upload.key)
    return [each["VersionId"] for each in listed.get("Versions", ())]


def told_in_log(owner):
    return [row["type"] for row in aws.query(TABLE(), partition(owner), "EVENT#")]


def test_what_the_checks_let_through_is_a_document_of_its_owner_and_of_no_agency(uploading, put_in, clock):
    upload, told = put_in(said=structs.replace(PAPER, number="79 01", kind="KQ1", issued_on=TODAY))
    (held,) = Vault(Table(), clock).documents(OWNER).shown
    assert (held.id, held.provenance, held.group, held.agency) == (upload.id, "SELF_UPLOADED", "self_uploaded", "")
    assert (held.version_id, held.sha256, held.size, held.min_level) == (told.version_id, "a" * 64, 90, OWNER.level)
    assert held.is_own
    assert uploading.used(OWNER) == Usage(bytes=90, documents=1), "what it is, not what was announced"
    assert told_in_log(upload.owner) == ["vn.motcua.own_upload.announced", "vn.motcua.document.uploaded"]


def test_a_verdict_that_is_told_twice_counts_once(uploading, put_in):
    upload, told = put_in()
    uploading.judge(told)
    assert uploading.used(OWNER) == Usage(bytes=90, documents=1)
    assert there(upload) == [told.version_id]


def test_another_version_under_the_same_form_is_removed(tables, uploading, put_in):
    upload, told = put_in()
    second = tables.upload("INTAKE", upload.key, b"%PDF-1.7 two")
    uploading.judge(checked(upload, second))
    assert there(upload) == [told.version_id]


def test_what_nobody_announced_is_removed(tables, uploading, put_in):
    upload, _ = put_in()
    for owner, name in ((upload.owner, "UP-1"), ("f" * 32, upload.id)):
        key = f"vaults/{owner}/{name}"
        version = tables.upload("INTAKE", key, b"x")
        uploading.judge(checked(structs.replace(upload, owner=owner, id=name), version, key=key))
        assert not aws.client("s3").list_object_versions(Bucket=INTAKE, Prefix=key).get("Versions")
    strange = tables.upload("INTAKE", "vaults/other/key", b"x")
    fresh, _ = uploading.announce(OWNER, PAPER, "fresh")
    uploading.judge(checked(fresh, strange, key="vaults/other/key"))
    assert uploading.store.upload(fresh.owner, fresh.id).state == "awaited", "a file of another key is none of its own"


def test_what_the_checks_refuse_says_why_and_takes_no_room(tables, uploading, clock):
    upload, _ = uploading.announce(OWNER, PAPER, "k")
    version = tables.upload("INTAKE", upload.key, b"x")
    uploading.judge(refused(upload, version))
    found = uploading.store.upload(upload.owner, upload.id)
    assert (found.standing(stamp(clock())), found.reason("vi"), found.reason("en")) == (
        "refused",
        "Có mã độc",
        "malware",
    )
    assert uploading.used(OWNER) == Usage()
    assert there(upload) == []
    uploading.judge(refused(upload, version))
    assert told_in_log(upload.owner)[1:] == ["vn.motcua.own_upload.refused"]


def test_an_announcement_is_one_for_one_key(uploading):
    first, form = uploading.announce(OWNER, PAPER, "k")
    again, other = uploading.announce(OWNER, PAPER, "k")
    assert (first, form.key) == (again, other.key)
    assert len(uploading.used(OWNER).pending) == 1
    with pytest.raises(KeyReused):
        uploading.announce(OWNER, structs.replace(PAPER, size=7), "k")
    with pytest.raises(LevelTooLow):
        uploading.announce(LOW, PAPER, "k")


def test_the_quota_counts_bytes_and_documents_the_awaited_ones_too(uploading, put_in):
    put_in(size=500)
    uploading.announce(OWNER, structs.replace(PAPER, size=400), "second")
    with pytest.raises(VaultFull) as full:
        uploading.announce(OWNER, structs.replace(PAPER, size=101), "third")
    assert full.value.facts == {
        "bytes": 900,
        "most_bytes": 1000,
        "documents": 2,
        "most_documents": 5,
        "wanted": 101,
    }
    uploading.announce(OWNER, structs.replace(PAPER, size=98), "third")
    for key in ("fourth", "fifth"):
        uploading.announce(OWNER, structs.replace(PAPER, size=1), key)
    with pytest.raises(VaultFull):
        uploading.announce(OWNER, structs.replace(PAPER, size=0), "sixth")


def test_room_for_what_never_came_is_free_after_its_time_and_what_comes_late_is_kept_if_it_fits(
    tables, uploading, clock
):
    late, _ = uploading.announce(OWNER, structs.replace(PAPER, size=1000), "late")
    with pytest.raises(VaultFull):
        uploading.announce(OWNER, PAPER, "k")
    clock.advance(seconds=AWAITED.total_seconds())
    assert uploading.used(OWNER) == Usage()
    assert late.standing(stamp(clock())) == "lapsed"
    uploading.announce(OWNER, structs.replace(PAPER, size=950), "k")
    version = tables.upload("INTAKE", late.key, b"x")
    uploading.judge(checked(late, version))
    found = uploading.store.upload(late.owner, late.id)
    assert (found.state, found.reason_code) == ("refused", "vault_full")
    clock.advance(seconds=AWAITED.total_seconds())
    other, _ = uploading.announce(OWNER, PAPER, "other")
    clock.advance(seconds=AWAITED.total_seconds())
    uploading.judge(checked(other, tables.upload("INTAKE", other.key, b"x")))
    assert uploading.used(OWNER) == Usage(bytes=90, documents=1)


def test_so_many_are_awaited_and_no_more(tables, clock):
    wide = Uploading(UploadTable(), clock, Quota(1 << 30, 1000))
    for number in range(MOST_AWAITED):
        wide.announce(OWNER, PAPER, str(number))
    with pytest.raises(UploadsAwaited):
        wide.announce(OWNER, PAPER, "more")
    clock.advance(seconds=AWAITED.total_seconds() + 1)
    wide.announce(OWNER, PAPER, "more")
    assert len(wide.used(OWNER).pending) == 1


def test_erasure_frees_the_room_removes_the_file_and_leaves_the_log(uploading, put_in):
    upload, told = put_in(said=structs.replace(PAPER, number="79"))
    assert uploading.erase(OWNER, upload.id) == Usage()
    assert uploading.erase(OWNER, upload.id) == Usage(), "again it is as it was"
    event = DocumentErased(owner=upload.owner, document=upload.id, key=upload.key, version_id=told.version_id)
    for _ in range(2):
        uploading.clear(event)
    assert there(upload) == []
    found = uploading.store.upload(upload.owner, upload.id)
    assert (found.state, found.title, found.number) == ("erased", "", None)
    assert uploading.store.document(upload.owner, upload.id) is None
    assert told_in_log(upload.owner)[-2:] == ["vn.motcua.document.uploaded", "vn.motcua.document.erased"]
    uploading.judge(told)
    assert uploading.used(OWNER) == Usage(), "a verdict that is told late brings nothing back"
    with pytest.raises(LevelTooLow):
        uploading.erase(LOW, upload.id)


def test_who_may_not_erase_is_told_no_more_than_they_may_know(uploading, put_in, clock):
    upload, _ = put_in()
    with pytest.raises(LevelTooLow):
        uploading.erase(LOW, upload.id)
    with pytest.raises(NotFound):
        uploading.erase(people.NEIGHBOUR, upload.id)
    Vault(Table(), clock).store_result(processed())
    with pytest.raises(KeptByLaw):
        uploading.erase(OWNER, processed().code)
    assert len(Vault(Table(), clock).documents(OWNER).shown) == 2


def test_the_transaction_itself_erases_only_what_its_owner_uploaded(uploading, put_in, clock):
    upload, _ = put_in()
    Vault(Table(), clock).store_result(processed())
    forged = structs.replace(upload, id=processed().code)
    event = DocumentErased(owner=upload.owner, document=forged.id, key="k", version_id="v")
    store = UploadTable()
    with pytest.raises(aws.Lost) as lost:
        store.erase(store.head(upload.owner), forged, Usage(), event, clock())
    assert "document" in lost.value


def test_an_own_document_is_shared_and_not_reused(uploading, put_in, clock):
    upload, _ = put_in()
    Vault(Table(), clock).store_result(processed())
    aws.transact({"document": usable(upload.owner, upload.id, TODAY)})
    aws.transact({"document": reusable(upload.owner, processed().code, TODAY)})
    with pytest.raises(aws.Lost):
        aws.transact({"document": reusable(upload.owner, upload.id, TODAY)})


def test_numbers_of_one_person_have_one_quota(tables, uploading, clock, put_in):
    former = people.NEIGHBOUR
    old, _ = put_in(who=former, size=950)
    Table().join(OWNER.holder, (former.holder,), stamp(clock()))
    with pytest.raises(VaultFull):
        uploading.announce(OWNER, PAPER, "k")
    page = listing.documents(OWNER.holder, "")
    assert (page.used, [each.id for each in page.documents]) == (Usage(bytes=950, documents=1), [old.id])
    assert uploading.erase(OWNER, old.id) == Usage()
    uploading.announce(OWNER, PAPER, "k")


def test_uploads_are_listed_by_pages_and_a_cursor_of_another_list_is_refused(uploading, put_in):
    upload, _ = put_in()
    page, used = uploading.uploads(OWNER, "")
    assert ([each.id for each in page.uploads], page.following, used.documents) == ([upload.id], None, 1)
    with pytest.raises((BodyInvalid, NotFound)):
        uploading.uploads(OWNER, "zzz")


ASKED = "2026-12-31T00:00:00.000+00:00"


def granted(kind="delete", outcome="done", level=2, asked_at=ASKED, own_files=True):
    whose = {"request": "DR-1", "agency": "H01", "owner": OWNER.holder}
    return DataRequestEnded(kind=kind, outcome=outcome, level=level, asked_at=asked_at, own_files=own_files, **whose)


def test_a_granted_deletion_erases_what_its_person_uploaded_and_nothing_of_an_agency(tables, uploading, put_in, clock):
    Vault(Table(), clock).store_result(processed())
    for key in ("a", "b"):
        put_in(key)
    before = len(listing.documents(OWNER.holder, "").documents)
    for _ in range(2):
        uploading.erase_all(granted())
    left = listing.documents(OWNER.holder, "").documents
    assert (before, len(left), any(each.is_own for each in left)) == (3, 1, False)
    assert uploading.used(OWNER).taken == (0, 0)
    erased = [row for row in tables.events("Vaults", partition(OWNER.holder)) if row["type"] == DocumentErased.type]
    assert [row["actor"] for row in erased] == ["system", "system"]


def test_a_granted_deletion_reaches_what_was_uploaded_under_a_former_number(uploading, put_in, clock):
    former = structs.replace(OWNER, personal_id="087084000111")
    upload, _ = put_in(who=former)
    Table().join(OWNER.holder, (former.holder,), stamp(clock()))
    uploading.erase_all(granted())
    assert uploading.store.document(former.holder, upload.id) is None


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "refused"},
        {"kind": "provide"},
        {"level": 1},
        {"own_files": False},
        {"asked_at": "2026-01-01T00:00:00.000+00:00"},
    ],
)
def test_nothing_else_erases_and_nothing_that_a_higher_level_opens_or_that_came_later(uploading, put_in, said):
    upload, _ = put_in()
    uploading.erase_all(granted(**said))
    assert uploading.store.document(OWNER.holder, upload.id) is not None
