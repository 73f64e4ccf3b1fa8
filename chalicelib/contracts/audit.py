"""What the audit tells: a record is not as it was written, or is again as it was."""

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import Part


class Finding(Part, frozen=True, kw_only=True):
    """What does not fit: `kind` is the name of it, `where` a row of the record or the key of a file."""

    kind: str
    where: str


class TamperingFound(Event, frozen=True, kw_only=True):
    """Something that is not this software changed a record, its log or its files."""

    type = "vn.motcua.audit.found"

    table: str
    record: str
    findings: tuple[Finding, ...]


class TamperingMended(Event, frozen=True, kw_only=True):
    """The record fits its anchor and its files again."""

    type = "vn.motcua.audit.mended"

    table: str
    record: str
