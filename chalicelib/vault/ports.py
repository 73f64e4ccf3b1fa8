"""What the vault's use cases ask of the world; `store.py` answers."""

from datetime import datetime
from typing import Protocol

from chalicelib.contracts.event import Event
from chalicelib.vault.model import Access, VaultDocument, VaultHead


class Vaults(Protocol):
    """Where vaults are kept."""

    def head(self, owner: str) -> VaultHead: ...
    def document(self, owner: str, document: str) -> VaultDocument | None: ...
    def documents(self, owner: str) -> list[VaultDocument]: ...
    def accesses(self, owner: str) -> list[Access]: ...
    def write(
        self, head: VaultHead, line: Access, event: Event, now: datetime, *, document: VaultDocument | None = None
    ) -> None: ...
    def file_url(self, document: VaultDocument) -> str: ...
