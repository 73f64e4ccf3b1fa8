"""Start and steps of one_stop.asl.json. Each may run twice: the dossier is the record, an execution drives."""

from chalice import Blueprint

from chalicelib.contracts.onestop import DecisionInput, LegInput
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Heard, called, hears
from chalicelib.onestop.store import DRIVEN_LEGS, MACHINE
from chalicelib.onestop.wiring import flow, opening
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)


@hears(bp, "onestop_start_flow", DossierSubmitted, needs=(MACHINE, DRIVEN_LEGS))
def onestop_start_flow(heard: Heard[DossierSubmitted]) -> None:
    """Start the flow of a submitted dossier that has legs to bring together."""
    if heard.event.is_bundle:
        return  # the portal receives it first: `onestop_drive_bundle` starts its driver
    flow().start(heard.event, int(DRIVEN_LEGS()))


@called(bp, "onestop_open_leg", LegInput, needs=(DOSSIERS, SECRET))
def onestop_open_leg(given: LegInput) -> None:
    """One agency's part begins: the token is kept on the server until the last task of the leg is done."""
    (opening() if given.leg.starts else flow()).open_leg(given)


@called(bp, "onestop_decide", DecisionInput, needs=(DOSSIERS, *SEALING))
def onestop_decide(given: DecisionInput) -> dict[str, str]:
    """All legs are done."""
    flow().decide(given.dossier)
    return {"dossier": given.dossier}
