"""Plans: an editor drafts one, another officer reviews it, its issuer issues it; its owners say how far they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import msgspec
from msgspec import structs

from chalicelib.catalogue.acts import ISSUE_PLAN, REVIEW_PLAN
from chalicelib.catalogue.plans.items import PUBLIC, ListedPlan, PlanHead, Review, Status
from chalicelib.catalogue.plans.model import left_out, moved_wrong, problems_of
from chalicelib.catalogue.plans.ports import Plans, Register, Services
from chalicelib.catalogue.procedures.model import keeps
from chalicelib.catalogue.refusals import NotItsIssuer, PlanStep, plan_refused
from chalicelib.contracts.plan import Part
from chalicelib.contracts.service_plans import (
    PlanDecision,
    PlannedService,
    PlannedServiceMoved,
    ServicePlan,
    ServicePlanDrafted,
    ServicePlanReviewed,
)
from chalicelib.dossier.second_person import doer_of, require_second, with_numbers
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.kernel.ids import canonical, digest
from chalicelib.kernel.problem import KeyReused, LostUpdate, NotAllowed, NotFound
from chalicelib.law.plans import issuers_on
from chalicelib.law.problems import Problem


class PlanDraft(Part, frozen=True, kw_only=True):
    """A plan as an editor sends it, whole."""

    issuer: str
    title_vi: str
    title_en: str
    kinds: tuple[str, ...]
    first: str
    last: str
    items: tuple[PlannedService, ...]
    replaces: str = ""


class Kept(NamedTuple):
    """A plan with its record."""

    plan: ServicePlan
    head: PlanHead


@dataclass(frozen=True)
class Planning:
    """Use cases of those who make plans. A plan that neither their agency nor one below drafted is none to them."""

    plans: Plans
    services: Services
    register: Register
    clock: Clock

    def read(self, who: Principal, plan: str) -> Kept:
        """A plan at any stage, for its drafter's agency and those above it. Raises NotFound."""
        return self._known(who, plan)

    def listed(self, who: Principal) -> list[ListedPlan]:
        """Every plan that one may read here, the same as `read` gives."""
        return [row for row in self.plans.drafts(who.agency) if keeps(who.agency, row.drafter)]

    def start(self, who: Principal, given: PlanDraft, key: str) -> Kept:
        """Draft a plan, once per key, for one's own agency to issue or for one above it.

        Raises PlanInvalid by place, KeyReused.
        """
        name, body = digest(who.subject, key), digest(canonical(msgspec.to_builtins(given)))

        def once() -> Kept:
            head = self.plans.head(name)
            if head.plan:
                if head.body != body:
                    raise KeyReused
                return Kept(head.plan, head)
            return self._save(who, head, self._checked(given, name, who.agency), body)

        return record.settled(once)

    def save(self, who: Principal, plan: str, given: PlanDraft, version: int) -> Kept:
        """Keep a draft as it is sent, whole; one that was reviewed is to be reviewed again.

        Raises NotFound, LostUpdate, PlanStep once it is issued, PlanInvalid by place.
        """

        def change(kept: Kept, _now: datetime) -> Kept:
            _require(kept.head.status, Status.DRAFT, Status.REVIEWED)
            return self._save(who, kept.head, self._checked(given, plan, kept.plan.drafter), kept.head.body)

        return self._once(who, plan, version, change)

    def review(self, who: Principal, plan: str, note: str, version: int, *, accepted: bool) -> Kept:
        """Say of a draft that it may be issued, or what is wrong with it; by none of those who wrote at it.

        Whoever issues a plan also reviews it (Decree 137/2024 Art. 8(6)), so the agency of the issuer alone accepts it.
        Raises NotFound, NotAllowed, NotItsIssuer, LostUpdate, PlanStep.
        """

        def change(kept: Kept, now: datetime) -> Kept:
            _require(kept.head.status, Status.DRAFT)
            _require_other(who, kept.head, REVIEW_PLAN)
            if accepted and who.agency != kept.plan.issuer:
                raise NotItsIssuer(issuer=kept.plan.issuer)
            status = Status.REVIEWED if accepted else Status.DRAFT
            review = Review(by=who.subject, at=stamp(now), accepted=accepted, note=note)
            told = ServicePlanReviewed(plan=plan, accepted=accepted, note=note)
            self.plans.keep(kept.head, kept.plan, status, [told], now, actor=who.subject, review=review)
            return self._again(plan)

        return self._once(who, plan, version, change)

    def issue(self, who: Principal, plan: str, decision: PlanDecision, version: int) -> Kept:
        """Issue a reviewed plan by a decision, at the agency that it names and the law lets (Art. 8(6)).

        From then on everybody reads it, and it takes its quarters: a quarter of a kind of service is in one plan of an
        issuer. What was right when it was drafted is looked at again, and who issues as of the decision's day.

        Raises NotFound, NotItsIssuer, NotAllowed for its author, LostUpdate, PlanStep, PlanInvalid.
        """

        def change(kept: Kept, now: datetime) -> Kept:
            if who.agency != kept.plan.issuer:
                raise NotItsIssuer(issuer=kept.plan.issuer)
            _require(kept.head.status, Status.REVIEWED)
            _require_other(who, kept.head, ISSUE_PLAN)
            wrong = _decision_wrong(decision, _day_of(kept.head.created_at), self._today())
            former = self._right(kept.plan, date.fromisoformat(decision.day), wrong)
            self.plans.issue(kept.head, kept.plan, decision, former, who.subject, now)
            return self._again(plan)

        return self._once(who, plan, version, change)

    def move(self, who: Principal, plan: str, service: str, told: tuple[str, str], version: int) -> Kept:
        """Say how far a service of an issued plan is (`told`: state, why), at its drafter, its owner or one above them.

        Raises NotFound, LostUpdate, PlanStep, PlanInvalid: what the catalogue does not offer is not done.
        """
        state, why = told

        def change(kept: Kept, now: datetime) -> Kept:
            item = _item_of(kept.plan, service)
            _require(kept.head.status, Status.ISSUED)
            today = self._today()
            if wrong := moved_wrong(item, state, why, self.services.offered([service], today)[service]):
                raise plan_refused(wrong)
            moved = structs.replace(item, state=state, why=why)
            items = tuple(moved if each is item else each for each in kept.plan.items)
            event = PlannedServiceMoved(plan=plan, service=service, former=item.state, state=state, why=why)
            changed = structs.replace(kept.plan, items=items)
            self.plans.keep(kept.head, changed, Status.ISSUED, [event], now, actor=who.subject)
            return self._again(plan)

        def owns(found: ServicePlan, head: PlanHead) -> bool:
            owner = next((each.owner for each in found.items if each.service == service), "")
            return head.status in PUBLIC and keeps(who.agency, owner)

        return self._once(who, plan, version, change, owns)

    def _once(
        self,
        who: Principal,
        plan: str,
        version: int,
        change: Callable[[Kept, datetime], Kept],
        may_too: Callable[[ServicePlan, PlanHead], bool] = lambda _plan, _head: False,
    ) -> Kept:
        def once() -> Kept:
            kept = self._known(who, plan, may_too)
            if kept.head.version != version:
                raise LostUpdate(current_version=kept.head.version)
            return change(kept, self.clock())

        return record.settled(once)

    def _known(
        self,
        who: Principal,
        plan: str,
        may_too: Callable[[ServicePlan, PlanHead], bool] = lambda _plan, _head: False,
    ) -> Kept:
        head = self.plans.head(plan)
        if head.plan is None or not (keeps(who.agency, head.plan.drafter) or may_too(head.plan, head)):
            raise NotFound(what="plan")
        return Kept(head.plan, head)

    def _again(self, plan: str) -> Kept:
        head = self.plans.head(plan)
        assert head.plan
        return Kept(head.plan, head)

    def _save(self, who: Principal, head: PlanHead, plan: ServicePlan, body: str) -> Kept:
        theirs = {
            "authors": tuple(dict.fromkeys((*head.authors, who.subject))),
            "author_numbers": with_numbers(head.author_numbers, who),
        }
        told = ServicePlanDrafted(**structs.asdict(plan))
        now = self.clock()
        self.plans.keep(head, plan, Status.DRAFT, [told], now, actor=who.subject, **theirs, body=body)
        return self._again(plan.id)

    def _checked(self, given: PlanDraft, name: str, drafter: str) -> ServicePlan:
        """The plan that is sent, once nothing is wrong with it. Raises PlanInvalid."""
        plan = ServicePlan(id=name, drafter=drafter, **structs.asdict(given))
        self._right(plan, self._today())
        return plan

    def _right(self, plan: ServicePlan, day: date, more: Sequence[Problem] = ()) -> PlanHead | None:
        """The record of the plan that is replaced, once nothing is wrong; `day` is the one on which it is issued.

        Raises PlanInvalid.
        """
        today = self._today()
        agencies = {each for each in {each.owner for each in plan.items} if self.register.level(each, today)}
        known = self.services.kinds([each.service for each in plan.items], plan.drafter)
        wrong = [*more, *self._issuer_wrong(plan.issuer, day), *_for_another(plan)]
        wrong += problems_of(plan, known, agencies)
        if wrong:
            raise plan_refused(wrong)
        former = self._replaced(plan)
        if former and former.plan:
            offered = self.services.offered([each.service for each in former.plan.items], today)
            if missing := left_out(plan, former.plan, offered):
                raise plan_refused(missing)
        return former

    def _replaced(self, plan: ServicePlan) -> PlanHead | None:
        """The record of the plan that is replaced; None when none is. Raises PlanInvalid for another issuer's."""
        if not plan.replaces:
            return None
        head = self.plans.head(plan.replaces)
        if head.plan is None or head.plan.issuer != plan.issuer or head.status is not Status.ISSUED:
            vi, en = "Không phải kế hoạch đang thực hiện của cơ quan ban hành", "No plan of its issuer that is in force"
            raise plan_refused([Problem("/replaces", "replaces", vi, en)])
        return head

    def _issuer_wrong(self, issuer: str, day: date) -> Sequence[Problem]:
        """That the law does not name the issuer on a Vietnamese day (Decree 137/2024 Art. 8(6))."""
        law = issuers_on(day)
        if law and law.has(issuer, self.register.level(issuer, day)):
            return ()
        named_vi = "; ".join(each.vi for each in law.issuers) if law else ""
        named_en = "; ".join(each.en for each in law.issuers) if law else ""
        return (Problem("/issuer", "R45", f"Kế hoạch do: {named_vi}", f"A plan is issued by: {named_en}"),)

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()


def _for_another(plan: ServicePlan) -> Sequence[Problem]:
    """That a plan is drafted for an agency that does not stand above its drafter."""
    if keeps(plan.issuer, plan.drafter):
        return ()
    vi, en = "Cơ quan ban hành không phải cấp trên của cơ quan soạn thảo", "The issuer is not above the drafting agency"
    return (Problem("/issuer", "drafter", vi, en),)


def _decision_wrong(decision: PlanDecision, drafted: date, today: date) -> Sequence[Problem]:
    """That nobody can have decided on a plan on this day."""
    day = date.fromisoformat(decision.day)
    if day > today:
        return (Problem("/day", "future", "Ngày quyết định chưa đến", "The day of the decision has not come yet"),)
    if day < drafted:
        vi, en = f"Kế hoạch được soạn từ {drafted}", f"The plan was drafted on {drafted}, after this day"
        return (Problem("/day", "drafted", vi, en),)
    return ()


def _day_of(at: str) -> date:
    return moment(at).astimezone(ZONE).date()


def _require(status: Status, *allowed: Status) -> None:
    if status not in allowed:
        raise PlanStep(stands=status.value)


def _item_of(plan: ServicePlan, service: str) -> PlannedService:
    found = next((each for each in plan.items if each.service == service), None)
    if found is None:
        raise NotFound(what="service")
    return found


def _require_other(who: Principal, head: PlanHead, act: str) -> None:
    """Raise NotAllowed for one of those who wrote at a plan, under whichever account; SecondUnknown."""
    require_second(doer_of(who), head.authors, head.author_numbers, NotAllowed(act=act))
