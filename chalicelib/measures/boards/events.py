"""What boards hear from the clock."""

from chalice import Blueprint

from chalicelib.kernel.worker import Tick, called
from chalicelib.measures.boards.wiring import making
from chalicelib.measures.rows import TABLE

bp = Blueprint(__name__)


@called(bp, "measures_make_boards", Tick, needs=(TABLE,))
def measures_make_boards(_: Tick) -> dict[str, int]:
    """Every day: make the boards of each agency; a run that has no time left goes on in the next try."""
    return making().today()._asdict()
