"""What the token of each kind of principal must say. Pure and light: what is odd is refused, and nothing is guessed.

What a kind does not need is not taken over, whatever its token says: a citizen with roles is a citizen.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from chalicelib.law.codes import is_agency, is_identity

type Claims = Mapping[str, Any]

LEVELS: Final = (1, 2)  # Decree 69/2024
NO_LEVEL: Final = 0
"""Of accounts that have none: foreigners' (Decree 320/2026), portals', services'. What stands for it is a rule."""
ACTING_LEVEL: Final = 2
"""Of the person who acts for an organisation (Decree 69/2024 Art. 6, rule `identity.organisation_level`). A token that
says less is refused as a whole: no act at all is open to it, so no room has to remember to ask."""
SERVICE_ROLES: Final = frozenset({"integration", "scanning"})
"""What a system of an agency may be: it brings scans, or hears of its dossiers. Whoever receives, verifies or approves
is an officer with a name (Decree 61/2018 Art. 19)."""
LONGEST: Final = 255  # OpenID Connect Core 1.0, 2: `sub`

NUMBER: Final = "personal_id"

_CLIENT: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


class Refused(Exception):
    """The token does not prove a principal."""


class Claimed(NamedTuple):
    """What a token claims of a principal, as `kernel.access.Principal` has it; a tuple, for a Struct costs each start.

    What a kind does not need is empty; `roles` are in order; `portal` is the portal that asks for them.
    """

    subject: str
    kind: str
    name: str
    level: int
    roles: tuple[str, ...] = ()
    personal_id: str = ""
    agency: str = ""
    document: str = ""
    organisation: str = ""
    organisation_name: str = ""
    portal: str = ""

    @property
    def said(self) -> dict[str, Any]:
        """The same as the gateway carries it to a function: without what is empty, but for the roles."""
        return {k: v for k, v in self._asdict().items() if v != "" and k != "roles"} | {"roles": list(self.roles)}


def text(claims: Claims, name: str) -> str:
    """A claim that is words: something, of one line, that can be written and printed. Raises Refused."""
    said = claims.get(name)
    if not isinstance(said, str) or not said.strip() or len(said) > LONGEST or not said.isprintable():
        raise Refused(name)
    return said


def _name(claims: Claims, name: str = "name") -> str:
    """A name as its provider has it, however long: who is so called is who they are.

    Whether papers can say it is asked where a draft begins, and told there by name. Raises Refused for none, and for
    what no text can hold.
    """
    said = claims.get(name)
    if not isinstance(said, str) or not said or (not said.isascii() and _is_broken(said)):
        raise Refused(name)
    return said


def _is_broken(said: str) -> bool:
    """Whether it has halves of letters (surrogates), which no file and no table takes."""
    return any("\ud800" <= letter <= "\udfff" for letter in said)


def _like(claims: Claims, name: str, is_so: Callable[[str], object]) -> str:
    said = text(claims, name)
    if not is_so(said):
        raise Refused(name)
    return said


def _identity(claims: Claims, name: str, kind: str) -> str:
    return _like(claims, name, lambda said: is_identity(kind, said))


def _level(claims: Claims, otherwise: int) -> int:
    said = claims.get("level", otherwise)
    if type(said) is not int or said not in (otherwise, *LEVELS):  # True and 2.0 are no levels
        raise Refused("level")
    return said


def _roles(claims: Claims) -> tuple[str, ...]:
    said = claims.get("roles", [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise Refused("roles")
    return tuple(sorted(said))


def client_of(claims: Claims) -> str:
    """The client that a token was issued to: `client_id` (RFC 9068, 2.2), or `azp` of providers that say it so.

    Raises Refused for none, and for two that differ.
    """
    said = {_like(claims, name, _CLIENT.fullmatch) for name in ("client_id", "azp") if name in claims}
    if len(said) != 1:
        raise Refused("client_id")
    return said.pop()


def _citizen(claims: Claims) -> Claimed:
    return _whoever(claims)._replace(
        name=_name(claims), personal_id=_identity(claims, "personal_id", "CITIZEN"), level=_level(claims, LEVELS[0])
    )


def _foreigner(claims: Claims) -> Claimed:
    """An account of before Decree 320/2026 may say its level still: then it is not taken for more."""
    return _whoever(claims)._replace(
        name=_name(claims), document=_identity(claims, "document", "FOREIGNER"), level=_level(claims, NO_LEVEL)
    )


def _organisation(claims: Claims) -> Claimed:
    if _level(claims, NO_LEVEL) != ACTING_LEVEL:
        raise Refused("level")
    return _whoever(claims)._replace(
        organisation=_identity(claims, "organisation", "ORGANISATION"),
        organisation_name=_name(claims, "organisation_name"),
        name=_name(claims),
        personal_id=_identity(claims, "personal_id", "CITIZEN"),
        level=ACTING_LEVEL,
    )


def _officer(claims: Claims) -> Claimed:
    """Roles that nobody here knows are left to `kernel.access`: a provider of an agency may have roles of its own.

    A provider that says their personal number says it rightly, or the token is refused: by it nobody decides on what is
    their own.
    """
    number = _identity(claims, NUMBER, "CITIZEN") if claims.get(NUMBER, "") != "" else ""
    return _of_agency(claims)._replace(level=_level(claims, LEVELS[0]), roles=_roles(claims), personal_id=number)


def _service(claims: Claims) -> Claimed:
    roles = _roles(claims)
    if not roles or not SERVICE_ROLES.issuperset(roles):
        raise Refused("roles")
    return _of_agency(claims)._replace(roles=roles)


def _of_agency(claims: Claims) -> Claimed:
    return _whoever(claims)._replace(name=_name(claims), agency=_like(claims, "agency", is_agency))


def _portal(claims: Claims) -> Claimed:
    client = client_of(claims)
    return _whoever(claims)._replace(name=_name(claims) if "name" in claims else client, portal=client)


def _whoever(claims: Claims) -> Claimed:
    """A principal of whom no more than kind and subject is known yet."""
    return Claimed(subject=text(claims, "sub"), kind=kind_of(claims), name="", level=NO_LEVEL)


_KINDS: Final[dict[str, Callable[[Claims], Claimed]]] = {
    "CITIZEN": _citizen,
    "FOREIGNER": _foreigner,
    "ORGANISATION": _organisation,
    "OFFICER": _officer,
    "PORTAL": _portal,
    "SERVICE": _service,
}
KINDS: Final = frozenset(_KINDS)
PERSONS: Final = frozenset({"CITIZEN", "FOREIGNER", "ORGANISATION"})
_TYPED: Final = ("name", "personal_id", "agency", "document", "organisation", "organisation_name")


def kind_of(claims: Claims) -> str:
    """The kind of a principal. Raises Refused for one that nobody here knows."""
    said = text(claims, "kind")
    if said not in KINDS:
        raise Refused("kind")
    return said


def principal(claims: Claims) -> Claimed:
    """The principal out of the claims; what is missing or of the wrong shape refuses the token.

    Raises Refused: also for a claim that its kind does not need, when it is not even of its type.
    """
    kind = kind_of(claims)
    _roles(claims)
    _level(claims, NO_LEVEL)
    if not all(isinstance(claims.get(name, ""), str) for name in _TYPED):
        raise Refused("claims")
    return _KINDS[kind](claims)
