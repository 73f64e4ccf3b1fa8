"""What reading asks of the world beside procedures; `store` here and that of agencies answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol


class Snapshots(Protocol):
    """Where the files are kept that search and open data read."""

    def pointer(self, kind: str) -> dict[str, Any] | None: ...
    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> dict[str, Any]: ...
    def held(self, pointer: dict[str, Any], make: Callable[[bytes], Any]) -> Any: ...
    def link(self, pointer: dict[str, Any]) -> str: ...


class Outages(Protocol):
    """Where outages are kept."""

    def outages(self, since: datetime) -> list[dict[str, Any]]: ...
