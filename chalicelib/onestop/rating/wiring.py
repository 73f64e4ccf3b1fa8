"""The use cases of ratings, over DynamoDB."""

from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.rating.giving import Ratings


def ratings() -> Ratings:
    """Ratings, with the world's clock."""
    return Ratings(acts())
