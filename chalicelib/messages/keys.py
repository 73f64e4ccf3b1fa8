"""Who signs: identities, and where the local stage keeps theirs.

A `SigningIdentity` holds certificates as DER and a `Signer` that makes raw signatures; the key itself may be in memory
(here), in KMS or in an HSM: those only need another `Signer`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from chalicelib.messages.evidence import Evidence
from chalicelib.messages.fence import is_safe_id
from chalicelib.messages.levels import Level
from chalicelib.messages.model import NeverSigned

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate
    from pyhanko.sign.timestamps import TimeStamper

    from chalicelib.messages.signing import Signer


NO_LEGAL_VALUE = "không có giá trị pháp lý"
_CLOCKS_DIFFER: Final = timedelta(minutes=5)
_GOOD_FOR: Final = timedelta(days=7)
TRIAL = "BẢN THỬ NGHIỆM - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""What every paper says that was signed with test keys."""


class UnknownSigner(NeverSigned, LookupError):
    """No usable identity is kept under this id."""

    code = "no_signing_certificate"


class CertificateEnded(NeverSigned):
    """The signer's certificate is not valid at the time of signing (Decree 23/2025 Art. 15)."""

    code = "certificate_ended"


@dataclass(frozen=True)
class SigningIdentity:
    """A certificate, the handle to its key, and the certificates between it and a root (DER).

    `picture` reads the picture of their signature or seal (PNG); it is empty when the register has none.
    """

    certificate: bytes
    signer: "Signer"
    chain: tuple[bytes, ...]
    display_name: str
    picture: Callable[[], bytes] = bytes

    def require_current(self, at: datetime) -> None:
        """Raise CertificateEnded unless the certificate is valid at a time (aware)."""
        from cryptography.x509 import load_der_x509_certificate

        own = load_der_x509_certificate(self.certificate)
        if not own.not_valid_before_utc <= at <= own.not_valid_after_utc:
            raise CertificateEnded(self.display_name)

    @cached_property
    def is_for_tests(self) -> bool:
        """Whether the issuer says of itself that its certificates have no legal value."""
        from cryptography.x509 import load_der_x509_certificate

        return NO_LEGAL_VALUE in load_der_x509_certificate(self.certificate).issuer.rfc4514_string()


class RsaSigner:
    """A `Signer` over an RSA key in memory."""

    mechanism = "rsassa_pkcs1v15"

    def __init__(self, key: "RSAPrivateKey") -> None:
        self._key = key

    @cached_property
    def signature_size(self) -> int:
        """Bytes of one signature."""
        return self._key.key_size // 8

    def sign_raw(self, data: bytes, digest: str) -> bytes:
        """Sign `data`, hashed with `digest` ("sha256", ...)."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

        algorithm: hashes.HashAlgorithm = getattr(hashes, digest.upper())()
        return self._key.sign(data, PKCS1v15(), algorithm)


class LocalKeys:
    """The identities that `infra.local.pki.ensure_pki` left in a folder. Local and test stages only.

    Identities are read once and kept; every getter raises `UnknownSigner` when the folder has none under that id.
    `timestamps` is the address of the stage's timestamp authority, where it has one; `level` is how far signatures can
    be proved later.
    """

    def __init__(self, folder: Path, timestamps: str = "", level: Level = "B-T") -> None:
        self._folder = folder
        self._timestamps = timestamps
        self._level: Level = level
        self._read: dict[Path, SigningIdentity] = {}

    def agency(self, agency_id: str) -> SigningIdentity:
        """The agency's identity, which signs results and conversions (Decree 45/2020/ND-CP Art. 14(3))."""
        return self._identity("agencies", agency_id)

    def officer(self, officer_id: str) -> SigningIdentity:
        """An officer's personal identity: signs a scan before extraction (Circular 01/2023/TT-VPCP Art. 8(1))."""
        return self._identity("officers", officer_id)

    def timestamper(self, at: datetime | None = None) -> "TimeStamper":
        """A simulated RFC 3161 authority (pyHanko's), stamping `at`, or the wall clock when None.

        Where the stage has an authority that is asked by HTTP, it is that one, with its own clock.
        """
        from pyhanko.sign.timestamps import HTTPTimeStamper

        from chalicelib.messages.local_stamper import LocalTimeStamper

        if self._timestamps:
            return HTTPTimeStamper(self._timestamps)
        return LocalTimeStamper(*self._authority, at)

    def evidence(self, at: datetime) -> Evidence:
        """What proves signatures of this stage later; its test root says at a time (aware) whom it has revoked."""
        if self._level == "B-T":
            return Evidence(level=self._level)
        return Evidence(level=self._level, roots=self.roots(), lists=(self.revocation_list(at),))

    def revocation_list(self, at: datetime) -> bytes:
        """The list (DER) that the test root signs at a time (aware): good for a week.

        Revoked are the serial numbers in `revoked.txt`, one a line, each since a day before.
        """
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization

        pem = self._pem(self._folder / "root.pem", "root")
        root = certificates_of(pem)[0]
        said = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
        said = said.last_update(at - _CLOCKS_DIFFER).next_update(at + _GOOD_FOR)
        said = said.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
        revoked = self._folder / "revoked.txt"
        for serial in revoked.read_text("utf-8").split() if revoked.exists() else ():
            entry = x509.RevokedCertificateBuilder().serial_number(int(serial))
            said = said.add_revoked_certificate(entry.revocation_date(at - timedelta(days=1)).build())
        return said.sign(_key(pem), hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def certificates(self) -> Iterator[bytes]:
        """The certificate (DER) of every signer of this stage, and of its timestamp authority."""
        for path in (*sorted(self._folder.glob("*/*.pem")), self._folder / "tsa.pem"):
            yield _der(certificates_of(self._pem(path, path.stem))[0])

    @cached_property
    def _authority(self) -> "tuple[bytes, RSAPrivateKey]":
        """Certificate (DER) and key of the timestamping authority."""
        pem = self._pem(self._folder / "tsa.pem", "tsa")
        return _der(certificates_of(pem)[0]), _key(pem)

    def roots(self) -> tuple[bytes, ...]:
        """The trust roots of this stage, DER."""
        return tuple(map(_der, certificates_of(self._pem(self.roots_path, "ca"))))

    @property
    def roots_path(self) -> Path:
        """The same roots as a PEM file, for `openssl`, `pdfsig` and the like."""
        return self._folder / "ca.pem"

    def _identity(self, kind: str, identifier: str) -> SigningIdentity:
        if not is_safe_id(identifier):
            raise UnknownSigner(identifier)
        path = self._folder / kind / f"{identifier}.pem"
        if path not in self._read:
            picture = partial(_read_if_there, path.with_suffix(".png"))
            self._read[path] = replace(_load(self._pem(path, identifier)), picture=picture)
        return self._read[path]

    def _pem(self, path: Path, identifier: str) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise UnknownSigner(identifier) from error


def _read_if_there(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _load(pem: bytes) -> SigningIdentity:
    from cryptography.x509.oid import NameOID

    own, *chain = certificates_of(pem)
    name = str(own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    return SigningIdentity(_der(own), RsaSigner(_key(pem)), tuple(map(_der, chain)), name)


def _key(pem: bytes) -> "RSAPrivateKey":
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    # Made by us, in a folder of ours: to prove the primes again takes 36 ms, each time.
    key = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, RSAPrivateKey):
        raise UnknownSigner("the key is not RSA")
    return key


def certificates_of(pem: bytes) -> "list[Certificate]":
    """The certificates of a PEM text in their order."""
    from cryptography.x509 import load_pem_x509_certificates

    return load_pem_x509_certificates(pem)


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
