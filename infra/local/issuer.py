"""The local stage's OpenID Connect issuer: anyone may ask it for a token, so it must exist nowhere else."""

import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.wrappers import Request, Response

from infra.local.folder import keys, write_private
from infra.local.problems import problem, reply

MOUNT: Final = "/local/issuer"
LIFETIME: Final = 3600
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - RFC 9068, 2.1
KINDS: Final = ("CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL", "SERVICE")
CLAIMS: Final = (
    *("name", "personal_id", "level", "agency", "roles", "document", "organisation", "organisation_name"),
    *("client_id", "azp", "scope"),
)
PERSONS: Final = ("CITIZEN", "FOREIGNER", "ORGANISATION")
OWN_CLIENT: Final = "sandbox-app"
"""The sandbox's own client: people's tokens are issued to it, unless a client is asked for, or `null` for none."""
CREDENTIALS: Final = "client_credentials"
PORTALS: Final = {"sandbox-portal": "sandbox-portal-secret", "sandbox-neighbour": "sandbox-neighbour-secret"}
"""The portals of the sandbox and their secrets. They protect nothing: here anybody gets a token for anybody."""


class UnknownClient(ValueError):
    """No portal of the sandbox has this id and secret."""


class Issuer:
    """Signs ES256 tokens with a key kept in a file of mode 0600; the key is made when the file is not there."""

    def __init__(self, url: str, audience: str, path: Path) -> None:
        self.url = url
        self.audience = audience
        self._key = key_in(path)

    def token(self, sub: str, kind: str, **claims: Any) -> str:
        """A signed token for an hour. `claims`: those of `CLAIMS`; an officer's number is invented where none is said,
        and left out for a None. Raises: `ValueError`.
        """
        if not sub or kind not in KINDS:
            raise ValueError(f"a token needs a sub, and a kind of {', '.join(KINDS)}")
        if kind in PERSONS and "client_id" not in claims and "azp" not in claims:
            claims |= {"client_id": OWN_CLIENT}
        now = int(time.time())
        claims = {"personal_id": number_of(sub), **claims} if kind == "OFFICER" else claims
        body = {
            "iss": self.url,
            "aud": self.audience,
            "iat": now,
            "exp": now + LIFETIME,
            "sub": sub,
            "kind": kind,
            **{k: v for k, v in claims.items() if k in CLAIMS and v is not None},
        }
        return jwt.encode({"alg": "ES256", "kid": self._key.kid, "typ": TOKEN_TYPE}, body, self._key)

    def jwks(self) -> dict[str, Any]:
        """The public key set."""
        return {"keys": [self._key.as_dict(private=False)]}

    def discovery(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint": f"{self.url}/token",
            "response_types_supported": ["token"],
            "grant_types_supported": [CREDENTIALS],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "claims_supported": ["sub", "kind", *CLAIMS],
        }

    def respond(self, request: Request, path: str, request_id: str) -> Response:
        """Answer a request; `path` is what follows the mount."""
        match request.method, path:
            case "GET" | "HEAD", "/.well-known/openid-configuration":
                return reply(self.discovery())
            case "GET" | "HEAD", "/jwks":
                return reply(self.jwks())
            case "POST", "/token":
                return self._token(request, request_id)
            case _, "/.well-known/openid-configuration" | "/jwks" | "/token":
                return problem(405, request_id)
        return problem(404, request_id)

    def _token(self, request: Request, request_id: str) -> Response:
        try:
            claims = _portal(request) or _claims(request)
            token = self.token(claims.pop("sub", ""), claims.pop("kind", ""), **claims)
        except UnknownClient as error:
            return problem(401, request_id, detail=str(error), headers={"WWW-Authenticate": "Basic"})
        except (ValueError, TypeError, RecursionError) as error:
            return problem(400, request_id, detail=str(error))
        body = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}
        return reply(body, headers={"Cache-Control": "no-store"})


def _portal(request: Request) -> dict[str, Any]:
    """The claims of a portal that shows its own credentials (RFC 6749, 4.4 and 2.3.1); none where it does not.

    Raises: `UnknownClient`.
    """
    if request.form.get("grant_type") != CREDENTIALS:
        return {}
    shown = request.authorization
    if shown is not None and shown.type == "basic":
        client, secret = shown.username or "", shown.password or ""
    else:
        client, secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
    if client not in PORTALS or not hmac.compare_digest(PORTALS[client].encode(), secret.encode()):
        raise UnknownClient("a portal of the sandbox and its secret are needed: docs/how-to/file-for-people.md")
    return {"sub": client, "kind": "PORTAL", "name": client, "client_id": client}


def _claims(request: Request) -> dict[str, Any]:
    """The claims of a JSON or form body; `roles` may be repeated or separated by blanks in a form."""
    if request.mimetype == "application/json":
        given = json.loads(request.get_data())
        if not isinstance(given, dict) or not all(isinstance(given.get(k, ""), str) for k in ("sub", "kind")):
            raise ValueError("the body must be an object with a sub and a kind")
        return {str(k): v for k, v in given.items()}
    form: dict[str, Any] = {k: v for k, v in request.form.items() if v}
    if "roles" in form:
        form["roles"] = [role for value in request.form.getlist("roles") for role in value.split()]
    if form.get("level", "").isdecimal():
        form["level"] = int(form["level"])
    return form


def number_of(sub: str) -> str:
    """A personal number for an officer of this machine, always the same: of a province that no number has."""
    return f"0991{int(hashlib.sha256(sub.encode()).hexdigest(), 16) % 10**8:08d}"


def token_key(folder: Path) -> Path:
    """The file of the key of exchanged tokens in a data folder, made at the first call."""
    path = keys(folder) / "tokens.json"
    key_in(path)
    return path


def key_in(path: Path) -> ECKey:
    """The signing key of a file of mode 0600, made at the first call."""
    if path.exists():
        return ECKey.import_key(json.loads(path.read_text("utf-8")))
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    write_private(path, json.dumps(key.as_dict(private=True)))
    return key
