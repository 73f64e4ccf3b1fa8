"""The route on which the agencies of a dossier see one another's parts."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.reading import Part
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.onestop import acts
from chalicelib.onestop.legs.views import legs_view
from chalicelib.onestop.legs.wire import LegList
from chalicelib.onestop.store import IDENTITY
from chalicelib.onestop.wiring import views
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route("GET", "/v1/dossiers/{dossier}/legs", act=acts.READ_LEGS, answer=LegList)
def list_legs(call: Call) -> LegList:
    """List the agencies' parts of a dossier: who leads, how far each is, what it answered and why."""
    dossier = views().read(call.principal, call.path["dossier"], Part.EVENTS, Part.LEGS, Part.PLAN, Part.TASKS)
    return legs_view(dossier)
