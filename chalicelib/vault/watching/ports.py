"""What the watch over reads asks of the world; `store.py` answers."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple, Protocol

from chalicelib.contracts.vault import ReadsAnomalous
from chalicelib.vault.watching.model import Anomaly, Read, Watch


class Listed(NamedTuple):
    """A page of unusual reads, and the cursor to the next one."""

    anomalies: list[Anomaly]
    following: str | None


class Watches(Protocol):
    """Where what officers read lately is kept, and what was unusual of it."""

    def actor(self, event_id: str) -> str: ...
    def is_open(self, reference: str, at: str) -> bool: ...
    def watch(self, read: Read) -> Watch: ...
    def keep(self, read: Read, before: Watch, after: Watch) -> bool: ...
    def tell(
        self, read: Read, before: Watch, after: Watch, found: Collection[tuple[Anomaly, ReadsAnomalous]], now: datetime
    ) -> None: ...
    def listed(self, agencies: Collection[str], after: str) -> Listed: ...
