"""The keys of exchanged tokens: in KMS, or in the local stage files. A token is made by joserfc with either."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chalicelib.identity.exchange.settings import IN_KMS
from chalicelib.identity.tokens import ACCESS_TOKEN
from chalicelib.kernel import aws

if TYPE_CHECKING:
    from joserfc.jwk import ECKey

ALGORITHM: Final = "ES256"


class KeyRing:
    """Keys by name: the first signs, all are published, so a key that is turned is known before it is used."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def signed(self, claims: dict[str, Any]) -> str:
        """A token with these claims."""
        from joserfc import jwt

        key = key_of(self._names[0])
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid, "typ": ACCESS_TOKEN}, claims, key)

    def published(self) -> list[dict[str, str]]:
        """The public halves as JSON Web Keys (RFC 7517)."""
        return [
            {name: str(value) for name, value in key_of(each).as_dict(private=False).items()} for each in self._names
        ]


@cache
def key_of(name: str) -> "ECKey":
    """A key by its ARN or its file; a process asks for its public half once, and KMS for each signature."""
    from joserfc.jwk import ECKey

    if not name.startswith(IN_KMS):
        return ECKey.import_key(json.loads(Path(name).read_text("utf-8")))
    public = ECKey.import_key(aws.client("kms").get_public_key(KeyId=name)["PublicKey"])
    said = {**public.as_dict(private=False), "use": "sig", "alg": ALGORITHM, "kid": public.thumbprint()}
    made: ECKey = _in_kms(name)(public.public_key, said)
    return made


def _in_kms(arn: str) -> Any:
    """A kind of key whose private half stays in KMS: to joserfc it is one that signs.

    Defined here so that a function that signs nothing loads no `cryptography`.
    """
    from joserfc.jwk import ECKey

    class InKms(ECKey):
        def get_op_key(self, operation: str) -> Any:
            if operation == "sign":
                return _Signs(arn)
            return super().get_op_key(operation)  # type: ignore[call-overload]  # joserfc names each operation

    return InKms


class _Signs:
    """The one thing that is asked of a private key."""

    def __init__(self, arn: str) -> None:
        self._arn = arn

    def sign(self, data: bytes, algorithm: object) -> bytes:
        """A signature (DER) by one call of KMS, which gets the digest: a token may be longer than it takes a text."""
        del algorithm  # ES256 is SHA-256 always
        made: bytes = aws.client("kms").sign(
            KeyId=self._arn,
            Message=hashlib.sha256(data).digest(),
            MessageType="DIGEST",
            SigningAlgorithm="ECDSA_SHA_256",
        )["Signature"]
        return made
