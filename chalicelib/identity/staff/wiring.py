"""Use cases of an agency's staff over their store."""

from chalicelib.identity.staff.imports import Import
from chalicelib.identity.staff.service import Staff
from chalicelib.identity.staff.store import RegisterTable
from chalicelib.kernel.clock import utc_now


def staff() -> Staff:
    """The use cases, with the world's clock."""
    return Staff(RegisterTable(), utc_now)


def imports() -> Import:
    """The use case of a file of joiners and leavers."""
    return Import(staff())
