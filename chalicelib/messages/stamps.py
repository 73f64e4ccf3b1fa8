"""What stands in a file beside its signatures: timestamps over the whole of it, and what issuers said of certificates.

A timestamp over the file fixes the time at which everything before it is judged, and the next one the time at which it
is judged itself: so a file outlives its certificates, and the algorithms too (ETSI EN 319 102-1, 5.6).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from chalicelib.messages.verdict import StampFact

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko_certvalidator import ValidationContext


class Proofs(NamedTuple):
    """The roots that are trusted, and what the file brings along of its issuers' lists and answers."""

    roots: "list[Certificate]"
    store: "DocumentSecurityStore | None"

    @property
    def says_of_revocation(self) -> bool:
        """Whether an issuer's list or answer is in the file."""
        return self.store is not None and bool(self.store.crls or self.store.ocsps)

    def context(self, moment: datetime, *, strict: bool = False) -> "ValidationContext":
        """Rules for a certificate at a time. `strict`: its issuer must have said that it was not revoked."""
        from pyhanko_certvalidator import ValidationContext

        rules: dict[str, Any] = {
            "trust_roots": self.roots,
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": "require" if strict else "soft-fail",
        }
        return self.store.as_validation_context(rules) if self.store else ValidationContext(**rules)


class Stamp(NamedTuple):
    """A timestamp over the file up to `end`."""

    fact: StampFact
    ok: bool
    end: int


def proofs_in(reader: "PdfFileReader", roots: "list[Certificate]") -> Proofs:
    """The trusted roots with what the file has."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore
    from pyhanko.sign.validation.errors import NoDSSFoundError

    try:
        return Proofs(roots, DocumentSecurityStore.read_dss(reader))
    except NoDSSFoundError:
        return Proofs(roots, None)


async def look_at_stamps(
    stamps: "Sequence[EmbeddedPdfSignature]", ends: Sequence[int], proofs: Proofs, at: datetime
) -> tuple[Stamp, ...]:
    """Every timestamp over the file, in the order in which they were made: the last judged at `at`."""
    found: list[Stamp] = []
    for stamp, end in zip(reversed(stamps), reversed(ends), strict=True):
        seen = await _look(stamp, end, proofs, at)
        found.append(seen)
        at = seen.fact.stamped_at if seen.ok and seen.fact.stamped_at else at
    return tuple(reversed(found))


async def _look(stamp: "EmbeddedPdfSignature", end: int, proofs: Proofs, at: datetime) -> Stamp:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_timestamp

    status = await async_validate_pdf_timestamp(stamp, proofs.context(at))
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    harmless = whole or (
        status.modification_level is not None and status.modification_level <= ModificationLevel.LTA_UPDATES
    )
    fact = StampFact(
        authority=str(stamp.signer_cert.subject.native.get("common_name", "")),
        stamped_at=status.timestamp,
        ends_at=stamp.signer_cert.not_valid_after,
    )
    return Stamp(fact, bool(status.intact and status.valid and status.trusted and harmless), end)


def judged_at(end: int, stamps: Sequence[Stamp], at: datetime) -> datetime:
    """The time at which what ends there is judged: that of the first timestamp over it, else `at`."""
    return next((s.fact.stamped_at for s in stamps if s.ok and s.end > end and s.fact.stamped_at), at)


def last_ends(pdf: bytes) -> datetime | None:
    """When the certificate of the last timestamp in a file ends; None when there is no timestamp in it.

    A later timestamp over the file counts, else the one in its last signature.
    """
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    ends = list(_stamp_ends(PdfFileReader(BytesIO(pdf))))
    return ends[-1] if ends else None


def _stamp_ends(reader: "PdfFileReader") -> Iterator[datetime]:
    """Of each timestamp, in the order of the file: those in signatures first, then those over the file."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    for signature in reader.embedded_regular_signatures:
        for token in extract_tst_data_iter(signature.signer_info, signed=False):
            own = [each.chosen for each in token["certificates"] if each.name == "certificate"]
            yield min(each.not_valid_after for each in own)
    for stamp in reader.embedded_timestamp_signatures:
        yield stamp.signer_cert.not_valid_after
