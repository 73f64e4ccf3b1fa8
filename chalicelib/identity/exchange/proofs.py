"""A person's own token, judged as the authorizer judges tokens."""

from typing import Any

from msgspec import Struct

from chalicelib.contracts.event import heard
from chalicelib.identity.claims import PERSONS, Refused, client_of, principal
from chalicelib.identity.exchange.model import Proof
from chalicelib.identity.tokens import audience_of, signed_claims
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import TokenRefused


class _Judged(Struct, frozen=True):
    """What the signature of a token stood for; its times were judged with it."""

    exp: float
    act: object = None


class Proofs:
    """Tokens of the issuers whose word counts."""

    def proof(self, token: str) -> Proof:
        """What the token proves. Raises TokenRefused.

        One of this exchange proves nothing to it: it would live on by being exchanged again.
        """
        try:
            claims = signed_claims(token)
            fields, audience = principal(claims), audience_of(claims)
        except Refused:
            raise TokenRefused from None
        whoever: dict[str, Any] = fields.said | {"roles": frozenset()}
        judged, person = heard(_Judged, claims), Principal(**whoever)
        if person.kind not in PERSONS or judged.act is not None:
            raise TokenRefused
        try:
            client = client_of(claims)
        except Refused:
            client = ""
        return Proof(person, judged.exp, client, audience)
