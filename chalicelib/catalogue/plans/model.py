"""What is wrong with a plan, and how far each of its services is. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from chalicelib.catalogue.plans.items import Status
from chalicelib.catalogue.procedures.offering import Kind, OnlineChannel, PlanState, plan_item
from chalicelib.catalogue.procedures.parts import PlanItem
from chalicelib.contracts.service_plans import PlannedService, ServicePlan
from chalicelib.law.plans import Span, is_quarter, last_day
from chalicelib.law.problems import Problem

KINDS: Final = (Kind.NON_BUSINESS, Kind.UTILITY)
MOST_QUARTERS: Final = 20
"""Quarters of one plan, five years: a limit of ours, as no text sets one."""
LEVELS: Final[Mapping[str, int]] = {"none": 0, "partial": 1, "full": 2}


class Progress(StrEnum):
    """How far a planned service is, by what the catalogue offers: what its owner says moves nothing but `dropped`."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    REACHED = "reached"
    LATE = "late"
    DROPPED = "dropped"
    REPLACED = "replaced"


class Offered(NamedTuple):
    """What the catalogue offers of a service today: no version in force is no level and no channel."""

    kind: str = ""
    level: str = "none"
    channels: tuple[str, ...] = ()


class Tracked(NamedTuple):
    """A planned service beside what the catalogue offers; `missing` are channels of the plan that it lacks."""

    item: PlannedService
    progress: Progress
    level_now: str
    missing: tuple[str, ...]


def problems_of(plan: ServicePlan, known: Mapping[str, str], agencies: Collection[str]) -> tuple[Problem, ...]:
    """What is wrong with a plan, each by its place (Decree 137/2024 Art. 8(5)-(6)).

    `known` are the services that the catalogue has, with the kind that each is of (empty: nobody said yet); `agencies`
    those of the owners that the register has.
    """
    return (*_span(plan), *_kinds(plan), *_items(plan, known, agencies))


def _span(plan: ServicePlan) -> Iterator[Problem]:
    bad = [name for name in ("first", "last") if not is_quarter(getattr(plan, name))]
    for name in bad:
        yield Problem(f"/{name}", "quarter", "Quý viết như 2026-Q4", "A quarter is written like 2026-Q4")
    if bad:
        return
    count = len(Span(plan.first, plan.last).quarters)
    if not count:
        yield Problem("/last", "quarter", "Quý cuối trước quý đầu", "The last quarter comes before the first")
    elif count > MOST_QUARTERS:
        vi, en = f"Kế hoạch dài nhất {MOST_QUARTERS} quý", f"A plan is at most {MOST_QUARTERS} quarters long"
        yield Problem("/last", "quarter", vi, en)


def _kinds(plan: ServicePlan) -> Iterator[Problem]:
    allowed = ", ".join(KINDS)
    for place, kind in enumerate(plan.kinds):
        if kind not in KINDS or kind in plan.kinds[:place]:
            vi, en = f"Loại dịch vụ, mỗi loại một lần: {allowed}", f"A kind is one of {allowed}, each once"
            yield Problem(f"/kinds/{place}", "kind", vi, en)


def _items(plan: ServicePlan, known: Mapping[str, str], agencies: Collection[str]) -> Iterator[Problem]:
    seen = set[str]()
    for place, item in enumerate(plan.items):
        for each in _item(plan, item, known, agencies):
            yield each._replace(pointer=f"/items/{place}{each.pointer}")
        if item.service in seen:
            vi, en = "Mỗi dịch vụ một lần trong kế hoạch", "A service stands in a plan once"
            yield Problem(f"/items/{place}/service", "twice", vi, en)
        seen.add(item.service)


def _item(
    plan: ServicePlan, item: PlannedService, known: Mapping[str, str], agencies: Collection[str]
) -> Iterator[Problem]:
    told = PlanItem(
        service=item.service,
        owner=item.owner,
        current=item.current,
        target=item.target,
        quarter=item.quarter,
        state=item.state,
    )
    wrong = plan_item(told, known)
    yield from wrong
    named = {each.pointer for each in wrong}
    if "/owner" not in named and item.owner not in agencies:
        vi, en = "Không có cơ quan này trong danh mục", "No agency of this identifier in the register"
        yield Problem("/owner", "R34", vi, en)
    is_span = is_quarter(plan.first) and is_quarter(plan.last)
    if is_span and "/quarter" not in named and not plan.first <= item.quarter <= plan.last:
        yield Problem("/quarter", "quarter", "Quý nằm ngoài kế hoạch", "The quarter is outside the plan")
    if item.kind not in plan.kinds:
        yield Problem("/kind", "kind", "Loại dịch vụ không thuộc kế hoạch", "The plan is not for this kind of service")
    elif not known.get(item.service, item.kind):
        vi, en = "Danh mục chưa ghi loại của dịch vụ này", "The catalogue does not say yet of which kind it is"
        yield Problem("/kind", "unsaid", vi, en)
    elif known.get(item.service, item.kind) != item.kind:
        vi, en = f"Danh mục ghi loại {known[item.service]}", f"The catalogue says {known[item.service]}"
        yield Problem("/kind", "kind", vi, en)
    yield from _channels(item)


def _channels(item: PlannedService) -> Iterator[Problem]:
    allowed = ", ".join(OnlineChannel)
    for place, channel in enumerate(item.channels):
        if channel not in set(OnlineChannel) or channel in item.channels[:place]:
            vi, en = f"Kênh là một trong, mỗi kênh một lần: {allowed}", f"A channel is one of {allowed}, each once"
            yield Problem(f"/channels/{place}", "R44", vi, en)


def moved_wrong(item: PlannedService, state: str, why: str, offered: Offered) -> tuple[Problem, ...]:
    """What is wrong with what an owner says of a service: done is what the catalogue offers, dropped has a reason."""
    if state == PlanState.DROPPED and not why.strip():
        return (Problem("/why", "why", "Nêu lý do không thực hiện", "Say why it is dropped"),)
    if state == PlanState.DONE and not is_reached(item, offered):
        vi = "Danh mục chưa cung cấp dịch vụ ở mức và trên các kênh của kế hoạch"
        en = "The catalogue does not offer it at the level and on the channels of the plan yet"
        return (Problem("/said", "done", vi, en),)
    return ()


def left_out(plan: ServicePlan, former: ServicePlan, offered: Mapping[str, Offered]) -> tuple[Problem, ...]:
    """What a plan may not leave out of the one that it replaces: a service that was neither reached nor dropped.

    Else a replacement would wipe out what is late. `offered` is what the catalogue has of each service of `former`.
    """
    planned = {each.service for each in plan.items}
    open_ = [each for each in former.items if each.state != PlanState.DROPPED and each.service not in planned]
    missing = ", ".join(each.service for each in open_ if not is_reached(each, offered[each.service]))
    if not missing:
        return ()
    vi = f"Kế hoạch trước còn dịch vụ chưa đạt: {missing}. Đưa vào kế hoạch này, hoặc thôi thực hiện và nêu lý do"
    en = f"The former plan has services that are not reached: {missing}. Plan them here, or drop them with a reason"
    return (Problem("/items", "left_out", vi, en),)


def is_reached(item: PlannedService, offered: Offered) -> bool:
    """Whether the catalogue offers a service as one of its kind, at the planned level, on each planned channel."""
    if offered.kind != item.kind:
        return False
    return LEVELS.get(offered.level, 0) >= LEVELS[item.target] and set(item.channels) <= set(offered.channels)


def tracked(item: PlannedService, offered: Offered, status: Status, today: date) -> Tracked:
    """How far a service of a plan is on a Vietnamese day: late from the day after its quarter."""
    missing = tuple(each for each in item.channels if each not in offered.channels)
    return Tracked(item, _progress(item, offered, status, today), offered.level, missing)


def _progress(item: PlannedService, offered: Offered, status: Status, today: date) -> Progress:
    if item.state == PlanState.DROPPED:
        return Progress.DROPPED
    if is_reached(item, offered):
        return Progress.REACHED
    if status is Status.REPLACED:
        return Progress.REPLACED
    if today > last_day(item.quarter):
        return Progress.LATE
    return Progress.PLANNED if item.state == PlanState.PLANNED else Progress.UNDER_WAY
