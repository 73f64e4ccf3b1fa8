"""A file of routes for each function of the submission, which loads no other; here is what they share."""

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import utc_now
from chalicelib.submission.service import Submissions
from chalicelib.submission.store import Table

__all__ = ["identity_authorize", "submissions"]


def submissions() -> Submissions:
    """The use cases over DynamoDB and S3."""
    return Submissions(Table(), utc_now)
