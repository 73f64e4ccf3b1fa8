"""What the flow of deliveries asks of the world; `store.py` answers."""

from collections.abc import Iterable
from typing import Protocol

from chalicelib.contracts.delivery import DeliveryFlow, DestinationEnd
from chalicelib.dossier.awaited import Awaited
from chalicelib.dossier.executions import Ended
from chalicelib.dossier.reading import Dossier, Part


class Waits(Protocol):
    """Dossiers, and which execution waits for which destination."""

    def dossier(self, reference: str, *parts: Part) -> Dossier | None: ...
    def awaited(self, reference: str, destination: str) -> Awaited | None: ...
    def keep(self, now: Awaited, before: Awaited | None) -> bool: ...
    def drop(self, was: Awaited) -> None: ...


class Machine(Protocol):
    """Who runs executions."""

    def start(self, name: str, given: DeliveryFlow) -> bool: ...
    def status(self, name: str) -> str | None: ...
    def ended(self) -> Iterable[Ended]: ...
    def succeed(self, token: str, end: DestinationEnd) -> bool: ...
