"""What archives tell: index sheets that were taken, papers of former years that became data messages."""

from chalicelib.contracts.event import Event
from chalicelib.contracts.messages import SignedFile
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.contracts.provenance import Compared


class ArchiveOpened(Event, frozen=True, kw_only=True):
    """An agency's index sheet of papers of former years was taken: `lines` papers are awaited."""

    type = "vn.motcua.archive.opened"

    archive: str
    agency: str
    lines: int


class ArchivedRefused(Event, frozen=True, kw_only=True):
    """A file that came for a line of an archive is no paper of it; another may come."""

    type = "vn.motcua.archived.refused"

    archive: str
    line: int
    agency: str
    reason_code: str


class ArchivedConverted(SignedFile, Event, frozen=True, kw_only=True):
    """A paper of former years is a data message (Law 20/2023 Art. 12): the store of its owner gets it.

    Where nobody knows its owner (`is_owned` false), the agency keeps it, and `holder` stands for the agency.
    """

    type = "vn.motcua.archived.converted"
    heard_by = ("vault_store_result",)

    reference: str
    archive: str
    agency: str
    holder: str
    is_owned: bool
    procedure: str
    converted_at: str
    note: str = ""
    """What the index sheet calls it, where that is not its title."""
    compared: Compared = "not_compared"
    """A release before did not compare."""
    min_level: int = UNSAID_LEVEL
