"""The use case over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.store import Table


def scoring() -> Scoring:
    """The service index."""
    return Scoring(Table(), utc_now)
