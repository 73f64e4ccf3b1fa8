"""Entries as bytes: the same entries are the same bytes, whatever their order."""

import dataclasses
import gzip
import json
import zlib
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, ValidationError, convert

from chalicelib.catalogue.services.search.model import Entry

FORMAT: Final = "motcua-catalogue-search/1"
_COLUMNS: Final = tuple(field.name for field in dataclasses.fields(Entry))


class _Header(Struct, frozen=True):
    format: str
    count: int | None = None


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
        first, *rows = [json.loads(line) for line in gzip.decompress(data).decode().split("\n")]
    except (OSError, EOFError, zlib.error, ValueError) as broken:
        raise SnapshotBroken(str(broken)) from broken
    try:
        header = convert(first, _Header)
    except ValidationError:
        raise SnapshotFormatUnknown(str(first)[:80]) from None
    if header.format != FORMAT:
        raise SnapshotFormatUnknown(str(first)[:80])
    if header.count != len(rows):
        raise SnapshotWrongCount(f"{header.count} announced, {len(rows)} found")
    return [_entry(row) for row in rows]


def _entry(row: object) -> Entry:
    if not isinstance(row, list) or len(row) != len(_COLUMNS):
        raise SnapshotBroken(str(row)[:80])
    try:
        return convert(dict(zip(_COLUMNS, row, strict=True)), Entry)
    except ValidationError:
        raise SnapshotBroken(str(row)[:80]) from None
