"""The store of papers: what is written when, under which condition, and what an earlier release left."""

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from moto.core.botocore_stubber import MockRawResponse
from msgspec import json, structs

from chalicelib.contracts.stored import Unreadable, read, written
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.model import Field, Refused
from chalicelib.digitisation.paper import Paper, Reading
from chalicelib.digitisation.store import Files, Signers, Table
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.ledgers import lines_of
from tests.unit.digitisation_service.given import REFERENCE, paper, waits

AGENCY = people.OFFICE["id"]
NOW = Clock()()
READ = Reading(code="SH-1", kind="", text="", scan_sha256="a", copy_sha256="b", fields=())


# --- the record of a paper -------------------------------------------------------------------------------------------


def test_a_paper_is_read_as_it_was_written_and_says_its_shape(tables):
    made = waits("c1", NOW)
    found = Table().paper(REFERENCE, "c1")
    begun = structs.replace(made, version=1, seq=1, chain=found.chain, created_at=stamp(NOW))
    assert begun == structs.replace(found, as_read=None)
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
