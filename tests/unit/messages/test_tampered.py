"""Every signed output: others find it valid, no byte of it can be turned, and nothing can be appended unseen."""

import contextlib
import random
from copy import replace
from hashlib import sha256
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
    pdf_name,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.dss import DocumentSecurityStore

from chalicelib.archive.increments import only_signatures_added, unsigned_part
from chalicelib.digitisation.conversion import convert
from chalicelib.digitisation.copying import make_copy
from chalicelib.digitisation.model import PageText
from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.signing import Room, sign, stamped
from chalicelib.messages.statement import Statement, claimed_in
from chalicelib.messages.verification import verify
from tests.support.increments import is_archivable
from tests.unit.digitisation.support import MARK, scan
from tests.unit.messages.conftest import AGENCY, AGENCY_ID, OFFICER_ID, SIGNED_AT, shown

DATA = '{"fields":[{"name":"ho_ten","value":"Nguyễn Thị Bích Liễu"}]}'.encode()
KINDS = ("copy", "result", "data_message", "data_message_lta")
FLAVOURS = {"data_message": "3b", "data_message_lta": "3b"}


@pytest.fixture(scope="module")
def outputs(pki_folder, unsigned):
    """Each kind of signed output with what it was before its signatures."""
    made = {}

    def make(kind):
        if kind not in made:
            made[kind] = build(kind, pki_folder, unsigned)
        return made[kind]

    return make


def build(kind, folder, printed):
    keys = LocalKeys(folder, level="B-LTA" if kind.endswith("lta") else "B-LT")
    how = {"at": SIGNED_AT, "reason": "-", "timestamper": keys.timestamper(SIGNED_AT)}
    how["evidence"] = keys.evidence(SIGNED_AT)
    agency, officer = keys.agency(AGENCY_ID), keys.officer(OFFICER_ID)
    jpeg = scan("giay_chung_sinh").jpeg
    if kind == "copy":
        copy = make_copy([jpeg], title="Giấy chứng sinh")
        return copy.pdf, sign(copy.pdf, officer, field_name="OfficerSignature", certify=False, **how)
    if kind == "result":
        room = Room("AgencySignature", *shown([])[0])
        first = sign(printed, officer, field_name="OfficerSignature", certify=room, **how)
        return printed, sign(first, agency, field_name="AgencySignature", certify=False, **how)
    read = PageText("", (), 0.0, 200, (1654, 2338))
    message = convert([jpeg], [read], MARK, data=DATA)
    how["statement"] = Statement(
        kind="conversion", code="SH-1", title="Giấy chứng sinh", agency=AGENCY_ID, agency_name=AGENCY
    )
    return message.pdf, sign(message.pdf, agency, field_name="AgencySignature", certify=True, **how)


@pytest.fixture(scope="module")
def judged(keys):
    """`judged(pdf, **more)`: the verdict."""
    return lambda pdf, **more: verify(pdf, roots=keys.roots(), at=SIGNED_AT, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_every_output_is_archivable_before_and_valid_after_by_three_programs(outputs, judged, kind, run, cms_verified):
    unsigned, signed = outputs(kind)
    assert is_archivable(unsigned, FLAVOURS.get(kind, "2b"))
    assert only_signatures_added(unsigned, signed)
    assert unsigned_part(signed, sha256(unsigned).hexdigest()) == unsigned
    verdict = judged(signed, registered_sha256=sha256(signed).hexdigest())
    assert verdict.valid, verdict.checks
    assert verdict.unchecked == ()
    many = len(PdfFileReader(BytesIO(signed)).embedded_regular_signatures)
    report = run("pdfsig", signed, "-nocert", "IN")
    assert report.count("Signature is Valid") == many == (2 if kind == "result" else 1)
    cms_verified(signed)


def test_attached_data_are_said_to_be_under_the_signature_and_not_what_they_say(outputs, judged):
    for kind in FLAVOURS:
        verdict = judged(outputs(kind)[1])
        (found,) = verdict.attachments
        assert (found.media_type, found.relationship, found.size, found.signed) == (
            "application/json", "Data", len(DATA), True,
        )  # fmt: skip
        assert {item.name: item.ok for item in verdict.checks}["data"] is True
        assert "Liễu" not in str(verdict.as_dict())
    assert judged(outputs("copy")[1]).attachments == ()


def test_a_message_says_that_it_was_converted_from_paper(outputs, judged):
    signed = outputs("data_message")[1]
    assert judged(signed).document.origin == "converted"
    assert claimed_in(signed).code == "SH-1", "who only has the bytes reads the same"
    assert claimed_in(signed).title == "Giấy chứng sinh"
    assert claimed_in(b"%PDF-1.7 /ContactInfo (\\376") is None


def covered(pdf):
    """The bytes that some signature or timestamp covers."""
    found = set()
    for signature in PdfFileReader(BytesIO(pdf)).embedded_signatures:
        _, before, after, rest = (int(n) for n in signature.byte_range)
        found |= {*range(before), *range(after, after + rest)}
    return found


def flips(pdf, seed, count):
    """So many positions: half of them anywhere, half in what no signature covers."""
    chance, bare = random.Random(seed), sorted({*range(len(pdf))} - covered(pdf))
    for number in range(count):
        place = chance.choice(bare) if number % 2 and bare else chance.randrange(len(pdf))
        yield place, chance.randrange(8)


def turned(pdf, place, bit):
    changed = bytearray(pdf)
    changed[place] ^= 1 << bit
    return bytes(changed)


def not_accepted(judged, pdf, seed, count):
    """Turn bits: each is refused offline where a signature covers it, everywhere when the register is asked."""
    under, digest = covered(pdf), sha256(pdf).hexdigest()
    for place, bit in flips(pdf, seed, count):
        changed = turned(pdf, place, bit)
        offline = judged(changed)
        assert offline.state == "invalid" or place not in under, place
        assert offline.state == "invalid" or judged(changed, registered_sha256=digest).state == "invalid", place


@pytest.mark.parametrize("kind", KINDS)
def test_a_turned_bit_is_refused(outputs, judged, kind):
    not_accepted(judged, outputs(kind)[1], 20261127, 10)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_turned_bits_are_refused(outputs, judged, kind):
    not_accepted(judged, outputs(kind)[1], 7, 250)


def new_key(writer):
    writer.root["/X"] = NameObject("/Y")
    writer.update_root()


def annotation(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): ArrayObject(map(NumberObject, (40, 40, 200, 80))),
            pdf_name("/Contents"): TextStringObject("Đã sửa"),
        }
    )
    page["/Annots"] = ArrayObject([*page.get("/Annots", ()), writer.add_object(note)])
    writer.update_container(page)


def form_filled(writer):
    field = DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): TextStringObject("name"),
            pdf_name("/V"): TextStringObject("Trần Văn Thưởng"),
        }
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])


def proofs(writer):
    from asn1crypto import x509

    roots = LocalKeys(FOLDER[0]).roots()
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[x509.Certificate.load(roots[0])])


FOLDER = []


@pytest.fixture(autouse=True)
def _folder(pki_folder):
    FOLDER[:] = [pki_folder]


REVISIONS = (new_key, annotation, form_filled, proofs)


@pytest.mark.parametrize("change", REVISIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_appended_revision_is_refused(outputs, judged, kind, change):
    writer = IncrementalPdfFileWriter(BytesIO(outputs(kind)[1]))
    change(writer)
    writer.write(out := BytesIO())
    verdict = judged(out.getvalue())
    assert verdict.state == "invalid"
    assert all(fact.covers != "file" for fact in verdict.signers)


@pytest.mark.parametrize("kind", KINDS)
def test_another_signature_is_refused(outputs, judged, kind, keys):
    """Made by pyHanko itself, which this project's signer would not do."""
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

    writer = IncrementalPdfFileWriter(BytesIO(outputs(kind)[1]))
    fields.append_signature_field(writer, fields.SigFieldSpec("Another"))
    pem = (FOLDER[0] / "officers" / f"{OFFICER_ID}.pem").read_bytes()
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SimpleSigner(
        Certificate.load(keys.officer(OFFICER_ID).certificate),
        load_private_key_from_pemder_data(pem, None),
        SimpleCertificateStore(),
    )
    meta = signers.PdfSignatureMetadata(field_name="Another")
    with contextlib.suppress(SigningError):  # pyHanko itself knows that a file is closed
        assert judged(signers.sign_pdf(writer, meta, signer=signer).getvalue()).state == "invalid"


@pytest.mark.parametrize("kind", KINDS)
def test_a_timestamp_that_the_register_does_not_know_is_refused_by_it(outputs, judged, keys, kind):
    """Anybody can have one made: it changes nothing of the document, and its file is not the registered one."""
    lasting = LocalKeys(FOLDER[0], level="B-LT")
    signed = outputs(kind)[1]
    later = stamped(signed, keys.timestamper(SIGNED_AT), lasting.evidence(SIGNED_AT), at=SIGNED_AT)
    assert judged(later).state == "intact"
    assert judged(later, registered_sha256=sha256(signed).hexdigest()).state == "invalid"


def test_data_attached_later_are_not_under_the_signature(outputs, judged):
    def attach(writer):
        stream = writer.root["/AF"][0]["/EF"].raw_get("/F")
        spec = DictionaryObject(writer.root["/AF"][0])
        spec["/UF"] = TextStringObject("other.json")
        spec["/EF"] = DictionaryObject({pdf_name("/F"): stream})
        writer.root["/AF"].append(writer.add_object(spec))
        writer.update_root()

    writer = IncrementalPdfFileWriter(BytesIO(outputs("data_message")[1]))
    attach(writer)
    writer.write(out := BytesIO())
    verdict = judged(out.getvalue())
    assert [found.signed for found in verdict.attachments] == [True, False]
    assert {item.name: item.ok for item in verdict.checks}["data"] is False
    assert verdict.state == "invalid"
    assert replace(verdict.attachments[0], signed=False) != verdict.attachments[0]
