"""The timestamp authority of local and test stages: pyHanko's simulated one, with a key that is loaded once."""

from datetime import datetime
from typing import TYPE_CHECKING

from asn1crypto import cms, core, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from pyhanko.sign.general import as_signing_certificate
from pyhanko.sign.timestamps import DummyTimeStamper

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


class LocalTimeStamper(DummyTimeStamper):
    """Stamps `at`, or the wall clock when None (RFC 3161); `certificate` is DER."""

    def __init__(self, certificate: bytes, key: "RSAPrivateKey", at: datetime | None) -> None:
        super().__init__(x509.Certificate.load(certificate), keys.PrivateKeyInfo(), fixed_dt=at)
        self._key = key

    def _sign_tst_info(self, tst_info_data: bytes, md_algorithm: str, dt: datetime) -> tuple[bytes, cms.CMSAttributes]:
        """Sign with the loaded key; pyHanko's own method proves the key's primes at each stamp, 35 ms."""
        algorithm: hashes.HashAlgorithm = getattr(hashes, md_algorithm.upper())()
        digest = hashes.Hash(algorithm)
        digest.update(tst_info_data)
        said = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": core.UTCTime(dt)}),
            "signing_certificate": as_signing_certificate(self.tsa_cert),
            "message_digest": digest.finalize(),
        }
        signed = cms.CMSAttributes([cms.CMSAttribute({"type": k, "values": [v]}) for k, v in said.items()])
        return self._key.sign(signed.dump(), PKCS1v15(), algorithm), signed
