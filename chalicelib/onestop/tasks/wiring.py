"""The use cases of tasks of persons over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.store import Table
from chalicelib.onestop.tasks.claims import Claims


def claims() -> Claims:
    """Who has which task, with the world's clock."""
    return Claims(Table(), utc_now)
