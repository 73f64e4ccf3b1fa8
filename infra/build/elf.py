"""Libraries (ELF, 64 bit, little end first) as a loader reads them: without names for debuggers, without holes.

What mends libraries for wheels puts new segments where a page of 2 MB may begin, with zeros before them: of the 236 MB
of the reader of scans 33 were such zeros on x86, of its 207 MB 12 on arm64.
"""

import struct
from typing import Final

MAGIC: Final = b"\x7fELF\x02\x01"
PAGE: Final = 1 << 16
"""The biggest page of Linux on the processors of Lambda, in bytes: what moves by whole ones is mapped as before."""
_HEADER: Final = 64
# Places in the header: the two tables, an entry's width and how many there are, the sections' entries and names.
_SEGMENTS, _SECTIONS, _WIDTH, _COUNTED = 32, 40, 54, 60
# Places in an entry of the table of segments, and the kind of those that are mapped.
_OFFSET, _SIZE, _ALIGN = 8, 32, 48
_MAPPED: Final = 1


def bare(library: bytes) -> bytes:
    """A library without what no loader maps; what is no library stays as it is.

    The table of sections, which would lead nowhere, is taken out of the header. A hole between segments loses its whole
    pages: each segment stays as far from the begin of a page as it was, and asks for no page above `PAGE`.
    """
    if not library.startswith(MAGIC):
        return library
    (table,), (width, count) = struct.unpack_from("<Q", library, _SEGMENTS), struct.unpack_from("<HH", library, _WIDTH)
    entries = [table + width * place for place in range(count)]
    extents = [(0, _HEADER), (table, width * count), *(_extent(library, entry) for entry in entries)]
    holes = _holes(extents)
    short = bytearray(library[: max(offset + size for offset, size in extents)])
    for entry in entries:
        offset, _ = _extent(library, entry)
        struct.pack_into("<Q", short, entry + _OFFSET, _moved(offset, holes))
        kind, align = struct.unpack_from("<I", library, entry)[0], struct.unpack_from("<Q", library, entry + _ALIGN)[0]
        if kind == _MAPPED:
            struct.pack_into("<Q", short, entry + _ALIGN, min(align, PAGE))
    struct.pack_into("<Q", short, _SEGMENTS, _moved(table, holes))
    struct.pack_into("<Q", short, _SECTIONS, 0)
    struct.pack_into("<HH", short, _COUNTED, 0, 0)
    for begin, end in reversed(holes):
        del short[begin:end]
    return bytes(short)


def _extent(library: bytes, entry: int) -> tuple[int, int]:
    """Where a segment begins in the file, and how many bytes of it stand there."""
    return struct.unpack_from("<Q", library, entry + _OFFSET)[0], struct.unpack_from("<Q", library, entry + _SIZE)[0]


def _holes(extents: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Whole pages that are in none of the extents, in order: each ends where the next extent begins."""
    found, behind = [], 0
    for offset, size in sorted(extents):
        if (unread := (offset - behind) // PAGE * PAGE) > 0:
            found.append((offset - unread, offset))
        behind = max(behind, offset + size)
    return found


def _moved(offset: int, holes: list[tuple[int, int]]) -> int:
    """Where in the shorter file is what was at an offset that is in no hole."""
    return offset - sum(end - begin for begin, end in holes if end <= offset)
