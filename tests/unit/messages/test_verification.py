import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from chalicelib.messages.keys import LocalKeys
from chalicelib.messages.verdict import ORIGIN, REVOCATION, SIGNING_TIME, UNSIGNED_BYTES
from chalicelib.messages.verification import verify
from infra.local.pki import ensure_pki

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def check(keys):
    """`check(pdf, **more)`: the verdict against this PKI's root."""
    return lambda pdf, **more: verify(pdf, **({"roots": keys.roots(), "at": NOW} | more))


def answers(verdict):
    return {item.name: item.ok for item in verdict.checks}


def hole(pdf):
    signature = PdfFileReader(BytesIO(pdf)).embedded_signatures[0]
    _, before, after, _ = (int(n) for n in signature.byte_range)
    return before, after


def flipped(pdf, position, bit=0):
    changed = bytearray(pdf)
    changed[position] ^= 1 << bit
    return bytes(changed)


def test_a_sealed_result_is_valid_and_says_what_it_could_not_check(check, sealed):
    digest = sha256(sealed).hexdigest()
    verdict = check(sealed, registered_sha256=digest.upper())
    assert verdict.valid
    assert verdict.sha256 == digest
    assert verdict.unchecked == (REVOCATION,)
    assert {name for name, ok in answers(verdict).items() if ok} == {
        "document", "signed", "integrity", "trust", "purpose", "timestamp", "coverage", "padding", "revisions",
        "registered_hash",
    }  # fmt: skip
    assert check(sealed).unchecked == (REVOCATION, ORIGIN, UNSIGNED_BYTES)
    assert check(sealed).state == "intact"
    assert all(item.detail_vi and item.detail_en for item in verdict.checks)


def test_the_officers_copy_is_valid_without_a_timestamp(check, officer_copy):
    verdict = check(officer_copy, registered_sha256=sha256(officer_copy).hexdigest())
    assert verdict.valid
    assert SIGNING_TIME in verdict.unchecked
    assert not verdict.signers[0].timestamped


def test_a_verdict_is_plain_data(check, sealed):
    import json

    plain = json.loads(json.dumps(check(sealed).as_dict()))
    assert (plain["valid"], plain["state"]) == (False, "intact")
    assert plain["signers"][0]["signed_at"].startswith("2026-11-25T")
    assert plain["checks"][0] == {
        "name": "document", "ok": True, "detail_vi": "Tệp PDF đọc được", "detail_en": "A readable PDF file",
    }  # fmt: skip


def test_roots_may_be_a_pem_file_and_others_are_not_trusted(check, sealed, pki_folder, tmp_path):
    assert check(sealed, roots=pki_folder / "ca.pem").state == "intact"
    ensure_pki(tmp_path / "other", agencies={}, officers={}, now=NOW)
    for roots in (LocalKeys(tmp_path / "other").roots(), []):
        verdict = check(sealed, roots=roots)
        assert verdict.state == "invalid"
        assert answers(verdict)["trust"] is False
        assert answers(verdict)["integrity"] is True


def test_a_timestamped_signature_outlives_its_certificate(check, sealed, officer_copy):
    later = NOW + timedelta(days=5 * 365)
    assert check(sealed, at=later).state == "intact"
    assert check(officer_copy, at=later).state == "invalid"
    assert check(sealed, at=NOW + timedelta(days=16 * 365)).state == "invalid"


def test_a_flipped_byte_under_the_signature_is_refused(check, sealed):
    verdict = check(flipped(sealed, sealed.index(b"stream") + 40))
    assert verdict.state == "invalid"
    assert answers(verdict)["integrity"] is False


@pytest.mark.parametrize("kind", ["sealed", "officer_copy"])
def test_random_flips_are_refused_by_the_registered_hash_and_owned_up_to_without_it(request, check, kind):
    pdf = request.getfixturevalue(kind)
    digest = sha256(pdf).hexdigest()
    chance = random.Random(20261125)
    before, after = hole(pdf)
    anywhere = [chance.randrange(len(pdf)) for _ in range(40)]
    in_contents = [chance.randrange(before, after) for _ in range(40)]
    for position in anywhere + in_contents:
        changed = flipped(pdf, position, chance.randrange(8))
        assert check(changed, registered_sha256=digest).state == "invalid"
        offline = check(changed)
        assert offline.state == "invalid" or UNSIGNED_BYTES in offline.unchecked
        assert offline.state == "invalid" or before < position < after


def test_the_padding_must_be_zeros_and_the_hex_as_written(check, sealed):
    before, after = hole(sealed)
    in_padding = flipped(sealed, after - 20)
    other_case = bytearray(sealed)
    letter = next(n for n in range(before, after) if other_case[n] in b"ABCDEF")
    other_case[letter] |= 0x20
    with_space = sealed[: after - 21] + b" " + sealed[after - 20 :]
    for changed in (in_padding, bytes(other_case), with_space):
        verdict = check(changed)
        assert verdict.state == "invalid"
        assert answers(verdict).get("padding") is not True


def incremental(pdf, change):
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    writer.write(out := BytesIO())
    return out.getvalue()


def add_key(writer):
    writer.root["/X"] = NameObject("/Y")
    writer.update_root()


def touch_only(writer):
    writer.update_root()


@pytest.mark.parametrize("kind", ["sealed", "officer_copy"])
@pytest.mark.parametrize("change", [add_key, touch_only])
def test_a_revision_after_the_signature_is_refused(request, check, kind, change):
    verdict = check(incremental(request.getfixturevalue(kind), change))
    assert verdict.state == "invalid"
    assert answers(verdict)["coverage"] is False


@pytest.mark.parametrize("tail", [b"\n", b"\x00", b"% note\n", b"\nstartxref\n0\n%%EOF\n"])
def test_raw_bytes_after_the_signature_are_refused(check, sealed, tail):
    assert check(sealed + tail).state == "invalid"
    assert check(tail + sealed).state == "invalid"


def test_a_byte_range_with_a_second_hole_is_refused(check, sealed):
    before, after = hole(sealed)
    where = sealed.rindex(b"/ByteRange")
    old = sealed[where : sealed.index(b"]", where) + 1]
    for numbers in ((0, before - 8, after, len(sealed) - after), (8, before - 8, after, len(sealed) - after)):
        new = b"/ByteRange [%d %d %d %d" % numbers
        verdict = check(sealed.replace(old, new.ljust(len(old) - 1) + b"]"))
        assert verdict.state == "invalid"


@pytest.mark.parametrize(
    "garbage",
    [b"", b"hello", b"%PDF-", b"%PDF-1.7\n%%EOF", b"GIF89a%PDF-1.7\n", b"%PDF-1.7\nstartxref\n5\n%%EOF", b"\x00" * 4096,
     b"%PDF-1.7\n" + b"<<" * 5000, b"%PDF-1.7\ntrailer<</Root 1 0 R/Size 9>>\nstartxref\n9\n%%EOF"],
)  # fmt: skip
def test_garbage_is_a_clear_no(check, garbage):
    verdict = check(garbage, registered_sha256="00")
    assert verdict.state == "invalid"
    assert answers(verdict) == {"document": False, "registered_hash": False}


def test_random_cuts_are_a_clear_no(check, sealed):
    chance = random.Random(7)
    for _ in range(30):
        assert check(sealed[: chance.randrange(len(sealed))]).state == "invalid"


def test_an_unsigned_paper_is_a_clear_no_even_when_registered(check, unsigned):
    verdict = check(unsigned, registered_sha256=sha256(unsigned).hexdigest())
    assert verdict.state == "invalid"
    assert answers(verdict) == {"document": True, "signed": False, "registered_hash": True}


def test_a_missing_roots_file_is_not_an_exception(check, sealed, tmp_path):
    assert check(sealed, roots=tmp_path / "none.pem").state == "invalid"
