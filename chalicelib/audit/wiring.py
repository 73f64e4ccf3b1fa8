"""The sweep over the stores and the key of this stage."""

from pathlib import Path

from chalicelib.audit.heads import HeadFiles
from chalicelib.audit.keys import FileKeys, KmsKeys
from chalicelib.audit.ports import AnchorKey
from chalicelib.audit.service import AT_ONCE, Sweep
from chalicelib.audit.settings import ANCHOR_KEY, IN_KMS, SWEEP_DAYS
from chalicelib.audit.store import Objects, Table
from chalicelib.audit.verifying import Verifying
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import is_elsewhere


def verifying(*, files: bool = True) -> Verifying:
    """The use case of an operator; `files`: each file that a record names is read, too."""
    return Verifying(Table(), _key(), utc_now, HeadFiles(), Objects() if files else None)


def _key() -> AnchorKey:
    return KmsKeys(ANCHOR_KEY()) if ANCHOR_KEY().startswith(IN_KMS) else FileKeys(Path(ANCHOR_KEY()))


def sweep() -> Sweep:
    """The use case of the schedule."""
    at_once = 1 if is_elsewhere() else AT_ONCE
    return Sweep(Table(), Objects(), _key(), utc_now, int(SWEEP_DAYS()), at_once, HeadFiles())
