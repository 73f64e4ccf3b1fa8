"""Who signs in a deployed stage: keys that never leave KMS, certificates beside the messages, a timestamp authority.

An identity is a KMS key under an alias, `alias/motcua/<stage>/agencies/<id>` or `.../officers/<id>` (dots become
underscores), and its certificate chain in the messages bucket at `signers/agencies/<id>.pem`, the signer's own first. A
picture of the signature or seal may stand beside it, as `<id>.png`.
Whose key a remote signing service keeps has no alias: the chain's object says the name of the credential there, in its
metadata `csc-credential`.
Turning a key is a new key behind the same alias and its new certificate; documents already signed stay as they are.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from chalicelib.contracts.event import heard
from chalicelib.kernel import aws, log
from chalicelib.kernel.objects import blocks
from chalicelib.kernel.settings import STAGE
from chalicelib.messages.evidence import Evidence
from chalicelib.messages.fence import REGISTER as SIGNERS
from chalicelib.messages.fence import ROOTS, SignerKind, certificate_key, picture_key
from chalicelib.messages.keys import SigningIdentity, UnknownSigner, certificates_of
from chalicelib.messages.levels import Level
from chalicelib.messages.remote_keys import Client, RemoteSigner, signing_service
from chalicelib.messages.settings import BUCKET, TIMESTAMP_URL

if TYPE_CHECKING:
    from pyhanko.sign.timestamps import HTTPTimeStamper

    from chalicelib.messages.signing import Signer


class _Metadata(Struct, frozen=True, rename={"credential": "csc-credential"}):
    credential: str = ""


class _Kept(Struct, frozen=True, rename={"metadata": "Metadata"}):
    metadata: _Metadata = _Metadata()


class _Object(Struct, frozen=True, rename={"key": "Key"}):
    key: str


class _Page(Struct, frozen=True, rename={"objects": "Contents"}):
    objects: tuple[_Object, ...] = ()


class _Registered(NamedTuple):
    """A chain of certificates, and the credential of whoever signs elsewhere."""

    pem: bytes
    credential: str


class KmsSigner:
    """A `Signer` over an RSA key in KMS; it sees a signature's attributes, some hundred bytes, never the document."""

    mechanism = "rsassa_pkcs1v15"

    def __init__(self, alias: str, signature_size: int) -> None:
        self._alias, self.signature_size = alias, signature_size

    def sign_raw(self, data: bytes, digest: str) -> bytes:
        """Sign `data` (at most 4,096 bytes, KMS's limit), which KMS hashes with `digest`. Raises UnknownSigner."""
        kms = aws.client("kms")
        without_key = (
            kms.exceptions.NotFoundException,
            kms.exceptions.DisabledException,
            kms.exceptions.KMSInvalidStateException,
        )
        try:
            answer = kms.sign(
                KeyId=self._alias,
                Message=data,
                MessageType="RAW",
                SigningAlgorithm=f"RSASSA_PKCS1_V1_5_{digest.upper().replace('SHA', 'SHA_')}",
            )
        except without_key as error:  # it is not there, was switched off, or is about to be deleted
            raise UnknownSigner(self._alias) from error
        signature: bytes = answer["Signature"]
        return signature


class CloudKeys:
    """The identities of a deployed stage. Every getter raises `UnknownSigner` when there is none under that id.

    `level` is how far signatures can be proved later.
    """

    def __init__(self, level: Level = "B-T") -> None:
        self._level: Level = level

    def agency(self, agency_id: str) -> SigningIdentity:
        """The agency's identity, which signs results and conversions (Decree 45/2020/ND-CP Art. 14(3))."""
        return self._identity("agencies", agency_id)

    def officer(self, officer_id: str) -> SigningIdentity:
        """An officer's personal identity: signs a scan before extraction (Circular 01/2023/TT-VPCP Art. 8(1))."""
        return self._identity("officers", officer_id)

    def timestamper(self, at: datetime | None = None) -> "HTTPTimeStamper":
        """The timestamp authority (RFC 3161) of this stage; its own clock decides the time, whatever `at` says."""
        del at
        from pyhanko.sign.timestamps import HTTPTimeStamper

        return HTTPTimeStamper(TIMESTAMP_URL())

    def evidence(self, at: datetime) -> Evidence:
        """What proves signatures of this stage later: its roots stand at `roots/trusted.pem`, issuers are asked.

        Raises LookupError for a stage without them: its order waits until they are there.
        """
        del at
        if self._level == "B-T":
            return Evidence(level=self._level)
        from cryptography.hazmat.primitives.serialization import Encoding

        pem = b"".join(blocks(BUCKET(), ROOTS) or ())
        if not pem:
            raise LookupError(f"no trusted roots at {ROOTS}: level {self._level} needs them")
        roots = tuple(each.public_bytes(Encoding.DER) for each in certificates_of(pem))
        return Evidence(level=self._level, roots=roots, fetches=True)

    def certificates(self) -> Iterator[bytes]:
        """The certificate (DER) of every signer who is registered; one that cannot be read is told, and passed over."""
        from cryptography.hazmat.primitives.serialization import Encoding

        pages = aws.client("s3").get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=BUCKET(), Prefix=f"{SIGNERS}/"):
            for each in heard(_Page, page).objects:
                if not each.key.endswith(".pem"):
                    continue
                try:
                    own = certificates_of(b"".join(blocks(BUCKET(), each.key) or ()))[0]
                except ValueError as error:
                    log.trouble("certificate not read", error, record=each.key)
                    continue
                yield own.public_bytes(Encoding.DER)

    def _identity(self, kind: SignerKind, identifier: str) -> SigningIdentity:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
        from cryptography.hazmat.primitives.serialization import Encoding
        from cryptography.x509.oid import NameOID

        key = certificate_key(kind, identifier)
        if key is None:
            raise UnknownSigner(identifier)
        kept = self._chain(key, identifier)
        try:
            own, *chain = certificates_of(kept.pem)
            public, names = own.public_key(), own.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        except (ValueError, UnsupportedAlgorithm) as error:  # whoever keeps the register has to mend it
            raise UnknownSigner(f"{identifier}: the certificate cannot be read") from error
        if not isinstance(public, RSAPublicKey) or not names:
            raise UnknownSigner(f"{identifier}: the key is not RSA, or the certificate has no name")
        name = str(names[0].value)
        ders = [certificate.public_bytes(Encoding.DER) for certificate in (own, *chain)]
        size, picture = public.key_size // 8, partial(self._picture, picture_key(key))
        signer: Signer
        if kept.credential:
            signer = RemoteSigner(Client(signing_service()), kept.credential, ders[0], size)
        else:
            signer = KmsSigner(f"alias/motcua/{STAGE()}/{kind}/{identifier.replace('.', '_')}", size)
        return SigningIdentity(ders[0], signer, tuple(ders[1:]), name, picture)

    def _chain(self, key: str, identifier: str) -> _Registered:
        from botocore.exceptions import ClientError

        try:
            found = aws.client("s3").get_object(Bucket=BUCKET(), Key=key)
        except ClientError as error:
            raise UnknownSigner(identifier) from error
        return _Registered(found["Body"].read(), heard(_Kept, found).metadata.credential)

    def _picture(self, key: str) -> bytes:
        return b"".join(blocks(BUCKET(), key) or ())
