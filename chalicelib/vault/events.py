"""What the vault hears from the bus."""

from chalice import Blueprint

from chalicelib.contracts.event import Event
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel.worker import Heard, hears
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault.store import TABLE
from chalicelib.vault.wiring import vault

bp = Blueprint(__name__)


@hears(bp, "vault_store_result", DossierProcessed, PersonChanged, needs=(TABLE, LEDGERS))
def vault_store_result(heard: Heard[Event]) -> None:
    """A processed dossier's result goes into its holder's vault; numbers of one person open the vaults of all."""
    match heard.event:
        case DossierProcessed() as processed:
            vault().store_result(processed)
        case PersonChanged() as changed:
            vault().join(changed, heard.time)
