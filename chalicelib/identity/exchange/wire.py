"""What the exchange of tokens is asked, and what it answers (RFC 8693)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from chalicelib.identity.tokens import LONGEST

type TokenType = Literal["urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:jwt"]


class ExchangeToken(BaseModel):
    """A person's own token, issued to the portal that asks; who asks is said by the bearer token."""

    model_config = ConfigDict(extra="forbid", strict=True)

    grant_type: str = Field(
        max_length=100,
        description="urn:ietf:params:oauth:grant-type:token-exchange",
        examples=["urn:ietf:params:oauth:grant-type:token-exchange"],
    )
    subject_token: str = Field(
        min_length=1, max_length=LONGEST, description="The token that the person's provider issued to this portal"
    )
    subject_token_type: TokenType = Field(description="An access token, which is a JWT")
    requested_token_type: TokenType = Field(
        default="urn:ietf:params:oauth:token-type:access_token", description="An access token is all that is given"
    )
    audience: str = Field(default="", max_length=500, description="This service, if any")
    resource: str = Field(default="", max_length=500, description="This service, if any")
    actor_token: Literal[""] = Field(default="", description="Not taken: the portal is the one of the bearer token")
    actor_token_type: str = Field(default="", max_length=100, description="Of no use without an actor_token")


class ExchangedToken(BaseModel):
    """A token by which the portal asks for this person, for some minutes."""

    access_token: str = Field(
        description="To be sent as the bearer", examples=["eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"]
    )
    issued_token_type: Literal["urn:ietf:params:oauth:token-type:access_token"] = Field(
        default="urn:ietf:params:oauth:token-type:access_token", description="What was issued, as RFC 8693 names it"
    )
    token_type: Literal["Bearer"] = Field(default="Bearer", description="How it is sent (RFC 6750)")
    expires_in: int = Field(description="Seconds that it is good for", examples=[300])


class PublicKey(BaseModel):
    """A public key (RFC 7517)."""

    kty: Literal["EC"] = Field(description="Kind of key")
    crv: Literal["P-256"] = Field(description="Curve")
    x: str = Field(description="Coordinate", examples=["f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"])
    y: str = Field(description="Coordinate", examples=["x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"])
    use: Literal["sig"] = Field(description="For signatures only")
    alg: Literal["ES256"] = Field(description="Algorithm")
    kid: str = Field(
        description="Its name in the header of a token", examples=["NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"]
    )


class KeySet(BaseModel):
    """The keys of tokens that were exchanged here: one, or two while a key is turned."""

    keys: list[PublicKey] = Field(description="In no order: the header of a token names its key")
