"""The use cases over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.measures.boards.wiring import reading
from chalicelib.measures.reports.service import Reporting
from chalicelib.measures.reports.store import ReportTable


def reporting() -> Reporting:
    """Ordering reports."""
    return Reporting(reading(), ReportTable(), utc_now)
