import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.messages.model import VIETNAM
from chalicelib.messages.rendering import Look, render_stamp, signature_box
from chalicelib.messages.signing import CannotSign
from chalicelib.messages.verification import verify
from tests.support.increments import is_archivable, only_signature_added
from tests.unit.messages.conftest import shown

AT = datetime(2026, 11, 25, 9, 20, 5, tzinfo=VIETNAM)


@pytest.mark.parametrize("kind", ["sealed", "officer_copy"])
def test_pdfsig_finds_the_signature_valid(request, run, kind):
    report = run("pdfsig", request.getfixturevalue(kind), "IN")
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report


def test_openssl_accepts_the_message_and_its_chain(sealed, keys, tmp_path):
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    _, before, after, _ = (int(n) for n in signature.byte_range)
    (tmp_path / "cms").write_bytes(signature.pkcs7_content)
    (tmp_path / "content").write_bytes(sealed[:before] + sealed[after:])
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", tmp_path / "cms",
               "-content", tmp_path / "content", "-CAfile", keys.roots_path, "-out", "/dev/null"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_unsigned_paper_is_archivable_and_the_signature_adds_only_itself(unsigned, sealed, officer_copy):
    assert is_archivable(unsigned)
    assert only_signature_added(unsigned, sealed)
    assert only_signature_added(unsigned, officer_copy)
    assert not is_archivable(sealed), "the validator cannot speak for a signed file: hence the two halves"


def test_the_look_of_the_signature_is_archivable_itself():
    assert is_archivable(render_stamp(Look(["Ký bởi: Ủy ban nhân dân"]), 220, 64, at=AT))


def changed(pdf, change):
    with pikepdf.open(BytesIO(pdf)) as document:
        change(document)
        document.save(out := BytesIO(), static_id=True)
    return out.getvalue()


def appended(pdf, change):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    writer.write(out := BytesIO())
    return out.getvalue()


def test_an_increment_with_more_than_a_signature_is_seen(unsigned, sealed):
    from pyhanko.pdf_utils.generic import DictionaryObject, NameObject

    def new_key(writer):
        writer.root["/OpenAction"] = DictionaryObject({NameObject("/S"): NameObject("/JavaScript")})
        writer.update_root()

    def new_text(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"]._data = b"q Q"
        writer.update_container(page["/Contents"])

    assert not only_signature_added(unsigned, appended(unsigned, new_key))
    assert not only_signature_added(unsigned, appended(unsigned, new_text))
    assert not only_signature_added(unsigned, appended(sealed, new_key))
    assert not only_signature_added(unsigned, unsigned)
    assert not only_signature_added(unsigned, changed(unsigned, lambda document: None))
    assert not only_signature_added(unsigned, unsigned + b"\n% nothing")
    assert not only_signature_added(b"", b"garbage")
    assert not only_signature_added(unsigned[:9000], sealed)
    assert not only_signature_added(unsigned, sealed + b"more")


def test_the_given_bytes_stay_and_the_given_time_is_written(unsigned, sealed):
    assert sealed.startswith(unsigned)
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    assert signature.self_reported_timestamp == AT
    assert verify(sealed, roots=[]).signers[0].signed_at == AT


def test_the_agency_certifies_and_the_officer_does_not(sealed, officer_copy, pki_folder):
    assert [s.certifies for s in verify(sealed, roots=pki_folder / "ca.pem").signers] == [True]
    assert [s.certifies for s in verify(officer_copy, roots=pki_folder / "ca.pem").signers] == [False]


def test_after_the_agencys_signature_no_change_is_allowed_after_the_officers_any(sealed, officer_copy):
    with pikepdf.open(BytesIO(sealed)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
    with pikepdf.open(BytesIO(officer_copy)) as document:
        assert "/Perms" not in document.Root


def test_a_second_signature_may_follow_the_officers_but_not_the_agencys(seal, sealed, officer_copy, pki_folder):
    both = seal(officer_copy, certify=False)
    verdict = verify(both, roots=pki_folder / "ca.pem")
    assert [c.name for c in verdict.checks if c.ok is False] == [], verdict.checks
    assert [signer.field for signer in verdict.signers] == ["OfficerSignature", "AgencySignature"]
    for pdf, certify in ((officer_copy, True), (sealed, False), (sealed, True)):
        with pytest.raises(CannotSign):
            seal(pdf, certify=certify, field_name="Another")


@pytest.mark.parametrize("garbage", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n9999\n%%EOF"])
def test_garbage_cannot_be_signed(seal, garbage):
    with pytest.raises(CannotSign):
        seal(garbage)


def test_a_signing_time_without_offset_is_refused(seal, unsigned):
    with pytest.raises(ValueError, match="offset"):
        seal(unsigned, at=datetime(2026, 11, 25))  # noqa: DTZ001 - the point of the test


def test_the_stamp_is_drawn_in_its_box(unsigned, sealed, run):
    page, (x0, y0, x1, y1) = signature_box("birth_certificate")
    size = f"-r 72 -x {x0:.0f} -y {841.89 - y1:.0f} -W {x1 - x0:.0f} -H {y1 - y0:.0f}".split()
    text = run("pdftotext", sealed, *size, "-f", str(page + 1), "-l", str(page + 1), "IN", "-")
    assert "Ký bởi: Ủy ban nhân dân xã Vĩnh Phước" in text
    assert "25/11/2026 09:20:05 +07:00" in text
    with pypdfium2.PdfDocument(sealed) as signed, pypdfium2.PdfDocument(unsigned) as plain:
        signed.init_forms()
        was, now = plain[0].render(scale=1).to_numpy(), signed[0].render(scale=1).to_numpy()
    rows, columns = (was != now).any(axis=2).nonzero()
    assert x0 - 1 <= columns.min() <= columns.max() <= x1 + 1
    assert 841 - y1 - 1 <= rows.min() <= rows.max() <= 843 - y0


@pytest.mark.parametrize("lines", [[], ["Ủy ban nhân dân " * 12] * 6, ["A"]])
def test_any_number_of_lines_fits_the_stamp(seal, unsigned, lines):
    assert only_signature_added(unsigned, seal(unsigned, seen=shown(lines)))


def test_an_ascii_name_is_not_needed(sealed, pki_folder):
    assert verify(sealed, roots=pki_folder / "ca.pem").signers[0].name == "Ủy ban nhân dân xã Vĩnh Phước"


def test_times_are_compared_as_instants(sealed, pki_folder):
    fact = verify(sealed, roots=pki_folder / "ca.pem").signers[0]
    assert fact.timestamped
    assert fact.signed_at == AT.astimezone(UTC)
