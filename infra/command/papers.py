"""A paper that was ordered, fetched when it is signed."""

import time
from typing import NamedTuple

from chalicelib.contracts.messages import PinnedFile
from chalicelib.messages.store import Table

PAUSE = 1.0
"""Seconds between two looks."""


class Fetched(NamedTuple):
    """A signed paper: its file, the code by which anybody may look it up, its SHA-256."""

    pdf: bytes
    lookup: str
    sha256: str


def fetched(message: str, wait: float) -> Fetched | None:
    """The very file that is registered under a name; None where nobody signed it within so many seconds."""
    table, until = Table(), time.monotonic() + wait
    while (found := table.message(message)) is None:
        if time.monotonic() >= until:
            return None
        time.sleep(PAUSE)
    pin = PinnedFile(key=found.key, version_id=found.version_id, sha256=found.sha256)
    return Fetched(table.source(pin), found.lookup, found.sha256)
