"""Search over the whole catalogue in plain words: pure, in memory, rebuilt from a snapshot.

`build` makes an `Index` of entries; `Index.search` answers a citizen's words, with or without accents, with one slip of
the keyboard, with an abbreviation or a word of everyday speech; `encode` and `decode` carry entries between processes.
"""

from chalicelib.catalogue.services.search.index import Index, build
from chalicelib.catalogue.services.search.model import (
    LONGEST_QUERY,
    CodeTwice,
    Entry,
    Facets,
    Filters,
    Hit,
    Page,
    QueryTooLong,
)
from chalicelib.catalogue.services.search.snapshot import (
    SnapshotBroken,
    SnapshotFormatUnknown,
    SnapshotRefused,
    SnapshotWrongCount,
    decode,
    encode,
)
from chalicelib.catalogue.services.search.unfound import nameless

__all__ = [
    "LONGEST_QUERY",
    "CodeTwice",
    "Entry",
    "Facets",
    "Filters",
    "Hit",
    "Index",
    "Page",
    "QueryTooLong",
    "SnapshotBroken",
    "SnapshotFormatUnknown",
    "SnapshotRefused",
    "SnapshotWrongCount",
    "build",
    "decode",
    "encode",
    "nameless",
]
