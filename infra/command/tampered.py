"""Records that are not as they were written: what the nightly sweep of the chains found, until they fit again."""

from typing import Final

from chalicelib.audit.store import Listed, listed
from infra.command.stuck import Stuck

HOW: Final = "docs/how-to/operate.md#when-a-log-is-broken"


def tampered() -> list[Stuck]:
    """The sweep's list, one line for each record."""
    return [_told(line) for line in listed()]


def _told(line: Listed) -> Stuck:
    said = ", ".join(f"{each.kind} {each.where}" for each in line.findings)
    return Stuck(f"{line.table} {line.record}", "tampering", line.record, said, "audit", line.found_at, HOW)
