"""The notices of a petition, from its log: each act of an agency with the five facts of a notice. Pure.

Agency, handler, when it came there, when that was done, by when what follows is due: as of dossiers (Decree 224/2026
Art. 15(1)(g)); no text that was read asks it of petitions, that they have them is ours.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from chalicelib.contracts.petitions import (
    PetitionAct,
    PetitionAsked,
    PetitionAskedUntil,
    PetitionClosed,
    PetitionEnd,
    PetitionErased,
    PetitionErasureDeclined,
    PetitionErasureProposed,
    PetitionFiled,
    PetitionProlonged,
    PetitionPublished,
    PetitionRetracted,
    PetitionTakenUp,
    PetitionUnsupplied,
)
from chalicelib.contracts.stored import typed
from chalicelib.identity.petitions.items import SYSTEM
from chalicelib.kernel.record import LogRow

_ABOUT: Final[dict[str, PetitionAct]] = {
    PetitionFiled.type: "filed",
    PetitionTakenUp.type: "taken_up",
    PetitionAsked.type: "asked",
    PetitionAskedUntil.type: "asked_until",
    PetitionUnsupplied.type: "unsupplied",
    PetitionProlonged.type: "prolonged",
    PetitionPublished.type: "published",
    PetitionRetracted.type: "retracted",
    PetitionErasureProposed.type: "erasure_proposed",
    PetitionErasureDeclined.type: "erasure_declined",
    PetitionErased.type: "erased",
}
"""What an event is a notice of; that one ended says itself how."""
_BY_THE_CLOCK: Final[dict[str, PetitionAct]] = {PetitionTakenUp.type: "unsupplied"}
"""What an event was a notice of where the clock told it, before there was an event of its own."""


class _Facts(Struct, frozen=True, kw_only=True):
    """What any event of a petition may say of a notice; `by`, `acting`: the agency that acted, where another has it."""

    agency: str
    by: str | None = None
    acting: str | None = None
    basis: str = ""
    handler: str = ""
    due_at: str | None = None
    end: PetitionEnd = "answered"
    to: str | None = None


class Notice(Struct, frozen=True, kw_only=True):
    """An act of an agency, or of the clock for it, told to who filed; times are stored stamps. `to`: where it went.

    `due_at`: by when what follows is due, of a question by the person, else by the agency. `basis`: of an erasure.
    """

    about: PetitionAct
    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None
    to: str | None
    basis: str = ""


def notices_of(rows: Sequence[LogRow]) -> Iterator[Notice]:
    """The notices of a log that is read from its beginning, in order. Raises stored.Unreadable."""
    came = ""
    for row in rows:
        about = _about(row)
        if about is None and row.type != PetitionClosed.type:
            continue  # what the clock tells the agency
        facts = typed(_Facts, row.data, row.stored)
        came = came or row.at
        yield Notice(
            about=about or facts.end,
            agency=facts.acting or facts.by or facts.agency,
            handler=facts.handler,
            received_at=came,
            processed_at=row.at,
            due_at=facts.due_at or None,
            to=facts.to,
            basis=facts.basis,
        )
        came = row.at if facts.to else came


def _about(row: LogRow) -> PetitionAct | None:
    by_the_clock = _BY_THE_CLOCK.get(row.type) if row.actor == SYSTEM else None
    return by_the_clock or _ABOUT.get(row.type)
