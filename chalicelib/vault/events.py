"""What the vault hears from the bus."""

from chalice import Blueprint

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.digitisation import ComponentConverted
from chalicelib.contracts.event import Event
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.messages import PaperWithdrawn
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Heard, hears
from chalicelib.vault.store import TABLE
from chalicelib.vault.wiring import vault

bp = Blueprint(__name__)


@hears(
    bp,
    "vault_store_result",
    DossierProcessed,
    ComponentConverted,
    ArchivedConverted,
    PaperWithdrawn,
    PersonChanged,
    needs=(TABLE, SECRET),
)
def vault_store_result(heard: Heard[Event]) -> None:
    """A processed dossier's result, or a converted paper, goes into its holder's vault; what is withdrawn is flagged.

    So does a paper of former years. Numbers of one person open the vaults of all.
    """
    match heard.event:
        case ComponentConverted() as converted:
            vault().store_converted(converted)
        case PaperWithdrawn() as withdrawn:
            vault().withdraw(withdrawn)
        case DossierProcessed() as processed:
            vault().store_result(processed)
        case ArchivedConverted() as archived:
            vault().keep_archived(archived)
        case PersonChanged() as changed:
            vault().join(changed, heard.time)
