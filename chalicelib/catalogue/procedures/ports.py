"""What use cases ask of where procedures are kept; `store` answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypedDict, Unpack

from chalicelib.catalogue.procedures.items import Confirmed, NationalRecord, Offer, ProcedureHead, VersionItem
from chalicelib.catalogue.procedures.listed import ListedRow
from chalicelib.catalogue.procedures.unbegun import Unbegun
from chalicelib.catalogue.procedures.waiting import Waiting
from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Window
from chalicelib.kernel.aws import Item


class HeadFields(TypedDict, total=False):
    """The fields of a procedure's record that a change may set."""

    current: int
    latest: int
    record: str
    windows: tuple[Window, ...]
    owner: str
    shipped: str
    handed: bool
    offer: Offer
    keys: tuple[tuple[str, str], ...]
    confirmed: tuple[Confirmed, ...]


class Procedures(Protocol):
    """Where procedures are kept: the national record, versions, the list's rows."""

    def head(self, code: str) -> ProcedureHead: ...
    def national(self, code: str) -> NationalRecord | None: ...
    def national_before(self, code: str) -> NationalRecord | None: ...
    def version(self, code: str, version: int) -> VersionItem | None: ...
    def national_at(self, head: ProcedureHead, code: str) -> NationalRecord | None: ...
    def version_at(self, head: ProcedureHead, code: str, version: int) -> VersionItem | None: ...
    def knows_agency(self, agency: str) -> bool: ...
    def versions(self, code: str) -> list[VersionItem]: ...
    def keep(
        self,
        head: ProcedureHead,
        told: Sequence[Event],
        now: datetime,
        *,
        actor: str = "",
        versions: Sequence[VersionItem] = (),
        fenced: bool = False,
        national: NationalRecord | None = None,
        former: NationalRecord | None = None,
        row: ListedRow | None = None,
        unbegun: Mapping[str, Unbegun | None] = ...,
        **put: Unpack[HeadFields],
    ) -> None: ...
    def waiting(self, agency: str, start: Item | None) -> tuple[list[Waiting], Item | None]: ...
    def unbegun(self, agency: str, code: str) -> Unbegun | None: ...
    def records(self, agency: str, start: Item | None) -> tuple[list[Unbegun], Item | None]: ...
    def rows(self) -> list[ListedRow]: ...
