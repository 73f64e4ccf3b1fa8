"""What the flow of deliveries hears from the bus."""

from chalice import Blueprint

from chalicelib.contracts.delivery import DeliveriesDue, DeliverySettled
from chalicelib.contracts.onestop import DossierErased
from chalicelib.delivery.flow.model import Run
from chalicelib.delivery.flow.settings import MACHINE
from chalicelib.delivery.flow.wiring import driving
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import Heard, hears

bp = Blueprint(__name__)


@hears(bp, "delivery_drive", DeliveriesDue, DeliverySettled, DossierErased, needs=(DOSSIERS, MACHINE))
def delivery_drive(heard: Heard[DeliveriesDue | DeliverySettled | DossierErased]) -> None:
    """A machine starts that waits for destinations, or hears that one has its end; deliveries wait for neither."""
    match heard.event:
        case DeliveriesDue() as due:
            driving().start(Run.of_event(heard.id), due.destinations)
        case DeliverySettled() as settled:
            driving().report(settled.reference, settled.destination)
        case DossierErased():
            driving().release(heard.subject)
