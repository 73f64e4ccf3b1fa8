"""Serials of dossier codes, and numbers of results.

Codes come from blocks taken outside of any transaction: a gap is allowed, a duplicate is not. The numbers of an agency
and year have no gap: each is taken in the transaction of its decision (`Change.take_number`).
"""

import threading
from datetime import date
from typing import Final

from chalicelib.contracts.stored import read
from chalicelib.dossier.series import SeriesItem
from chalicelib.dossier.table import TABLE, series_key, taken_key
from chalicelib.kernel import aws

BLOCK: Final = 20
_blocks: dict[tuple[str, str], list[int]] = {}
_lock = threading.Lock()


def next_serial(agency: str, day: date) -> int:
    """A serial that nobody else gets for this agency and day."""
    with _lock:
        block = _blocks.setdefault((agency, day.isoformat()), [])
        if not block:
            last = aws.add(TABLE(), taken_key(agency, day), "taken", BLOCK)
            block.extend(range(last, last - BLOCK, -1))
        return block.pop()


def forget() -> None:
    """Hold no block any more: the table that it was taken of is not this process's now."""
    with _lock:
        _blocks.clear()


def last_number(agency: str, year: int) -> int:
    """The last number that a result of this agency and year got; 0 before the first."""
    found = aws.get(TABLE(), *series_key(agency, year))
    return read(SeriesItem, found).last if found else 0
