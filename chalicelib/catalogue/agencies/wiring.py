"""Use cases of agencies over their store."""

from chalicelib.catalogue.agencies.counters import Keeping
from chalicelib.catalogue.agencies.service import Administration
from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.kernel.clock import utc_now


def administration() -> Administration:
    """The use cases of an administrator, and what everybody reads of agencies and outages."""
    return Administration(AgencyTable(), ProcedureTable(), utc_now)


def counters() -> Keeping:
    """The use cases of counters."""
    return Keeping(AgencyTable(), ProcedureTable(), utc_now)
