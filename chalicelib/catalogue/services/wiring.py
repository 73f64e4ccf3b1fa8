"""Use cases of reading over their stores."""

from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.services.listing import Listing
from chalicelib.catalogue.services.service import Services
from chalicelib.catalogue.services.store import SnapshotFiles
from chalicelib.kernel.clock import utc_now


def reader() -> Services:
    """The use cases of everybody."""
    return Services(ProcedureTable(), SnapshotFiles(), AgencyTable(), utc_now)


def listing() -> Listing:
    """The use cases of the background."""
    return Listing(ProcedureTable(), SnapshotFiles(), utc_now)
