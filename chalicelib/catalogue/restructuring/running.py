"""What is kept of dossiers that run: a row each, and marks of what was told, in whatever order it came."""

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.contracts.stored import Raw, Stored, lifts
from chalicelib.law.states import DossierState


class RunningDossier(Stored, frozen=True, kw_only=True):
    """A dossier that runs: on which version, at which agency, how far."""

    shape = 1

    reference: str
    version: int
    state: DossierState
    agency: str = ""


@lifts(RunningDossier, 0)
def _named(raw: Raw) -> Raw:
    """Before, the reference stood in the key only."""
    return {**raw, "reference": raw["sk"].removeprefix("DOSSIER#")}


class Began(Stored, frozen=True, kw_only=True):
    """The mark that a dossier's submission was counted."""

    shape = 1

    procedure: str


class Moved(Stored, frozen=True, kw_only=True):
    """The mark of the state that a dossier reached."""

    shape = 1

    state: DossierState


class Used(NamedTuple):
    """How many dossiers of a procedure came, with how many of them each paper came, and how many by each channel.

    Channels are those of Decree 137/2024 Art. 8(5); a dossier of a release that did not ask is in none.
    """

    dossiers: int
    papers: Mapping[str, int]
    channels: Mapping[str, int]


class CameBy(NamedTuple):
    """How many dossiers came in a month of Vietnam's calendar by a channel of Decree 137/2024 Art. 8(5)."""

    month: str
    channel: str
    dossiers: int
