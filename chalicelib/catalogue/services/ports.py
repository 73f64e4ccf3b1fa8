"""What reading asks of the world beside procedures; `store` here and that of agencies answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from chalicelib.catalogue.services.search import Index
from chalicelib.catalogue.services.snapshots import Snapshot
from chalicelib.contracts.catalogue import Outage


class Snapshots(Protocol):
    """Where the files are kept that search and open data read."""

    def pointer(self, kind: str) -> Snapshot | None: ...
    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> Snapshot: ...
    def held(self, pointer: Snapshot, make: Callable[[bytes], Index]) -> Index: ...
    def link(self, pointer: Snapshot) -> str: ...


class Outages(Protocol):
    """Where outages are kept."""

    def outages(self, since: datetime) -> list[Outage]: ...
