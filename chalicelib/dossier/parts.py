"""Lists that are cut into parts, so that none takes what all of a country's dossiers write. Pure."""

import zlib
from typing import Final

EXPIRING: Final = 16
"""Parts of the list of drafts that expire: no part of an index takes what all of a country's drafts write."""


def expiring_key(reference: str) -> str:
    """The part of the list of drafts that expire on which a draft stands."""
    return expiring_part(zlib.crc32(reference.encode()) % EXPIRING)


def expiring_part(part: int) -> str:
    """A part of the list of drafts that expire."""
    return f"EXPIRING#{part:02d}"
