"""What is told of a dossier's paper originals; to whom one was returned is never told, only kept encrypted."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.onestop import Notice


class OriginalOf(Event, frozen=True, kw_only=True):
    """An original by its number within the dossier, of which component, at which agency it was."""

    reference: str
    number: int
    component: str
    agency: str


class OriginalHandedOn(OriginalOf, frozen=True, kw_only=True):
    """An original went on to an agency of the dossier; `officer` is a keyed hash, None: a unit has it."""

    type = "vn.motcua.original.handed_on"
    leaves = ("agency", "number", "component", "to")

    to: str
    officer: str | None = None


class OriginalMoved(Notice, frozen=True, kw_only=True):
    """The applicant is told that an officer handed an original on: to whom, at which agency (`to`).

    `sealed` says which original and who has it now, by name, as the `reason` of a notice, encrypted.
    """

    type = "vn.motcua.original.moved"

    reference: str
    number: int
    to: str
    sealed: str


class OriginalReturned(OriginalOf, frozen=True, kw_only=True):
    """An original went back to the applicant, or to whoever came for them (Decree 61/2018 Art. 20)."""

    type = "vn.motcua.original.returned"
    leaves = ("agency", "number", "component")

    to: Literal["applicant", "agent"]


class OriginalTaken(Notice, frozen=True, kw_only=True):
    """The applicant is told that an original went back: to them, or to an agent by a mandate or an authorisation.

    `authorisation` is a component by its id. `sealed` says which original, who took it and what proves it as the
    `reason` of a notice, encrypted.
    """

    type = "vn.motcua.original.taken"

    reference: str
    number: int
    to: Literal["applicant", "agent"]
    authorisation: str | None = None
    sealed: str


class OriginalsOwed(Notice, frozen=True, kw_only=True):
    """A dossier ended and its agency has originals of it still: told once; `originals` counts them."""

    type = "vn.motcua.originals.owed"
    leaves = ("agency", "received_at", "processed_at", "due_at", "originals")

    reference: str
    originals: int
