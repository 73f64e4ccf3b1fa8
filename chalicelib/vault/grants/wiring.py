"""The use cases of grants over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.vault.grants.service import Grants
from chalicelib.vault.grants.store import GrantTable
from chalicelib.vault.wiring import vault


def grants() -> Grants:
    """The use cases, with the world's clock."""
    return Grants(GrantTable(), vault().of_mine, utc_now)
