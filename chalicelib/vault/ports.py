"""What the vault's use cases ask of the world; `store.py` answers."""

from datetime import datetime
from typing import Protocol

from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.access import Principal
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import VaultDocument, VaultHead


class Vaults(Protocol):
    """Where vaults are kept."""

    def head(self, owner: str) -> VaultHead: ...
    def document(self, owner: str, document: str) -> VaultDocument | None: ...
    def documents(self, owner: str) -> list[VaultDocument]: ...
    def lines(self, owner: str) -> list[Line]: ...
    def put_in(
        self, head: VaultHead, owner: str, document: VaultDocument, event: VaultStored, now: datetime
    ) -> None: ...
    def hand_out(self, document: VaultDocument, who: Principal, now: datetime) -> str: ...
