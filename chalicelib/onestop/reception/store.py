"""What may be filed over the dossiers' read model, and the fences of the catalogue and of identity."""

from datetime import date
from typing import Final

from chalicelib.catalogue import fence as catalogue_fence
from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.plan import Office
from chalicelib.dossier import acting as acting_room
from chalicelib.dossier import offered, plans
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.offered import OfferedPlan
from chalicelib.dossier.plans import PlanItem
from chalicelib.identity import fence as identity_fence
from chalicelib.kernel import aws
from chalicelib.kernel.settings import setting
from chalicelib.law.validity import in_force

PROCEDURES: Final = catalogue_fence.TABLE
PLANS_BY_HASH: Final = setting(
    "MOTCUA_PLANS_BY_HASH", "1: a draft names its plan by its hash; 0: it holds the plan, as earlier releases read it."
)


class Offered:
    """Procedures and agencies as we last heard of them."""

    def procedure(self, code: str, day: date) -> OfferedPlan | None:
        """The plan of a procedure in force on a Vietnamese day; None when there is none."""
        return offered.plan_in_force(code, day, in_force)

    def pinned(self, offer: OfferedPlan, office: Office) -> PlanItem:
        """What a dossier pins of an offered plan: its name, where the stage says so and we keep it under one."""
        if offer.sha256 and int(PLANS_BY_HASH()):
            return plans.named(offer.plan, offer.sha256, office, None)
        return PlanItem(plan=plans.pinned(offer.plan, office, None))

    def agency(self, agency: str) -> Agency | None:
        """A published agency."""
        return offered.agency_of(agency)

    def representation(self, representation: str) -> Representation | None:
        """Who may act for whom."""
        return acting_room.representation_of(representation)

    def is_used_up(self, said: RepresentationKept) -> bool:
        """Whether a representation is for one act and was used."""
        return acting_room.is_used_up(said)

    def in_force(self, offer: OfferedPlan, reference: str, now: str) -> aws.Op:
        """The version of the procedure is published still when the dossier is written."""
        return catalogue_fence.published(offer.plan.procedure, offer.plan.version, reference, now)

    def active(self, acting: Acting, now: str) -> aws.Op:
        """The representation holds still when the dossier is written."""
        return identity_fence.active(acting.under, acting.version, now)
