"""The store of papers: what is written when, under which condition, and what an earlier release left."""

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import MockRawResponse
from msgspec import json, structs

from chalicelib.contracts.digitisation import UploadRefused
from chalicelib.contracts.stored import Unreadable, read, written
from chalicelib.digitisation.arrivals import Arrival
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.drops import Drop, drop_key, list_key, refused
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import Paper, Reading
from chalicelib.digitisation.store import DropTable, Files, Table
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.ids import digest
from chalicelib.kernel.paging import PAGE
from chalicelib.kernel.problem import BodyInvalid, NotFound
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.unit.digitisation_service.given import REFERENCE, paper, waits

AGENCY = people.OFFICE["id"]
NOW = Clock()()


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
