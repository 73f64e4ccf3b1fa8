"""The use cases over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.measures.ingested.dropping import Dropping
from chalicelib.measures.ingested.service import Ingestion
from chalicelib.measures.ingested.store import DroppedFiles, ReportTable
from chalicelib.measures.store import Table


def ingestion() -> Ingestion:
    """The use cases of those who send, and of officers."""
    return Ingestion(ReportTable(), Table(), utc_now)


def dropping() -> Dropping:
    """The use cases of files that agencies drop."""
    return Dropping(ingestion(), DroppedFiles())
