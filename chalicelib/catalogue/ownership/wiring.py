"""Use cases of ownership over their stores."""

from chalicelib.catalogue.ownership.service import Ownership
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.kernel.clock import utc_now


def ownership() -> Ownership:
    """The use cases of both sides of a transfer."""
    return Ownership(ProcedureTable(), utc_now)
