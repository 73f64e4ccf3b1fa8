"""Whose word counts for whom: the issuers whose tokens are believed, and the kinds of principals each may vouch for.

`MOTCUA_ISSUER` vouches for every kind that no other issuer is named for, so a stage with one provider says nothing
more. The exchange of this API vouches for persons at portals, and only its tokens say at which portal.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from chalicelib.identity.claims import KINDS, PERSONS
from chalicelib.kernel.settings import NOBODY, PUBLIC_URL, setting

LOCAL_ISSUER: Final = "the local issuer (or any without https) is for the local stage only"
EXCHANGE: Final = "/v1/token"
"""The route that exchanges tokens; with the public address before it, the name of their issuer."""
EXCHANGE_KEYS: Final = f"{EXCHANGE}/keys"
_ONE: Final = re.compile(r"([A-Z]+(?:\+[A-Z]+)*) (https?://\S+) (https?://\S+)")


class Trusted(NamedTuple):
    """An issuer, the address of its keys, and for whom its word counts; `exchanges`: whether it is this API itself."""

    issuer: str
    keys: str
    kinds: frozenset[str]
    exchanges: bool = False


class UnfitIssuers(RuntimeError):
    """The issuers of a stage are not said as they must be; the text names the one and the rule."""


def others(told: str) -> tuple[Trusted, ...]:
    """The issuers beside the first: `OFFICER+SERVICE <issuer> <address of its keys>`, separated by commas.

    Raises UnfitIssuers.
    """
    found: list[Trusted] = []
    for one in () if told == NOBODY else told.split(","):
        said = _ONE.fullmatch(one.strip())
        if said is None:
            raise UnfitIssuers(f"{one.strip()!r} is not <KIND+KIND> <issuer> <address of its keys>")
        kinds = frozenset(said[1].split("+"))
        if not kinds <= KINDS:
            raise UnfitIssuers(f"{said[1]}: kinds are {', '.join(sorted(KINDS))}")
        found.append(Trusted(said[2], said[3], kinds))
    return tuple(found)


def _insecure(url: str) -> str:
    return "" if url.startswith("https://") else LOCAL_ISSUER


def _unfit(told: str) -> str:
    try:
        urls = [url for each in others(told) for url in (each.issuer, each.keys)]
    except UnfitIssuers as error:
        return str(error)
    return next((why for why in map(_insecure, urls) if why), "")


ISSUER: Final = setting("MOTCUA_ISSUER", "OIDC issuer whose tokens are accepted.", unsafe=_insecure)
JWKS_URL: Final = setting("MOTCUA_JWKS_URL", "Where the issuer publishes its keys.", unsafe=_insecure)
OTHER_ISSUERS: Final = setting(
    "MOTCUA_OTHER_ISSUERS",
    "Issuers beside the first and the kinds they alone vouch for, separated by commas, such as"
    " `OFFICER+SERVICE https://id.agencies.example.vn https://id.agencies.example.vn/jwks`; `none` where one issuer"
    " vouches for all.",
    unsafe=_unfit,
)
NEEDS: Final = (ISSUER, JWKS_URL, OTHER_ISSUERS, PUBLIC_URL)


@cache
def _table(issuer: str, keys: str, told: str, public: str) -> dict[str, Trusted]:
    named = others(told)
    rest = KINDS.difference(*(each.kinds for each in named))
    ours = Trusted(public + EXCHANGE, public + EXCHANGE_KEYS, PERSONS, exchanges=True)
    every = (Trusted(issuer, keys, rest), *named, ours)
    table = {each.issuer: each for each in every}
    if len(table) != len(every):
        raise UnfitIssuers("an issuer stands twice")
    return table


def trusted(issuer: str) -> Trusted | None:
    """The issuer of that name; None for one whose word does not count. Raises UnfitIssuers."""
    return _table(ISSUER(), JWKS_URL(), OTHER_ISSUERS(), PUBLIC_URL()).get(issuer)


def exchange_issuer() -> str:
    """The name under which this API issues tokens."""
    return PUBLIC_URL() + EXCHANGE
