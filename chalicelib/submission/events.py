"""What the submission hears: the catalogue's publications become what may be filed."""

from chalice import Blueprint

from chalicelib.contracts.catalogue import AgencyPublished, ProcedurePublished, ProcedureWithdrawn
from chalicelib.dossier import offered
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import Heard, hears

bp = Blueprint(__name__)
type Published = AgencyPublished | ProcedurePublished | ProcedureWithdrawn


@hears(bp, "submission_hear_catalogue", AgencyPublished, ProcedurePublished, ProcedureWithdrawn, needs=(DOSSIERS,))
def submission_hear_catalogue(heard: Heard[Published]) -> None:
    """Keep the published procedure or agency; an older publication that comes late changes nothing."""
    match heard.event:
        case AgencyPublished() as agency:
            offered.remember_agency(agency, heard.time)
        case procedure:
            offered.remember_procedure(procedure, heard.time)
