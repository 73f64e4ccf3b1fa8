"""The only place that signs: each paper and each order once, and only the very file that was ordered."""

import hashlib
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, MDPPerm
from pyhanko.sign.validation import read_certification_data

from chalicelib.archive.pdfa import archived
from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.digitisation import SignatureOrdered, Signer
from chalicelib.contracts.event import Malformed, heard, told
from chalicelib.contracts.messages import ResultUnprintable, SignatureRefused
from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier import offered
from chalicelib.kernel import aws
from chalicelib.messages import events, wiring
from chalicelib.messages.keys import CertificateEnded
from chalicelib.messages.model import message_key, refused_key
from chalicelib.messages.signing import sign
from chalicelib.messages.store import Table
from chalicelib.messages.verification import verify
from chalicelib.sealing.door import seal, unseal
from tests.fakes import people
from tests.fakes.clock import Clock

GIVEN = "PAPER#MC-1#c1/EVENT#000002"
"""The event that gave the order."""


@pytest.fixture(scope="module")
def unsigned():
    """A small file that may be signed."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        return archived(pdf)


@pytest.fixture
def placed(tables, unsigned):
    """`placed(order)`: the order, with its source in the bucket."""

    def put(order, pdf=unsigned):
        version = tables.upload("MESSAGES", order.source.key, pdf)
        sha256 = hashlib.sha256(unsigned).hexdigest()
        return replace(order, source=replace(order.source, version_id=version, sha256=sha256))

    return put


@pytest.fixture
def act(request, desk, signatures, placed):
    """`act(name)`: what the publisher does with an event by its fixture's name, and the name of its message."""

    def prepare(name):
        event = request.getfixturevalue(name)
        if name == "accepted":
            return (lambda: desk.issue_receipt(event)), f"RECEIPT.{event.dossier_code}"
        if name == "decided":
            return (lambda: desk.issue_result(event)), event.result_code
        ready = placed(event)
        return (lambda: signatures.sign(ready, GIVEN)), event.order

    return prepare


def files(key):
    """The versions of a file in the messages bucket."""
    found = aws.client("s3").list_object_versions(Bucket="messages", Prefix=key)
    return [version["VersionId"] for version in found.get("Versions", ())]


def content(head):
    """The registered version of a message's file."""
    body = aws.client("s3").get_object(Bucket="messages", Key=head["key"], VersionId=head["version_id"])
    assert body["ContentType"] == "application/pdf"
    return body["Body"].read()


ALL = {
    "accepted": ("receipt", "receipt.signed"),
    "decided": ("result", "result.signed"),
    "order": ("copy", "copy.signed"),
    "conversion": ("conversion", "message.converted"),
}


@pytest.mark.parametrize("name", ALL)
def test_each_paper_and_each_order_is_signed_and_registered_once(tables, clock, act, name):
    kind, event = ALL[name]
    work, message = act(name)
    for _ in range(3):
        work()
        clock.advance(minutes=1)
    head, (row,) = tables.get("Messages", message_key(message), "HEAD"), tables.events("Messages", message_key(message))
    pdf = content(head)
    assert files(head["key"]) == [head["version_id"]], "one file, and the same"
    assert (row["type"], head["shape"]) == (f"vn.motcua.{event}", 1)
    assert tables.unbroken("Messages", message_key(message))
    assert row["data"].items() <= head.items(), "the record says what was told"
    assert (head["kind"], head["message"], head["code"]) == (kind, message, message)
    assert (head["size"], head["sha256"]) == (len(pdf), hashlib.sha256(pdf).hexdigest())
    assert head["unsigned_sha256"] != head["sha256"]
    assert (head["agency"], head["holder"]) == (people.OFFICE["id"], people.CITIZEN.holder)
    assert (head["agency_name"], head["procedure"]) == (people.OFFICE["name"], people.PROCEDURE)
    assert (head["reference"], head.get("component")) == ("MC-1", "c1" if name in ("order", "conversion") else None)
    assert head["signed_at"] == head["created_at"] == "2026-11-25T02:20:05.000+00:00"
    assert people.CITIZEN.name not in repr(row)


@pytest.mark.parametrize("name", ALL)
def test_the_agencys_signature_closes_a_paper_and_an_officers_does_not(tables, act, keys, keys_folder, name):
    work, message = act(name)
    work()
    pdf = content(tables.get("Messages", message_key(message), "HEAD"))
    certified = read_certification_data(PdfFileReader(BytesIO(pdf)))
    verdict = verify(pdf, roots=keys_folder / "ca.pem")
    *before, signer = verdict.signers
    assert [each.name for each in before] == ([people.LEADER.name] if name == "decided" else [])
    assert verdict.state == "intact", verdict.checks
    assert verdict.document.code == message
    assert signer.timestamped
    if name == "order":
        assert certified is None
        assert (signer.certifies, signer.field, signer.name) == (False, "OfficerSignature", people.SCANNER.name)
    elif name == "decided":
        assert certified.permission == MDPPerm.FILL_FORMS
        assert (signer.field, signer.name) == ("AgencySignature", people.OFFICE["name"])
    else:
        assert certified.permission == MDPPerm.NO_CHANGES
        assert (signer.certifies, signer.field, signer.name) == (True, "AgencySignature", people.OFFICE["name"])


@pytest.fixture
def result(tables, desk, decided):
    """The file of an issued result."""
    desk.issue_result(decided)
    return content(tables.get("Messages", message_key(decided.result_code), "HEAD"))


def printed(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        document[0].flatten()  # what visible signatures say, too
        return " ".join(document[0].get_textpage().get_text_bounded().split())


def test_the_competent_person_signs_a_result_first_and_the_agency_last_and_locks_it(result, keys, keys_folder):
    """Decree 30/2020/ND-CP Art. 5(1), 13(7): then nothing can be added, not even one more signature."""
    roots = keys_folder / "ca.pem"
    registered = hashlib.sha256(result).hexdigest()
    verdict = verify(result, roots=roots, registered_sha256=registered)
    assert verdict.valid, verdict.checks
    said = [(s.kind, s.name, s.field) for s in verdict.signers]
    assert said == [
        ("person", people.LEADER.name, "OfficerSignature"),
        ("agency", people.OFFICE["name"], "AgencySignature"),
    ]
    *_, last = PdfFileReader(BytesIO(result)).embedded_signatures
    assert (last.docmdp_level, last.fieldmdp.action) == (MDPPerm.NO_CHANGES, FieldMDPAction.ALL)
    more = sign(result, keys.agency(people.OFFICE["id"]), field_name="More", reason="r", at=Clock()(), certify=False)
    assert verify(more, roots=roots).state == "invalid"
    for change in (lambda w: w.root.__setitem__("/X", NameObject("/Y")), lambda w: None):
        writer = IncrementalPdfFileWriter(BytesIO(result))
        change(writer)
        writer.update_root()
        writer.write(out := BytesIO())
        assert verify(out.getvalue(), roots=roots).state == "invalid"
    first = PdfFileReader(BytesIO(result)).embedded_signatures[0]
    alone = result[: sum(int(n) for n in list(first.byte_range)[2:])]
    assert verify(alone, roots=roots).state == "invalid", "a person alone issues no result"


def test_the_name_on_a_result_is_the_certificates_and_not_the_tokens(result):
    text = printed(result)
    assert people.LEADER.name in text
    assert "Tên Trong Thẻ" not in text


def pictures(pdf):
    """How many pictures a file has."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return sum(isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image" for each in document.objects)


@pytest.fixture
def with_pictures(keys_folder):
    """Everybody has a picture in the register."""
    Image.new("RGBA", (400, 400), (200, 30, 30, 90)).save(out := BytesIO(), "PNG", dpi=(300, 300))
    made = [
        path.with_suffix(".png") for kind in ("agencies", "officers") for path in (keys_folder / kind).glob("*.pem")
    ]
    for path in made:
        path.write_bytes(out.getvalue())
    yield
    for path in made:
        path.unlink()


def test_pictures_are_shown_on_results_alone(tables, act, with_pictures):
    """Decree 30/2020/ND-CP, appendix I, part II.I.3: no picture on a copy; there the words are black."""
    shown = {}
    for name in ALL:
        work, message = act(name)
        work()
        shown[name] = pictures(content(tables.get("Messages", message_key(message), "HEAD")))
    assert shown["order"] == shown["conversion"] == shown["accepted"] == 0
    assert shown["decided"] >= 2


def inks(pdf):
    """The ink of each visible signature, where no other lies over it."""
    with pikepdf.open(BytesIO(pdf)) as document:
        rects = [tuple(map(float, field.Rect)) for field in document.Root.AcroForm.Fields]
    with pypdfium2.PdfDocument(pdf) as document:
        document.init_forms()
        page = document[0].render(scale=2).to_numpy()[..., ::-1].astype(int)
    for n, (x0, y0, x1, y1) in enumerate(rects):
        left, right = (x0, x1) if len(rects) == 1 else ((rects[1][2], x1), (x0, rects[0][0]))[n]
        red, green, blue = np.moveaxis(
            255 - page[round(-2 * y1) : round(-2 * y0), round(2 * left) : round(2 * right)], 2, 0
        )
        written = (red + green + blue).sum()
        assert written > 0
        tint = (blue - red).sum() / written  # over all letters: the edge of one may have any colour
        yield "red" if tint > 0.1 else "blue" if tint < -0.1 else "black"


def test_the_persons_signature_is_blue_a_seal_is_red_and_what_only_informs_is_black(tables, act):
    """Decree 30/2020/ND-CP, appendix I, part I, II.7-8, and part II.I.3."""
    shown = {}
    for name in ALL:
        work, message = act(name)
        work()
        shown[name] = list(inks(content(tables.get("Messages", message_key(message), "HEAD"))))
    assert shown == {"accepted": ["red"], "decided": ["blue", "red"], "order": ["black"], "conversion": ["black"]}


def test_what_a_visible_signature_says_is_the_subject_of_its_certificate(tables, act):
    for name, who in (("order", people.SCANNER.name), ("conversion", people.OFFICE["name"])):
        work, message = act(name)
        work()
        text = printed(content(tables.get("Messages", message_key(message), "HEAD")))
        assert f"{who} 25/11/2026 09:20:05 +07:00" in text


def test_an_order_of_the_release_before_says_nobodys_name_twice(tables, signatures, placed, order, conversion):
    signatures.sign(placed(replace(order, lines=("Người sao chụp:", "Tên Trong Thẻ"))), GIVEN)
    signatures.sign(placed(replace(conversion, lines=("Tên cũ", "25/11/2026 09:00:00 +07:00"))), GIVEN)
    for each, absent in ((order, "Tên Trong Thẻ"), (conversion, "Tên cũ")):
        text = printed(content(tables.get("Messages", message_key(each.order), "HEAD")))
        assert absent not in text
        assert "25/11/2026 09:20:05 +07:00" in text


def test_a_paper_signed_with_test_keys_says_that_it_is_worth_nothing(tables, act):
    for name in ("accepted", "decided"):
        work, message = act(name)
        work()
        pdf = content(tables.get("Messages", message_key(message), "HEAD"))
        assert "BẢN THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in printed(pdf)


def test_a_result_that_was_approved_under_the_first_release_has_the_agencys_signature_alone(
    tables, desk, decided, keys_folder
):
    private = unseal(decided.reference, decided.sealed)
    del private["approver_id"]
    desk.issue_result(replace(decided, sealed=seal(decided.reference, private), number=""))
    pdf = content(tables.get("Messages", message_key(decided.result_code), "HEAD"))
    verdict = verify(pdf, roots=keys_folder / "ca.pem", registered_sha256=hashlib.sha256(pdf).hexdigest())
    assert (verdict.state, [s.kind for s in verdict.signers]) == ("valid", ["agency"])
    assert "Tên Trong Thẻ" in printed(pdf)


def test_the_notice_of_a_service_is_printed_signed_and_registered(tables, desk, decided):
    told_of = replace(decided, kind="public_utility", result=replace(decided.result, template="decision"))
    desk.issue_result(told_of)
    head = tables.get("Messages", message_key(decided.result_code), "HEAD")
    assert content(head).count(b"/ByteRange") >= 1


def test_what_is_sealed_and_lacks_a_field_is_told_by_the_field(desk, accepted):
    private = {k: v for k, v in unseal(accepted.reference, accepted.sealed).items() if k != "officer"}
    with pytest.raises(Malformed, match="ReceiptPrivate: officer: missing"):
        desk.issue_receipt(replace(accepted, sealed=seal(accepted.reference, private)))


# --- two at once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_of_two_deliveries_at_once_one_file_is_registered(tables, act, name):
    work, message = act(name)
    tables.meanwhile(work)
    work()
    head, rows = tables.get("Messages", message_key(message), "HEAD"), tables.events("Messages", message_key(message))
    assert [row["data"]["version_id"] for row in rows] == [head["version_id"]]
    assert len(files(head["key"])) == 2, "nobody names the other file"
    assert head["sha256"] == hashlib.sha256(content(head)).hexdigest()
    assert (head["version"], head["seq"], tables.writes) == (1, 1, 1)


def test_a_record_that_stands_is_never_written_over(tables, desk, accepted):
    """HEAD's own condition: no event row stands beside it."""
    pk = message_key(f"RECEIPT.{accepted.dossier_code}")
    stands = {"pk": pk, "sk": "HEAD", "version": 1, "seq": 1, "chain": "c", "title": "another"}
    tables.meanwhile(lambda: tables.put("Messages", stands))
    desk.issue_receipt(accepted)
    assert tables.partition("Messages", pk) == [stands]


def test_an_event_that_stands_is_never_written_over_and_that_is_no_second_delivery(tables, desk, accepted):
    pk = message_key(f"RECEIPT.{accepted.dossier_code}")
    stands = {"pk": pk, "sk": "EVENT#000001", "type": "another"}
    tables.put("Messages", stands)
    with pytest.raises(aws.Lost, match="event 000001"):
        desk.issue_receipt(accepted)
    assert tables.partition("Messages", pk) == [stands]


# --- orders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["order", "conversion"])
def test_what_was_ordered_stays_byte_for_byte(tables, act, unsigned, name):
    work, message = act(name)
    work()
    head = tables.get("Messages", message_key(message), "HEAD")
    assert content(head).startswith(unsigned)
    assert head["unsigned_sha256"] == hashlib.sha256(unsigned).hexdigest()


def test_the_ordered_version_is_signed_and_not_the_newest(tables, signatures, placed, order, unsigned):
    ready = placed(order)
    tables.upload("MESSAGES", order.source.key, b"%PDF-1.7 another")
    signatures.sign(ready, GIVEN)
    assert content(tables.get("Messages", message_key(order.order), "HEAD")).startswith(unsigned)


def refused(tables, order):
    """What was told of an order that will never be carried out, in the order of telling; nothing was kept of it."""
    assert tables.get("Messages", message_key(order.order), "HEAD") is None
    assert files(order.target) == []
    rows = tables.events("Messages", refused_key(order.order))
    assert {row["type"] for row in rows} <= {SignatureRefused.type}
    return [heard(SignatureRefused, row["data"]) for row in rows]


def test_a_file_that_is_not_the_ordered_one_is_not_signed(tables, signatures, placed, order, unsigned):
    signatures.sign(placed(order, unsigned + b"\n"), GIVEN)
    assert [told.reason_code for told in refused(tables, order)] == ["file_changed"]


@pytest.mark.parametrize("kind", ["officer", "agency"])
def test_nobody_signs_for_somebody_who_has_no_key(tables, signatures, placed, order, kind):
    ready = placed(replace(order, signer=Signer(kind=kind, id="nobody")))
    signatures.sign(ready, GIVEN)
    signatures.sign(ready, GIVEN)  # delivered twice
    (told,) = refused(tables, order)
    assert (told.order, told.order_event, told.signer, told.reason_code) == (
        order.order,
        GIVEN,
        kind,
        "no_signing_certificate",
    )
    assert (told.reference, told.component, told.then) == (order.reference, order.component, order.then)
    assert told.reason_vi != told.reason_en
    signatures.sign(ready, "PAPER#again/EVENT#000009")  # ordered again: refused again, and told again
    assert [each.order_event for each in refused(tables, order)] == [GIVEN, "PAPER#again/EVENT#000009"]


@pytest.mark.parametrize("years", [-1, 4])
def test_nobody_signs_with_a_certificate_that_is_not_valid_now(tables, signatures, placed, order, clock, years):
    clock.advance(days=365 * years)
    signatures.sign(placed(order), GIVEN)
    assert [told.reason_code for told in refused(tables, order)] == ["certificate_ended"]


def test_no_paper_of_an_agency_is_signed_with_a_certificate_that_ended(tables, desk, accepted, clock):
    clock.advance(days=365 * 4)
    with pytest.raises(CertificateEnded):
        desk.issue_receipt(accepted)
    assert tables.everything("Messages") == []


def test_a_file_that_takes_no_signature_is_refused(tables, signatures, placed, order):
    ready = placed(order, b"no PDF")
    sha256 = hashlib.sha256(b"no PDF").hexdigest()
    signatures.sign(replace(ready, source=replace(ready.source, sha256=sha256)), GIVEN)
    assert [told.reason_code for told in refused(tables, order)] == ["cannot_sign"]


def test_an_order_that_ends_in_an_event_that_nobody_knows_is_told_by_the_field(order):
    with pytest.raises(Malformed, match=r"vn\.motcua\.signature\.ordered: then:"):
        heard(SignatureOrdered, told(order) | {"then": "vn.motcua.dossier.processed"})


# --- what earlier releases stored, and what nobody did ---------------------------------------------------------------


def test_a_record_of_an_earlier_release_is_read(tables, desk, accepted):
    desk.issue_receipt(accepted)
    name = f"RECEIPT.{accepted.dossier_code}"
    head = tables.get("Messages", message_key(name), "HEAD")
    del head["shape"]
    tables.put("Messages", head)
    assert Table().message(name).sha256 == head["sha256"]


def test_a_damaged_record_is_told_by_the_field(tables, desk, accepted):
    desk.issue_receipt(accepted)
    name = f"RECEIPT.{accepted.dossier_code}"
    head = tables.get("Messages", message_key(name), "HEAD")
    del head["sha256"]
    tables.put("Messages", head)
    with pytest.raises(Unreadable, match="Message: sha256: missing"):
        Table().message(name)


# --- as the bus calls ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_the_worker_of_each_event_registers_its_paper(request, tables, stage, keys_folder, placed, name):
    stage.setenv("MOTCUA_KEYS_FOLDER", str(keys_folder))
    stage.delenv("MOTCUA_TIMESTAMP_URL")  # its keys stamp themselves
    event = request.getfixturevalue(name)
    event = placed(event) if name in ("order", "conversion") else event
    detail = {
        "id": "MC-1/EVENT#000009",
        "type": event.type,
        "subject": "MC-1",
        "time": "2026-11-25T02:00:00.000+00:00",
        "data": told(event),
    }
    worker = events.messages_sign_copy if isinstance(event, SignatureOrdered) else events.messages_issue_paper
    worker({"detail": detail}, None)
    rows = [item for item in tables.everything("Messages") if item["sk"].startswith("EVENT#")]
    (row,) = [item for item in rows if item["pk"].startswith("MESSAGE#")]
    assert row["type"] == f"vn.motcua.{ALL[name][1]}"
    drawn = [item["data"]["reference"] for item in rows if item["type"] == ResultUnprintable.type]
    assert drawn == (["MC-1"] if name == "accepted" else []), "this dossier is not there"


def test_an_agency_is_called_by_its_published_name_and_else_by_its_id(tables):
    assert wiring.agency_name(people.OFFICE["id"]) == people.OFFICE["id"]
    offered.remember_agency(AgencyPublished(**people.OFFICE), "2026-11-25T02:00:00.000+00:00")
    assert wiring.agency_name(people.OFFICE["id"]) == people.OFFICE["name"]
