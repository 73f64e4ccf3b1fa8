"""Token authorizer: passes on whom a bearer token proves. No pydantic, no boto3."""

import json
from typing import Any, Final

from chalice import AuthResponse, Blueprint
from chalice.app import AuthRequest

from chalicelib.identity import tokens
from chalicelib.identity.claims import PERSONS, Claimed, Refused
from chalicelib.identity.tokens import claims_of, client_in, principal_in
from chalicelib.kernel.settings import NOBODY, OTHERS, OWN, PLAN, SettingMissing, boot, only, setting

bp = Blueprint(__name__)

PORTALS: Final = setting(
    "MOTCUA_PORTALS",
    "Portals with a limit of their own, by the `client_id` of their tokens, separated by commas; `none` for no limits.",
)
OWN_CLIENTS: Final = setting(
    "MOTCUA_OWN_CLIENTS",
    "The stage's own clients, by the `client_id` (or `azp`) of their tokens, separated by commas: by these alone"
    " persons open and share their vault, take it away and rate; `none` where there is none: then nobody does.",
)
NEEDS: Final = (*tokens.NEEDS, PORTALS, OWN_CLIENTS)


class Unauthorized(Exception):
    """API Gateway answers 401 to exactly this text, and 403 to a policy that denies."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


def plan(claims: dict[str, Any]) -> str:
    """The key under which the gateway counts this caller (RFC 9068, 2.2: `client_id`); nothing where nobody counts."""
    portals = PORTALS().split(",")
    if portals == [NOBODY]:
        return ""
    client = claims.get("client_id")
    return PLAN + (client if isinstance(client, str) and client in portals else OTHERS)


def is_own(who: Claimed, client: str) -> bool:
    """Whether a person asks by a client of the stage itself. What is not set names none, and `none` is no name."""
    try:
        named = {each.strip() for each in OWN_CLIENTS().split(",")} - {"", NOBODY}
    except SettingMissing:
        return False
    return who.kind in PERSONS and not who.portal and client in named


class Counted(AuthResponse):
    """An answer that says under which key the gateway counts the caller, and by which client they ask.

    That stands beside the principal: a release before reads the principal as it was.
    """

    def __init__(self, who: Claimed, key: str, client: str) -> None:
        context = {"principal": json.dumps(who.said, ensure_ascii=False)}
        context |= {"client": client} if client else {}
        context |= {"own": OWN} if is_own(who, client) else {}
        super().__init__(routes=["*"], principal_id=who.subject, context=context)
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
            return Counted(principal_in(claims), plan(claims), client_in(claims))
    except Refused:
        raise Unauthorized from None
