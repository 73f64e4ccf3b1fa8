"""Plans as they go over the wire."""

from collections.abc import Sequence
from typing import Any

import msgspec

from chalicelib.catalogue.plans import wire
from chalicelib.catalogue.plans.counted import Came, least
from chalicelib.catalogue.plans.items import ListedPlan, PlanHead
from chalicelib.catalogue.plans.model import Progress, Tracked
from chalicelib.catalogue.plans.published import Carried
from chalicelib.kernel.clock import said
from chalicelib.kernel.paging import PAGE, offset_cursor


def plan_list(rows: Sequence[ListedPlan], offset: int) -> wire.PlanList:
    """A page of plans."""
    page = [_row(row) for row in rows[offset : offset + PAGE]]
    return wire.PlanList(plans=page, total=len(rows), next=_next(offset, len(rows)))


def service_list(found: Sequence[Tracked], offset: int) -> wire.PlannedServiceList:
    """A page of a plan's services."""
    page = [wire.PlannedServiceView.model_validate(_service(each)) for each in found[offset : offset + PAGE]]
    return wire.PlannedServiceList(services=page, total=len(found), next=_next(offset, len(found)))


def service_detail(each: Tracked, found: Came) -> wire.PlannedServiceDetail:
    """A service with its dossiers, as everybody reads it."""
    by = {channel: _count(count) for channel, count in found.by_channel.items()}
    told = {"counted_until": found.until, "least": least(), "dossiers": _count(found.dossiers), "by_channel": by}
    return wire.PlannedServiceDetail.model_validate({**_service(each), **told})


def service_standing(carried: Carried, service: str) -> wire.PlannedServiceStanding:
    """A service of a plan as whoever answers for it reads it: nothing else of the plan but its version."""
    one = next(each for each in carried.services if each.item.service == service)
    return wire.PlannedServiceStanding.model_validate({**_service(one), "version": carried.head.version})


def plan_view(carried: Carried) -> wire.PlanView:
    """A plan as everybody reads it."""
    return wire.PlanView.model_validate(_plan(carried))


def draft_view(carried: Carried) -> wire.PlanDraftView:
    """A plan as those read it who make it."""
    head = carried.head
    told = {
        "drafter": carried.plan.drafter,
        "authors": list(head.authors),
        "review": _review(head),
        "items": [_service(each) for each in carried.services],
    }
    return wire.PlanDraftView.model_validate({**_plan(carried), **told})


def _next(offset: int, total: int) -> str | None:
    return offset_cursor(offset + PAGE) if offset + PAGE < total else None


def _count(count: int | None) -> wire.DossierCount:
    return wire.DossierCount(count=count, quality="few" if count is None else "ok")


def _row(row: ListedPlan) -> wire.PlanRow:
    decision = {"number": row.number, "day": row.day} if row.number else None
    return wire.PlanRow.model_validate({**msgspec.to_builtins(row), "decision": decision})


def _service(each: Tracked) -> dict[str, Any]:
    told = {"progress": each.progress.value, "level_now": each.level_now, "missing": list(each.missing)}
    return {**msgspec.to_builtins(each.item), "said": each.item.state, **told}


def _plan(carried: Carried) -> dict[str, Any]:
    plan, head = carried.plan, carried.head
    told = {
        "version": head.version,
        "status": head.status.value,
        "decision": msgspec.to_builtins(head.decision),
        "issued_at": said(head.issued_at),
        "replaces": plan.replaces or None,
        "replaced_by": head.replaced_by or None,
        "counts": {each.value: carried.count(each) for each in Progress},
    }
    return {**msgspec.to_builtins(plan), **told}


def _review(head: PlanHead) -> dict[str, Any] | None:
    if head.review is None:
        return None
    return {**msgspec.to_builtins(head.review), "at": said(head.review.at)}
