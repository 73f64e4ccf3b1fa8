"""What restructuring hears: dossiers that come, move on and end."""

from chalice import Blueprint

from chalicelib.catalogue.restructuring.wiring import running
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.event import Event
from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped
from chalicelib.contracts.onestop import DossierAccepted, DossierReturned
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.kernel.worker import Heard, hears
from chalicelib.law.states import DossierState

bp = Blueprint(__name__)


@hears(
    bp,
    "catalogue_follow_dossier",
    DossierSubmitted,
    DossierAccepted,
    DossierReturned,
    DossierRefused,
    DossierStopped,
    needs=(TABLE,),
)
def catalogue_follow_dossier(heard: Heard[Event]) -> None:
    """A dossier was submitted, moved on, or reached its end: what a new version would touch, which papers come."""
    match heard.event:
        case DossierSubmitted() as event:
            running().submitted(event)
        case DossierAccepted() as event:
            running().moved(event.procedure, heard.subject, DossierState.PROCESSING)
        case DossierReturned() | DossierRefused() | DossierStopped():
            running().ended(heard.subject)
