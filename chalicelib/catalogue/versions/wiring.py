"""Use cases of versions over their stores."""

from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.restructuring.wiring import reviews, running
from chalicelib.catalogue.versions.batches import Batches
from chalicelib.catalogue.versions.publishing import Shipping
from chalicelib.catalogue.versions.service import Editing
from chalicelib.kernel.clock import utc_now


def editing() -> Editing:
    """The use cases of those who keep procedures."""
    return Editing(ProcedureTable(), running(), reviews(), utc_now)


def batches() -> Batches:
    """The use cases of those who look after many versions."""
    return Batches(editing(), ProcedureTable())


def shipping() -> Shipping:
    """The use case of a deployment: publish what comes with the project."""
    return Shipping(ProcedureTable(), utc_now)
