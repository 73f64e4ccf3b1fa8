"""The use cases of take-outs over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.vault.takeouts.service import TakingOut
from chalicelib.vault.takeouts.store import TakeoutTable


def taking_out() -> TakingOut:
    """The use cases, with the world's clock."""
    return TakingOut(TakeoutTable(), utc_now)
