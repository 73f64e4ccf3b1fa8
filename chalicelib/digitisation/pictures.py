"""What a JPEG, PNG or TIFF is, judged from its bytes: its parts are walked before anything decodes it."""

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms

from chalicelib.digitisation.model import PNG, TIFF, Limits, PageFacts
from chalicelib.digitisation.pages import page_dpi, stated_dpi, upright_size
from chalicelib.digitisation.reasons import check_pixels, check_sides, truncated, wrong_type
from chalicelib.digitisation.tiffs import Frame, frames_of, pages_of

_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_POINTS: Final = 72
_EIGHTH: Final = 8
_BY_PALETTE: Final = b"\3"  # the type of colour of a PNG whose pixels are numbers of a palette
_MAX_JPEG_SCANS: Final = 64  # a progressive picture has about ten; thousands of empty ones only burn time


def image_page(data: bytes, media_type: str, limits: Limits) -> PageFacts:
    """The one page of a picture. Raises Refused."""
    width, height = _png_size(data) if media_type == PNG else jpeg_size(data)
    # Before Pillow opens it: Pillow only warns up to twice its own limit, and its limit is a global of the process.
    check_pixels(width * height, min(limits.max_pixels, Image.MAX_IMAGE_PIXELS or limits.max_pixels))
    try:
        with Image.open(BytesIO(data), formats=("PNG",) if media_type == PNG else ("JPEG",)) as image:
            if image.size != (width, height):
                raise wrong_type(f"two sizes: {image.size} and {(width, height)}")
            dpi, (width, height), points = stated_dpi(image), upright_size(image), _POINTS / page_dpi(image)
            if media_type != PNG:  # every bit of it is decoded, of which no pixels are made but an eighth in grey
                image.draft("L", (max(1, image.width // _EIGHTH), max(1, image.height // _EIGHTH)))
            image.load()
            if profile := image.info.get("icc_profile"):
                ImageCms.ImageCmsProfile(BytesIO(profile))
            check_sides(width * points, height * points)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise truncated(f"does not decode: {error}") from error
    return PageFacts(width, height, dpi, media_type, hashlib.sha256(data).hexdigest())


def tiff_pages(data: bytes, limits: Limits) -> tuple[PageFacts, ...]:
    """The pages of a TIFF, each decoded once. Raises Refused: what is wrong with one is said of the file."""
    frames = frames_of(data, limits)
    try:
        return tuple(_facts(frame, page) for frame, page in pages_of(data, frames))
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise truncated(f"does not decode: {error}") from error


def _facts(frame: Frame, page: Image.Image) -> PageFacts:
    points = _POINTS / page_dpi(page)
    check_sides(page.width * points, page.height * points)
    return PageFacts(page.width, page.height, stated_dpi(page), TIFF, frame.sha256)


def _png_size(data: bytes) -> tuple[int, int]:
    """Walk the parts to IEND: the header is the first and the only one, a palette comes before its pixels."""
    size, colours, palette, at = (0, 0), b"", False, 8
    for kind, body, end in _png_parts(data):
        if (kind == b"IHDR") != (at == 8):  # noqa: PLR2004 - behind the eight bytes of magic
            raise truncated("PNG whose header is not its first part")
        if kind == b"IHDR":
            size, colours = struct.unpack(">II", body[:8]), body[9:10]
        if kind == b"IDAT" and colours == _BY_PALETTE and not palette:
            raise truncated("PNG without its palette")
        palette, at = palette or kind == b"PLTE", end
    return size


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind, body and end of each part up to IEND: sums must match, and nothing may follow."""
    end, kind = 8, b""
    while kind != b"IEND":
        at, head = end, data[end : end + 8]
        if len(head) < 8:  # noqa: PLR2004 - length and type, four bytes each
            raise truncated("PNG without IEND")
        length, kind = struct.unpack(">I4s", head)
        body, end = data[at + 8 : at + 8 + length], at + 12 + length
        if data[end - 4 : end] != struct.pack(">I", zlib.crc32(kind + body)):
            raise truncated(f"PNG chunk {kind!r} is damaged")
        if kind == b"acTL":
            raise wrong_type("animated PNG")
        yield kind, body, end
    if data[end:].strip(b"\0\r\n"):
        raise wrong_type("data after the PNG")


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the markers to the end of the picture.

    A phone may append a second JPEG (a depth or gain map); anything else behind the picture is a stowaway.
    """
    size, end = _walk_jpeg(data, 0)
    while data[end:].strip(b"\0\r\n"):
        if not data.startswith(b"\xff\xd8\xff", end):
            raise wrong_type("data after the JPEG")
        _, end = _walk_jpeg(data, end)
    return size


def _walk_jpeg(data: bytes, start: int) -> tuple[tuple[int, int], int]:
    """Return the largest frame size and the offset behind the end marker of the JPEG at `start`."""
    at, size, scans = start + 2, (0, 0), 0
    while (marker := data[at : at + 2]) != b"\xff\xd9":
        if len(marker) < 2 or marker[0] != 0xFF:  # noqa: PLR2004 - a marker is 0xFF and a code
            raise truncated("JPEG without its end marker")
        if marker == b"\xff\xff":  # fill byte
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker[1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9].ljust(4, b"\0"))
            size = max(size, (width, height), key=lambda side: side[0] * side[1])
        if length < 2:  # noqa: PLR2004 - it counts its own two bytes
            raise truncated("JPEG with a part of no length")
        at += 2 + length
        if marker == b"\xff\xda":
            scans += 1
            at = _scan_end(data, at, scans)
    return size, at + 2


def _scan_end(data: bytes, at: int, scans: int) -> int:
    if scans > _MAX_JPEG_SCANS:
        raise wrong_type(f"more than {_MAX_JPEG_SCANS} scans in one JPEG")
    found = _JPEG_SCAN_END.search(data, at)
    if found is None:
        raise truncated("JPEG breaks off inside a scan")
    return found.start()
