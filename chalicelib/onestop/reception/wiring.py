"""The use case of reception, over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.reception.store import Offered
from chalicelib.onestop.reception.taking import Receptions
from chalicelib.onestop.store import Table


def receptions() -> Receptions:
    """Who takes in what came on paper, with the world's clock."""
    return Receptions(Offered(), Table(), utc_now)
