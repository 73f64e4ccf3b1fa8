"""What the use cases ask of the world; `store.py` and `carriers.py` answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from chalicelib.contracts.delivery import Way
from chalicelib.delivery.model import Word
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import DueRow
from chalicelib.dossier.items import Head, ResultItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.kernel.access import Principal, Relation
from chalicelib.law.rules import MandateState


class Address(Struct, frozen=True, kw_only=True):
    """Where the post brings it; encrypted in the dossier."""

    name: str
    phone: str
    address: str


class Parcel(Struct, frozen=True, kw_only=True):
    """A document for a destination. `id` is the same at each attempt; `link` opens the file for five minutes.

    `receiver` is the holder's number at the app, `address` where the post brings it.
    """

    id: str
    document: str
    title: str
    sha256: str
    agency: str
    link: str | None = None
    receiver: str | None = None
    address: Address | None = None


class Unreachable(Exception):
    """A destination is down, slow, or says what nobody understands: what became of the parcel is not known."""


class Carrier(Protocol):
    """Destinations of results. Raises Unreachable."""

    def reaches(self, way: Way) -> bool: ...
    def find(self, way: Way, parcel: str) -> Word | None: ...
    def send(self, way: Way, parcel: Parcel) -> Word: ...


class Dossiers(Protocol):
    """Dossiers with their results."""

    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def named(self, name: str) -> str: ...
    def relation(self, who: Principal, head: Head, now: datetime) -> Relation: ...
    def mandate_state(self, head: Head, now: datetime) -> MandateState: ...
    def unlist(self, reference: str, destination: str) -> None: ...
    def level_of(self, head: Head) -> int: ...
    def change(self, dossier: Dossier, now: datetime) -> Change: ...
    def write(self, change: Change, who: Principal) -> None: ...
    def used_key(self, owner: str, key: str) -> UsedKey | None: ...
    def due(self, now: datetime) -> Iterator[DueRow]: ...
    def hand_out(self, head: Head, result: ResultItem, way: Way, now: datetime) -> str: ...
