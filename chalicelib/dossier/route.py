"""The agencies' parts of a dossier: which there are, which begins when, which decides. Pure."""

from collections.abc import Collection
from typing import Final, NamedTuple

from msgspec import structs

from chalicelib.contracts.plan import LegStep, PlannedLeg
from chalicelib.dossier.items import leg_name
from chalicelib.dossier.plans import PinnedPlan
from chalicelib.dossier.reading import Dossier

RECEIVING: Final = "@receiving"
"""In a route: whichever agency the dossier is filed before."""
STEPS: Final[tuple[LegStep, ...]] = ("verify", "approve")
"""The tasks of a leg of which the procedure says nothing."""
ONLINE: Final = "ONLINE"
"""The way of filing by which a dossier is electronic."""


class RouteLeg(NamedTuple):
    """A leg in its place: its name inside the dossier, its stage from 0, and what the procedure says of it.

    The agency of `planned` is one that is, never `@receiving`.
    """

    name: str
    stage: int
    planned: PlannedLeg

    @property
    def agency(self) -> str:
        """Who does it."""
        return self.planned.agency

    @property
    def steps(self) -> tuple[LegStep, ...]:
        """The kinds of its tasks in their order."""
        return self.planned.steps or STEPS


def legs_of(plan: PinnedPlan) -> tuple[RouteLeg, ...]:
    """All legs in the order of the route."""
    return tuple(
        RouteLeg(leg_name(stage, leg.leg), stage, _of_agency(leg, plan.office.id))
        for stage, legs in enumerate(plan.route)
        for leg in legs
    )


def _of_agency(leg: PlannedLeg, receiving: str) -> PlannedLeg:
    return structs.replace(leg, agency=receiving) if leg.agency == RECEIVING else leg


def leg_of(plan: PinnedPlan, name: str) -> RouteLeg | None:
    """A leg by its name; None when the route has none such."""
    return next((leg for leg in legs_of(plan) if leg.name == name), None)


def lead_of(plan: PinnedPlan) -> RouteLeg:
    """The leg whose approval is the decision: the one that says so, else the last of the last stage."""
    legs = legs_of(plan)
    return next((leg for leg in legs if leg.planned.lead), legs[-1])


def is_lead(plan: PinnedPlan, name: str) -> bool:
    """Whether a leg is the one that decides."""
    return lead_of(plan).name == name


def next_legs(plan: PinnedPlan, channel: str, begun: Collection[str], done: Collection[str]) -> list[RouteLeg]:
    """The legs that begin now, where some began and some of these are done.

    The next stage begins when all legs of a stage are done. Of an electronic dossier all legs of a stage begin at once,
    of one on paper one after another (Decree 61/2018 Art. 19(6)(b), (a)); a leg may say otherwise of itself. A leg that
    starts a child dossier has no task of its own: whoever drives the bundle begins it.
    """
    legs = legs_of(plan)
    stage = next((leg.stage for leg in legs if leg.name not in done), None)
    of_stage = [leg for leg in legs if leg.stage == stage]
    return [
        leg
        for place, leg in enumerate(of_stage)
        if leg.name not in begun
        and leg.name not in done
        and leg.planned.starts is None
        and (is_electronic(leg, channel) or all(former.name in done for former in of_stage[:place]))
    ]


def is_electronic(leg: RouteLeg, channel: str) -> bool:
    """Whether a leg works with the electronic dossier; `channel` is how the dossier was filed."""
    return leg.planned.medium == "electronic" or (leg.planned.medium is None and channel == ONLINE)


def receiver_of(plan: PinnedPlan, leg: RouteLeg, following: list[RouteLeg]) -> RouteLeg | None:
    """Whose hands a leg's result goes into; None: the receiving unit's.

    To the agency that needs it next (Decree 61/2018 Art. 19(6)): one that begins now, else the first of the next stage
    or the leading one. From a higher level it comes back to the receiving unit (Art. 19(7)).
    """
    if leg.planned.vertical or is_lead(plan, leg.name):
        return None
    later = [each for each in legs_of(plan) if each.stage > leg.stage]
    target = next(iter([*following, *later[:1]]), lead_of(plan))
    return None if target.planned.vertical else target


def competent_of(dossier: Dossier) -> str | None:
    """The agency that decides, where it is not the one before which the dossier was filed; read with its plan.

    None of a bundle, which nobody decides: each child has a competent agency of its own.
    """
    if dossier.plan.is_bundle:
        return None
    lead = lead_of(dossier.plan).agency
    return lead if lead != dossier.head.agency else None
