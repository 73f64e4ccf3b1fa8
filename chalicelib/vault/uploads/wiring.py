"""The use cases of own uploads over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.vault.quota import quota
from chalicelib.vault.uploads.service import Uploading
from chalicelib.vault.uploads.store import UploadTable


def uploading() -> Uploading:
    """The use cases, with the world's clock and what this installation says of the quota."""
    return Uploading(UploadTable(), utc_now, quota())
