"""What the vault's use cases ask of the world; `store.py` answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.events import Fact


class Vaults(Protocol):
    """Where vaults are kept."""

    def head(self, owner: str) -> dict[str, Any] | None: ...
    def document(self, owner: str, document: str) -> dict[str, Any] | None: ...
    def documents(self, owner: str) -> list[dict[str, Any]]: ...
    def accesses(self, owner: str) -> list[dict[str, Any]]: ...
    def write(
        self,
        owner: str,
        head: dict[str, Any] | None,
        fact: Fact,
        line: Mapping[str, Any],
        now: datetime,
        *,
        doc: Mapping[str, Any] | None = None,
    ) -> None: ...
    def file_url(self, doc: Mapping[str, Any]) -> str: ...
