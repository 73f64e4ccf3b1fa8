"""Key and condition that prove, inside another capability's transaction, that a procedure's version is published."""

from chalicelib.kernel import aws
from chalicelib.kernel.settings import settings


def version_key(code: str, version: int) -> tuple[str, str]:
    """Where a version of a procedure stands in the catalogue's table."""
    return f"PROCEDURE#{code}", f"VERSION#{version:04d}"


def state_key(code: str, version: int) -> tuple[str, str]:
    """Where the version's state stands: its own small item, so that checking it costs two units."""
    return f"PROCEDURE#{code}", f"STATE#{version:04d}"


def published(code: str, version: int) -> aws.Op:
    """A condition that fails the transaction unless this version is published at this moment."""
    return aws.check(settings().catalogue_table, state_key(code, version), "is_published = :yes", {"yes": True})
