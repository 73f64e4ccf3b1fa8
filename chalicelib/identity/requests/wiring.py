"""The use cases over DynamoDB."""

from chalicelib.identity.requests.service import DataRequests
from chalicelib.identity.requests.store import RequestTable
from chalicelib.kernel.clock import utc_now


def data_requests() -> DataRequests:
    """The use cases, with the world's clock."""
    return DataRequests(RequestTable(), utc_now)
