"""Use cases of national records over their store."""

from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.records.service import Records
from chalicelib.kernel.clock import utc_now


def records() -> Records:
    """The use cases of an operator."""
    return Records(ProcedureTable(), utc_now)
