"""What makes archives of vaults."""

from chalice import Blueprint

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.vault import TakeoutAsked
from chalicelib.kernel.worker import Heard, hears
from chalicelib.vault.store import BUCKET, INTAKE, TABLE
from chalicelib.vault.takeouts.wiring import taking_out

bp = Blueprint(__name__)


@hears(bp, "vault_make_takeout", TakeoutAsked, DataRequestEnded, needs=(TABLE, BUCKET, INTAKE))
def vault_make_takeout(heard: Heard[TakeoutAsked | DataRequestEnded]) -> None:
    """An archive that an owner asked for is made, once; one that an agency granted on request is asked for."""
    match heard.event:
        case TakeoutAsked() as asked:
            taking_out().make(asked)
        case DataRequestEnded() as granted:
            taking_out().begin(granted)
