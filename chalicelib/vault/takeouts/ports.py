"""What the use cases of take-outs ask of the world; `store.py` answers."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.vault import TakeoutAsked, TakeoutDone
from chalicelib.kernel.access import Principal
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.ports import Held
from chalicelib.vault.takeouts.bag import Out
from chalicelib.vault.takeouts.model import Takeout, Underway


class Listed(NamedTuple):
    """A page of take-outs, and the cursor to the next one."""

    takeouts: list[Takeout]
    following: str | None


class Archived(NamedTuple):
    """An archive that stands in the bucket."""

    version: str
    sha256: str
    size: int


class Archive(Out, Protocol):
    """An archive under way: all of it stands there in the end, or nothing."""

    def finish(self) -> Archived: ...
    def abort(self) -> None: ...


class TakeoutStore(Protocol):
    """Where take-outs, and the files that they are made of, are kept."""

    def takeout(self, owner: str, takeout: str) -> Takeout | None: ...
    def takeouts(self, owner: str, after: str) -> Listed: ...
    def documents(self, owner: str, after: str) -> Held: ...
    def ask(self, takeout: Takeout, underway: Underway, event: TakeoutAsked, now: datetime) -> None: ...
    def settle(self, takeout: Takeout, event: TakeoutDone, now: datetime) -> None: ...
    def archive(self, takeout: Takeout) -> Archive: ...
    def ending(self, document: VaultDocument) -> str: ...
    def file(self, document: VaultDocument) -> Iterator[bytes] | None: ...
    def hand_over(self, takeout: Takeout, who: Principal, now: datetime) -> str: ...
