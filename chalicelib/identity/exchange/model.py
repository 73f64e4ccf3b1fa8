"""What an exchanged token says, and what goes wrong before there is one."""

from typing import Any, Final

from msgspec import Struct

from chalicelib.kernel.access import Principal

GRANT: Final = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN: Final = "urn:ietf:params:oauth:token-type:access_token"  # noqa: S105 - its name in RFC 8693, 3


class Terms(Struct, frozen=True):
    """Under which name, for whom and for how many seconds tokens are issued."""

    issuer: str
    audience: str
    seconds: int


class Exchanged(Struct, frozen=True):
    """A token and the seconds that it is good for."""

    token: str
    seconds: int


class Proof(Struct, frozen=True):
    """What a person's own token says: until when it is good, in Unix time, and for whom.

    `client` is to whom it was issued, empty when it does not say one name.
    """

    person: Principal
    ends: float
    client: str
    audience: frozenset[str]


def claims_for(person: Principal, portal: str, terms: Terms, begins: int, ends: int) -> dict[str, Any]:
    """The claims of a token by which a portal asks for a person (RFC 8693, 4.1); times are seconds of Unix time.

    What is said of the person is what the provider said, and no more: a portal adds nothing.
    """
    said = {
        "kind": person.kind,
        "name": person.name,
        "level": person.level,
        "personal_id": person.personal_id,
        "document": person.document,
        "organisation": person.organisation,
        "organisation_name": person.organisation_name,
    }
    return {name: value for name, value in said.items() if value} | {
        "iss": terms.issuer,
        "aud": terms.audience,
        "sub": person.subject,
        "iat": begins,
        "exp": ends,
        "client_id": portal,
        "act": {"sub": portal},
    }
