"""How far the National Public Service Portal has been told of a dossier, as it is stored: beside the dossier. Pure."""

import zlib
from typing import Final, Literal

import msgspec

from chalicelib.contracts.stored import Stored

Outcome = Literal["told", "refused", "unreachable", "broken"]
Progress = Literal["waiting", "synchronised", "retrying", "parked", "ended"]
PARTS: Final = 8
"""Parts of the list of what is due: none takes what all of a country's dossiers write."""
SORT_KEY: Final = "SYNC"
PLACE: Final = ("wl_pk", "wl_sk")
"""By what it stands on a list."""


class PortalTry(msgspec.Struct, frozen=True, kw_only=True):
    """A try: written down before it is made. `step` is the event that it came to, 0 before it came to any."""

    begun_at: str
    step: int = 0
    ended_at: str | None = None
    outcome: Outcome | None = None


class Synchronisation(Stored, frozen=True, kw_only=True):
    """What the portal knows of a dossier. Steps are events of its log, by their numbers; times are stored stamps.

    `seen` is the newest step that we know of, `told` the newest that the portal has; `sending` the one of which nobody
    knows whether it has it. `name`: under which code it was told, and stays. `due_at`: when something is to be done.
    `waits_since`: when the oldest step came here that was not told. `again`: somebody asked for the dossier once more.
    """

    shape = 1

    seen: int
    told: int = 0
    version: int = 1
    due_at: str | None = None
    waits_since: str | None = None
    sending: int | None = None
    name: str | None = None
    is_there: bool = False
    again: bool = False
    tries: int = 0
    attempts: tuple[PortalTry, ...] = ()
    synchronised_at: str | None = None
    parked_at: str | None = None
    ended_at: str | None = None
    why: str | None = None
    code: str | None = None
    agency: str | None = None

    @property
    def progress(self) -> Progress:
        """How far it is: everything told, a step waiting, a step tried again, or left to a person."""
        if self.ended_at:
            return "ended"
        if self.parked_at:
            return "parked"
        if self.told >= self.seen and not self.again:
            return "synchronised"
        has_failed = self.tries > 0 and bool(self.attempts) and self.attempts[-1].outcome in ("unreachable", "broken")
        return "retrying" if has_failed else "waiting"


class DueDossier(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier on the list of what is due, or on that of what is parked."""

    pk: str

    @property
    def reference(self) -> str:
        """Which dossier."""
        return self.pk.removeprefix("PORTAL#")


def synchronisation_key(reference: str) -> tuple[str, str]:
    """Where it stands how far the portal was told of a dossier."""
    return f"PORTAL#{reference}", SORT_KEY


def due_list(part: int) -> str:
    """A part of the list of what is due."""
    return f"SYNCHRONISING#{part}"


def parked_list(agency: str) -> str:
    """Dossiers of an agency that the portal did not take."""
    return f"UNSYNCHRONISED#{agency}"


def listed(reference: str, now: Synchronisation) -> dict[str, str]:
    """Its place on one of the lists; none where nothing is to be done."""
    if now.parked_at is not None and now.agency:
        return {"wl_pk": parked_list(now.agency), "wl_sk": f"{now.parked_at}#{reference}"}
    if now.due_at is None:
        return {}
    part = zlib.crc32(reference.encode()) % PARTS
    return {"wl_pk": due_list(part), "wl_sk": f"{now.due_at}#{reference}"}
