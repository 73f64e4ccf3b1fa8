"""What is put into a file beside its signatures, so that they can be proved when their issuers are gone.

B-T: a signature and its timestamp. B-LT: the certificates too, and what their issuers said of their revocation, in the
same revision and so under the signature. B-LTA: a timestamp over the whole file after it, which later ones renew
(ETSI EN 319 142-1; Decree 23/2025/ND-CP Art. 16, 17: a certificate is judged at the time of signing, and what shows
that is kept with the message).
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from chalicelib.kernel.problem import TryAgain
from chalicelib.messages.levels import Level
from chalicelib.messages.model import NeverSigned

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.path import ValidationPath


# It warns that nothing is fetched where every list is given: what is missing is refused by `require` anyway.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)


class CertificateRevoked(NeverSigned):
    """The issuer of the signer's certificate says that it was revoked (Decree 23/2025/ND-CP Art. 15)."""

    code = "certificate_revoked"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """How far the signatures of a stage can be proved later, and by what.

    `roots` are the trusted roots (DER) of signers and of the timestamp authority; `lists` are certificate revocation
    lists (DER) that are known already. `fetches`: what certificates name as their issuer's service is asked.
    """

    level: Level
    roots: tuple[bytes, ...] = ()
    lists: tuple[bytes, ...] = ()
    fetches: bool = False

    @property
    def is_embedded(self) -> bool:
        """Whether anything is put into the file beside signatures and their timestamps."""
        return self.level != "B-T"


def context(evidence: Evidence, moment: datetime) -> "ValidationContext":
    """The rules by which a signer's certificate is judged before it signs: nothing of it may be unknown."""
    from asn1crypto.crl import CertificateList
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(map(Certificate.load, evidence.roots)),
        crls=list(map(CertificateList.load, evidence.lists)),
        # A service that is asked answers of now; lists that are given may be of another time, in a simulated world.
        moment=None if evidence.fetches else moment,
        allow_fetching=evidence.fetches,
        revocation_mode="require",
    )


def together() -> "DSSContentSettings":
    """Everything in the revision of the signature or timestamp that follows: no byte of it is under no signature."""
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference

    return DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)


async def path_of(stamp: "EmbeddedPdfSignature", rules: "ValidationContext") -> "ValidationPath":
    """From the authority of a timestamp to a root, with what its issuers say. Raises TryAgain."""
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

    judge = CertificateValidator(stamp.signer_cert, stamp.other_embedded_certs, validation_context=rules)
    try:
        found: ValidationPath = await judge.async_validate_usage(set(), {"time_stamping"})  # type: ignore[no-untyped-call]  # pyHanko types it not
    except (PathBuildingError, PathValidationError) as error:
        raise TryAgain from error
    return found


def raise_if_unproved(error: Exception) -> None:
    """Tell a certificate that was revoked from one that nobody could be asked about now.

    Raises CertificateRevoked, TryAgain; nothing when the error is about something else.
    """
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, RevokedError

    if isinstance(error.__cause__, RevokedError):
        raise CertificateRevoked from error
    if isinstance(error.__cause__, PathBuildingError | PathValidationError):
        raise TryAgain from error


def ends_of(certificates: Sequence[bytes]) -> datetime | None:
    """When the first of some certificates (DER) ends; None of none."""
    from cryptography.x509 import load_der_x509_certificate

    return min((load_der_x509_certificate(each).not_valid_after_utc for each in certificates), default=None)
