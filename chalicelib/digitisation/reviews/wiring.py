"""The use cases of a review over DynamoDB and S3."""

from chalicelib.digitisation.folders import folder_of
from chalicelib.digitisation.reviews.service import Reviewing
from chalicelib.digitisation.reviews.store import LookStore, ReviewTable
from chalicelib.digitisation.store import Files, Table
from chalicelib.digitisation.triage import Triage
from chalicelib.kernel.clock import utc_now


def reviewing() -> Reviewing:
    """What an officer does with the values that were read on a paper."""
    return Reviewing(ReviewTable(), LookStore(), utc_now)


def rejecting() -> Triage:
    """What an officer decides on a paper as a whole."""
    return Triage(Table(), Files(), utc_now, folder_of)
