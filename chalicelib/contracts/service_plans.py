"""What is told of plans of public non-business and public-utility services (Decree 137/2024 Art. 8(5)-(6))."""

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part


class PlannedService(Part, frozen=True, kw_only=True):
    """A service in a plan: who provides it, by which channels, from which level to which, until when, who answers.

    `state` is what its owner says of it: planned, under_way, done or dropped, the last with a reason.
    """

    service: str
    kind: str
    name_vi: str
    name_en: str
    provider_vi: str
    provider_en: str
    channels: tuple[str, ...]
    current: str
    target: str
    quarter: str
    owner: str
    state: str = "planned"
    why: str = ""


class ServicePlan(Part, frozen=True, kw_only=True):
    """A plan: who issues it, who drafts it, for which kinds of service and quarters; `replaces` names a former one."""

    id: str
    issuer: str
    drafter: str
    title_vi: str
    title_en: str
    kinds: tuple[str, ...]
    first: str
    last: str
    items: tuple[PlannedService, ...]
    replaces: str = ""


class PlanDecision(Part, frozen=True, kw_only=True):
    """The decision that issues a plan: its number and its Vietnamese day."""

    number: str
    day: str


class ServicePlanDrafted(ServicePlan, Event, frozen=True, kw_only=True):
    """A plan was drafted or changed: what it says from now on. It is not public yet."""

    type = "vn.motcua.service_plan.drafted"


class ServicePlanReviewed(Event, frozen=True, kw_only=True):
    """Another officer than its authors looked a plan through: it may be issued, or goes back to them."""

    type = "vn.motcua.service_plan.reviewed"

    plan: str
    accepted: bool
    note: str = ""


class ServicePlanIssued(ServicePlan, Event, frozen=True, kw_only=True):
    """A plan was issued by its issuer's decision; from now on everybody reads it."""

    type = "vn.motcua.service_plan.issued"

    decision: PlanDecision


class ServicePlanReplaced(Event, frozen=True, kw_only=True):
    """A plan holds no more: another one that was issued takes its place."""

    type = "vn.motcua.service_plan.replaced"

    plan: str
    by: str


class PlannedServiceMoved(Event, frozen=True, kw_only=True):
    """Whoever answers for a service of an issued plan says how far it is."""

    type = "vn.motcua.service_plan.service_moved"

    plan: str
    service: str
    former: str
    state: str
    why: str = ""
