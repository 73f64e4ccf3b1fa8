"""Serials of dossier codes, from blocks taken outside of any transaction: a gap is allowed, a duplicate is not."""

import threading
from datetime import date
from typing import Final

from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws

BLOCK: Final = 20
_blocks: dict[tuple[str, str], list[int]] = {}
_lock = threading.Lock()


def next_serial(agency: str, day: date) -> int:
    """A serial that nobody else gets for this agency and day."""
    with _lock:
        block = _blocks.setdefault((agency, day.isoformat()), [])
        if not block:
            last = aws.add(TABLE(), (f"NUMBER#{agency}#{day}", "NEXT"), "taken", BLOCK)
            block.extend(range(last, last - BLOCK, -1))
        return block.pop()
