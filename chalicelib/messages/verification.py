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
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from chalicelib.contracts.provenance import Compared
from chalicelib.messages.attached import attachments
from chalicelib.messages.bearers import Bearer, Signed, bearer_of, may_have_signed
from chalicelib.messages.containers import container, end_of
from chalicelib.messages.stamps import Proofs, Stamp, judged_at, look_at_stamps, proofs_in
from chalicelib.messages.statement import WHERE, Statement, read
from chalicelib.messages.verdict import (
    Attachment,
    Check,
    Covers,
    Document,
    SignerFact,
    Verdict,
    check,
    state_of,
    unchecked,
)

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import DocMDPInfo, EmbeddedPdfSignature, PdfSignatureStatus

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
    end: int
    canonical: bool


class _Look(NamedTuple):
    """What a file shows: its signatures in the order in which their byte ranges end, and what stands beside them."""

    seen: tuple[_Seen, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    stamps_canonical: bool = True
    document: Document | None = None
    attached: tuple[Attachment, ...] = ()


class Known(NamedTuple):
    """What a register knows of a document: the hash of the file, those of its earlier versions, whether it stands.

    Without `sha256` the register was asked, and knows no document with this code.
    """

    sha256: str = ""
    earlier: tuple[str, ...] = ()
    withdrawn: bool = False
    compared: Compared | None = None
    """Of what was converted from paper: how it is known whose it is."""


def verify(
    pdf: bytes, *, roots: Roots, registered_sha256: str | Known | None = None, at: datetime | None = None
) -> Verdict:
    """The verdict on one file; never raises for what is in `pdf`.

    `roots` are DER certificates or a PEM file. `registered_sha256` is what the system of record knows, or the hash that
    it holds (hexadecimal), `UNKNOWN` when it was asked and knows no such document, None when nobody asked. A signer's
    certificate is judged at its timestamp, that timestamp at the next one over the file, the last at `at` (aware;
    default: now). A file that goes on after its last signature or timestamp is refused: the documents of this system
    end with one.
    """
    digest = sha256(pdf).hexdigest()
    checks: list[Check] = []
    look = _Look()
    try:
        look = _look(pdf, _load_roots(roots), at or datetime.now(UTC))
    except Exception as error:  # noqa: BLE001 - hostile bytes may break a parser anywhere; the answer is "not valid"
        checks.append(check("document", ok=False, note=type(error).__name__))
    else:
        checks.append(check("document", ok=True))
        checks.append(check("signed", ok=bool(look.seen)))
    if look.seen:
        checks += _signature_checks(look, len(pdf))
    checks += _registered(digest, registered_sha256)
    return Verdict(
        state=state_of(checks),
        document=look.document,
        checks=tuple(checks),
        unchecked=tuple(unchecked(checks)),
        signers=tuple(_covering(item, look, len(pdf)) for item in look.seen),
        sha256=digest,
        stamps=tuple(stamp.fact for stamp in look.stamps),
        attachments=look.attached,
    )


def _registered(digest: str, said: str | Known | None) -> list[Check]:
    """What the register says of this very file."""
    if said is None:
        return [check("registered_hash", ok=None)]
    known = said if isinstance(said, Known) else Known(said)
    is_earlier = digest in {each.lower() for each in known.earlier}
    checks = [check("registered_hash", ok=is_earlier or digest == known.sha256.lower())]
    if is_earlier:
        checks.append(check("earlier", ok=True))
    if isinstance(said, Known) and known.sha256:
        checks.append(check("withdrawn", ok=not known.withdrawn))
    return checks


def _covering(item: _Seen, look: _Look, size: int) -> SignerFact:
    """What a signature covers: timestamps over the file, and what proves it, take nothing away from it."""
    covers: Covers = "nothing"
    if item.range_ok and item.intact:
        is_last = item is look.seen[-1]
        covers = "file" if item.end == size or (is_last and item.bottom_line and _ends(look) == size) else "file_then"
    return replace(item.fact, covers=covers)


def _ends(look: _Look) -> int:
    """Where the last signature or timestamp ends."""
    return max(look.seen[-1].end, *(stamp.end for stamp in look.stamps), 0)


def _signature_checks(look: _Look, size: int) -> list[Check]:
    seen, agency_name = look.seen, look.document.agency_name if look.document else ""

    def every(test: Callable[[_Seen], bool]) -> bool:
        return all(test(item) for item in seen)

    stamps = [*(item.timestamp_ok for item in seen), *(stamp.ok for stamp in look.stamps)]
    stamp_ok = False if False in stamps else None if None in stamps else True
    signed = [Signed(item.fact.field, item.bearer, item.statement) for item in seen]
    followed = any(item.closes for item in seen[:-1])
    revoked = [item.fact.revoked for item in seen]
    not_revoked = False if True in revoked else None if None in revoked else True
    data = [check("data", ok=all(each.signed for each in look.attached))] if look.attached else []
    return [
        check("integrity", ok=every(lambda item: item.intact)),
        check("trust", ok=every(lambda item: item.trusted)),
        check("purpose", ok=may_have_signed(signed, agency_name)),
        check("timestamp", ok=stamp_ok),
        check("coverage", ok=every(lambda item: item.range_ok) and _ends(look) == size),
        check("padding", ok=every(lambda item: item.canonical) and look.stamps_canonical),
        check("revisions", ok=every(lambda item: item.bottom_line) and not followed),
        *data,
        check("revocation", ok=not_revoked),
    ]


def _load_roots(roots: Roots) -> "list[Certificate]":
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    if isinstance(roots, Path):
        return [Certificate.load(der) for _, _, der in pem.unarmor(roots.read_bytes(), multiple=True)]
    return [Certificate.load(der) for der in roots]


def _look(pdf: bytes, roots: "list[Certificate]", at: datetime) -> _Look:
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not pdf.startswith(b"%PDF-") or len(pdf) > MAX_BYTES:
        raise ValueError("no PDF header at the first byte, or too large")
    reader = PdfFileReader(BytesIO(pdf))
    found = sorted(reader.embedded_regular_signatures, key=end_of)
    stamps = sorted(reader.embedded_timestamp_signatures, key=end_of)
    if not found:
        return _Look()
    return asyncio.run(_look_at_all(pdf, reader, found, stamps, proofs_in(reader, roots), at))


def _document(reader: "PdfFileReader", statement: Statement | None) -> Document:
    """Papers of earlier releases say in their metadata what they are: "TITLE - code", and their agency as author."""
    if statement:
        said = statement
        return Document(said.code, said.title, said.agency, said.agency_name, said.holder, said.lookup, said.kind)
    try:
        info = reader.trailer[INFO]
        title, author = (str(info.get(key, "")) for key in ("/Title", "/Author"))
    except Exception:  # noqa: BLE001 - a file may have no metadata, or broken ones: then it says nothing of itself
        title = author = ""
    text, dash, code = title.rpartition(" - ")
    return Document(code if dash else "", text if dash else code, "", author, "", "")


async def _look_at_all(
    pdf: bytes,
    reader: "PdfFileReader",
    found: "list[EmbeddedPdfSignature]",
    stamps: "list[EmbeddedPdfSignature]",
    proofs: Proofs,
    at: datetime,
) -> _Look:
    from pyhanko.sign.validation import read_certification_data

    over = await look_at_stamps(stamps, [end_of(stamp) for stamp in stamps], proofs, at)
    certified = read_certification_data(reader)
    seen = [await _look_at(pdf, each, certified, proofs, judged_at(end_of(each), over, at)) for each in found]
    containers = [container(pdf, stamp) for stamp in stamps]
    return _Look(
        tuple(seen),
        over,
        all(range_ok and canonical for range_ok, canonical in containers),
        _document(reader, seen[-1].statement),
        attachments(reader, found[-1].signed_revision),
    )


async def _look_at(
    pdf: bytes,
    signature: "EmbeddedPdfSignature",
    certified: "DocMDPInfo | None",
    proofs: Proofs,
    at: datetime,
) -> _Seen:
    """A signature, judged at its timestamp; its timestamp at `at`, and so what is judged without one."""
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import async_validate_pdf_signature

    moment = _stamped_at(signature)

    async def status(*, strict: bool) -> "PdfSignatureStatus":
        rules = proofs.context(moment or at, strict=strict)
        return await async_validate_pdf_signature(signature, rules, ts_validation_context=proofs.context(at))

    judged = await status(strict=False)
    asked = await status(strict=True) if proofs.says_of_revocation else judged
    revoked = True if judged.revoked or asked.revoked else False if asked is not judged and asked.trusted else None
    certifies = certified is not None and certified.author_sig == signature.sig_object
    closes = certifies and certified is not None and certified.permission is MDPPerm.NO_CHANGES
    seen = _see(pdf, signature, judged, moment, certifies=certifies, closes=closes)
    return seen._replace(fact=replace(seen.fact, revoked=revoked))


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
        ends_at=signature.signer_cert.not_valid_after,
    )
    range_ok, canonical = container(pdf, signature)
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
        end=end_of(signature),
        canonical=canonical,
    )


def _stamp_ok(status: "PdfSignatureStatus", moment: datetime | None) -> bool | None:
    """None without a timestamp; the time that was used must be the time that was validated."""
    stamp = status.timestamp_validity
    if stamp is None:
        return None if moment is None else False
    return bool(stamp.valid and stamp.trusted and stamp.intact and stamp.timestamp == moment)
