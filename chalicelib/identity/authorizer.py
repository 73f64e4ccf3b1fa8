"""Token authorizer: verifies an OIDC bearer token (RFC 9068) and passes the principal on. No pydantic, no boto3."""

import json
import re
import time
import urllib.request
from typing import Any, Final

from chalice import AuthResponse, Blueprint
from chalice.app import AuthRequest

from chalicelib.kernel.settings import NOBODY, OTHERS, PLAN, boot, only, setting

bp = Blueprint(__name__)

LOCAL_ISSUER: Final = "the local issuer (or any without https) is for the local stage only"


def _insecure(url: str) -> str:
    return "" if url.startswith("https://") else LOCAL_ISSUER


ISSUER: Final = setting("MOTCUA_ISSUER", "OIDC issuer whose tokens are accepted.", unsafe=_insecure)
AUDIENCE: Final = setting("MOTCUA_AUDIENCE", "Audience a token must name.")
JWKS_URL: Final = setting("MOTCUA_JWKS_URL", "Where the issuer publishes its keys.", unsafe=_insecure)
TOKEN_TYPES: Final = setting(
    "MOTCUA_TOKEN_TYPES",
    "What the `typ` of a token's header may say, separated by commas: `at+jwt` (RFC 9068), and `JWT` only for an issuer"
    " that marks its access tokens so.",
)


def _no_seconds(value: str) -> str:
    return "" if value.isdecimal() and int(value) > 0 else "a number of seconds is needed"


TOKEN_LIFETIME: Final = setting(
    "MOTCUA_TOKEN_LIFETIME",
    "The longest time from `iat` to `exp` of a token that is accepted, in seconds.",
    unsafe=_no_seconds,
)
PORTALS: Final = setting(
    "MOTCUA_PORTALS",
    "Portals with a limit of their own, by the `client_id` of their tokens, separated by commas; `none` for no limits.",
)
NEEDS: Final = (ISSUER, AUDIENCE, JWKS_URL, TOKEN_TYPES, TOKEN_LIFETIME, PORTALS)
ALGORITHMS = ["ES256", "RS256"]  # never "none", never a shared secret
KINDS = ("CITIZEN", "OFFICER", "PORTAL")
LEVELS = (1, 2)  # Decree 69/2024
PERSONAL_ID = re.compile(r"[0-9]{12}")  # Identity Law 2023 Art. 12
LEEWAY = 30  # seconds between our clock and the issuer's
KEYS_LIVE = 300  # seconds a key set is kept
KEYS_REST = 30  # seconds between two looks for turned keys, however many forged tokens come
_asked: dict[str, float] = {}
_keys: dict[str, tuple[float, Any]] = {}


class Refused(Exception):
    """The token does not prove a principal."""


class Unauthorized(Exception):
    """API Gateway answers 401 to exactly this text, and 403 to a policy that denies."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


def _key_set(url: str, *, fresh: bool = False) -> Any:
    from joserfc.jwk import KeySet

    kept, now = _keys.get(url), time.monotonic()
    if kept and not fresh and now - kept[0] < KEYS_LIVE:
        return kept[1]
    if kept and fresh and now - _asked.get(url, -KEYS_REST) < KEYS_REST:
        return kept[1]
    if fresh:
        _asked[url] = now
    if not url.startswith(("https://", "http://127.0.0.1:")):
        raise Refused("the key set must come over https")
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - the scheme was checked above
        keys = KeySet.import_key_set(json.load(answer))
    _keys[url] = (now, keys)
    return keys


def claims_of(token: str) -> dict[str, Any]:
    """Claims of a token that is signed by the configured issuer, for us, now. Raises Refused otherwise."""
    from joserfc import errors, jwt

    issuer, audience, url = ISSUER(), AUDIENCE(), JWKS_URL()
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        try:
            decoded = jwt.decode(token, _key_set(url), algorithms=ALGORITHMS)
        except (errors.InvalidKeyIdError, errors.BadSignatureError):  # the issuer may have turned its keys
            decoded = jwt.decode(token, _key_set(url, fresh=True), algorithms=ALGORITHMS)
        _require_type(decoded.header)
        _require_times(decoded.claims)
        rules.validate(decoded.claims)
    except (errors.JoseError, ValueError, KeyError, TypeError) as error:
        raise Refused(type(error).__name__) from None
    return dict(decoded.claims)


def _media_type(text: str) -> str:
    """A media type as RFC 7515, 4.1.9 compares it: `application/` may be left out, case does not matter."""
    return text.strip().lower().removeprefix("application/")


def _require_type(header: dict[str, Any]) -> None:
    """Raise Refused for a token that was made for another use, such as an identity token (RFC 9068, 4)."""
    said = header.get("typ")
    allowed = {_media_type(each) for each in TOKEN_TYPES().split(",")} - {""}
    if not isinstance(said, str) or _media_type(said) not in allowed:
        raise Refused("typ")


def _require_times(claims: dict[str, Any]) -> None:
    """Raise Refused unless every time is a number, and the token lives no longer than this stage allows."""
    times: list[Any] = [claims.get(name) for name in ("iat", "exp", "nbf")]
    begins, ends, not_before = times
    said = [begins, ends] if not_before is None else times
    if not all(type(each) in (int, float) for each in said):  # a bool is an int to isinstance
        raise Refused("times")
    if not 0 < ends - begins <= int(TOKEN_LIFETIME()):  # false for NaN too
        raise Refused("lifetime")


def principal(claims: dict[str, Any]) -> dict[str, Any]:
    """The principal's fields out of the claims; what is missing or of the wrong shape refuses the token."""
    kind, level = claims.get("kind"), claims.get("level", 1)
    roles = claims.get("roles", [])
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject:
        raise Refused("claims")
    if kind not in KINDS or type(level) is not int or level not in LEVELS or not isinstance(roles, list):
        raise Refused("claims")  # True and 2.0 are no levels
    texts = {name: claims.get(name, "") for name in ("name", "personal_id", "agency")}
    if not all(isinstance(v, str) for v in (*texts.values(), *roles)):
        raise Refused("claims")
    if kind == "CITIZEN" and not (texts["name"] and PERSONAL_ID.fullmatch(texts["personal_id"])):
        raise Refused("claims")
    return {"subject": subject, "kind": kind, "level": level, "roles": sorted(roles), **texts}


def plan(claims: dict[str, Any]) -> str:
    """The key under which the gateway counts this caller (RFC 9068, 2.2: `client_id`); nothing where nobody counts."""
    portals = PORTALS().split(",")
    if portals == [NOBODY]:
        return ""
    client = claims.get("client_id")
    return PLAN + (client if isinstance(client, str) and client in portals else OTHERS)


class Counted(AuthResponse):
    """An answer that says under which key the gateway counts the caller."""

    def __init__(self, who: dict[str, Any], key: str) -> None:
        context = {"principal": json.dumps(who, ensure_ascii=False)}
        super().__init__(routes=["*"], principal_id=who["subject"], context=context)
        self._key = key

    def to_dict(self, request: AuthRequest) -> dict[str, Any]:
        """What API Gateway reads."""
        answer: dict[str, Any] = super().to_dict(request)
        return answer | ({"usageIdentifierKey": self._key} if self._key else {})


@bp.authorizer(name="identity_authorize", ttl_seconds=0)
def identity_authorize(request: AuthRequest) -> AuthResponse:
    """Authorizer of every route that is not public: raises Unauthorized for an unproved token."""
    boot()
    scheme, _, token = (request.token or "").partition(" ")
    try:
        if scheme.lower() != "bearer" or not token:
            raise Refused("scheme")
        with only(NEEDS):
            claims = claims_of(token)
            return Counted(principal(claims), plan(claims))
    except Refused:
        raise Unauthorized from None
