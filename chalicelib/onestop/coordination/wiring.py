"""The use cases of consultations over DynamoDB."""

from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.coordination.asking import Consultations
from chalicelib.onestop.legs.opening import Opening
from chalicelib.onestop.store import Table
from chalicelib.onestop.wiring import views


def asking() -> Consultations:
    """The use case of who asks."""
    return Consultations(acts(), Opening(Table().office))


def reading(who: Principal, name: str, page: str, *parts: Part) -> Dossier:
    """A dossier for a page of the agencies that have to do with it, as far as it can be read; the ledger says so.

    Raises NotFound, LevelTooLow.
    """
    return views().page(who, name, page, *parts)
