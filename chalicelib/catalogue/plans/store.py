"""Plans in the catalogue's table: a record each, a list of an authority's own, a list of what is issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import structs

from chalicelib.catalogue.plans.items import ListedPlan, PlanHead, Status, TakenQuarter
from chalicelib.catalogue.refusals import plan_refused
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.event import Event
from chalicelib.contracts.service_plans import PlanDecision, ServicePlan, ServicePlanIssued, ServicePlanReplaced
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Change
from chalicelib.law.plans import Span
from chalicelib.law.problems import Problem

ISSUED: Final = "PLANS"
"""The list of what is issued: some hundreds, of all ministries and provinces over some years."""
_TAKEN: Final = "quarter"


def _own(agency: str) -> str:
    """The list of the plans of a ministry or a province, with all agencies below it."""
    return f"PLANS OF#{agency.split('.', maxsplit=1)[0]}"


def quarter_of(issuer: str, kind: str, quarter: str) -> tuple[str, str]:
    """Where it stands which plan has a quarter of an issuer's services of a kind."""
    return f"PLANNED#{issuer}", f"{kind}#{quarter}"


class PlanTable:
    """Plans in DynamoDB."""

    def head(self, plan: str) -> PlanHead:
        """The record of a plan; one that nobody drafted has version 0."""
        pk = f"PLAN#{plan}"
        found = aws.get(TABLE(), pk, "HEAD")
        return read(PlanHead, found) if found else PlanHead(pk=pk)

    def drafts(self, agency: str) -> list[ListedPlan]:
        """Every plan of the authority to which an agency belongs, issued or not: who may see which the service says."""
        return [read(ListedPlan, row) for row in aws.query(TABLE(), _own(agency))]

    def issued(self) -> list[ListedPlan]:
        """Every plan that was issued."""
        return [read(ListedPlan, row) for row in aws.query(TABLE(), ISSUED)]

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
    ) -> None:
        """A change of a plan with its events and its row. Raises Lost ("head")."""
        change = Change(TABLE(), head, now).put(plan=plan, status=status, **put)
        for event in told:
            change.tell(event, actor=actor)
        _listed(change, ListedPlan.of(plan, status, head.decision)).write()

    def issue(
        self,
        head: PlanHead,
        plan: ServicePlan,
        decision: PlanDecision,
        former: PlanHead | None,
        actor: str,
        now: datetime,
    ) -> None:
        """A plan goes out, takes its quarters, and ends the one that it replaces, all or nothing.

        Raises Lost ("head"), PlanInvalid for a quarter that another plan has.
        """
        told = ServicePlanIssued(**structs.asdict(plan), decision=decision)
        change = Change(TABLE(), head, now).tell(told, actor=actor)
        change.put(status=Status.ISSUED, decision=decision, issued_at=stamp(now))
        _listed(change, ListedPlan.of(plan, Status.ISSUED, decision))
        taken = {key: _take(key, plan) for key in _keys(plan)}
        if former and former.plan:
            freed = [key for key in _keys(former.plan) if key not in taken]
            taken |= {key: aws.delete(TABLE(), key) for key in freed}
            change.join("former", _ended(former, former.plan, plan.id, actor, now))
        for key, op in taken.items():
            change.also(f"{_TAKEN} {key[1]}", op)
        try:
            change.write()
        except aws.Lost as lost:
            if any(part.split()[-1] == "head" for part in lost.parts):
                raise
            raise plan_refused(
                [_overlap(part, read(TakenQuarter, item)) for part, item in sorted(lost.stood.items())]
            ) from lost


def _keys(plan: ServicePlan) -> list[tuple[str, str]]:
    quarters = Span(plan.first, plan.last).quarters
    return [quarter_of(plan.issuer, kind, quarter) for kind in plan.kinds for quarter in quarters]


def _take(key: tuple[str, str], plan: ServicePlan) -> aws.Op:
    """That nobody planned this quarter yet, or the plan did that is replaced."""
    free = "attribute_not_exists(pk)"
    return aws.update(
        TABLE(),
        key,
        put=written(TakenQuarter(plan=plan.id)),
        condition=f"{free} OR #p = :former" if plan.replaces else free,
        expect={"former": plan.replaces} if plan.replaces else None,
        reserved={"#p": "plan"} if plan.replaces else None,
    )


def _overlap(part: str, taken: TakenQuarter) -> Problem:
    kind, quarter = part.removeprefix(f"{_TAKEN} ").split("#")
    vi = f"{quarter}: kế hoạch {taken.plan} đã ban hành cho loại dịch vụ {kind}"
    en = f"{quarter}: plan {taken.plan} was issued for services of kind {kind}"
    return Problem("/first", "overlap", vi, en)


def _ended(former: PlanHead, plan: ServicePlan, by: str, actor: str, now: datetime) -> Change:
    change = Change(TABLE(), former, now).tell(ServicePlanReplaced(plan=plan.id, by=by), actor=actor)
    change.put(status=Status.REPLACED, replaced_by=by)
    return _listed(change, ListedPlan.of(plan, Status.REPLACED, former.decision))


def _listed(change: Change, row: ListedPlan) -> Change:
    """The rows of a plan: in its authority's list, and in everybody's once it is issued."""
    change.also("row", aws.put(TABLE(), _item((_own(row.issuer), row.id), row)))
    if row.number:
        change.also("public row", aws.put(TABLE(), _item((ISSUED, row.id), row)))
    return change


def _item(key: tuple[str, str], row: ListedPlan | TakenQuarter) -> aws.Item:
    return {**written(row), "pk": key[0], "sk": key[1]}
