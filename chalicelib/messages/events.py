"""What the messages hear from the bus."""

from chalice import Blueprint

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import DossierAccepted, DossierDecided
from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.messages.wiring import publisher, signatures

bp = Blueprint(__name__)


@on_event(bp, "messages_issue_paper")
def messages_issue_paper(delivery: Delivery) -> None:
    """A dossier was accepted or decided: its receipt or result is printed and signed."""
    if delivery.type == DossierAccepted.type:
        publisher().issue_receipt(heard(DossierAccepted, delivery.data))
    else:
        publisher().issue_result(heard(DossierDecided, delivery.data))


@on_event(bp, "messages_sign_copy")
def messages_sign_copy(delivery: Delivery) -> None:
    """A signature was ordered."""
    signatures().sign(heard(SignatureOrdered, delivery.data))
