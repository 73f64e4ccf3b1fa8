"""The numbers that a person had before, as identity last told it: a read model of the dossiers' room.

A number may be replaced, and what is kept under the former one stays the person's without a proof (Decree 70/2024 Art.
11-12). Nothing is written anew for that: keys and logs name the number under which something came, and whoever asks is
looked for under all of theirs. The row stands on the person's own list of dossiers, so that whoever has one number only
pays for no look; how somebody stands to a dossier asks for it only before they would be a stranger.
"""

from collections.abc import Collection
from typing import Final

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.stored import Stored, read, written
from chalicelib.dossier.items import holder_key
from chalicelib.dossier.news import newer
from chalicelib.dossier.table import JOINED, TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal

AT_THE_HEAD: Final = "~#~#9"
"""Before the newest dossier of a list. The release before takes it for one that asks for a level which nobody has."""


class Joined(Stored, frozen=True, kw_only=True):
    """The keyed hashes of the numbers that a person had before; none of a number that is itself a former one.

    `present` is the number that came after such a one: it opens nothing, and says alone who an officer is.
    `procedure` and `state` are there for the release before, which reads no row of a list without them.
    """

    shape = 1

    formers: tuple[str, ...]
    mine_pk: str
    present: str = ""
    mine_sk: str = AT_THE_HEAD
    procedure: str = ""
    state: int = 0


def formers_of(holder: str) -> tuple[str, ...]:
    """The former ones of a number, all keyed hashes: one read."""
    found = aws.get(TABLE(), *numbers_key(holder))
    return read(Joined, found).formers if found else ()


def among(who: Principal, holders: Collection[str]) -> str | None:
    """Which of these keyed hashes is the principal's: no read for their present number, one for a former one."""
    if not who.holder or not holders:
        return None
    if who.holder in holders:
        return who.holder
    return next((each for each in formers_of(who.holder) if each in holders), None)


def remember_joined(event: PersonChanged, at: str) -> None:
    """Keep which numbers are one person's, unless we hold that or something newer; of other changes nothing.

    A former number looks under no other one any more: it is nobody's.
    """
    if event.kind != "renumbered":
        return
    for holder, formers in {event.person: event.former, **dict.fromkeys(event.former, ())}.items():
        present = "" if holder == event.person else event.person
        kept = Joined(formers=formers, mine_pk=holder_key(holder), present=present)
        aws.updated(newer(numbers_key(holder), written(kept), at))


def numbers_key(holder: str) -> tuple[str, str]:
    """Where the numbers of a person stand; in that partition their ties to others stand too."""
    return f"{JOINED}{holder}", "NUMBERS"
