"""Entries as bytes: the same entries are the same bytes, whatever their order."""

import dataclasses
import gzip
import json
import zlib
from collections.abc import Iterable
from typing import Any, Final

from chalicelib.catalogue.services.search.model import Entry

FORMAT: Final = "motcua-catalogue-search/1"
_COLUMNS: Final = tuple(field.name for field in dataclasses.fields(Entry))
_LISTS: Final = frozenset({"fields", "subjects", "agencies", "life_events"})


class SnapshotRefused(ValueError):
    """Bytes that are not a whole snapshot of this format."""


class SnapshotBroken(SnapshotRefused):
    """The bytes are not compressed lines of JSON, or a line is not an entry."""


class SnapshotFormatUnknown(SnapshotRefused):
    """The snapshot names a format that this version does not read."""


class SnapshotWrongCount(SnapshotRefused):
    """The snapshot holds another number of entries than its header says."""


def encode(entries: Iterable[Entry]) -> bytes:
    """A compact snapshot: gzip of a header line and one line for each entry, in code order."""
    rows = sorted(([getattr(entry, column) for column in _COLUMNS] for entry in entries), key=lambda row: str(row[0]))
    lines = [{"format": FORMAT, "count": len(rows)}, *rows]
    text = "\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def decode(data: bytes) -> list[Entry]:
    """The entries of a snapshot. Raises SnapshotRefused."""
    try:
        header, *rows = [json.loads(line) for line in gzip.decompress(data).decode().split("\n")]
    except (OSError, EOFError, zlib.error, ValueError) as broken:
        raise SnapshotBroken(str(broken)) from broken
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise SnapshotFormatUnknown(str(header)[:80])
    if header.get("count") != len(rows):
        raise SnapshotWrongCount(f"{header.get('count')} announced, {len(rows)} found")
    return [_entry(row) for row in rows]


def _entry(row: Any) -> Entry:
    if not isinstance(row, list) or len(row) != len(_COLUMNS):
        raise SnapshotBroken(str(row)[:80])
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    if not all(isinstance(values[name], list) for name in _LISTS):
        raise SnapshotBroken(str(row)[:80])
    return Entry(**values | {name: tuple(values[name]) for name in _LISTS})
