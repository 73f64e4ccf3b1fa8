"""What the vault's use cases ask of the world; `store.py` answers."""

from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.vault import DocumentFlagged, DocumentKept, VaultStored
from chalicelib.kernel.access import Principal
from chalicelib.ledger.lines import Line
from chalicelib.vault.model import Usage, VaultDocument, VaultHead, Wanted


class Held(NamedTuple):
    """A page of what stands in the vaults of all numbers of an owner, and the cursor to the next one."""

    documents: list[VaultDocument]
    following: str | None
    used: Usage | None = None
    """What own uploads take of the quota; a page after the first says nothing of it."""


class Lines(NamedTuple):
    """A page of the ledgers of all numbers of an owner, and the cursor to the next one."""

    lines: list[Line]
    following: str | None


class Vaults(Protocol):
    """Where vaults are kept."""

    def head(self, owner: str) -> VaultHead: ...
    def document(self, owner: str, document: str) -> VaultDocument | None: ...
    def documents(self, owner: str, after: str) -> Held: ...
    def found(self, owner: str, wanted: Wanted, after: str) -> Held: ...
    def lines(self, owner: str, after: str, *, newest: bool) -> Lines: ...
    def formers(self, owner: str) -> tuple[str, ...]: ...
    def join(self, owner: str, formers: tuple[str, ...], at: str) -> None: ...
    def note_withdrawn(self, code: str, at: str) -> None: ...
    def withdrawn_at(self, code: str) -> str | None: ...
    def keepers(self, document: str) -> list[str]: ...
    def put_in(
        self,
        head: VaultHead,
        owner: str,
        document: VaultDocument,
        event: VaultStored | DocumentKept,
        now: datetime,
        instead: DocumentFlagged | None,
    ) -> None: ...
    def flag(self, head: VaultHead, owner: str, event: DocumentFlagged, now: datetime) -> None: ...
    def hand_out(self, owner: str, document: VaultDocument, who: Principal, now: datetime) -> str: ...
