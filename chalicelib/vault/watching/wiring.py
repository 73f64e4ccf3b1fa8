"""The watch over reads over DynamoDB."""

from datetime import timedelta

from chalicelib.kernel.clock import utc_now
from chalicelib.vault.watching.model import Limits
from chalicelib.vault.watching.service import Watching
from chalicelib.vault.watching.settings import CLOSED, SUBJECTS, WINDOW
from chalicelib.vault.watching.store import WatchTable


def watching() -> Watching:
    """The use cases, with the world's clock and what this installation says is usual."""
    limits = Limits(timedelta(minutes=int(WINDOW())), int(SUBJECTS()), int(CLOSED()))
    return Watching(WatchTable(), utc_now, limits)
