"""Is this file what an agency signed? One pass over the bytes, an answer for people and for programs.

pyHanko does the cryptography. Around it stand the rules a signature alone does not give: some bytes of a signed file
(the padding of `/Contents`, certificates carried along) are under no signature, and a revision appended later leaves
`intact` true. So a verdict rests on pyHanko's bottom line, on our own look at the byte ranges, and, when known, on the
registered SHA-256 of the whole file; what was not checked is said. Decree 45/2020/ND-CP Art. 14(3); Decree
137/2024/ND-CP Art. 4, 6(3).
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

type Roots = Sequence[bytes] | Path

MAX_BYTES = 64 * 1024 * 1024
UNSIGNED_BYTES = "bytes no signature covers"
REVOCATION = "certificate revocation"
SIGNING_TIME = "signing time (claimed by the signer)"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer: True, False, or None when it could not be asked."""

    name: str
    ok: bool | None
    detail_vi: str
    detail_en: str


@dataclass(frozen=True, slots=True)
class SignerFact:
    """Who signed which field, and when: the timestamp's time, else the time the signer claims."""

    name: str
    field: str
    signed_at: datetime | None
    timestamped: bool
    certifies: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `valid` is never True with a failed check; `unchecked` names what nothing here proves."""

    valid: bool
    checks: tuple[Check, ...]
    unchecked: tuple[str, ...]
    signers: tuple[SignerFact, ...]
    sha256: str

    def as_dict(self) -> dict[str, object]:
        """The verdict as JSON types; times are ISO 8601."""
        return {
            "valid": self.valid,
            "checks": [asdict(check) for check in self.checks],
            "unchecked": list(self.unchecked),
            "signers": [asdict(s) | {"signed_at": s.signed_at and s.signed_at.isoformat()} for s in self.signers],
            "sha256": self.sha256,
        }


class _Seen(NamedTuple):
    """What one signature shows."""

    fact: SignerFact
    intact: bool
    trusted: bool
    bottom_line: bool
    timestamp_ok: bool | None
    range_ok: bool
    whole_file: bool
    canonical: bool


_TEXTS: dict[str, dict[bool | None, tuple[str, str]]] = {
    "document": {
        True: ("Tệp PDF đọc được", "A readable PDF file"),
        False: ("Không phải tệp PDF đọc được", "Not a readable PDF file"),
    },
    "signed": {
        True: ("Tệp có chữ ký số", "The file carries a digital signature"),
        False: ("Tệp không có chữ ký số", "The file carries no digital signature"),
    },
    "integrity": {
        True: ("Nội dung đã ký không bị thay đổi", "The signed content is unchanged"),
        False: ("Nội dung đã ký bị thay đổi hoặc chữ ký hỏng", "The signed content or a signature was changed"),
    },
    "trust": {
        True: ("Chứng thư số thuộc hệ thống tin cậy", "The certificates lead to a trusted root"),
        False: ("Chứng thư số không được tin cậy", "A certificate leads to no trusted root or may not sign"),
    },
    "timestamp": {
        True: ("Dấu thời gian hợp lệ", "The timestamps are valid"),
        False: ("Dấu thời gian không hợp lệ", "A timestamp is not valid"),
        None: ("Không có dấu thời gian", "A signature has no timestamp: its time is the signer's claim"),
    },
    "coverage": {
        True: ("Chữ ký bao trùm toàn bộ tệp", "The last signature covers the whole file"),
        False: ("Chữ ký không bao trùm toàn bộ tệp", "No signature covers the whole file: something was appended"),
    },
    "padding": {
        True: ("Vùng chứa chữ ký đúng chuẩn", "The signature containers are canonical and zero-filled"),
        False: ("Vùng chứa chữ ký bị can thiệp", "A signature container was tampered with"),
    },
    "revisions": {
        True: ("Không có sửa đổi sau khi ký", "Nothing forbidden was changed after signing"),
        False: ("Có sửa đổi sau khi ký", "The file was changed after it was signed"),
    },
    "registered_hash": {
        True: ("Khớp mã băm đã đăng ký", "The file is the registered one, byte for byte"),
        False: ("Không khớp mã băm đã đăng ký", "The file is not the registered one"),
        None: ("Chưa đối chiếu mã băm đã đăng ký", "Not compared with a registered hash"),
    },
    "revocation": {
        None: ("Chưa kiểm tra thu hồi chứng thư số", "Revocation of the certificates was not checked"),
    },
}  # fmt: skip


def verify(pdf: bytes, *, roots: Roots, registered_sha256: str | None = None, at: datetime | None = None) -> Verdict:
    """The verdict on one file; never raises for what is in `pdf`.

    `roots` are DER certificates or a PEM file. `registered_sha256` (hexadecimal) is the hash the system of record
    holds. A signer's certificate is judged at its timestamp, everything else at `at` (aware; default: now). A file
    that goes on after its last signature (also a DSS or a document timestamp) is refused: the documents of this
    system end with a signature.
    """
    digest = sha256(pdf).hexdigest()
    checks: list[Check] = []
    seen: tuple[_Seen, ...] = ()
    try:
        seen = _look(pdf, _load_roots(roots), at or datetime.now(UTC))
    except Exception as error:  # noqa: BLE001 - hostile bytes may break a parser anywhere; the answer is "not valid"
        checks.append(_check("document", ok=False, note=type(error).__name__))
    else:
        checks.append(_check("document", ok=True))
        checks.append(_check("signed", ok=bool(seen)))
    if seen:
        checks += _signature_checks(seen)
    same = None if registered_sha256 is None else digest == registered_sha256.lower()
    checks.append(_check("registered_hash", ok=same))
    valid = bool(seen) and all(check.ok is not False for check in checks)
    return Verdict(valid, tuple(checks), tuple(_unchecked(checks)), tuple(item.fact for item in seen), digest)


def _check(name: str, *, ok: bool | None, note: str = "") -> Check:
    vietnamese, english = _TEXTS[name][ok]
    tail = f" ({note})" if note else ""
    return Check(name, ok, vietnamese + tail, english + tail)


def _signature_checks(seen: Sequence[_Seen]) -> list[Check]:
    def every(test: Callable[[_Seen], bool]) -> bool:
        return all(test(item) for item in seen)

    stamps = [item.timestamp_ok for item in seen]
    stamp_ok = False if False in stamps else None if None in stamps else True
    followed = any(item.fact.certifies for item in seen[:-1])
    return [
        _check("integrity", ok=every(lambda item: item.intact)),
        _check("trust", ok=every(lambda item: item.trusted)),
        _check("timestamp", ok=stamp_ok),
        _check("coverage", ok=every(lambda item: item.range_ok) and seen[-1].whole_file),
        _check("padding", ok=every(lambda item: item.canonical)),
        _check("revisions", ok=every(lambda item: item.bottom_line) and not followed),
        _check("revocation", ok=None),
    ]


def _unchecked(checks: Iterable[Check]) -> Iterable[str]:
    names = {"registered_hash": UNSIGNED_BYTES, "revocation": REVOCATION, "timestamp": SIGNING_TIME}
    return (names[check.name] for check in checks if check.ok is None)


def _load_roots(roots: Roots) -> "list[Certificate]":
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    if isinstance(roots, Path):
        return [Certificate.load(der) for _, _, der in pem.unarmor(roots.read_bytes(), multiple=True)]
    return [Certificate.load(der) for der in roots]


def _look(pdf: bytes, roots: "list[Certificate]", at: datetime) -> tuple[_Seen, ...]:
    """What every signature shows, in the order in which their byte ranges end."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_BYTES:
        raise ValueError("no PDF header at the first byte, or too large")
    reader = PdfFileReader(BytesIO(pdf))
    found = sorted(reader.embedded_signatures, key=_end)
    return asyncio.run(_look_at_all(pdf, reader, found, roots, at))


async def _look_at_all(
    pdf: bytes, reader: "PdfFileReader", found: "list[EmbeddedPdfSignature]", roots: "list[Certificate]", at: datetime
) -> tuple[_Seen, ...]:
    from pyhanko.sign.validation import async_validate_pdf_signature, read_certification_data

    certified = read_certification_data(reader)
    seen = []
    for signature in found:
        moment = _stamped_at(signature)
        status = await async_validate_pdf_signature(
            signature, _context(roots, moment or at), ts_validation_context=_context(roots, at)
        )
        certifies = certified is not None and certified.author_sig == signature.sig_object
        seen.append(_see(pdf, signature, status, moment, certifies=certifies))
    return tuple(seen)


def _context(roots: "list[Certificate]", moment: datetime) -> "ValidationContext":
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail")


def _stamped_at(signature: "EmbeddedPdfSignature") -> datetime | None:
    """The time inside the timestamp token. Good for choosing the moment only: the token is validated after."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        time = token["encap_content_info"]["content"].parsed["gen_time"].native
        return time if isinstance(time, datetime) else None
    return None


def _see(
    pdf: bytes,
    signature: "EmbeddedPdfSignature",
    status: "PdfSignatureStatus",
    moment: datetime | None,
    *,
    certifies: bool,
) -> _Seen:
    name = signature.signer_cert.subject.native.get("common_name", "")
    fact = SignerFact(
        name=name if isinstance(name, str) else ", ".join(name),
        field=str(signature.field_name),
        signed_at=moment or status.signer_reported_dt,
        timestamped=moment is not None,
        certifies=certifies,
    )
    range_ok, canonical = _container(pdf, signature)
    return _Seen(
        fact=fact,
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        bottom_line=bool(status.bottom_line),
        timestamp_ok=_stamp_ok(status, moment),
        range_ok=range_ok,
        whole_file=_end(signature) == len(pdf),
        canonical=canonical,
    )


def _stamp_ok(status: "PdfSignatureStatus", moment: datetime | None) -> bool | None:
    """None without a timestamp; the time that was used must be the time that was validated."""
    stamp = status.timestamp_validity
    if stamp is None:
        return None if moment is None else False
    return bool(stamp.valid and stamp.trusted and stamp.intact and stamp.timestamp == moment)


def _byte_range(signature: "EmbeddedPdfSignature") -> list[int]:
    """Four numbers: start, bytes before `/Contents`, where the rest begins, bytes of the rest. Else `ValueError`."""
    numbers = [int(number) for number in signature.byte_range]
    if len(numbers) != 4 or min(numbers) < 0:  # noqa: PLR2004 - two (offset, length) pairs
        raise ValueError("a byte range of another shape")
    return numbers


def _end(signature: "EmbeddedPdfSignature") -> int:
    return sum(_byte_range(signature)[2:])


def _container(pdf: bytes, signature: "EmbeddedPdfSignature") -> tuple[bool, bool]:
    """Whether the byte range leaves out exactly `<...>` of `/Contents`, and whether that is what a signer writes.

    That is: upper-case hexadecimal without spaces, one DER value, zeros to the end, and the very value pyHanko read.
    """
    from asn1crypto.parser import peek

    start, before, after, _ = _byte_range(signature)
    hole = pdf[before:after]
    if start != 0 or hole[:1] != b"<" or hole[-1:] != b">":
        return False, False
    value = bytes(signature.pkcs7_content)
    as_written = value.hex().upper().encode() == hole[1:-1]
    return True, as_written and not any(value[peek(value) :])
