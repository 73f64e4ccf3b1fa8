"""What restructuring hears: dossiers that come, move on and end."""

from chalice import Blueprint

from chalicelib.catalogue.restructuring.wiring import running
from chalicelib.kernel.events import EventType
from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.law.states import DossierState

bp = Blueprint(__name__)


@on_event(bp, "catalogue_follow_dossier")
def catalogue_follow_dossier(delivery: Delivery) -> None:
    """A dossier was submitted, moved on, or reached its end: what a new version would touch, which papers come."""
    data, table = delivery.data, running()
    if delivery.type == EventType.DOSSIER_SUBMITTED:
        row = {"version": data["procedure_version"], "agency": data["agency"], "state": int(DossierState.REGISTERED)}
        table.submitted(data["procedure"], data["reference"], row, [c["code"] for c in data["components"]])
    elif delivery.type == EventType.DOSSIER_ACCEPTED:
        table.moved(data["procedure"], delivery.subject, int(DossierState.PROCESSING))
    else:
        table.ended(delivery.subject)
