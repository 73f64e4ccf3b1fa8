"""What the one-stop flow hears from the bus."""

from chalice import Blueprint

from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.onestop.steps import one_stop

bp = Blueprint(__name__)


@on_event(bp, "report_leg")
def report_leg(delivery: Delivery) -> None:
    """A leg is done: its driver is told, by the outbox and never by the request."""
    one_stop().report_leg(delivery.subject, delivery.data["leg"])


@on_event(bp, "result_signed")
def result_signed(delivery: Delivery) -> None:
    """A result was signed."""
    one_stop().result_signed(delivery.data)


@on_event(bp, "result_stored")
def result_stored(delivery: Delivery) -> None:
    """A result reached the vault."""
    one_stop().result_stored(delivery.data)
