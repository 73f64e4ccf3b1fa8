"""Keys that a remote signing service keeps for officers: the API of the Cloud Signature Consortium, versions 1 and 2.

The service sees a hash, never a document. It asks the officer by itself, as on their telephone (authorization mode
`implicit`): a worker that signs by order has nobody whom it could ask for a PIN. What comes back is held against the
officer's certificate before it is put into a file.
"""

import base64
import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.parse import urlencode

import msgspec

from chalicelib.kernel.problem import TryAgain
from chalicelib.messages.model import NeverSigned
from chalicelib.messages.settings import CSC_CLIENT, CSC_SECRET, CSC_URL

ANSWERS_S: Final = 15.0
"""Seconds for which an answer is waited for: four of them are as long as a worker that signs may run."""
LONGEST: Final = 100_000
"""Bytes of an answer that are read; a chain of certificates is some thousand."""
MARGIN_S: Final = 30.0
"""Seconds before its end from which on a token is not used any more."""
SHA256: Final = "2.16.840.1.101.3.4.2.1"
RSA_SHA256: Final = "1.2.840.113549.1.1.11"
REFUSED: Final = frozenset({"access_denied", "user_denied", "user_cancelled"})
"""What the service says when the officer said no."""
PASSES: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""Refusals of haste, which say nothing of a signature."""


class TokenEnded(Exception):
    """The service does not take our token any more, or does not know us."""


class SigningRefused(NeverSigned):
    """The officer said no when the service asked."""

    code = "signing_refused"


class CredentialUnusable(NeverSigned):
    """The service has no such credential, it ended or is another's, or a worker cannot use it. The text says which."""

    code = "credential_unusable"


class WrongSignature(NeverSigned):
    """What came back is no signature of what was sent, by the key of the certificate."""

    code = "signature_wrong"


@dataclass(frozen=True)
class Service:
    """Where a signing service is (it ends in `/v1` or `/v2`), and what it knows us by."""

    url: str
    client: str
    secret: str
    seconds: float = ANSWERS_S

    @property
    def is_second(self) -> bool:
        """Whether it speaks version 2, which gave some fields other names."""
        return self.url.endswith("/v2")


class _Token(msgspec.Struct, frozen=True):
    access_token: str
    expires_in: int = 3600


class _Key(msgspec.Struct, frozen=True):
    status: str = "enabled"


class _Certificate(msgspec.Struct, frozen=True):
    status: str = "valid"
    certificates: tuple[str, ...] = ()


class _Authorization(msgspec.Struct, frozen=True):
    mode: str = ""


class _Credential(msgspec.Struct, frozen=True, rename={"first_mode": "authMode"}):
    """What is told of a credential; version 1 has `authMode`, version 2 has `auth.mode`."""

    key: _Key = _Key()
    cert: _Certificate = _Certificate()
    first_mode: str = ""
    auth: _Authorization = _Authorization()


class _Activation(msgspec.Struct, frozen=True, rename={"data": "SAD"}):
    data: str


class _Signatures(msgspec.Struct, frozen=True):
    signatures: tuple[str, ...]


class _Fault(msgspec.Struct, frozen=True):
    error: str = "?"


_tokens: dict[tuple[str, str], tuple[str, float]] = {}
"""The token of each service and client, with the moment after which it is not used."""


@dataclass(frozen=True)
class Client:
    """Asks a service. Every call raises TryAgain for what passes, and a NeverSigned for what does not."""

    service: Service
    clock: Callable[[], float] = time.monotonic

    def ask[T](self, path: str, body: Mapping[str, object], kind: type[T]) -> T:
        """The answer to a call; a token that the service does not take any more is asked for anew, once."""
        for _ in range(2):
            try:
                return self._posted(path, body, kind, self._token())
            except TokenEnded:
                _tokens.pop(self._me, None)
        raise TryAgain

    @property
    def _me(self) -> tuple[str, str]:
        return self.service.url, self.service.client

    def _token(self) -> str:
        token, until = _tokens.get(self._me, ("", 0.0))
        if token and self.clock() < until:
            return token
        given = {
            "grant_type": "client_credentials",
            "client_id": self.service.client,
            "client_secret": self.service.secret,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            told = self._sent("oauth2/token", urlencode(given).encode(), headers, _Token)
        except (TokenEnded, NeverSigned) as error:  # it knows us no more: that is no officer's matter
            raise TryAgain from error
        _tokens[self._me] = told.access_token, self.clock() + told.expires_in - MARGIN_S
        return told.access_token

    def _posted[T](self, path: str, body: Mapping[str, object], kind: type[T], token: str) -> T:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return self._sent(path, json.dumps(body).encode(), headers, kind)

    def _sent[T](self, path: str, body: bytes, headers: Mapping[str, str], kind: type[T]) -> T:
        url = f"{self.service.url}/{path}"
        if not url.startswith(("https://", "http://127.0.0.1:")):
            raise TryAgain
        request = urllib.request.Request(url, body, dict(headers), method="POST")  # noqa: S310 - checked above
        try:
            with _opener().open(request, timeout=self.service.seconds) as answer:
                text = answer.read(LONGEST)
        except urllib.error.HTTPError as error:
            raise _told_by(error) from None
        except (OSError, HTTPException) as error:  # down, slow, cut off
            raise TryAgain from error
        try:
            return msgspec.json.decode(text, type=kind)
        except msgspec.DecodeError as error:
            raise TryAgain from error


def _opener() -> urllib.request.OpenerDirector:
    """What asks, and follows no redirect: what we are known by goes nowhere else."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _told_by(error: urllib.error.HTTPError) -> Exception:
    """What a refusal of the service means for a signature."""
    with error:
        text = error.read(LONGEST)
    if error.code == HTTPStatus.UNAUTHORIZED:
        return TokenEnded()
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code < HTTPStatus.BAD_REQUEST or error.code in PASSES:
        return TryAgain()
    try:
        word = msgspec.json.decode(text, type=_Fault).error
    except msgspec.DecodeError:
        word = "?"
    return SigningRefused(word) if word in REFUSED else CredentialUnusable(word)


class RemoteSigner:
    """A `Signer` over an RSA key at a remote signing service, for the certificate (DER) of the register."""

    mechanism = "rsassa_pkcs1v15"

    def __init__(self, client: Client, credential: str, certificate: bytes, signature_size: int) -> None:
        self._client, self._credential = client, credential
        self._certificate, self.signature_size = certificate, signature_size

    def sign_raw(self, data: bytes, digest: str) -> bytes:
        """Sign `data` hashed with `digest`, which is "sha256".

        Raises TryAgain when the service is down, slow or answers nonsense; SigningRefused, CredentialUnusable and
        WrongSignature, each for good.
        """
        hashed = base64.b64encode(hashlib.new(digest, data).digest()).decode()
        self._require_usable()
        second = self._client.service.is_second
        hashes: Mapping[str, object] = (
            {"hashes": [hashed], "hashAlgorithmOID": SHA256} if second else {"hash": [hashed]}
        )
        whose = {"credentialID": self._credential}
        activation = self._client.ask("credentials/authorize", {**whose, "numSignatures": 1, **hashes}, _Activation)
        how = {"SAD": activation.data, "signAlgo": RSA_SHA256, **({} if second else {"hashAlgo": SHA256})}
        answer = self._client.ask("signatures/signHash", {**whose, **hashes, **how}, _Signatures)
        return self._checked(answer, data)

    def _require_usable(self) -> None:
        asked = {"credentialID": self._credential, "certificates": "single", "certInfo": False, "authInfo": True}
        told = self._client.ask("credentials/info", asked, _Credential)
        if told.key.status != "enabled" or told.cert.status != "valid":
            raise CredentialUnusable(f"key {told.key.status}, certificate {told.cert.status}")
        if (mode := told.auth.mode or told.first_mode) != "implicit":
            raise CredentialUnusable(f"authorization {mode}")
        if told.cert.certificates and _decoded(told.cert.certificates[0]) != self._certificate:
            raise CredentialUnusable("another certificate")

    def _checked(self, answer: _Signatures, data: bytes) -> bytes:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
        from cryptography.hazmat.primitives.hashes import SHA256 as HASH
        from cryptography.x509 import load_der_x509_certificate

        public = load_der_x509_certificate(self._certificate).public_key()
        assert isinstance(public, RSAPublicKey), "whoever made this signer looked"
        if len(answer.signatures) != 1:
            raise WrongSignature(f"{len(answer.signatures)} signatures")
        signature = _decoded(answer.signatures[0])
        try:
            public.verify(signature, data, PKCS1v15(), HASH())
        except InvalidSignature as error:
            raise WrongSignature("it does not fit the certificate") from error
        return signature


def _decoded(text: str) -> bytes:
    """What stands in base64; nothing for what is none."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def signing_service() -> Service:
    """The service of this stage. Raises SettingMissing."""
    return Service(CSC_URL().rstrip("/"), CSC_CLIENT(), CSC_SECRET())
