"""The use cases of archives over DynamoDB and S3."""

from typing import TYPE_CHECKING

from chalicelib.digitisation.archives.kinds import kinds
from chalicelib.digitisation.archives.store import ArchiveTable
from chalicelib.digitisation.store import DropTable
from chalicelib.kernel.clock import Clock, utc_now

if TYPE_CHECKING:
    from chalicelib.digitisation.archives.service import Keeping
    from chalicelib.digitisation.archives.taking import Taking


def keeping() -> "Keeping":
    """What an officer does with an archive."""
    from chalicelib.digitisation.archives.service import Keeping

    return Keeping(ArchiveTable(), utc_now, tuple(kinds()))


def taking(clock: Clock = utc_now) -> "Taking":
    """What is done with a file that arrives for an archive."""
    from chalicelib.digitisation.archives.taking import Taking

    return Taking(ArchiveTable(), DropTable(), clock)
