"""Routes of the rating of a dossier."""

from chalice import Blueprint

from chalicelib.contracts.ratings import DossierRated
from chalicelib.contracts.stored import typed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Asked
from chalicelib.onestop.paths import dossier_in
from chalicelib.onestop.rating import wire
from chalicelib.onestop.rating.wiring import ratings
from chalicelib.onestop.store import IDENTITY
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp, identity_authorize, needs=(DOSSIERS, IDENTITY, *SEALING), known_as=lambda who: as_enrolled(who, utc_now())
)
RATING = "/v1/dossiers/{dossier}/rating"


@api.route("GET", RATING, act=acts.READ, answer=wire.Rating)
def read_rating(call: Call) -> wire.Rating:
    """Read how a dossier was rated by whoever filed it."""
    return _view(ratings().read(call.principal, dossier_in(call)))


@api.route("POST", RATING, act=acts.RATE, body=wire.RateDossier, answer=wire.Rating, status=201)
def rate_dossier(call: Call) -> wire.Rating:
    """Rate a dossier that I filed, once and after its result."""
    asked = Asked(call.principal, dossier_in(call), call.key, call.raw)
    row = ratings().give(asked, satisfied=call.body.satisfied).row
    return _view(typed(DossierRated, row.data, row.stored))


def _view(told: DossierRated | None) -> wire.Rating:
    if told is None:
        return wire.Rating(rated_at=None, satisfied=None)
    return wire.Rating(rated_at=said(told.rated_at), satisfied=told.satisfied)
