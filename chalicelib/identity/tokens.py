"""Whether a token proves somebody: access tokens of the issuers whose word counts (OIDC, RFC 9068). No boto3."""

import json
import re
import time
import urllib.request
from collections.abc import Sequence
from typing import Any, Final

from chalicelib.identity import trust
from chalicelib.identity.claims import Claimed, Refused, client_of, kind_of, principal, text
from chalicelib.identity.trust import Trusted, trusted
from chalicelib.kernel.settings import setting

AUDIENCE: Final = setting("MOTCUA_AUDIENCE", "Audience a token must name.")
ACCESS_TOKEN: Final = "at+jwt"  # noqa: S105 - RFC 9068, 2.1
TOKEN_TYPES: Final = setting(
    "MOTCUA_TOKEN_TYPES",
    "What the `typ` of a token's header may say, separated by commas: `at+jwt` (RFC 9068), and `JWT` only for an issuer"
    " that marks its access tokens so.",
)


def no_seconds(value: str) -> str:
    """What is wrong with a setting that is to be a number of seconds, or nothing."""
    return "" if value.isdecimal() and int(value) > 0 else "a number of seconds is needed"


TOKEN_LIFETIME: Final = setting(
    "MOTCUA_TOKEN_LIFETIME",
    "The longest time from `iat` to `exp` of a token that is accepted, in seconds.",
    unsafe=no_seconds,
)
NEEDS: Final = (*trust.NEEDS, AUDIENCE, TOKEN_TYPES, TOKEN_LIFETIME)
"""The settings by which a token is judged."""
ALGORITHMS = ["ES256", "RS256"]  # never "none", never a shared secret
HEADER: Final = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""What the header of a token may say. Not where a key is to be found: keys are the issuer's, whatever a token says."""
COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
LONGEST: Final = 8192
"""Letters of a token: API Gateway takes headers of 10,240 bytes in all."""
LEEWAY = 30  # seconds between our clock and the issuer's
KEYS_LIVE = 300  # seconds a key set is kept
KEYS_REST = 30  # seconds between two looks for turned keys, however many forged tokens come
_asked: dict[str, float] = {}
_keys: dict[str, tuple[float, Any]] = {}


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
    """Claims of a token that is signed by an issuer whose word counts for its kind, for us, now. Raises Refused."""
    claims = signed_claims(token)
    if AUDIENCE() not in audience_of(claims):
        raise Refused("aud")
    return claims


def signed_claims(token: str) -> dict[str, Any]:
    """The same, for whomever the token is. Raises Refused."""
    from joserfc import errors, jwt

    issuer = _issuer_of(token)
    rules = jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer.issuer},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
    )
    try:
        try:
            decoded = jwt.decode(token, _key_set(issuer.keys), algorithms=ALGORITHMS)
        except (errors.InvalidKeyIdError, errors.BadSignatureError):  # the issuer may have turned its keys
            decoded = jwt.decode(token, _key_set(issuer.keys, fresh=True), algorithms=ALGORITHMS)
        _require_type(decoded.header, ACCESS_TOKEN if issuer.exchanges else TOKEN_TYPES())
        _require_times(decoded.claims)
        rules.validate(decoded.claims)
    except (errors.JoseError, ValueError, KeyError, TypeError) as error:
        raise Refused(type(error).__name__) from None
    _require_vouched(decoded.claims, issuer)
    return dict(decoded.claims)


def _issuer_of(token: str) -> Trusted:
    """Who is said to have issued a token, of those whose word counts: nothing else in it is believed yet.

    Raises Refused, also for a token that two readers may read differently: a name twice in one object, letters that
    base64url has no need of, a header that says where its key is.
    """
    from joserfc.util import urlsafe_b64decode, urlsafe_b64encode

    if len(token) > LONGEST or not COMPACT.fullmatch(token):
        raise Refused("compact")
    try:
        parts = [urlsafe_b64decode(each.encode()) for each in token.split(".")]
        texts = [each.decode() for each in parts[:2]]  # of bytes json would guess the encoding
        header, claims = (json.loads(each, object_pairs_hook=_once, parse_constant=_no_number) for each in texts)
    except (ValueError, TypeError, RecursionError):
        raise Refused("json") from None
    if ".".join(urlsafe_b64encode(each).decode() for each in parts) != token:
        raise Refused("base64")
    if not isinstance(header, dict) or not isinstance(claims, dict) or not header.keys() <= HEADER:
        raise Refused("header")
    found = trusted(text(claims, "iss"))
    if found is None or not text(header, "kid"):
        raise Refused("issuer")
    return found


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice")
    return found


def _no_number(said: str) -> None:
    raise ValueError(said)


def audience_of(claims: dict[str, Any]) -> frozenset[str]:
    """For whom a token is. Raises Refused for one that does not say it in words."""
    said = claims.get("aud")
    listed = [said] if isinstance(said, str) else said
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise Refused("aud")
    return frozenset(listed)


def _require_vouched(claims: dict[str, Any], issuer: Trusted) -> None:
    """Raise Refused for a kind that another issuer vouches for, and for a portal that anybody but we put in."""
    if kind_of(claims) not in issuer.kinds or issuer.exchanges != ("act" in claims):
        raise Refused("issuer")
    if issuer.exchanges and claims["act"] != {"sub": client_of(claims)}:
        raise Refused("act")


def _media_type(text: str) -> str:
    """A media type as RFC 7515, 4.1.9 compares it: `application/` may be left out, case does not matter."""
    return text.strip().lower().removeprefix("application/")


def _require_type(header: dict[str, Any], types: str) -> None:
    """Raise Refused for a token that was made for another use, such as an identity token (RFC 9068, 4)."""
    said = header.get("typ")
    allowed = {_media_type(each) for each in types.split(",")} - {""}
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


def client_in(claims: dict[str, Any]) -> str:
    """The client that a token was issued to; empty for none, and for two that differ: then it is nobody's."""
    try:
        return client_of(claims)
    except Refused:
        return ""


def principal_in(claims: dict[str, Any]) -> Claimed:
    """The principal of a token, with the portal at which they are. Raises Refused."""
    found = principal(claims)
    return found._replace(portal=client_of(claims)) if "act" in claims else found
