"""The use case that starts children, over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.submission.bundles.starting import Starting
from chalicelib.submission.bundles.store import Table


def starting() -> Starting:
    """The use case, with the world's clock."""
    return Starting(Table(), utc_now)
