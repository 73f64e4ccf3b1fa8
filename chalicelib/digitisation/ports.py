"""What digitisation asks of the world; `store.py` answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.events import Fact


class Papers(Protocol):
    """Where papers, their files and the dossiers they belong to are kept."""

    def dossier(self, reference: str) -> dict[str, dict[str, Any]]: ...
    def by_code(self, code: str) -> str | None: ...
    def size(self, key: str, version: str) -> int: ...
    def scan(self, key: str, version: str) -> bytes: ...
    def take_in(
        self,
        head: dict[str, Any],
        component: Mapping[str, Any] | None,
        upload: Mapping[str, Any] | None,
        fact: Fact,
        now: datetime,
    ) -> None: ...
    def remove(self, key: str, version: str) -> None: ...
    def refuse_drop(self, agency: str, key: str, version: str, reason: Mapping[str, str], now: datetime) -> None: ...
    def paper(self, reference: str, component: str) -> dict[str, Any] | None: ...
    def begin_paper(
        self, reference: str, component: str, head: Mapping[str, Any], fact: Fact, now: datetime
    ) -> None: ...
    def advance(
        self, paper: dict[str, Any], facts: list[Fact], put: Mapping[str, Any], now: datetime, *, off_list: bool = False
    ) -> None: ...
    def converted(
        self,
        paper: dict[str, Any],
        dossier: dict[str, Any],
        put: Mapping[str, Any],
        component: Mapping[str, Any],
        fact: Fact,
        now: datetime,
    ) -> None: ...
    def keep(self, key: str, body: bytes, media_type: str) -> dict[str, Any]: ...
    def keep_json(self, key: str, value: Any) -> dict[str, Any]: ...
