"""A file of routes for each kind of reader and keeper of the catalogue; here is what they share."""

from chalicelib.catalogue.administration import Administration
from chalicelib.catalogue.editing import Editing
from chalicelib.catalogue.service import Services
from chalicelib.catalogue.store import AgencyTable, ProcedureTable, RunningTable, SnapshotFiles
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import utc_now

__all__ = ["administration", "editing", "identity_authorize", "reader"]


def reader() -> Services:
    """The use cases of everybody."""
    return Services(ProcedureTable(), SnapshotFiles(), AgencyTable(), utc_now)


def editing() -> Editing:
    """The use cases of those who keep procedures."""
    return Editing(ProcedureTable(), RunningTable(), utc_now)


def administration() -> Administration:
    """The use cases of an administrator."""
    return Administration(AgencyTable(), utc_now)
