"""Is this file what an agency signed? One pass over the bytes, an answer for people and for programs.

pyHanko does the cryptography. Around it stand the rules a signature alone does not give: some bytes of a signed file
(the padding of `/Contents`, certificates carried along) are under no signature, and a revision appended later leaves
`intact` true. So a verdict rests on pyHanko's bottom line, on our own look at the byte ranges, and, when known, on the
registered SHA-256 of the whole file; what was not checked is said. Whoever holds some key under a trusted root can sign
anything: the certificates must be of those who sign such a document (`bearers`), and only the register makes a verdict
"valid". Decree 45/2020/ND-CP Art. 14(3); Decree
137/2024/ND-CP Art. 4, 6(3).
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from chalicelib.messages.bearers import Bearer, Signed, bearer_of, may_have_signed
from chalicelib.messages.statement import WHERE, Statement, read
from chalicelib.messages.verdict import Check, Document, SignerFact, Verdict, check, state_of, unchecked

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

type Roots = Sequence[bytes] | Path

MAX_BYTES: Final = 64 * 1024 * 1024
INFO: Final = "/Info"
UNKNOWN: Final = ""
"""In place of a registered hash: the register was asked, and knows no document with this code."""


class _Seen(NamedTuple):
    """What one signature shows."""

    fact: SignerFact
    bearer: Bearer
    statement: Statement | None
    closes: bool
    intact: bool
    trusted: bool
    bottom_line: bool
    timestamp_ok: bool | None
    range_ok: bool
    whole_file: bool
    canonical: bool


def verify(pdf: bytes, *, roots: Roots, registered_sha256: str | None = None, at: datetime | None = None) -> Verdict:
    """The verdict on one file; never raises for what is in `pdf`.

    `roots` are DER certificates or a PEM file. `registered_sha256` (hexadecimal) is the hash the system of record
    holds, `UNKNOWN` when it was asked and knows no such document, None when nobody asked. A signer's certificate is
    judged at its timestamp, everything else at `at` (aware; default: now). A file that goes on after its last signature
    (also a DSS or a document timestamp) is refused: the documents of this system end with a signature.
    """
    digest = sha256(pdf).hexdigest()
    checks: list[Check] = []
    seen, document = tuple[_Seen, ...](), None
    try:
        seen, document = _look(pdf, _load_roots(roots), at or datetime.now(UTC))
    except Exception as error:  # noqa: BLE001 - hostile bytes may break a parser anywhere; the answer is "not valid"
        checks.append(check("document", ok=False, note=type(error).__name__))
    else:
        checks.append(check("document", ok=True))
        checks.append(check("signed", ok=bool(seen)))
    if seen:
        checks += _signature_checks(seen, document.agency_name if document else "")
    same = None if registered_sha256 is None else digest == registered_sha256.lower()
    checks.append(check("registered_hash", ok=same))
    facts = tuple(item.fact for item in seen)
    return Verdict(state_of(checks), document, tuple(checks), tuple(unchecked(checks)), facts, digest)


def _signature_checks(seen: Sequence[_Seen], agency_name: str) -> list[Check]:
    def every(test: Callable[[_Seen], bool]) -> bool:
        return all(test(item) for item in seen)

    stamps = [item.timestamp_ok for item in seen]
    stamp_ok = False if False in stamps else None if None in stamps else True
    signed = [Signed(item.fact.field, item.bearer, item.statement) for item in seen]
    followed = any(item.closes for item in seen[:-1])
    return [
        check("integrity", ok=every(lambda item: item.intact)),
        check("trust", ok=every(lambda item: item.trusted)),
        check("purpose", ok=may_have_signed(signed, agency_name)),
        check("timestamp", ok=stamp_ok),
        check("coverage", ok=every(lambda item: item.range_ok) and seen[-1].whole_file),
        check("padding", ok=every(lambda item: item.canonical)),
        check("revisions", ok=every(lambda item: item.bottom_line) and not followed),
        check("revocation", ok=None),
    ]


def _load_roots(roots: Roots) -> "list[Certificate]":
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    if isinstance(roots, Path):
        return [Certificate.load(der) for _, _, der in pem.unarmor(roots.read_bytes(), multiple=True)]
    return [Certificate.load(der) for der in roots]


def _look(pdf: bytes, roots: "list[Certificate]", at: datetime) -> tuple[tuple[_Seen, ...], Document | None]:
    """What every signature shows, in the order in which their byte ranges end, and of what document they speak."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_BYTES:
        raise ValueError("no PDF header at the first byte, or too large")
    reader = PdfFileReader(BytesIO(pdf))
    found = sorted(reader.embedded_signatures, key=_end)
    seen = asyncio.run(_look_at_all(pdf, reader, found, roots, at))
    return seen, _document(reader, seen[-1].statement) if seen else None


def _document(reader: "PdfFileReader", statement: Statement | None) -> Document:
    """Papers of earlier releases say in their metadata what they are: "TITLE - code", and their agency as author."""
    if statement:
        said = statement
        return Document(said.code, said.title, said.agency, said.agency_name, said.holder, said.lookup)
    try:
        info = reader.trailer[INFO]
        title, author = (str(info.get(key, "")) for key in ("/Title", "/Author"))
    except Exception:  # noqa: BLE001 - a file may have no metadata, or broken ones: then it says nothing of itself
        title = author = ""
    text, dash, code = title.rpartition(" - ")
    return Document(code if dash else "", text if dash else code, "", author, "", "")


async def _look_at_all(
    pdf: bytes, reader: "PdfFileReader", found: "list[EmbeddedPdfSignature]", roots: "list[Certificate]", at: datetime
) -> tuple[_Seen, ...]:
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import async_validate_pdf_signature, read_certification_data

    certified = read_certification_data(reader)
    seen = []
    for signature in found:
        moment = _stamped_at(signature)
        status = await async_validate_pdf_signature(
            signature, _context(roots, moment or at), ts_validation_context=_context(roots, at)
        )
        certifies = certified is not None and certified.author_sig == signature.sig_object
        closes = certifies and certified is not None and certified.permission is MDPPerm.NO_CHANGES
        seen.append(_see(pdf, signature, status, moment, certifies=certifies, closes=closes))
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
    closes: bool,
) -> _Seen:
    bearer = bearer_of(signature.signer_cert)
    fact = SignerFact(
        name=bearer.name,
        kind=bearer.kind,
        agency=bearer.agency,
        field=str(signature.field_name),
        signed_at=moment or status.signer_reported_dt,
        timestamped=moment is not None,
        certifies=certifies,
    )
    range_ok, canonical = _container(pdf, signature)
    return _Seen(
        fact=fact,
        bearer=bearer,
        statement=read(str(signature.sig_object.get(WHERE, ""))),
        closes=closes,
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
