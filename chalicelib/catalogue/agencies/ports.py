"""What the use cases of agencies ask of the world; `store` answers."""

from datetime import datetime
from typing import Protocol

from chalicelib.catalogue.agencies.items import (
    AgencyHead,
    CounterHead,
    ListedChange,
    ListedCounterChange,
    OutageHead,
    Proposal,
)
from chalicelib.contracts.catalogue import (
    Agency,
    AgencyEntry,
    Counter,
    CounterEntry,
    Outage,
    OutageMoved,
    OutageWithdrawn,
)
from chalicelib.kernel.aws import Item


class Agencies(Protocol):
    """Where agencies and outages are kept."""

    def head(self, agency: str) -> AgencyHead: ...
    def agencies(self) -> list[Agency]: ...
    def page(self, start: Item | None, limit: int) -> tuple[list[Agency], Item | None]: ...
    def tree(self) -> int: ...
    def keep(
        self,
        head: AgencyHead,
        agency: Agency,
        keeper: str,
        tree: int,
        now: datetime,
        decided: ListedChange | None = None,
    ) -> None: ...
    def propose(
        self, head: AgencyHead, proposal: Proposal[AgencyEntry], listed: ListedChange, actor: str, now: datetime
    ) -> None: ...
    def changes(self, agency: str, start: Item | None, limit: int) -> tuple[list[ListedChange], Item | None]: ...
    def outages(self, since: datetime) -> list[Outage]: ...
    def outage(self, outage: str) -> OutageHead: ...
    def outage_changes(self) -> int: ...
    def announce(self, outage: Outage, body: str, actor: str, changes: int, now: datetime) -> None: ...
    def move(
        self, head: OutageHead, outage: Outage, told: OutageMoved, actor: str, changes: int, now: datetime
    ) -> None: ...
    def withdraw(
        self,
        head: OutageHead,
        outage: Outage,
        told: OutageWithdrawn,
        request: tuple[str, str],
        actor: str,
        now: datetime,
    ) -> None: ...


class Counters(Protocol):
    """Where it is kept what agencies say of services at their counters."""

    def head(self, agency: str) -> AgencyHead: ...
    def counter(self, agency: str, code: str) -> CounterHead: ...
    def keep_counter(self, head: CounterHead, counter: Counter, keeper: str, now: datetime) -> None: ...
    def propose_counter(
        self,
        head: CounterHead,
        proposal: Proposal[CounterEntry],
        listed: ListedCounterChange,
        actor: str,
        now: datetime,
    ) -> None: ...
    def counter_changes(
        self, agency: str, start: Item | None, limit: int
    ) -> tuple[list[ListedCounterChange], Item | None]: ...
