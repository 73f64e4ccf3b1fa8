"""What reports ask of the world; `store.py` answers, and the boards."""

from datetime import datetime
from typing import Protocol

from chalicelib.contracts.messages import PaperOrdered
from chalicelib.measures.boards.service import Found


class ReportOrders(Protocol):
    """Where orders are kept."""

    def order(self, event: PaperOrdered, now: datetime) -> None: ...


class Boards(Protocol):
    """Where boards are read. Raises NotFound, BodyInvalid."""

    def board(self, unit: str, period: str) -> Found: ...
