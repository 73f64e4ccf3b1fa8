"""What petitions ask of the world; `store.py` answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.contracts.event import Event
from chalicelib.dossier.second_person import Lookup
from chalicelib.identity.petitions.items import Desk, PetitionHead, PublishedPetition, Retraction
from chalicelib.identity.petitions.model import Receiver
from chalicelib.kernel.record import LogRow
from chalicelib.sealing.erasures import Erasure

type Page[T] = tuple[list[T], str | None]
"""Things, and where the next page starts; None at the end."""


class Deletion(Struct, frozen=True, kw_only=True):
    """What is known of a person's request about their data: `holder` is the keyed hash of who asked."""

    holder: str = ""
    kind: str = ""
    agency: str = ""
    state: str = ""
    asked_at: str = ""


class ErasureList(Protocol):
    """The list of erasures, which outlives a restore of tables."""

    def enter(self, order: Erasure) -> None: ...
    def listed(self) -> Iterator[Erasure]: ...


class RetractionList(Protocol):
    """The list of what was taken back from the public, which outlives a restore of tables."""

    def enter(self, order: Retraction) -> None: ...
    def listed(self) -> Iterator[Retraction]: ...


class Petitions(Protocol):
    """Where petitions are kept."""

    def receiver(self, agency: str, day: str) -> Receiver | None: ...
    def above(self, agency: str, day: str) -> str | None: ...
    def head(self, petition: str) -> PetitionHead: ...
    def holders(self, dossier: str) -> frozenset[str]: ...
    def actors(self, dossier: str) -> frozenset[str]: ...
    def staff(self, agency: str) -> Collection[str]: ...
    def listed(self, agency: str, officer: str) -> str: ...
    def numbers_on_lists(self, agencies: Iterable[str]) -> Lookup: ...
    def deletion(self, request: str) -> Deletion | None: ...
    def log(self, head: PetitionHead) -> Sequence[LogRow]: ...
    def numbers(self, holder: str) -> Sequence[str]: ...
    def mine(self, numbers: Sequence[str], after: str) -> Page[PetitionHead]: ...
    def owed(
        self, agencies: Sequence[str], desks: Sequence[Desk], after: str, late_at: str | None = None
    ) -> Page[PetitionHead]: ...
    def published(self, agency: str, after: str) -> Page[PublishedPetition]: ...
    def due(self, now: datetime) -> list[str]: ...
    def kept(self) -> Iterator[PetitionHead]: ...
    def enrol(self, head: PetitionHead, now: datetime) -> bool: ...
    def write(
        self,
        before: PetitionHead,
        after: PetitionHead,
        event: Event,
        actor: str,
        now: datetime,
        public: PublishedPetition | None = None,
    ) -> None: ...
