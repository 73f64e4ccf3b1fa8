"""What the messages hear from the bus."""

from chalice import Blueprint

from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.messages.api import publisher

bp = Blueprint(__name__)


@on_event(bp, "messages_issue_paper")
def messages_issue_paper(delivery: Delivery) -> None:
    """A dossier was accepted or decided: its receipt or result is printed and signed."""
    publisher().issue(delivery.type, delivery.data)


@on_event(bp, "messages_sign_copy")
def messages_sign_copy(delivery: Delivery) -> None:
    """A signature was ordered."""
    publisher().sign(delivery.data)
