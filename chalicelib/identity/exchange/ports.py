"""What the exchange asks of the world."""

from datetime import datetime
from typing import Any, Protocol

from chalicelib.identity.exchange.model import Proof


class Tokens(Protocol):
    """Reads a person's own token. Raises TokenRefused for one that proves no person."""

    def proof(self, token: str) -> Proof: ...


class Keys(Protocol):
    """The keys of the exchange: the first signs, all are published."""

    def signed(self, claims: dict[str, Any]) -> str: ...
    def published(self) -> list[dict[str, str]]: ...


class Ledgers(Protocol):
    """The access ledgers of persons."""

    def refused(self, owner: str, portal: str, now: datetime) -> None: ...
