"""A stand-in of a remote signing service (CSC API v1 and v2) with the test keys of a folder; a test lets it misbehave.

A credential is `<kind>/<id>` of the folder, such as `officers/officer-H01.10.24-scanning`. The officer is asked by
nobody: whoever has a test key says yes, unless the test says no.
"""

import base64
import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509 import load_pem_x509_certificates
from werkzeug.wrappers import Request, Response

CLIENT: Final = ("motcua-local", "local-csc-secret")
BEARER: Final = "local-csc"
SAD: Final = "local-activation"


@dataclass
class SigningService:
    """A WSGI application under `/csc/v1` and `/csc/v2`.

    `faults` has for a path what happens to its next calls, oldest first: a status with the word of the error, or a
    change of the answer. Who sets `held` lets every answer wait until it is set again. `asked` counts the calls.
    """

    keys: Path
    faults: dict[str, list[tuple[int, str] | Callable[[dict[str, Any]], dict[str, Any]]]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    held: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.held.set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """WSGI."""
        return self.respond(Request(environ))(environ, start_response)

    def respond(self, request: Request) -> Response:
        """The answer to a request."""
        version, _, path = request.path.removeprefix("/csc/").partition("/")
        self.asked[path] += 1
        self.held.wait()
        waiting = self.faults.get(path, [])
        fault = waiting.pop(0) if waiting else None
        if isinstance(fault, tuple):
            answer = _json({"error": fault[1]}, fault[0])
            answer.headers["Location"] = "/elsewhere"  # what a redirect says
            return answer
        told = self._answer(request, version, path)
        if isinstance(told, Response):
            return told
        return _json(fault(told) if fault else told)

    def _answer(self, request: Request, version: str, path: str) -> dict[str, Any] | Response:
        if path == "oauth2/token":
            known = (request.form.get("client_id"), request.form.get("client_secret")) == CLIENT
            return {"access_token": BEARER, "expires_in": 3600} if known else _json({"error": "invalid_client"}, 401)
        if request.headers.get("Authorization") != f"Bearer {BEARER}":
            return _json({"error": "invalid_token"}, HTTPStatus.UNAUTHORIZED)
        return self._of_a_credential(json.loads(request.get_data()), version, path)

    def _of_a_credential(self, body: dict[str, Any], version: str, path: str) -> dict[str, Any] | Response:
        pem = self.keys / f"{body.get('credentialID')}.pem"
        if not pem.is_file():
            return _json({"error": "invalid_request"}, HTTPStatus.BAD_REQUEST)
        hashed = body.get("hashes" if version == "v2" else "hash", [])
        if path == "credentials/info":
            return _info(pem.read_bytes(), version)
        if path == "credentials/authorize" and len(hashed) == body["numSignatures"]:
            return {"SAD": SAD + hashed[0], "expiresIn": 60}
        oid = body.get("hashAlgorithmOID" if version == "v2" else "hashAlgo")
        if path == "signatures/signHash" and body.get("SAD") == SAD + hashed[0] and oid == "2.16.840.1.101.3.4.2.1":
            return {"signatures": [_signed(pem.read_bytes(), each) for each in hashed]}
        return _json({"error": "invalid_request"}, HTTPStatus.BAD_REQUEST)


def _info(pem: bytes, version: str) -> dict[str, Any]:
    own = base64.b64encode(load_pem_x509_certificates(pem)[0].public_bytes(Encoding.DER)).decode()
    mode: dict[str, Any] = {"auth": {"mode": "implicit"}} if version == "v2" else {"authMode": "implicit"}
    return {"key": {"status": "enabled"}, "cert": {"status": "valid", "certificates": [own]}, **mode, "multisign": 1}


def _signed(pem: bytes, hashed: str) -> str:
    key = load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, RSAPrivateKey)
    signature = key.sign(base64.b64decode(hashed), PKCS1v15(), Prehashed(hashes.SHA256()))
    return base64.b64encode(signature).decode()


def _json(told: dict[str, Any], status: int = HTTPStatus.OK) -> Response:
    return Response(json.dumps(told), status, mimetype="application/json")
