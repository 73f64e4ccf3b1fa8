"""What starts a child dossier."""

from chalice import Blueprint

from chalicelib.contracts.bundles import LegOpened
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import Heard, hears
from chalicelib.sealing.table import SEALING
from chalicelib.submission.bundles.wiring import starting
from chalicelib.submission.store import PROCEDURES

bp = Blueprint(__name__)


@hears(bp, "submission_start_child", LegOpened, needs=(DOSSIERS, PROCEDURES, *SEALING))
def submission_start_child(heard: Heard[LegOpened]) -> None:
    """Make the child dossier of a leg, once."""
    starting().start(heard.event)
