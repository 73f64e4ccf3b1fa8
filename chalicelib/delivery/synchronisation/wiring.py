"""The use cases over DynamoDB, and the national portal of this stage."""

from chalicelib.delivery.synchronisation.portal import SessionPortal
from chalicelib.delivery.synchronisation.service import Redeliveries
from chalicelib.delivery.synchronisation.settings import KEY
from chalicelib.delivery.synchronisation.store import Table
from chalicelib.delivery.synchronisation.synchronising import Synchronising
from chalicelib.dossier.national_portal import connection_of
from chalicelib.dossier.synchronising import NATIONAL_PORTAL
from chalicelib.kernel.clock import utc_now


def redeliveries() -> Redeliveries:
    """The use cases of people and officers."""
    return Redeliveries(Table(), utc_now)


def synchronising() -> Synchronising | None:
    """The use cases of the worker; None where there is no portal. Raises PortalUnconfigured, SettingMissing."""
    connection = connection_of(NATIONAL_PORTAL())
    if connection is None:
        return None
    return Synchronising(Table(), SessionPortal(connection, KEY()), connection.codes, utc_now)
