"""The use cases over DynamoDB, and the national ID app of this stage."""

from chalicelib.delivery.idapp.app import RemoteApp
from chalicelib.delivery.idapp.integrating import Integrating
from chalicelib.delivery.idapp.service import Showing
from chalicelib.delivery.idapp.settings import KEY
from chalicelib.delivery.idapp.store import Table
from chalicelib.dossier.id_app import connection_of
from chalicelib.dossier.integrating import ID_APP
from chalicelib.kernel.clock import utc_now


def showing() -> Showing:
    """The use cases of people and officers. Raises AppUnconfigured."""
    return Showing(Table(), connection_of(ID_APP()), utc_now)


def integrating() -> Integrating | None:
    """The use cases of the worker; None where there is no app. Raises AppUnconfigured, SettingMissing."""
    connection = connection_of(ID_APP())
    if connection is None:
        return None
    url = connection.url.rstrip("/")
    return Integrating(Table(), RemoteApp(url, KEY() if url.startswith("https://") else ""), utc_now)
