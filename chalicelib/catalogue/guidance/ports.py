"""What the use cases of guidance ask of the world; `store` and `known` answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from chalicelib.catalogue.guidance.items import Ended, GuidanceHead
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.guided import GuidedProcedure
from chalicelib.catalogue.procedures.items import ProcedureHead, VersionItem
from chalicelib.contracts.guidance import Guidance

type Page = tuple[Sequence[GuidanceHead], str | None]
"""Guidance, and where the next page starts; None at the end."""


class Kept(NamedTuple):
    """A procedure's record as it was read, and who keeps it at that."""

    head: ProcedureHead
    keeper: str


class Stands(NamedTuple):
    """What guidance is written under, as it was read: its procedure's record, and what is open on that."""

    procedure: ProcedureHead
    open: GuidedProcedure


class Given(Protocol):
    """Where guidance is kept."""

    def head(self, guidance: str) -> GuidanceHead: ...
    def page(self, agency: str, after: str, before_day: str = "") -> Page: ...
    def open_on(self, procedure: str) -> GuidedProcedure: ...
    def give(
        self, head: GuidanceHead, guidance: Guidance, body: str, actor: str, now: datetime, stands: Stands
    ) -> None: ...
    def end(
        self, head: GuidanceHead, guidance: Guidance, ended: Ended, now: datetime, procedure: ProcedureHead
    ) -> None: ...
    def kept(self) -> Iterator[GuidanceHead]: ...
    def enrol(self, head: GuidanceHead, guidance: Guidance, keeper: str, stands: Stands) -> bool: ...


class Known(Protocol):
    """What the catalogue has of procedures."""

    def kept(self, code: str) -> Kept: ...
    def keepers(self, codes: Sequence[str]) -> Mapping[str, str]: ...
    def in_force(self, head: ProcedureHead, code: str, day: date) -> Facts | None: ...
    def version(self, code: str, number: int) -> VersionItem | None: ...
