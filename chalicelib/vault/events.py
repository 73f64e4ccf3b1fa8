"""What the vault hears from the bus."""

from chalice import Blueprint

from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel.worker import Heard, hears
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault.store import TABLE
from chalicelib.vault.wiring import vault

bp = Blueprint(__name__)


@hears(bp, "vault_store_result", DossierProcessed, needs=(TABLE, LEDGERS))
def vault_store_result(heard: Heard[DossierProcessed]) -> None:
    """A processed dossier's result goes into its holder's vault."""
    vault().store_result(heard.event)


@hears(bp, "vault_hear_people", PersonChanged, needs=(TABLE,))
def vault_hear_people(heard: Heard[PersonChanged]) -> None:
    """Numbers that are one person's open the vaults of all of them."""
    vault().join(heard.event, heard.time)
