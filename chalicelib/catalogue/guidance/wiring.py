"""Use cases of guidance over their stores."""

from chalicelib.catalogue.guidance.known import CatalogueProcedures
from chalicelib.catalogue.guidance.service import Guiding
from chalicelib.catalogue.guidance.store import GuidanceTable
from chalicelib.kernel.clock import utc_now


def guiding() -> Guiding:
    """The use cases of those who give guidance and carry it out."""
    return Guiding(GuidanceTable(), CatalogueProcedures(), utc_now)
