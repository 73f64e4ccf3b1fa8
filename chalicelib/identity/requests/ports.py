"""What requests about personal data ask of the world; `store.py` answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.contracts.event import Event
from chalicelib.identity.requests.model import DataRequestHead


class Requests(Protocol):
    """Where requests are kept."""

    def knows(self, agency: str) -> bool: ...
    def head(self, request: str) -> DataRequestHead: ...
    def mine(self, holder: str, after: str) -> tuple[list[DataRequestHead], str | None]: ...
    def owed(self, agencies: Sequence[str], after: str) -> tuple[list[DataRequestHead], str | None]: ...
    def due(self, now: datetime) -> list[str]: ...
    def write(
        self, before: DataRequestHead, after: DataRequestHead, event: Event, actor: str, now: datetime
    ) -> None: ...
