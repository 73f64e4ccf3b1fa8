"""Use cases of restructuring over their stores."""

from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.restructuring.service import Reviews
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.kernel.clock import utc_now


def reviews() -> Reviews:
    """The use cases of those who restructure."""
    return Reviews(ProcedureTable(), RunningTable(), utc_now)


def running() -> RunningTable:
    """Where running dossiers and their papers are followed."""
    return RunningTable()
