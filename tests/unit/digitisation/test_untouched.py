"""A JPEG's tables and scan data are the same bytes in copy and data message: only a matrix turns or straightens it."""

import re
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from chalicelib.digitisation.conversion import convert
from chalicelib.digitisation.copying import make_copy
from infra.demo.scans import make_scan
from tests.unit.digitisation.support import MARK, READER, scan

TABLES = {0xDB, 0xC4, 0xDD}
"""Quantisation, Huffman, restart interval."""
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
START_OF_SCAN, COMMENT = 0xDA, 0xFE


def coded(jpeg):
    """What makes the pixels: tables, frame, and all from the first scan on; no comments, no notes of a camera."""
    place, found = 2, []
    while jpeg[place + 1] != START_OF_SCAN:
        length = int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] in TABLES | FRAMES:
            found.append(jpeg[place : place + 2 + length])
        place += 2 + length
    return [*found, jpeg[place:]]


def photo(turn=1, *, mode="RGB", progressive=False, comment=b""):
    """A page as a camera stores it."""
    with Image.open(BytesIO(scan("giay_chung_sinh").jpeg)) as image:
        exif = Image.Exif()
        exif[0x0112], exif[0x010F] = turn, "a camera"
        out = BytesIO()
        image.convert(mode).save(
            out, "JPEG", quality=80, dpi=(200, 200), exif=exif, progressive=progressive, comment=comment
        )
    return out.getvalue()


CASES = {
    "as scanned": lambda: scan("xac_nhan_cu_tru").jpeg,
    "askew": lambda: make_scan("giay_chung_sinh", seed=5, skew=2.5).jpeg,
    "grey": lambda: photo(mode="L"),
    "turned by its camera": lambda: photo(6),
    "on its head": lambda: photo(3),
    "progressive, with a comment": lambda: photo(progressive=True, comment=b"taken at home"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_makes_the_pixels_is_the_same_bytes_in_both_files(name):
    jpeg = CASES[name]()
    read = READER.read(jpeg)
    files = (make_copy([jpeg, jpeg], title="A", expected_pages=2).pdf, convert([jpeg] * 2, [read] * 2, MARK).pdf)
    for pdf in files:
        with pikepdf.open(BytesIO(pdf)) as document:
            assert len(document.pages) == 2
            for page in document.pages:
                (picture,) = page.get_images().values()
                assert picture.Filter == "/DCTDecode"
                inside = bytes(picture.read_raw_bytes())
                assert coded(inside) == coded(jpeg)
                assert b"taken at home" not in inside
                assert "/Rotate" not in page.obj
                page.contents_coalesce()
                drawn = re.findall(rb" cm /Im0 Do", page.obj.Contents.read_bytes())
                assert len(drawn) == 1, "the stored picture, through a matrix"
    assert coded(jpeg)[-1] in jpeg


def test_a_byte_of_the_scan_is_seen_when_it_differs():
    jpeg = scan("giay_chung_sinh").jpeg
    other = bytearray(jpeg)
    other[-40] ^= 1
    assert coded(jpeg) != coded(bytes(other))
