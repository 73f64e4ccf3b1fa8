"""The store of papers: what is written when, under which condition, and what an earlier release left."""

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import MockRawResponse
from msgspec import json, structs

from chalicelib.contracts.digitisation import DropAcknowledged, UploadRefused
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import Unreadable, read, written
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.drops import Drop, drop_key, list_key, refused, taken
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import Paper, Reading
from chalicelib.digitisation.store import DropTable, Files, Signers, Table
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.paging import PAGE
from chalicelib.kernel.problem import BodyInvalid, NotFound
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.ledgers import lines_of
from tests.unit.digitisation_service.given import REFERENCE, paper, waits

AGENCY = people.OFFICE["id"]
NOW = Clock()()
READ = Reading(code="SH-1", kind="", text="", scan_sha256="a", copy_sha256="b", fields=())


def drop(key="drops/H01/x/a.jpg", version="v1", at=NOW):
    reason = {"reason_code": "no_dossier", "reason_vi": "Không có", "reason_en": "none"}
    told = UploadRefused(agency=AGENCY, version_id=version, **reason)
    arrival = Arrival("drop", key, version, batch="x", name="a.jpg", agency=AGENCY)
    return refused(arrival, Refused(*reason.values()), 5, stamp(at)), told


# --- the record of a paper -------------------------------------------------------------------------------------------


def test_a_paper_is_read_as_it_was_written_and_says_its_shape(tables):
    made = waits("c1", NOW)
    found = Table().paper(REFERENCE, "c1")
    assert structs.replace(made, version=1, seq=1, chain=found.chain, created_at=stamp(NOW)) == found
    assert tables.get("Messages", made.pk, "HEAD")["shape"] == Paper.shape
    assert Table().paper(REFERENCE, "c2") is None


def test_a_paper_begins_once(tables):
    waits("c1", NOW)
    with pytest.raises(aws.Lost) as lost:
        waits("c1", NOW, code="another")
    assert "head" in lost.value
    assert Table().paper(REFERENCE, "c1").code == people.RESIDENCE
    assert tables.types("Messages", paper("c1", NOW).pk) == ["copy.made"]


def test_a_step_from_an_older_version_is_lost(tables):
    waits("c1", NOW)
    read_before = Table().paper(REFERENCE, "c1")
    tables.touch("Messages", read_before.pk)
    with pytest.raises(aws.Lost) as lost:
        PaperChange(read_before, NOW).ordered("An", "with").write()
    assert "head" in lost.value
    assert Table().paper(REFERENCE, "c1").step == "copied"


def test_a_copy_whose_signature_is_ordered_leaves_the_list(tables):
    waits("c1", NOW)
    waits("c2", NOW)
    PaperChange(Table().paper(REFERENCE, "c1"), NOW).ordered("An", "with").write()
    rows, following = Table().waiting([AGENCY], "")
    assert [(row.reference, row.component, row.step) for row in rows] == [(REFERENCE, "c2", "copied")]
    assert following is None
    after = Table().paper(REFERENCE, "c1")
    assert (after.step, after.officer, after.signed_with, after.wl_pk, after.wl_sk) == (
        "signature_ordered",
        "An",
        "with",
        None,
        None,
    )


def test_a_paper_of_an_earlier_release_is_read(tables):
    """Before shapes had numbers; a field that this release does not know is left alone."""
    made = waits("c1", NOW)
    item = tables.get("Messages", made.pk, "HEAD")
    del item["shape"]
    tables.put("Messages", {**item, "of_a_newer_release": 1})
    assert Table().paper(REFERENCE, "c1").scan == made.scan


@pytest.mark.parametrize("field", ["scan", "step", "copy"])
def test_a_damaged_paper_is_told_by_the_field(tables, field):
    made = waits("c1", NOW)
    item = tables.get("Messages", made.pk, "HEAD")
    del item[field]
    tables.put("Messages", item)
    with pytest.raises(Unreadable, match=f"Paper: {field}"):
        Table().paper(REFERENCE, "c1")


# --- lists -----------------------------------------------------------------------------------------------------------


def test_copies_wait_on_the_list_of_their_agency_the_oldest_first_and_page_by_page(tables):
    clock, names = Clock(), [f"c{n:03d}" for n in range(PAGE + 2)]
    for name in names:
        waits(name, clock())
        clock.advance(seconds=1)
    waits("other", clock(), agency="H01.10.25", wl_pk=list_key("H01.10.25", "sign_copy"))
    first, following = Table().waiting([AGENCY], "")
    second, end = Table().waiting([AGENCY], following)
    assert [row.component for row in (*first, *second)] == names
    assert (len(first), end) == (PAGE, None)
    assert first[0].opened_at == stamp(Clock()())
    with pytest.raises(NotFound):
        Table().waiting(["H01.10.25"], following)
    with pytest.raises(BodyInvalid):
        Table().waiting([AGENCY], "not a cursor")


def test_a_refused_drop_stands_once_on_the_list_of_its_agency_with_its_reason(tables):
    for at in ("2026-11-25T10:00:00", "2026-11-25T11:00:00"):  # told twice
        DropTable().refuse(*drop(at=Clock(at)()), Clock(at)())
    DropTable().refuse(*drop(version="v2", at=Clock("2026-11-25T12:00:00")()), NOW)
    found, following = DropTable().listed([AGENCY], "refused", "")
    assert [(d.key, d.reason("vi"), d.reason("en")) for d in found] == [("drops/H01/x/a.jpg", "Không có", "none")] * 2
    assert found[0].pk == drop_key(AGENCY, digest("drops/H01/x/a.jpg", "v1"))
    assert [d.wl_sk for d in found] == ["2026-11-25T03:00:00.000+00:00", "2026-11-25T05:00:00.000+00:00"]
    assert following is None
    assert DropTable().listed(["H01.10.25"], "refused", "") == ([], None)
    assert tables.types("Messages", found[0].pk) == ["upload.refused"]
    assert "a.jpg" not in repr(tables.events("Messages", found[0].pk)), "people name files after people"


def test_a_refused_drop_says_its_shape_and_one_of_an_earlier_release_is_read(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    item = tables.get("Messages", made.pk, "HEAD")
    assert item.pop("shape") == Drop.shape
    del item["size"]
    tables.put("Messages", item)
    (found,), _ = DropTable().listed([AGENCY], "refused", "")
    assert (found.reason_code, found.kind, found.size) == ("no_dossier", "refused", None)


def test_lists_of_several_agencies_are_one_in_the_order_of_time_page_by_page(tables):
    """Each goes on where the last page that showed something of it left it, though a page between showed nothing."""
    clock, other = Clock(), "H01.10.25"
    mine, theirs = [f"m{n:03d}" for n in range(2 * PAGE)], [f"t{n:03d}" for n in range(4)]
    order = [*mine[:2], *theirs[:2], *mine[2:], *theirs[2:]]
    for name in order:
        waits(name, clock(), **({"agency": other, "wl_pk": list_key(other, "sign_copy")} if name in theirs else {}))
        clock.advance(seconds=1)
    pages, following = list[list[str]](), ""
    while following is not None:
        rows, following = Table().waiting([AGENCY, other] if len(pages) % 2 else [other, AGENCY], following)
        pages.append([row.component for row in rows])
    assert pages == [order[:PAGE], order[PAGE : 2 * PAGE], order[2 * PAGE :]]
    assert [row.component for row in Table().waiting([other], "")[0]] == theirs
    _, following = Table().waiting([AGENCY, other], "")
    with pytest.raises(NotFound):
        Table().waiting([AGENCY], following)


@pytest.mark.parametrize(("count", "pages"), [(PAGE - 1, 1), (PAGE + 1, 2)])
def test_two_short_lists_are_one_page_when_they_fit_and_two_when_they_do_not(tables, count, pages):
    clock, other = Clock(), "H01.10.25"
    for n in range(count):
        waits(f"c{n:03d}", clock(), **({"agency": other, "wl_pk": list_key(other, "sign_copy")} if n % 2 else {}))
        clock.advance(seconds=1)
    first, following = Table().waiting([AGENCY, other], "")
    assert (len(first), following is None) == (min(count, PAGE), pages == 1)
    if following:
        second, end = Table().waiting([AGENCY, other], following)
        assert ([row.component for row in second], end) == ([f"c{PAGE:03d}"], None)


@pytest.mark.parametrize("empty", ["H01.10.23", "H01.10.25"])
def test_a_long_list_goes_on_beside_one_that_is_empty(tables, empty):
    for n in range(PAGE + 1):
        waits(f"c{n:03d}", NOW)
    _, following = Table().waiting([AGENCY, empty], "")
    assert [row.component for row in Table().waiting([AGENCY, empty], following)[0]] == [f"c{PAGE:03d}"]


def test_who_saw_to_a_refused_drop_is_kept_and_their_name_stays_off_the_bus(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    kept = DropTable().drop(made.pk)
    later = Clock("2026-11-26T10:00:00")()
    answer = DropTable().acknowledge(kept, "Phan Bích Lượng", "officer-1", later)
    found = DropTable().drop(made.pk)
    assert (found.kind, found.acknowledged_by, found.acknowledged_at) == (
        "acknowledged",
        "Phan Bích Lượng",
        stamp(later),
    )
    assert (found.wl_pk, found.wl_sk) == (list_key(AGENCY, "acknowledged"), stamp(later))
    for name in ("kind", "acknowledged_by", "acknowledged_at", "wl_pk", "wl_sk", "reason_code"):
        assert getattr(answer, name) == getattr(found, name)
    *_, row = tables.events("Messages", made.pk)
    assert (row["actor"], heard(DropAcknowledged, row["data"])) == (
        "officer-1", DropAcknowledged(agency=AGENCY, drop=made.id),
    )  # fmt: skip
    with pytest.raises(aws.Lost) as lost:
        DropTable().acknowledge(kept, "An", "officer-2", later)
    assert "head" in lost.value


def test_a_drop_of_a_lot_that_is_taken_in_after_all_forgets_why_it_waited(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    arrival = Arrival("drop", made.key, "v1", batch="x", name="a.jpg", agency=AGENCY)
    now = taken(arrival, "c1", REFERENCE, 7, "c0", stamp(NOW))
    assert now.pk == made.pk
    DropTable().took(now, NOW).write()
    found = DropTable().drop(made.pk)
    for name in ("key", "kind", "size", "reference", "component", "same_as", "wl_pk", "wl_sk"):
        assert getattr(found, name) == getattr(now, name)
    assert (found.reason_code, found.reason("vi"), found.reason("en")) == (None, None, None)
    assert DropTable().listed([AGENCY], "refused", "") == ([], None)


def test_a_verdict_that_was_changed_meanwhile_is_not_written_over(tables):
    made, told = drop()
    DropTable().refuse(made, told, NOW)
    change = DropTable().turn_down(DropTable().drop(made.pk), Refused("other", "Khác", "other"), NOW)
    tables.touch("Messages", made.pk)
    with pytest.raises(aws.Lost):
        change.write()
    assert DropTable().drop(made.pk).reason_code == "no_dossier"
    DropTable().turn_down(DropTable().drop(made.pk), Refused("other", "Khác", "other"), NOW).write()
    found = DropTable().drop(made.pk)
    assert (found.reason_code, found.reason("vi"), found.reason("en")) == ("other", "Khác", "other")


def test_values_are_forgotten_where_they_stand_and_a_row_that_went_meanwhile_does_not_come_back(tables, monkeypatch):
    made = waits("c1", NOW)
    rows = [{"pk": made.pk, "sk": f"FIELD#00{n}", "name": f"f{n}", "sealed": "secret"} for n in (1, 2)]
    tables.put("Messages", rows[0])
    monkeypatch.setattr("chalicelib.digitisation.store.aws.query", lambda *_: rows)
    Table().forget_values(made)
    assert tables.get("Messages", made.pk, "FIELD#001") == {**rows[0], "sealed": ""}
    assert tables.get("Messages", made.pk, "FIELD#002") is None


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_read_in_the_version_that_was_named(tables):
    old, new = tables.upload("INTAKE", "uploads/d/u", b"first"), tables.upload("INTAKE", "uploads/d/u", b"second!")
    assert (Files().scan("uploads/d/u", old), Files().size("uploads/d/u", old)) == (b"first", 5)
    assert (Files().scan("uploads/d/u", new), Files().size("uploads/d/u", new)) == (b"second!", 7)


def test_a_file_that_is_gone_is_a_refusal(tables):
    key = "drops/H01/x/a.jpg"
    version = tables.upload("INTAKE", key, b"x")
    marker = tables.client("s3").delete_object(Bucket="intake", Key=key)["VersionId"]
    Files().remove(key, version)
    for gone in (version, marker):
        with pytest.raises(Refused) as refused:
            Files().size(key, gone)
        assert refused.value.code == "missing"


def test_a_trouble_of_the_bucket_is_no_verdict_on_the_file(tables):
    """The delivery comes again; a file that could not be asked for is not told as missing."""
    key = "drops/H01/x/a.jpg"
    version, events = tables.upload("INTAKE", key, b"x"), tables.client("s3").meta.events

    def denied(request, **_):
        return AWSResponse(request.url, 403, {}, MockRawResponse(b""))

    events.register_first("before-send.s3.HeadObject", denied)
    try:
        with pytest.raises(ClientError):
            Files().size(key, version)
    finally:
        events.unregister("before-send.s3.HeadObject", denied)


def test_what_is_removed_leaves_no_version_behind(tables):
    versions = [tables.upload("INTAKE", "drops/H01/x/a.jpg", body) for body in (b"1", b"2")]
    Files().remove("drops/H01/x/a.jpg", versions[0])
    left = tables.client("s3").list_object_versions(Bucket="intake")
    assert [v["VersionId"] for v in left["Versions"]] == [versions[1]]
    assert "DeleteMarkers" not in left


def test_a_folder_holds_the_newest_version_of_each_file_that_is_still_there(tables):
    names = ("x/a.jpg", "x/a.jpg", "x/b.jpg", "xy/c.jpg")
    _, newest, *_ = (tables.upload("INTAKE", f"drops/H01/lots/{name}", b"-") for name in names)
    tables.client("s3").delete_object(Bucket="intake", Key="drops/H01/lots/x/b.jpg")
    assert Files().folder("drops/H01/lots/x/") == {"drops/H01/lots/x/a.jpg": newest}


def test_the_ledger_says_of_each_look_which_level_of_identity_the_paper_asks_for(tables):
    """A line says what its paper said, not what is assumed of one that said nothing."""
    kept = Files().keep("papers/r/c/reading.json", json.encode(written(READ)), "application/json")
    made = waits("c1", NOW, min_level=1, reading=kept)
    assert Files().reading(made, people.SCANNER, NOW) == READ
    for which in ("original", "copy"):
        Files().hand_out(made, which, people.SCANNER, NOW)
    assert [line.said.min_level for line in lines_of(people.CITIZEN.holder)] == [1, 1, 1]
    assert Files().reading(structs.replace(made, reading=None), people.SCANNER, NOW) is None


def test_a_file_of_a_paper_is_kept_in_its_version_with_its_type(tables):
    kept = Files().keep("papers/r/c/copy.pdf", b"%PDF", "application/pdf")
    found = tables.client("s3").get_object(Bucket="messages", Key=kept.key, VersionId=kept.version_id)
    assert (found["Body"].read(), found["ContentType"]) == (b"%PDF", "application/pdf")


# --- what was read ---------------------------------------------------------------------------------------------------


def test_what_was_read_says_its_shape_and_an_older_document_is_read():
    field = Field(name="so", label="Số", value="1/A", confidence=0.987, needs_review=False, reason="")
    made = Reading(
        code="SH-1", kind="giay_chung_sinh", text="Số: 1/A", scan_sha256="a", copy_sha256="b", fields=(field,)
    )
    document = json.decode(json.encode(written(made)))
    assert document.pop("shape") == Reading.shape
    assert read(Reading, document) == made


# --- who can sign ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("officer", "known"), [("officer-1", True), ("officer-2", False), ("../officers/officer-1", False), ("", False)]
)
def test_an_officer_can_sign_whose_own_certificate_is_in_the_register(tables, officer, known):
    tables.register("officers", "officer-1")
    assert Signers().has_officer(officer) is known
