"""What use cases ask of where procedures are kept; `store` answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.catalogue.procedures.listed import ListedRow
from chalicelib.kernel.events import Fact


class Procedures(Protocol):
    """Where procedures are kept: the national record, versions, the list's rows."""

    def head(self, code: str) -> dict[str, Any] | None: ...
    def national(self, code: str) -> dict[str, Any] | None: ...
    def version(self, code: str, version: int) -> dict[str, Any] | None: ...
    def versions(self, code: str) -> list[dict[str, Any]]: ...
    def keep(
        self,
        code: str,
        head: dict[str, Any] | None,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any] | None = None,
        versions: Sequence[Mapping[str, Any]] = (),
        national: Mapping[str, Any] | None = None,
        gates: Sequence[Mapping[str, Any]] = (),
        row: ListedRow | None = None,
    ) -> None: ...
    def rows(self) -> list[ListedRow]: ...
