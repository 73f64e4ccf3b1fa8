"""The history of use: who used which paper for what, how often and when, as its owner is to be told. Pure.

Whoever connects to the ID app keeps it and hands it over to be shown (Decree 69/2024/ND-CP Art. 18(6) as amended by
Decree 320/2026): papers, purpose, count, time and user. How lines are put together is ours.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from chalicelib.kernel.clock import ZONE, moment
from chalicelib.ledger.lines import Line


class Use(Struct, frozen=True, kw_only=True):
    """Uses of one paper by one user for one purpose on one day of Viet Nam; times are stored stamps (UTC).

    `user` is `owner`, an agency's id or `person`; `officer` is who that was, `portal` the one that asked for them,
    `client` to whom their token was issued.
    `document` names a register where that was asked.
    """

    document: str
    purpose: str
    user: str
    officer: str
    portal: str
    client: str
    day: date
    times: int
    first_at: str
    last_at: str


def uses(lines: Iterable[Line]) -> list[Use]:
    """The uses of which some lines tell, by their first line; what was stored, refused or withdrawn is no use."""
    found = dict[tuple[object, ...], Use]()
    for line in lines:
        told = line.said
        if told.refused or told.withdrawn or (told.act != "read" and not told.asked):
            continue
        use = Use(
            document=told.asked.register if told.asked else told.document,
            purpose=told.asked.purpose if told.asked else told.basis,
            user=told.by,
            officer=told.officer or "",
            portal=told.portal or "",
            client=told.client or "",
            day=moment(line.at).astimezone(ZONE).date(),
            times=1,
            first_at=line.at,
            last_at=line.at,
        )
        same = (use.document, use.purpose, use.user, use.officer, use.portal, use.client, use.day)
        found[same] = _added(found[same], line.at) if same in found else use
    return list(found.values())


def _added(use: Use, at: str) -> Use:
    """One use more; lines may come from either end."""
    first, last = min(use.first_at, at), max(use.last_at, at)
    return Use(
        document=use.document,
        purpose=use.purpose,
        user=use.user,
        officer=use.officer,
        portal=use.portal,
        client=use.client,
        day=use.day,
        times=use.times + 1,
        first_at=first,
        last_at=last,
    )
