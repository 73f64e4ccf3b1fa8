"""What everybody reads of plans, from their issue on: get, list, search, count and table are of the same plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.catalogue.plans.counted import Came, came
from chalicelib.catalogue.plans.items import PUBLIC, ListedPlan, PlanHead
from chalicelib.catalogue.plans.model import Progress, Tracked, tracked
from chalicelib.catalogue.plans.ports import Plans, Services
from chalicelib.contracts.service_plans import ServicePlan
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import NotFound


class Wanted(NamedTuple):
    """Which plans are asked for; what is empty asks for nothing."""

    issuer: str = ""
    kind: str = ""
    quarter: str = ""
    status: str = ""
    words: str = ""

    def fits(self, row: ListedPlan) -> bool:
        """Whether a row is one of them."""
        named = f"{row.title_vi}\n{row.title_en}\n{row.number}".casefold()
        return (
            self.issuer in ("", row.issuer)
            and (not self.kind or self.kind in row.kinds)
            and (not self.quarter or row.first <= self.quarter <= row.last)
            and self.status in ("", row.status)
            and all(word in named for word in self.words.casefold().split())
        )


def found(rows: Sequence[ListedPlan], wanted: Wanted) -> list[ListedPlan]:
    """The rows that are asked for, the newest quarters first."""
    return sorted((row for row in rows if wanted.fits(row)), key=lambda row: (row.last, row.id), reverse=True)


class Sought(NamedTuple):
    """Which services of a plan are asked for; what is empty asks for nothing."""

    progress: str = ""
    owner: str = ""
    quarter: str = ""
    words: str = ""

    def fits(self, each: Tracked) -> bool:
        """Whether a service is one of them."""
        item = each.item
        named = f"{item.service}\n{item.name_vi}\n{item.name_en}\n{item.provider_vi}\n{item.provider_en}".casefold()
        return (
            self.progress in ("", each.progress)
            and self.owner in ("", item.owner)
            and self.quarter in ("", item.quarter)
            and all(word in named for word in self.words.casefold().split())
        )


class Carried(NamedTuple):
    """A plan with how far each of its services is."""

    plan: ServicePlan
    head: PlanHead
    services: Sequence[Tracked]

    def count(self, progress: Progress) -> int:
        """How many services are so far."""
        return sum(each.progress is progress for each in self.services)


@dataclass(frozen=True)
class Publication:
    """Use cases of everybody."""

    plans: Plans
    services: Services
    clock: Clock

    def listed(self, wanted: Wanted) -> list[ListedPlan]:
        """The plans that were issued and are asked for."""
        return found(self.plans.issued(), wanted)

    def read(self, plan: str) -> Carried:
        """A plan beside what the catalogue offers today. Raises NotFound, also for one that was not issued."""
        head = self.plans.head(plan)
        if head.plan is None or head.status not in PUBLIC:
            raise NotFound(what="plan")
        return self.carried(head, head.plan)

    def carried(self, head: PlanHead, plan: ServicePlan) -> Carried:
        """The same of a plan that was read already, at whatever stage."""
        today = self.clock().astimezone(ZONE).date()
        offered = self.services.offered([each.service for each in plan.items], today)
        return Carried(plan, head, [tracked(each, offered[each.service], head.status, today) for each in plan.items])

    def sought(self, plan: str, sought: Sought) -> list[Tracked]:
        """The services of a plan that are asked for: `late` lists what is overdue. Raises NotFound."""
        return [each for each in self.read(plan).services if sought.fits(each)]

    def service(self, plan: str, service: str) -> tuple[Tracked, Came]:
        """A service of a plan, and how many dossiers of it came, as far as everybody may know. Raises NotFound."""
        one = next((each for each in self.read(plan).services if each.item.service == service), None)
        if one is None:
            raise NotFound(what="service")
        return one, came(self.services.monthly(service), f"{self.clock().astimezone(ZONE):%Y-%m}")
