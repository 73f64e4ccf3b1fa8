"""What the use cases of guidance ask of the world; `store` and `known` answer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from chalicelib.catalogue.guidance.items import Ended, GuidanceHead, ListedGuidance
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.contracts.guidance import Guidance


class Given(Protocol):
    """Where guidance is kept."""

    def head(self, guidance: str) -> GuidanceHead: ...
    def of(self, agency: str) -> Sequence[ListedGuidance]: ...
    def give(self, head: GuidanceHead, guidance: Guidance, body: str, actor: str, now: datetime) -> None: ...
    def end(self, head: GuidanceHead, guidance: Guidance, ended: Ended, now: datetime) -> None: ...


class Known(Protocol):
    """What the catalogue has of procedures."""

    def keeper(self, code: str) -> str: ...
    def in_force(self, code: str, day: date) -> Facts | None: ...
    def version(self, code: str, number: int) -> VersionItem | None: ...
