"""What the submission hears: the catalogue's publications become its read model."""

from chalice import Blueprint

from chalicelib.kernel.events import EventType
from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.submission.store import Table

bp = Blueprint(__name__)


@on_event(bp, "submission_hear_catalogue")
def submission_hear_catalogue(delivery: Delivery) -> None:
    """Keep the published procedure or agency; an older publication that comes late changes nothing."""
    facts = delivery.data
    if delivery.type == EventType.AGENCY_PUBLISHED:
        Table().remember_agency(facts, delivery.time)
    else:
        Table().remember_procedure(facts, delivery.time)
