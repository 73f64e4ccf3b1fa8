"""What petitions and complaints add to which counters: each event of them by itself, in whatever order. Pure.

An event says when it came to an agency, or how and when it ended there, and as what it counts, on time or late: so
nothing of what was told before has to be known, and what is counted once is kept by its number.
"""

from typing import Final, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.event import heard
from chalicelib.contracts.petitions import (
    PetitionAbout,
    PetitionClosed,
    PetitionErased,
    PetitionFiled,
    PetitionKind,
    PetitionOverdue,
    PetitionPublished,
)
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import LogRow
from chalicelib.law.displeased import displeased
from chalicelib.measures.cells import Cell, Counts
from chalicelib.measures.model import UNSAID, Measured, Petitioned, month_of

PREFIX: Final = "PETITION#"
"""How the records of petitions begin."""
NO_PROCEDURE: Final = ""
"""A petition is of no procedure, so a cut by one has none."""
BEYOND: Final = "*"
"""How what stands for many petitions is named, before their kind: no petition's name begins so."""
_PLURAL: Final[dict[PetitionKind, str]] = {"petition": "petitions", "complaint": "complaints"}
type _Told = PetitionFiled | PetitionClosed | PetitionOverdue | PetitionPublished | PetitionErased
_LAST: Final[dict[str, type[PetitionPublished | PetitionErased]]] = {
    PetitionPublished.type: PetitionPublished,
    PetitionErased.type: PetitionErased,
}
"""What tells that nothing is owed any more: an erasure where a restore lost that it was published."""
_KINDS: Final = {PetitionFiled.type, PetitionClosed.type, PetitionOverdue.type, *_LAST}


class PetitionCounted(Stored, frozen=True, kw_only=True):
    """What an event of a petition added to an agency's counters; `at` is when that happened."""

    shape = 1

    petition: str
    kind: PetitionKind
    about: PetitionAbout
    unit: str
    at: str
    names: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        """Where it counts."""
        return Cell(self.unit, month_of(self.at), NO_PROCEDURE, UNSAID, UNSAID)

    @property
    def counts(self) -> Counts:
        """What it adds."""
        return dict.fromkeys(self.names, 1)


class PetitionEvent(NamedTuple):
    """An event of a petition's log that counts: its number there, what it adds to each agency.

    `dossier`: the one that it names, of which it says `told`.
    """

    petition: str
    number: int
    added: tuple[PetitionCounted, ...]
    dossier: str | None = None
    told: Petitioned | None = None


def is_counted(kind: str) -> bool:
    """Whether an event of this type adds something."""
    return kind in _KINDS


def petition_event(pk: str, row: LogRow) -> PetitionEvent:
    """What an event adds; one of another type adds nothing. Raises contracts.event.Malformed."""
    added: tuple[PetitionCounted, ...] = ()
    dossier: str | None = None
    said: Petitioned | None = None
    if row.type == PetitionFiled.type:
        filed = heard(PetitionFiled, row.data)
        added = (_counted(filed, filed.agency, filed.came_at, "received"),)
        dossier = filed.dossier
        said = Petitioned(petition=filed.petition, kind=filed.kind, what="filed", at=filed.came_at)
    elif row.type == PetitionClosed.type:
        closed = heard(PetitionClosed, row.data)
        added = (_counted(closed, closed.agency, closed.closed_at, closed.end, *_timely(closed)),)
        if closed.to is not None:
            added = (*added, _counted(closed, closed.to, closed.closed_at, "received"))
        if closed.end != "forwarded":
            dossier = closed.dossier
            said = Petitioned(petition=closed.petition, kind=closed.kind, what=closed.end, at=closed.closed_at)
    elif row.type == PetitionOverdue.type:
        late = heard(PetitionOverdue, row.data)
        added = (_counted(late, late.agency, late.due_at, "late"),) if late.counts == "late" else ()
    elif last := _LAST.get(row.type):
        done = heard(last, row.data)
        known = done.counts in ("on_time", "late")
        added = (_counted(done, done.agency, done.at, done.counts),) if known else ()
    return PetitionEvent(pk.removeprefix(PREFIX), row.number, added, dossier, said if dossier else None)


def petitioned(was: Measured, told: Petitioned) -> Measured:
    """What is counted of a dossier once a petition says that of it; what was said before changes nothing.

    A row holds so much: beyond that one word stands for all that were filed of a kind, and none of them is left out.
    """
    if len(was.petitions) >= displeased().most_kept and not _is_kept(was, told):
        if told.what != "filed":
            return was
        told = replace(told, petition=f"{BEYOND}{told.kind}")
    return was if _is_kept(was, told) else replace(was, petitions=(*was.petitions, told))


def _is_kept(was: Measured, told: Petitioned) -> bool:
    return any((each.petition, each.what) == (told.petition, told.what) for each in was.petitions)


def _timely(closed: PetitionClosed) -> tuple[str, ...]:
    """On time or late; of a log of before events said it, what was withdrawn is neither."""
    if closed.counts == "unsaid":
        return () if closed.end == "withdrawn" else ("late" if closed.is_late else "on_time",)
    return () if closed.counts == "nothing" else (closed.counts,)


def _counted(told: _Told, unit: str, at: str, *names: str) -> PetitionCounted:
    return PetitionCounted(
        petition=told.petition,
        kind=told.kind,
        about=told.about,
        unit=unit,
        at=at,
        names=tuple(f"{_PLURAL[told.kind]}_{each}" for each in names),
    )
