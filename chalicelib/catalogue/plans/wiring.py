"""Use cases of plans over their stores."""

from chalicelib.catalogue.plans.offered import AgencyRegister, CatalogueServices
from chalicelib.catalogue.plans.published import Publication
from chalicelib.catalogue.plans.service import Planning
from chalicelib.catalogue.plans.store import PlanTable
from chalicelib.kernel.clock import utc_now


def planning() -> Planning:
    """The use cases of those who make plans."""
    return Planning(PlanTable(), CatalogueServices(), AgencyRegister(), utc_now)


def publication() -> Publication:
    """What everybody reads."""
    return Publication(PlanTable(), CatalogueServices(), utc_now)
