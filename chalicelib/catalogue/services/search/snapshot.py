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
_WHOSE: Final = ("promulgator", "promulgator_vi", "area")
_COLUMNS: Final = tuple(field.name for field in dataclasses.fields(Entry) if field.name not in _WHOSE)

type Whose = tuple[str | None, str | None, str | None]


class _Header(Struct, frozen=True):
    """`whose` are the promulgators with their areas, `by` is the place of each row's among them.

    They stand here and not in the rows: a release that knows nothing of them reads this file while the next comes in,
    and the next reads a file without them.
    """

    format: str
    count: int | None = None
    whose: tuple[Whose, ...] = ()
    by: tuple[int, ...] = ()


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
    listed = sorted(entries, key=lambda entry: entry.code)
    rows = [[getattr(entry, column) for column in _COLUMNS] for entry in listed]
    owners = [tuple(getattr(entry, column) for column in _WHOSE) for entry in listed]
    whose = {owner: at for at, owner in enumerate(dict.fromkeys(owners))}
    header = {"format": FORMAT, "count": len(rows), "whose": [*whose], "by": [whose[owner] for owner in owners]}
    lines = [header, *rows]
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
    return [_entry(row, whose) for row, whose in zip(rows, _owners(header, len(rows)), strict=True)]


def _owners(header: _Header, count: int) -> list[Whose]:
    """Whose each row is; nobody's in a file of an earlier release."""
    if not header.by:
        return [(None, None, None)] * count
    if len(header.by) != count or not all(0 <= place < len(header.whose) for place in header.by):
        raise SnapshotBroken(f"{count} rows, {len(header.by)} of them with a promulgator of {len(header.whose)}")
    return [header.whose[place] for place in header.by]


def _entry(row: object, whose: Whose) -> Entry:
    if not isinstance(row, list) or len(row) != len(_COLUMNS):
        raise SnapshotBroken(str(row)[:80])
    try:
        return convert(dict(zip((*_COLUMNS, *_WHOSE), (*row, *whose), strict=True)), Entry)
    except ValidationError:
        raise SnapshotBroken(str(row)[:80]) from None
