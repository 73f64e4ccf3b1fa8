"""A library without names for debuggers and without holes is mapped as it was, and does what it did."""

import struct
import subprocess
import sys
from pathlib import Path

import _cffi_backend
import pytest
import tesserocr

from infra.build.elf import PAGE, bare

BIG = 1 << 21
MAPPED, NOTE, NOTHING = 1, 4, 0x6474E551
HEADER, ENTRY = 64, 56


def library(*segments, table=HEADER, behind=b""):
    """A file of segments: kind, where they stand in it, where in memory, their bytes, the page they ask for."""
    entries = b"".join(
        struct.pack("<IIQQQQQQ", kind, 6, offset, place, place, len(text), len(text), page)
        for kind, offset, place, text, page in segments
    )
    size = max(table + len(entries), *(offset + len(text) for _, offset, _, text, _ in segments))
    file = bytearray(size)
    for _, offset, _, text, _ in segments:
        file[offset : offset + len(text)] = text
    file[table : table + len(entries)] = entries
    file[:HEADER] = b"\x7fELF\x02\x01".ljust(24, b"\0") + struct.pack(
        "<QQQIHHHHHH", 0, table, size + 8, 0, HEADER, ENTRY, len(segments), 64, 3, 2
    )
    return bytes(file) + behind


def mapped(file):
    """What a loader maps and where, how far from the begin of a big page, what else is asked: refused as it refuses."""
    (table,), (width, count) = struct.unpack_from("<Q", file, 32), struct.unpack_from("<HH", file, 54)
    found = []
    for number in range(count):
        kind, _, offset, place, _, size, _, page = struct.unpack_from("<IIQQQQQQ", file, table + width * number)
        assert offset + size <= len(file)
        if kind == MAPPED:
            assert (place - offset) % page == 0, "address and offset are not aligned"
        found.append((kind, place, offset % PAGE, file[offset : offset + size], kind == MAPPED or page))
    return found


SPREAD = (
    (MAPPED, 0x1000, 0x1000, b"code" * 300, BIG),
    (MAPPED, BIG + 0x123, 2 * BIG + 0x123, b"data" * 50, BIG),
    (NOTE, BIG + 0x143, 2 * BIG + 0x143, b"data", 4),
    (NOTHING, 0, 0, b"", BIG),
    (MAPPED, 3 * BIG, 5 * BIG, b"names" * 50, BIG),
)


def test_holes_lose_their_whole_pages_and_what_is_mapped_stays():
    given = library(*SPREAD)
    short = bare(given)
    assert len(given) > 3 * BIG
    assert len(short) < 3 * PAGE
    assert mapped(short) == mapped(given)


def test_a_table_of_segments_behind_a_hole_is_found():
    """What mends a library has no room for a longer table at the begin, and puts it at the end."""
    given = library(*SPREAD, table=3 * BIG + 0x400)
    short = bare(given)
    assert len(short) < 3 * PAGE
    assert mapped(short) == mapped(given)


@pytest.mark.parametrize(("hole", "lost"), [(PAGE - 1, 0), (PAGE, PAGE), (2 * PAGE - 1, PAGE), (2 * PAGE, 2 * PAGE)])
def test_less_than_a_page_stays(hole, lost):
    begin = HEADER + 2 * ENTRY
    at = begin + 8 + hole
    given = library((MAPPED, begin, begin, b"c" * 8, 1), (MAPPED, at, at, b"d", 1))
    assert len(given) - len(bare(given)) == lost


def test_what_lies_in_a_longer_segment_is_no_hole():
    long = b"x" * (4 * PAGE)
    given = library((MAPPED, 0, 0, long, PAGE), (NOTE, 0x200, 0x200, long[:4], 4), (NOTE, 3 * PAGE, 0, long[:4], 4))
    assert len(bare(given)) == len(given)


def test_what_stands_behind_the_last_segment_goes_with_the_table_that_led_there():
    given = library(*SPREAD, behind=b"names for debuggers" * 1000)
    short = bare(given)
    assert short == bare(library(*SPREAD))
    assert b"debuggers" not in short
    assert struct.unpack_from("<Q", short, 40) == (0,)
    assert struct.unpack_from("<HH", short, 60) == (0, 0)


def test_what_is_bare_stays_so():
    assert bare(bare(library(*SPREAD))) == bare(library(*SPREAD))


def test_what_is_no_library_stays_as_it_is():
    assert bare(b"GROUP ( libm.so.6 )") == b"GROUP ( libm.so.6 )"


def test_a_library_without_names_for_debuggers_is_loaded_and_does_the_same(tmp_path):
    """A child loads it: two of one library in this process would be one."""
    given = Path(_cffi_backend.__file__)
    padded = given.read_bytes() + b"names for debuggers" * 1000
    short = tmp_path / given.name
    short.write_bytes(bare(padded))
    assert short.stat().st_size <= given.stat().st_size
    asked = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import _cffi_backend as loaded"
    code = f"{asked}; print(loaded.__file__, loaded.sizeof(loaded.new_primitive_type('int')))"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(short), "4"]


def test_mended_libraries_without_their_holes_are_loaded_and_do_the_same(tmp_path):
    """The wheel of the reader of scans: each of its libraries was mended, and they call each other."""
    given = Path(tesserocr.__file__).parents[1]
    before = after = 0
    for file in (
        path for name in ("tesserocr", "tesserocr.libs") for path in (given / name).glob("*") if path.is_file()
    ):
        short = bare(file.read_bytes())
        before, after = before + file.stat().st_size, after + len(short)
        (tmp_path / file.parent.name).mkdir(exist_ok=True)
        (tmp_path / file.parent.name / file.name).write_bytes(short)
    assert after < 0.8 * before
    asked = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import tesserocr as loaded"
    code = f"{asked}; print(loaded.tesserocr.__file__); print(loaded.tesseract_version())"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    where, told = done.stdout.split("\n", 1)
    assert where.startswith(str(tmp_path))
    assert told.strip() == tesserocr.tesseract_version().strip()
