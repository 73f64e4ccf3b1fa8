"""What the telling of the national portal asks of the world; `store.py` and `portal.py` answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.synchronisation.payloads import Record, Step
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.references import UsedKey
from chalicelib.dossier.synchronised import DueDossier, Synchronisation
from chalicelib.kernel.access import Principal, Relation


class Known(Struct, frozen=True, kw_only=True):
    """What the portal has of a dossier: the marks of its steps; None when it does not say them."""

    marks: tuple[tuple[str, str, str], ...] | None = None


class NotLoggedIn(Unreachable):
    """The portal does not log us in: nothing was sent, and no other dossier would be taken either."""


class RefusedByPortal(Exception):
    """The portal says that it does not take it. `code` is its error code, cut short: never its text."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class NationalPortal(Protocol):
    """The National Public Service Portal. Raises delivery.ports.Unreachable, NotLoggedIn, RefusedByPortal."""

    def find(self, code: str) -> Known | None: ...
    def keep(self, record: Record, *, is_there: bool) -> None: ...
    def add(self, step: Step) -> None: ...


class Ledger(Protocol):
    """How far the portal was told, and the dossiers themselves."""

    def waiting(self, now: datetime) -> Iterator[DueDossier]: ...
    def one(self, reference: str) -> Synchronisation | None: ...
    def kept(self, reference: str, was: Synchronisation, now: Synchronisation) -> bool: ...
    def parked(self, agency: str, limit: int, start: Any) -> tuple[list[DueDossier], Any]: ...
    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def heads(self, references: list[str]) -> dict[str, Head]: ...
    def named(self, name: str) -> str: ...
    def relation(self, who: Principal, head: Head, now: datetime) -> Relation: ...
    def level_of(self, head: Head) -> int: ...
    def used_key(self, owner: str, key: str) -> UsedKey | None: ...
    def change(self, dossier: Dossier, now: datetime) -> Change: ...
    def redeliver(self, change: Change, was: Synchronisation, now: Synchronisation) -> None: ...
