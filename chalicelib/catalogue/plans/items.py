"""What is stored of plans."""

from enum import StrEnum
from typing import Self

from chalicelib.contracts.plan import Part
from chalicelib.contracts.service_plans import PlanDecision, ServicePlan
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head


class Status(StrEnum):
    """Where a plan stands: Decree 137/2024 Art. 8(6) has it reviewed, issued and carried out."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    REPLACED = "replaced"


PUBLIC = frozenset({Status.ISSUED, Status.REPLACED})
"""Whoever asks reads a plan from its issue on."""


class Review(Part, frozen=True, kw_only=True):
    """What a reviewer said of a plan, as it stood then."""

    by: str
    at: str
    accepted: bool
    note: str = ""


class PlanHead(Head, frozen=True, kw_only=True):
    """The record of a plan. `authors` are all who wrote at it, `body` is the hash of the request that began it.

    `replaced_by` names the plan that took its place; empty: none did.
    """

    shape = 1

    plan: ServicePlan | None = None
    status: Status = Status.DRAFT
    authors: tuple[str, ...] = ()
    author_numbers: tuple[str, ...] = ()
    """The keyed hashes of the personal numbers of those, as far as tokens said them."""
    body: str = ""
    review: Review | None = None
    decision: PlanDecision | None = None
    issued_at: str | None = None
    replaced_by: str = ""


class ListedPlan(Stored, frozen=True, kw_only=True):
    """A plan in a list: what a row shows and the filters need."""

    shape = 1

    id: str
    issuer: str
    drafter: str
    title_vi: str
    title_en: str
    kinds: tuple[str, ...]
    first: str
    last: str
    services: int
    status: Status
    number: str = ""
    day: str = ""

    @classmethod
    def of(cls, plan: ServicePlan, status: Status, decision: PlanDecision | None) -> Self:
        """The row of a plan."""
        return cls(
            id=plan.id,
            issuer=plan.issuer,
            drafter=plan.drafter,
            title_vi=plan.title_vi,
            title_en=plan.title_en,
            kinds=plan.kinds,
            first=plan.first,
            last=plan.last,
            services=len(plan.items),
            status=status,
            number=decision.number if decision else "",
            day=decision.day if decision else "",
        )


class TakenQuarter(Stored, frozen=True, kw_only=True):
    """That a quarter of an issuer's services of a kind is planned already, and by which plan."""

    shape = 1

    plan: str
