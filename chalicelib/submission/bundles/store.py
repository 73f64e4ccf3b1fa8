"""Parents and children in the dossiers' table."""

from datetime import date, datetime

from chalicelib.catalogue import fence as catalogue_fence
from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.plan import Office
from chalicelib.dossier import offered, plans, reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head, Leg
from chalicelib.dossier.offered import OfferedPlan
from chalicelib.dossier.plans import PlanItem
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws
from chalicelib.law.validity import in_force


class Table:
    """Bundles over the dossier's own room and what the catalogue told."""

    def dossier(self, reference: str, *parts: Part) -> Dossier | None:
        """A dossier with the parts asked for."""
        return reading.read(reference, *parts)

    def leg(self, reference: str, leg: str) -> Leg | None:
        """A leg's child and outcome."""
        return reading.read_leg(reference, leg)

    def procedure(self, code: str, day: date) -> OfferedPlan | None:
        """The plan of a procedure in force on a Vietnamese day; None when there is none."""
        return offered.plan_in_force(code, day, in_force)

    def form(self, code: str, version: int) -> str | None:
        """The interactive form of a version that was published, as JSON text."""
        return offered.form_of(code, version)

    def agency(self, agency: str) -> Agency | None:
        """A published agency, as we last heard of it."""
        return offered.agency_of(agency)

    def pinned(self, offer: OfferedPlan, office: Office, service_channel: str | None) -> PlanItem:
        """A child pins its plan whole: the bundle's terms stand in it instead of the procedure's own."""
        return PlanItem(plan=plans.pinned(offer.plan, office, service_channel))

    def fence(self, code: str, version: int, reference: str, now: str) -> aws.Op:
        """What must hold of the child's procedure in the transaction that makes it."""
        return catalogue_fence.published(code, version, reference, now)

    def change(self, head: Head, now: datetime) -> Change:
        """A change of a dossier as it was read, or of one that it makes."""
        return Change(head, now)
