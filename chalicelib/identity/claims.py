"""What the token of each kind of principal must say. Pure and light: what is odd is refused, and nothing is guessed.

What a kind does not need is not taken over, whatever its token says: a citizen with roles is a citizen.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

type Claims = Mapping[str, Any]

LEVELS: Final = (1, 2)  # Decree 69/2024
NO_LEVEL: Final = 0
"""Of accounts that have none: foreigners' (Decree 320/2026), portals', services'. What stands for it is a rule."""
ACTING_LEVEL: Final = 2
"""Of the person who acts for an organisation (Decree 69/2024 Art. 6, rule `identity.organisation_level`). A token that
says less is refused as a whole: no act at all is open to it, so no room has to remember to ask."""
SERVICE_ROLES: Final = frozenset({"scanning"})
"""What a system of an agency may be: it brings scans. Whoever receives, verifies or approves is an officer with a name
(Decree 61/2018 Art. 19)."""
LONGEST: Final = 255  # OpenID Connect Core 1.0, 2: `sub`

_PERSONAL: Final = re.compile(r"[0-9]{12}")  # Identity Law 2023 Art. 12
_DOCUMENT: Final = re.compile(r"[A-Z]{3}:[A-Z0-9]{1,20}|[0-9]{12}")
"""Country of issue (ISO 3166, three letters) and number of a travel document, or the number of a foreigner."""
_AGENCY: Final = re.compile(r"(?=.{3,35}\Z)[A-Y][0-9]{2}(?:\.[0-9A-Z]+)*")
"""Decision 20/2020, as `law.codes.agency_id` reads it, which would bring msgspec to each start of the authorizer."""
_NUMBER: Final = re.compile(r"[0-9]{10}(?:-[0-9]{3})?")
"""An organisation's number, and that of its branch."""
_CLIENT: Final = re.compile(r"[A-Za-z0-9._-]{1,100}")


class Refused(Exception):
    """The token does not prove a principal."""


def text(claims: Claims, name: str) -> str:
    """A claim that is words: something, of one line, that can be written and printed. Raises Refused."""
    said = claims.get(name)
    if not isinstance(said, str) or not said.strip() or len(said) > LONGEST or not said.isprintable():
        raise Refused(name)
    return said


def _name(claims: Claims, name: str = "name") -> str:
    """A name as its provider has it. Whether papers can say it is asked where a draft begins, and told there by name.

    Raises Refused for none, and for what no text can hold.
    """
    said = claims.get(name)
    if not isinstance(said, str) or not said or len(said) > LONGEST or (not said.isascii() and _is_broken(said)):
        raise Refused(name)
    return said


def _is_broken(said: str) -> bool:
    """Whether it has halves of letters (surrogates), which no file and no table takes."""
    return any("\ud800" <= letter <= "\udfff" for letter in said)


def _like(claims: Claims, name: str, *grammars: re.Pattern[str]) -> str:
    said = text(claims, name)
    if not any(grammar.fullmatch(said) for grammar in grammars):
        raise Refused(name)
    return said


def _level(claims: Claims, otherwise: int) -> int:
    said = claims.get("level", otherwise)
    if type(said) is not int or said not in (otherwise, *LEVELS):  # True and 2.0 are no levels
        raise Refused("level")
    return said


def _roles(claims: Claims) -> list[str]:
    said = claims.get("roles", [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise Refused("roles")
    return sorted(said)


def client_of(claims: Claims) -> str:
    """The client that a token was issued to: `client_id` (RFC 9068, 2.2), or `azp` of providers that say it so.

    Raises Refused for none, and for two that differ.
    """
    said = {_like(claims, name, _CLIENT) for name in ("client_id", "azp") if name in claims}
    if len(said) != 1:
        raise Refused("client_id")
    return said.pop()


def _citizen(claims: Claims) -> dict[str, Any]:
    return {"name": _name(claims), "personal_id": _like(claims, "personal_id", _PERSONAL)} | {
        "level": _level(claims, LEVELS[0])
    }


def _foreigner(claims: Claims) -> dict[str, Any]:
    """An account of before Decree 320/2026 may say its level still: then it is not taken for more."""
    return {"name": _name(claims), "document": _like(claims, "document", _DOCUMENT)} | {
        "level": _level(claims, NO_LEVEL)
    }


def _organisation(claims: Claims) -> dict[str, Any]:
    if _level(claims, NO_LEVEL) != ACTING_LEVEL:
        raise Refused("level")
    return {
        "organisation": _like(claims, "organisation", _NUMBER, _AGENCY),
        "organisation_name": _name(claims, "organisation_name"),
        "name": _name(claims),
        "personal_id": _like(claims, "personal_id", _PERSONAL),
        "level": ACTING_LEVEL,
    }


def _officer(claims: Claims) -> dict[str, Any]:
    """Roles that nobody here knows are left to `kernel.access`: a provider of an agency may have roles of its own."""
    return {"name": _name(claims), "agency": _like(claims, "agency", _AGENCY)} | {
        "level": _level(claims, LEVELS[0]),
        "roles": _roles(claims),
    }


def _service(claims: Claims) -> dict[str, Any]:
    roles = _roles(claims)
    if not roles or not SERVICE_ROLES.issuperset(roles):
        raise Refused("roles")
    return {"name": _name(claims), "agency": _like(claims, "agency", _AGENCY)} | {
        "level": NO_LEVEL,
        "roles": roles,
    }


def _portal(claims: Claims) -> dict[str, Any]:
    client = client_of(claims)
    return {"name": _name(claims) if "name" in claims else client, "portal": client, "level": NO_LEVEL}


_KINDS: Final[dict[str, Callable[[Claims], dict[str, Any]]]] = {
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


def principal(claims: Claims) -> dict[str, Any]:
    """The principal's fields out of the claims; what is missing or of the wrong shape refuses the token.

    Raises Refused: also for a claim that its kind does not need, when it is not even of its type.
    """
    kind, subject = kind_of(claims), text(claims, "sub")
    _roles(claims)
    _level(claims, NO_LEVEL)
    if not all(isinstance(claims.get(name, ""), str) for name in _TYPED):
        raise Refused("claims")
    return {"subject": subject, "kind": kind, "roles": [], **_KINDS[kind](claims)}
