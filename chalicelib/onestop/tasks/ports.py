"""What the use cases of tasks of persons ask of the world; `store.py` answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from chalicelib.dossier.leaving import Leaver
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier


class Lists(Protocol):
    """Where open tasks are found: each list is read a page at a time."""

    def tasks(
        self,
        agencies: Collection[str],
        kinds: Sequence[str],
        after: str,
        *,
        procedure: str,
        unclaimed: bool,
        late: bool | None,
        now: str,
    ) -> tuple[list[TaskRow], str | None]: ...
    def claimed(self, officer: str) -> list[tuple[str, TaskRow]]: ...
    def named(self, agencies: Collection[str], name: str, after: str) -> tuple[list[str], str | None]: ...
    def coded(self, codes: Sequence[str]) -> list[str]: ...
    def dossier(self, reference: str) -> Dossier | None: ...


class Leavers(Protocol):
    """Who left, what they had, and who takes over."""

    def gone(self, day: str) -> Iterable[Leaver]: ...
    def has_gone(self, leaver: Leaver, day: str) -> bool: ...
    def claims_of(self, leaver: Leaver) -> Iterable[TaskRow]: ...
    def takes_over(self, leaver: Leaver, kind: str, day: str) -> str | None: ...
    def forget(self, leaver: Leaver) -> None: ...


class Loads(Protocol):
    """Where whoever supervises sees how much there is to do."""

    def listed(self, agency: str, kind: str, *, claimed: bool, most: int) -> tuple[list[TaskRow], bool]: ...
    def names(self, rows: Mapping[str, TaskRow]) -> dict[str, str]: ...
    def due_data(self, agencies: Collection[str], most: int) -> tuple[list[str], bool]: ...
