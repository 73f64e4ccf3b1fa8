"""What hears of own uploads."""

from chalice import Blueprint

from chalicelib.contracts.data_requests import DataRequestEnded
from chalicelib.contracts.own_files import OwnFileChecked
from chalicelib.contracts.vault import DocumentErased
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Heard, hears
from chalicelib.vault.quota import MOST_BYTES, MOST_DOCUMENTS
from chalicelib.vault.store import INTAKE, TABLE
from chalicelib.vault.uploads.wiring import uploading

bp = Blueprint(__name__)


@hears(
    bp,
    "vault_keep_upload",
    OwnFileChecked,
    DocumentErased,
    DataRequestEnded,
    needs=(TABLE, INTAKE, SECRET, MOST_BYTES, MOST_DOCUMENTS),
)
def vault_keep_upload(heard: Heard[OwnFileChecked | DocumentErased | DataRequestEnded]) -> None:
    """A file of an owner's own was checked: it is kept or refused; or a document was erased, and its file goes.

    Or a request to delete one's data was granted: all that one uploaded is erased.
    """
    match heard.event:
        case OwnFileChecked() as checked:
            uploading().judge(checked)
        case DocumentErased() as erased:
            uploading().clear(erased)
        case DataRequestEnded() as granted:
            uploading().erase_all(granted)
