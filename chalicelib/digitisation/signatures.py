"""What the signatures of a born-digital PDF are worth, found out offline in the process that opens strangers' files.

Such a file is a data message already: it is neither copied nor converted, and not one byte of it changes. Trust is the
roots that this installation was given; without a root none is trusted, and that is said.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from chalicelib.contracts.digitisation import SignatureSeen
from chalicelib.digitisation.reasons import truncated

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus

MARK: Final = b"/ByteRange"
"""Stands in the clear in every signed PDF: a signature leaves a hole for itself, and says where."""
MOST: Final = 40
"""Signatures of a file."""


def may_be_signed(data: bytes) -> bool:
    """Whether it is worth to look for signatures."""
    return MARK in data


def signatures_of(data: bytes, roots: Sequence[bytes], at: datetime | None = None) -> tuple[SignatureSeen, ...]:
    """What each signature shows, in the order in which they were put; of one that cannot be taken apart `intact` is
    false.

    `roots` are certificates in DER. Raises Refused for a file with dozens of them.
    """
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    if not _has_one(data):
        return ()
    try:
        reader = PdfFileReader(BytesIO(data))
        found = list(reader.embedded_regular_signatures)
    except (PdfError, ValueError, TypeError, LookupError) as error:
        return (SignatureSeen(field="", intact=False, trusted=False, note=type(error).__name__),)
    if len(found) > MOST:
        raise truncated(f"{len(found)} signatures")
    trusted = [Certificate.load(root) for root in roots]
    return asyncio.run(_all(found, trusted, at or datetime.now(UTC)))


def _has_one(data: bytes) -> bool:
    """Whether the mark is that of a signature, and no text that happens to look like it."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        entries = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        entries += [value for item in entries if isinstance(value := item.get("/V"), pikepdf.Dictionary)]
        return any("/ByteRange" in entry for entry in entries)


async def _all(
    found: "list[EmbeddedPdfSignature]", roots: "list[Certificate]", at: datetime
) -> tuple[SignatureSeen, ...]:
    return tuple([await _seen(signature, roots, at, last=signature is found[-1]) for signature in found])


async def _seen(
    signature: "EmbeddedPdfSignature", roots: "list[Certificate]", at: datetime, *, last: bool
) -> SignatureSeen:
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        certificate = sha256(signature.signer_cert.dump()).hexdigest()
        reported = signature.self_reported_timestamp
        moment = reported if reported and reported.tzinfo and reported < at else at
        context = ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail")
        status = await async_validate_pdf_signature(signature, context)
    except Exception as error:  # noqa: BLE001 - of a stranger's signature anything may be wrong: then nothing is known
        return SignatureSeen(field=str(signature.field_name), intact=False, trusted=False, note=type(error).__name__)
    return SignatureSeen(
        field=str(signature.field_name),
        intact=_stands(status, last=last),
        trusted=bool(status.trusted),
        certificate=certificate,
        signed_at=reported.isoformat() if reported else None,
    )


def _stands(status: "PdfSignatureStatus", *, last: bool) -> bool:
    """Whether what was signed is what is there: after the last one only proof of its time may follow."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not (status.intact and status.valid) or status.docmdp_ok is False:
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    most = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    return level is not None and level <= most
