"""What makes archives of vaults."""

from chalice import Blueprint

from chalicelib.contracts.vault import TakeoutAsked
from chalicelib.kernel.worker import Heard, hears
from chalicelib.vault.store import BUCKET, INTAKE, TABLE
from chalicelib.vault.takeouts.wiring import taking_out

bp = Blueprint(__name__)


@hears(bp, "vault_make_takeout", TakeoutAsked, needs=(TABLE, BUCKET, INTAKE))
def vault_make_takeout(heard: Heard[TakeoutAsked]) -> None:
    """An archive that an owner asked for is made, once."""
    taking_out().make(heard.event)
