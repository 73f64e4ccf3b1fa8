"""The submission's use cases over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.submission.expiry import Expiry
from chalicelib.submission.holders import Holders
from chalicelib.submission.renewal import Renewals
from chalicelib.submission.reuse import Reuses
from chalicelib.submission.service import Submissions
from chalicelib.submission.store import Table
from chalicelib.submission.supplements import Supplements


def submissions() -> Submissions:
    """The use cases, with the world's clock."""
    return Submissions(Table(), utc_now)


def holders() -> Holders:
    """Those who hold a draft together, with the world's clock."""
    return Holders(Table(), submissions().to_name, utc_now)


def renewals() -> Renewals:
    """Drafts that go on under another version, with the world's clock."""
    return Renewals(Table(), submissions().to_change, utc_now)


def supplements() -> Supplements:
    """Files for a supplement, with the world's clock."""
    return Supplements(Table(), submissions().to_supplement, utc_now)


def reuses() -> Reuses:
    """Components by reference to documents of vaults, with the world's clock."""
    return Reuses(Table(), submissions().to_reuse, utc_now)


def expiry() -> Expiry:
    """What ends drafts, with the world's clock."""
    return Expiry(Table(), utc_now)
