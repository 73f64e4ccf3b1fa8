"""The public board of an agency: a page for browsers, JSON or a table for machines."""

from typing import Final

from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.measures.boards import wire
from chalicelib.measures.boards.page import PAGE
from chalicelib.measures.boards.views import board_view
from chalicelib.measures.boards.wiring import reading
from chalicelib.measures.rows import TABLE

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE,))
PUBLIC: Final = "public, max-age=300"


@api.route(
    "GET",
    "/v1/board",
    act=None,
    answer=wire.Board,
    query=wire.BoardQuery,
    cache=PUBLIC,
    page=PAGE,
    sheet=wire.BoardSheet(),
)
def read_board(call: Call) -> wire.Board:
    """Read the board of an agency: its index, indicators, trend, those right below it in order; made each day."""
    asked: wire.BoardQuery = call.asked
    return board_view(reading().board(asked.unit, asked.period), asked.by)
