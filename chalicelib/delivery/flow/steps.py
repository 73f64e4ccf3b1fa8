"""The step of delivery.asl.json: it waits until a destination has its end."""

from chalice import Blueprint

from chalicelib.contracts.delivery import DestinationInput
from chalicelib.delivery.flow.wiring import driving
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)


@called(bp, "delivery_await_destination", DestinationInput, needs=(DOSSIERS,))
def delivery_await_destination(given: DestinationInput) -> None:
    """A destination is waited for: the token is kept on the server until it has its end."""
    driving().wait(given)
