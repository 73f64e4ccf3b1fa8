"""What the one-stop use cases ask of the world; `store.py` answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from chalicelib.kernel.events import Fact
from chalicelib.onestop.model import Dossier


class Dossiers(Protocol):
    """Where dossiers are kept."""

    def dossier(self, reference: str) -> Dossier | None: ...
    def by_code(self, code: str) -> str | None: ...
    def next_serial(self, agency: str, day: date) -> int: ...
    def complete(
        self,
        dossier: Dossier,
        task: Mapping[str, Any],
        done: Mapping[str, Any],
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any],
        slip: Mapping[str, Any],
        following: Mapping[str, Any] | None = None,
        code: str = "",
        leg: Mapping[str, Any] | None = None,
    ) -> None: ...
    def change(
        self,
        dossier: Dossier,
        facts: Sequence[Fact],
        now: datetime,
        *,
        put: Mapping[str, Any],
        result: Mapping[str, Any] | None = None,
    ) -> None: ...
    def open_leg(self, reference: str, leg: str, token: str, execution: str) -> dict[str, Any] | None: ...
    def leg(self, reference: str, leg: str) -> dict[str, Any] | None: ...


class Overdue(Protocol):
    """Where whoever sweeps finds open tasks, marks them, and notes how far it came."""

    def agencies(self) -> list[str]: ...
    def overdue(self, agency: str, kind: str, now: datetime) -> Iterable[Mapping[str, Any]]: ...
    def dossier(self, reference: str) -> Dossier | None: ...
    def mark(self, dossier: Dossier, task: Mapping[str, Any], fact: Fact, now: datetime) -> None: ...
    def left_off(self) -> str: ...
    def leave_off(self, agency: str) -> None: ...


class Driver(Protocol):
    """What drives a dossier through its legs."""

    def start(self, name: str, given: Mapping[str, Any]) -> bool: ...
    def status(self, name: str) -> str | None: ...
    def succeed(self, token: str, outcome: Mapping[str, Any]) -> None: ...
