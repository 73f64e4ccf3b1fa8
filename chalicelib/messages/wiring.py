"""The use cases of the messages over the stores and keys of this stage."""

from functools import cache
from pathlib import Path

from chalicelib.dossier import offered
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import LOCAL, STAGE
from chalicelib.messages.ports import Keys
from chalicelib.messages.service import Publisher, Reader, Signatures
from chalicelib.messages.settings import KEYS_FOLDER, PUBLIC_URL
from chalicelib.messages.store import Table


def signatures() -> Signatures:
    """Signing, by order."""
    return Signatures(Table(), signing_keys(STAGE()), agency_name, utc_now)


def publisher() -> Publisher:
    """Printing and signing the papers of a dossier."""
    return Publisher(signatures(), PUBLIC_URL())


def reader() -> Reader:
    """Reading what was signed."""
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
    """What a published agency is called; the id where none is published."""
    found = offered.agency_of(agency)
    return found.name if found else agency
