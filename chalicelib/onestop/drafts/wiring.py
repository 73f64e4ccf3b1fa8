"""The use cases of the draft over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.drafts.confirmations import Confirmations
from chalicelib.onestop.drafts.draft import DraftResults
from chalicelib.onestop.drafts.store import DraftBucket
from chalicelib.onestop.store import Table
from chalicelib.onestop.wiring import views


def confirmations() -> Confirmations:
    """The use case of the applicant."""
    return Confirmations(acts())


def drafts() -> DraftResults:
    """The use case of whoever looks at a draft."""
    return DraftResults(Table(), views(), DraftBucket(), utc_now)
