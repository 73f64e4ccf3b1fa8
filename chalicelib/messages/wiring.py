"""The use cases of the messages over the stores and keys of this stage."""

from functools import cache
from pathlib import Path

from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import LOCAL, STAGE
from chalicelib.messages.ports import Keys
from chalicelib.messages.service import Publisher, Reader
from chalicelib.messages.settings import KEYS_FOLDER, PUBLIC_URL
from chalicelib.messages.store import Table


def publisher() -> Publisher:
    """Those who print and sign."""
    return Publisher(Table(), signing_keys(STAGE()), agency_name, utc_now, PUBLIC_URL())


def reader() -> Reader:
    """Those who read what was signed."""
    return Reader(Table())


@cache
def signing_keys(stage: str) -> Keys:
    """Signing keys of a stage: files on a developer's machine, KMS anywhere else."""
    if stage == LOCAL:
        from chalicelib.messages.keys import LocalKeys

        return LocalKeys(Path(KEYS_FOLDER()))
    from chalicelib.messages.cloud_keys import CloudKeys

    return CloudKeys()


def agency_name(agency: str) -> str:
    """A published agency's name, from the read model of the dossiers' table."""
    from chalicelib.kernel import aws
    from chalicelib.kernel.settings import settings

    item = aws.get(settings().dossiers_table, f"AGENCY#{agency}", "PUBLISHED")
    return str(item["agency"]["name"]) if item else agency
