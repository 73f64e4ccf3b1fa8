"""What is put beside signatures: others prove every level, time goes by, and a revoked certificate signs nothing."""

import shutil
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.archive.increments import only_signatures_added, unsigned_part
from chalicelib.kernel.problem import TryAgain
from chalicelib.messages.evidence import CertificateRevoked, Evidence, ends_of
from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.levels import LEVELS
from chalicelib.messages.signing import CannotSign, Room, stamped
from chalicelib.messages.stamps import last_ends
from chalicelib.messages.verdict import REVOCATION
from chalicelib.messages.verification import Known, verify
from infra.local.pki import ensure_pki
from tests.support.increments import is_archivable
from tests.unit.messages.conftest import AGENCY, AGENCY_ID, OFFICER_ID, SIGNED_AT

YEAR = timedelta(days=365)


@pytest.fixture(scope="session")
def at_level(seal, unsigned, pki_folder):
    """`at_level(level)`: a sealed result at a level of PAdES."""
    made = {}

    def apply(level):
        if level not in made:
            made[level] = seal(unsigned, evidence=LocalKeys(pki_folder, level=level).evidence(SIGNED_AT))
        return made[level]

    return apply


def answers(verdict):
    return {item.name: item.ok for item in verdict.checks}


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_proved_here_and_by_poppler_and_openssl(at_level, level, unsigned, keys, run, cms_verified):
    pdf = at_level(level)
    verdict = verify(pdf, roots=keys.roots(), at=SIGNED_AT)
    assert verdict.state == "intact", verdict.checks
    assert answers(verdict)["revocation"] is (None if level == "B-T" else True)
    assert (REVOCATION in verdict.unchecked) is (level == "B-T")
    assert [fact.covers for fact in verdict.signers] == ["file"]
    assert len(verdict.stamps) == (level == "B-LTA")
    assert is_archivable(unsigned)
    assert only_signatures_added(unsigned, pdf)
    assert unsigned_part(pdf, sha256(unsigned).hexdigest()) == unsigned
    report = run("pdfsig", pdf, "-nocert", "IN")
    assert report.count("Signature is Valid") == 1
    assert "Total document signed" in report
    cms_verified(pdf)


def test_what_proves_a_signature_is_under_it(at_level):
    pdf = at_level("B-LT")
    reader = PdfFileReader(BytesIO(pdf))
    assert reader.total_revisions == 2
    with pikepdf.open(BytesIO(pdf)) as document:
        assert sorted(document.Root.DSS.keys()) == ["/CRLs", "/Certs"]
    flipped = bytearray(pdf)
    flipped[pdf.index(b"/DSS") + 40] ^= 1
    assert verify(bytes(flipped), roots=[]).state == "invalid"


def test_a_file_whose_head_is_another_has_no_unsigned_part(at_level, unsigned):
    assert unsigned_part(at_level("B-LT"), "00" * 32) is None
    assert unsigned_part(b"", sha256(unsigned).hexdigest()) is None


def test_two_signatures_with_their_proofs_are_one_paper(keys, pki_folder, seal, unsigned, run):
    evidence = LocalKeys(pki_folder, level="B-LTA").evidence(SIGNED_AT)
    box = (0, (40, 40, 240, 100))
    first = seal(
        unsigned, field_name="OfficerSignature", certify=Room("AgencySignature", *box), evidence=evidence, seen=None
    )
    both = seal(first, certify=False, evidence=evidence, seen=None)
    verdict = verify(both, roots=keys.roots(), at=SIGNED_AT)
    assert [fact.covers for fact in verdict.signers] == ["file_then", "file"]
    assert {name for name, ok in answers(verdict).items() if ok is False} <= {"purpose"}  # the agency signed twice here
    assert len(verdict.stamps) == 1, "the person's signature has no timestamp over the file: the agency's is to come"
    assert only_signatures_added(unsigned, both)
    assert run("pdfsig", both, "-nocert", "IN").count("Signature is Valid") == 2


@pytest.fixture
def own_keys(pki_folder, tmp_path):
    """The same stage in a folder of its own, whose root may say another thing of its certificates."""
    shutil.copytree(pki_folder, tmp_path / "keys")
    return LocalKeys(tmp_path / "keys", level="B-LT")


def test_a_revoked_certificate_signs_nothing(own_keys, tmp_path, seal, unsigned):
    from cryptography.x509 import load_der_x509_certificate

    own = load_der_x509_certificate(own_keys.agency(AGENCY_ID).certificate)
    (tmp_path / "keys" / "revoked.txt").write_text(f"{own.serial_number}\n", "utf-8")
    with pytest.raises(CertificateRevoked):
        seal(unsigned, evidence=own_keys.evidence(SIGNED_AT))


@pytest.mark.parametrize("lists", [(), "old"])
def test_a_certificate_of_which_nothing_is_known_waits(own_keys, seal, unsigned, lists):
    said = own_keys.evidence(SIGNED_AT - YEAR).lists if lists else ()
    with pytest.raises(TryAgain):
        seal(unsigned, evidence=Evidence(level="B-LT", roots=own_keys.roots(), lists=said))


def test_what_was_revoked_since_stays_signed_and_what_was_revoked_before_is_told(own_keys, tmp_path, seal, unsigned):
    """A list that came with the file is believed as far as it goes."""
    from cryptography.x509 import load_der_x509_certificate

    pdf = seal(unsigned, evidence=own_keys.evidence(SIGNED_AT))
    own = load_der_x509_certificate(own_keys.agency(AGENCY_ID).certificate)
    (tmp_path / "keys" / "revoked.txt").write_text(f"{own.serial_number}\n", "utf-8")
    since = SIGNED_AT + 2 * YEAR
    later = stamped(pdf, own_keys.timestamper(since), own_keys.evidence(since), at=since)
    verdict = verify(later, roots=own_keys.roots(), at=since)
    assert answers(verdict)["revocation"] is True
    assert verdict.state == "intact"
    told = stamped(pdf, own_keys.timestamper(SIGNED_AT), own_keys.evidence(SIGNED_AT), at=SIGNED_AT)
    verdict = verify(told, roots=own_keys.roots(), at=SIGNED_AT)
    assert answers(verdict)["revocation"] is False
    assert verdict.state == "invalid"


def test_timestamps_carry_a_file_past_the_end_of_every_certificate(own_keys, tmp_path, seal, unsigned):
    folder = tmp_path / "keys"
    first = seal(unsigned, evidence=own_keys.evidence(SIGNED_AT))
    ends = last_ends(first)
    assert SIGNED_AT + 14 * YEAR < ends < SIGNED_AT + 16 * YEAR
    again = SIGNED_AT + 14 * YEAR
    (folder / "tsa.pem").unlink()
    ensure_pki(folder, agencies={}, officers={}, now=again)  # a new authority under the same root
    renewed = LocalKeys(folder, level="B-LT")
    twice = stamped(first, renewed.timestamper(again), renewed.evidence(again), at=again)
    assert twice.startswith(first)
    assert last_ends(twice) > ends
    in_time, late = SIGNED_AT + 16 * YEAR, SIGNED_AT + 19 * YEAR
    roots = renewed.roots()
    assert verify(first, roots=roots, at=in_time).state == "invalid"
    assert verify(twice, roots=roots, at=in_time).state == "intact"
    assert [fact.covers for fact in verify(twice, roots=roots, at=in_time).signers] == ["file"]
    thrice = stamped(twice, renewed.timestamper(late), renewed.evidence(late), at=late)
    verdict = verify(thrice, roots=roots, at=late)
    assert verdict.state == "intact", verdict.checks
    assert [stamp.stamped_at.year for stamp in verdict.stamps] == [2040, 2045]
    assert only_signatures_added(unsigned, thrice)
    assert unsigned_part(thrice, sha256(unsigned).hexdigest()) == unsigned


def test_a_timestamp_by_a_stranger_is_refused(keys, tmp_path, sealed):
    ensure_pki(tmp_path / "other", agencies={}, officers={}, now=SIGNED_AT)
    other = LocalKeys(tmp_path / "other", level="B-LT")
    by_stranger = stamped(sealed, other.timestamper(SIGNED_AT), other.evidence(SIGNED_AT), at=SIGNED_AT)
    verdict = verify(by_stranger, roots=keys.roots(), at=SIGNED_AT)
    assert verdict.state == "invalid"
    assert answers(verdict)["timestamp"] is False


def test_an_earlier_version_is_known_as_one_and_what_was_withdrawn_is_not_valid(keys, sealed):
    digest = sha256(sealed).hexdigest()
    known = verify(sealed, roots=keys.roots(), at=SIGNED_AT, registered_sha256=Known("ab" * 32, (digest,)))
    assert known.valid
    assert answers(known)["earlier"] is True
    assert "earlier" not in answers(verify(sealed, roots=[], registered_sha256=Known(digest)))
    withdrawn = verify(sealed, roots=keys.roots(), at=SIGNED_AT, registered_sha256=Known(digest, withdrawn=True))
    assert withdrawn.state == "invalid"
    assert answers(withdrawn)["withdrawn"] is False
    other = verify(sealed, roots=keys.roots(), at=SIGNED_AT, registered_sha256=Known("ab" * 32))
    assert answers(other)["registered_hash"] is False


def test_a_paper_signed_with_the_former_key_still_holds(own_keys, tmp_path, seal, unsigned):
    former, key = seal(unsigned), own_keys.agency(AGENCY_ID).certificate
    (tmp_path / "keys" / "agencies" / f"{AGENCY_ID}.pem").unlink()
    ensure_pki(tmp_path / "keys", agencies={AGENCY_ID: AGENCY}, officers={}, now=SIGNED_AT)
    turned = LocalKeys(tmp_path / "keys", level="B-LT")
    assert turned.agency(AGENCY_ID).certificate != key
    for at in (SIGNED_AT, SIGNED_AT + 5 * YEAR):
        assert verify(former, roots=turned.roots(), at=at).state == "intact"


def test_garbage_takes_no_timestamp(own_keys):
    with pytest.raises(CannotSign):
        stamped(b"%PDF-1.7\n", own_keys.timestamper(SIGNED_AT), own_keys.evidence(SIGNED_AT), at=SIGNED_AT)


def test_whoever_signs_is_among_those_whose_certificates_are_watched(keys):
    watched = set(keys.certificates())
    assert {keys.agency(AGENCY_ID).certificate, keys.officer(OFFICER_ID).certificate} < watched
    assert len(watched) == 3


def certificate(ends):
    """A certificate that holds until then, in DER."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(SIGNED_AT - YEAR).not_valid_after(ends)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_several_certificates_hold_until_the_first_of_them_ends():
    ends = [SIGNED_AT + years * YEAR for years in (2, 1, 3)]
    known = [certificate(each) for each in ends]
    assert (ends_of(known), ends_of(known[:1]), ends_of([])) == (ends[1], ends[0], None)
