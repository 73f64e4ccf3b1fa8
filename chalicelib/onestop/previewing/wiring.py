"""The use cases of the draft over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.changes.wiring import acts
from chalicelib.onestop.previewing.confirmations import Confirmations
from chalicelib.onestop.previewing.link import PreviewLinks
from chalicelib.onestop.store import Previews, Table
from chalicelib.onestop.wiring import views


def confirmations() -> Confirmations:
    """The use case of the applicant."""
    return Confirmations(acts(), Previews())


def preview_links() -> PreviewLinks:
    """The use case of whoever looks at a draft."""
    return PreviewLinks(Table(), views(), Previews(), utc_now)
