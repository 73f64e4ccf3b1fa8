"""The vault's use cases over DynamoDB and S3."""

from chalicelib.kernel.clock import utc_now
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table


def vault() -> Vault:
    """The use cases, with the world's clock."""
    return Vault(Table(), utc_now)
