"""What the use cases of plans ask of the world; `store` and `offered` answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from chalicelib.catalogue.plans.items import ListedPlan, PlanHead, Status
from chalicelib.catalogue.plans.model import Offered
from chalicelib.catalogue.restructuring.running import CameBy
from chalicelib.contracts.event import Event
from chalicelib.contracts.service_plans import PlanDecision, ServicePlan


class Plans(Protocol):
    """Where plans are kept."""

    def head(self, plan: str) -> PlanHead: ...
    def drafts(self, agency: str) -> list[ListedPlan]: ...
    def issued(self) -> list[ListedPlan]: ...
    def keep(
        self,
        head: PlanHead,
        plan: ServicePlan,
        status: Status,
        told: Sequence[Event],
        now: datetime,
        *,
        actor: str,
        **put: object,
    ) -> None: ...
    def issue(
        self,
        head: PlanHead,
        plan: ServicePlan,
        decision: PlanDecision,
        former: PlanHead | None,
        actor: str,
        now: datetime,
    ) -> None: ...


class Services(Protocol):
    """What the catalogue has and offers."""

    def kinds(self, codes: Iterable[str], agency: str) -> Mapping[str, str]: ...
    def offered(self, codes: Iterable[str], today: date) -> Mapping[str, Offered]: ...
    def monthly(self, code: str) -> Sequence[CameBy]: ...


class Register(Protocol):
    """The register of agencies: the level of one on a Vietnamese day; empty where it has none."""

    def level(self, agency: str, day: date) -> str: ...
