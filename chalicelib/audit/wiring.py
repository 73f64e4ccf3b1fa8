"""The sweep over the stores and the key of this stage."""

from pathlib import Path

from chalicelib.audit.keys import FileKeys, KmsKeys
from chalicelib.audit.service import AT_ONCE, Sweep
from chalicelib.audit.settings import ANCHOR_KEY, IN_KMS, SWEEP_DAYS
from chalicelib.audit.store import Objects, Table
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import is_elsewhere


def sweep() -> Sweep:
    """The use case of the schedule."""
    key = KmsKeys(ANCHOR_KEY()) if ANCHOR_KEY().startswith(IN_KMS) else FileKeys(Path(ANCHOR_KEY()))
    return Sweep(Table(), Objects(), key, utc_now, int(SWEEP_DAYS()), 1 if is_elsewhere() else AT_ONCE)
