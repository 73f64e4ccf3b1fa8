"""The service index in the portal's own shape, for everybody."""

from typing import Final

from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.measures.rows import TABLE
from chalicelib.measures.scores import wire
from chalicelib.measures.scores.views import scores_view
from chalicelib.measures.scores.wiring import scoring

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE,))
PUBLIC: Final = "public, max-age=60"


@api.route(
    "GET",
    "/v1/scores",
    act=None,
    answer=wire.Scores,
    query=wire.ScoreQuery,
    cache=PUBLIC,
    sheet=wire.ScoreSheet(),
)
def read_service_index(call: Call) -> wire.Scores:
    """Read the service index of an agency and of those right below it: each score with what it is made of."""
    asked: wire.ScoreQuery = call.asked
    return scores_view(scoring().scores(asked.unit, asked.period, asked.formula), asked.group)
