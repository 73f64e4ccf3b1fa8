"""The local stage's OpenID Connect issuer: anyone may ask it for a token, so it must exist nowhere else."""

import json
import time
from pathlib import Path
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.wrappers import Request, Response

from infra.local.folder import write_private
from infra.local.problems import problem, reply

MOUNT: Final = "/local/issuer"
LIFETIME: Final = 3600
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105 - RFC 9068, 2.1
KINDS: Final = ("CITIZEN", "FOREIGNER", "ORGANISATION", "OFFICER", "PORTAL", "SERVICE")
CLAIMS: Final = (
    *("name", "personal_id", "level", "agency", "roles", "document", "organisation", "organisation_name"),
    *("client_id", "scope"),
)


class Issuer:
    """Signs ES256 tokens with a key kept in a file of mode 0600; the key is made when the file is not there."""

    def __init__(self, url: str, audience: str, path: Path) -> None:
        self.url = url
        self.audience = audience
        self._key = _load(path)

    def token(self, sub: str, kind: str, **claims: Any) -> str:
        """A signed token for an hour. `claims`: those of `CLAIMS`. Raises: `ValueError`."""
        if not sub or kind not in KINDS:
            raise ValueError(f"a token needs a sub, and a kind of {', '.join(KINDS)}")
        now = int(time.time())
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
            claims = _claims(request)
            token = self.token(claims.pop("sub", ""), claims.pop("kind", ""), **claims)
        except (ValueError, TypeError, RecursionError) as error:
            return problem(400, request_id, detail=str(error))
        body = {"access_token": token, "token_type": "Bearer", "expires_in": LIFETIME}
        return reply(body, headers={"Cache-Control": "no-store"})


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


def _load(path: Path) -> ECKey:
    if path.exists():
        return ECKey.import_key(json.loads(path.read_text("utf-8")))
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    write_private(path, json.dumps(key.as_dict(private=True)))
    return key
