"""What reading asks of the world beside procedures; `store` here and that of agencies answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from chalicelib.catalogue.services.search import Index
from chalicelib.catalogue.services.snapshots import Snapshot
from chalicelib.contracts.catalogue import Counter, Outage


class Snapshots(Protocol):
    """Where the files are kept that search and open data read."""

    def pointer(self, kind: str) -> Snapshot | None: ...
    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> Snapshot: ...
    def held(self, pointer: Snapshot, make: Callable[[bytes], Index]) -> Index: ...
    def link(self, pointer: Snapshot) -> str: ...


class Outages(Protocol):
    """Where outages are kept, and what agencies say of a service at their counters."""

    def outages(self, since: datetime) -> list[Outage]: ...
    def counters_of(self, code: str, province: str) -> list[Counter]: ...
    def counters_at(self, code: str, agency: str) -> list[Counter]: ...
