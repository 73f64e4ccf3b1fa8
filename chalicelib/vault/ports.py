"""What the vault's use cases ask of the world; `store.py` answers."""

from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel.access import Principal
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import VaultDocument, VaultHead


class Held(NamedTuple):
    """What stands in one vault, and the numbers (keyed hashes) under which its owner has others."""

    documents: list[VaultDocument]
    formers: tuple[str, ...]


class Lines(NamedTuple):
    """The lines of one ledger, and the numbers (keyed hashes) under which its owner has others."""

    lines: list[Line]
    formers: tuple[str, ...]


class Vaults(Protocol):
    """Where vaults are kept."""

    def head(self, owner: str) -> VaultHead: ...
    def document(self, owner: str, document: str) -> VaultDocument | None: ...
    def documents(self, owner: str) -> Held: ...
    def lines(self, owner: str) -> Lines: ...
    def formers(self, owner: str) -> tuple[str, ...]: ...
    def join(self, owner: str, formers: tuple[str, ...], at: str) -> None: ...
    def put_in(
        self, head: VaultHead, owner: str, document: VaultDocument, event: VaultStored, now: datetime
    ) -> None: ...
    def hand_out(self, owner: str, document: VaultDocument, who: Principal, now: datetime) -> str: ...
