"""What the vault hears from the bus."""

from chalice import Blueprint

from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.worker import Delivery, on_event
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table

bp = Blueprint(__name__)


@on_event(bp, "deliver")
def deliver(delivery: Delivery) -> None:
    """A processed dossier's result goes into its holder's vault."""
    Vault(Table(), utc_now).deliver(delivery.data)
