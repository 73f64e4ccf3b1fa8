"""Pages as pictures: size, resolution and orientation, and a straight, even, stamp-free copy for reading only.

The stored picture is never the prepared one: the law wants the image as it was copied, the reader wants black on
white. Pillow and numpy only; OpenCV would not fit beside the reader in a Lambda layer.
"""

import math
import re
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from chalicelib.digitisation.converter import printed
from chalicelib.digitisation.greys import grey_of, in_grey, widened
from chalicelib.digitisation.legible import grey_flaw
from chalicelib.digitisation.model import OFFICE, PDF, TIFF, Flaw, Limits
from chalicelib.digitisation.tiffs import frames_of, pages_of, tiff_pictures

RENDER_DPI: Final = 200
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
_A4_LONG_INCHES: Final = 11.69
_LONGEST_INCHES: Final = 24.0  # A2; a "page" beyond that is a camera's 72 dpi, which means nothing
_LOWEST_DPI: Final = 60
_HIGHEST_DPI: Final = 2400

_POINTS: Final = 72
_SMALL: Final = 1200
_SMALL_DPI: Final = 100
_PLACING: Final = frozenset({"q", "Q", "cm", "Do"})
_SAME_SIZE: Final = 0.03
_JPEG: Final = b"\xff\xd8"
_JPEG_END: Final = b"\xff\xd9"
_JPEG_SCAN: Final = b"\xff\xda"
_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_BESIDE: Final = re.compile(rb"\xff[\xe0-\xef\xfe]")
"""Parts for programs, and remarks: no pixel is in them."""
_KEPT_BESIDE: Final = re.compile(rb"\xff(\xe0..JFIF\0|\xe2..ICC_PROFILE\0|\xee..Adobe)", re.DOTALL)
"""Resolution, colour profile, and how colours are to be mixed: without them it would be another picture."""
_PDFIUM: Final = threading.Lock()  # PDFium may be used by one thread at a time

_INK: Final = 12  # grey levels a pixel must be darker than its surroundings to count as ink
_EIGHTH: Final = 8
_FAINTEST: Final = 4
"""Grey levels that print makes an eighth of a page darker, at least."""
_STRIP: Final = 6
"""Rows of an eighth of a page that are turned at a time."""
_PAPER_ABOUT: Final = 3
"""Pixels of an eighth of a page about its ink that are kept with it."""
_UNEVEN: Final = 20  # grey levels between the bright and the dark parts of the paper before it is flattened
_DARKEST: Final = 0.005
"""The share of a page that is surely print."""
_CONTRAST: Final = 100
_FAINT: Final = 22
_EVERY: Final = (7, 9, 11)
"""One pixel in so many says how much of a page is how light."""
_PATTERN: Final = 0.055
"""The share of a page between paper and print; of a noisy photo without a pattern it is a twenty-fifth."""
_PRINT: Final = 0.75
"""Of the way from the darkest print to the paper: what is lighter is pattern."""
_PAPER: Final = 245
_SKEW_RANGE: Final = 6.0
_SKEW_SAMPLE: Final = 20_000
_FEWEST_INK_PIXELS: Final = 200
_STRAIGHT: Final = 0.2  # degrees that are not worth a resampling


class Prepared(NamedTuple):
    """A page ready to read.

    Attributes:
        grey: 8-bit grey picture, straightened, as large as the upright page.
        angle: degrees the scan is turned counter-clockwise against `grey`.
        dpi: stated or assumed resolution.
        flaw: what is wrong with the picture at a glance.
    """

    grey: Image.Image
    angle: float
    dpi: int
    flaw: Flaw = ""


def stated_dpi(image: Image.Image) -> int:
    """Return the dots per inch the file states, or 0 when it states none that a sheet of paper could have."""
    horizontal, vertical = image.info.get("dpi", (0, 0))
    dpi = round(float(horizontal or vertical))
    return dpi if _LOWEST_DPI <= dpi <= _HIGHEST_DPI and max(image.size) <= dpi * _LONGEST_INCHES else 0


def assumed_dpi(width: int, height: int) -> int:
    """Return the dots per inch of a picture of that many pixels if it shows a sheet of A4."""
    return max(_LOWEST_DPI, round(max(width, height) / _A4_LONG_INCHES))


def page_dpi(image: Image.Image) -> int:
    """Return the stated resolution, else the assumed one: reader and PDF must agree on the size of the page."""
    return stated_dpi(image) or assumed_dpi(*image.size)


def orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 (upright) when absent or nonsense."""
    value = image.getexif().get(_ORIENTATION, 1)
    return value if value in range(1, 9) else 1


def upright_size(image: Image.Image) -> tuple[int, int]:
    """Return width and height in pixels after the EXIF rotation."""
    width, height = image.size
    return (height, width) if orientation(image) in _SIDEWAYS else (width, height)


def bare(data: bytes) -> bytes:
    """A JPEG without what a camera or a program wrote beside its pixels: place, time, device, previews, remarks.

    No pixel is decoded: its own parts are kept byte for byte, with its resolution and its colour profile. What is no
    JPEG is returned as it is. Raises ValueError for parts that do not add up.
    """
    if not data.startswith(_JPEG):
        return data
    at, out = 2, bytearray(data[:2])
    while (marker := data[at : at + 2]) != _JPEG_END:
        if marker == b"\xff\xff":  # a fill byte
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if len(marker) < 2 or marker[0] != 0xFF or length < 2:  # noqa: PLR2004 - a code; a length counts itself
            raise ValueError("not the parts of a JPEG")
        end = at + 2 + length
        if marker == _JPEG_SCAN:
            found = _JPEG_SCAN_END.search(data, end)
            end = found.start() if found else len(data)
        part = data[at:end]
        if not _BESIDE.match(part) or _KEPT_BESIDE.match(part):
            out += part
        at = end
        if at >= len(data):  # a picture in a PDF may lack its end
            break
    return bytes(out) + _JPEG_END


def page_images(data: bytes, media_type: str) -> tuple[bytes, ...]:
    """Return the pages of an inspected upload as pictures, in order.

    A picture file is its own page; a page of a TIFF is made one (`tiffs.py`), an office file is printed first. A PDF
    page that is nothing but one JPEG gives that JPEG, byte for byte; any other page is drawn at 200 dpi, as its reader
    sees it.
    """
    if media_type == TIFF:
        return tiff_pictures(data)
    if media_type in OFFICE:
        return page_images(printed(data, media_type), PDF)
    if media_type != PDF:
        return (data,)
    with pikepdf.open(BytesIO(data)) as pdf:
        pictures = [_sole_jpeg(page) for page in pdf.pages]
    return tuple(picture or _drawn(data, number) for number, picture in enumerate(pictures))


def first_page(data: bytes, media_type: str) -> bytes:
    """The first page of an inspected file as a picture, as `page_images` gives it."""
    if media_type == TIFF:
        return tiff_pictures(data, first_only=True)[0]
    if media_type in OFFICE:
        return first_page(printed(data, media_type), PDF)
    if media_type != PDF:
        return data
    with pikepdf.open(BytesIO(data)) as pdf:
        picture = _sole_jpeg(pdf.pages[0])
    return picture or _drawn(data, 0)


def small_pages(data: bytes, media_type: str) -> Iterator[Image.Image]:
    """Each page of an inspected PDF or TIFF in grey, at 100 dpi or so: enough for a code that fills a sheet."""
    if media_type == TIFF:
        for _, page in pages_of(data, frames_of(data, Limits())):
            small = page.convert("L") if not page.mode.startswith("I") else in_grey(page)
            small.thumbnail((_SMALL, _SMALL))
            yield small
        return
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            for number in range(len(document)):
                yield document[number].render(scale=_SMALL_DPI / _POINTS, grayscale=True).to_pil().convert("L")
        finally:
            document.close()


def try_pages(data: bytes) -> None:
    """Draw each page of a PDF once, for nothing: what cannot be drawn is found before its dossier waits for it."""
    with pikepdf.open(BytesIO(data)) as pdf:
        drawn = [number for number, page in enumerate(pdf.pages) if _sole_jpeg(page) is None]
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            for number in drawn:
                document[number].render(scale=RENDER_DPI / _POINTS).close()
        finally:
            document.close()


def _sole_jpeg(page: pikepdf.Page) -> bytes | None:
    drawn = [item for _, item in page.resources.get("/XObject", pikepdf.Dictionary()).items()]
    if len(drawn) != 1 or "/Annots" in page.obj or "/Rotate" in page.obj:
        return None
    picture = drawn[0]
    if picture.get("/Filter") != "/DCTDecode" or "/SMask" in picture or "/Decode" in picture:
        return None
    if not {str(step.operator) for step in pikepdf.parse_content_stream(page)} <= _PLACING:
        return None
    data = bytes(picture.read_raw_bytes())
    with Image.open(BytesIO(data)) as image:
        width = abs(float(page.mediabox[2]) - float(page.mediabox[0])) / _POINTS
        # Taken out of its PDF the picture must still be as large as the sheet.
        alike = abs(page_dpi(image) * width / image.width - 1) < _SAME_SIZE
        return data if alike and image.mode in {"L", "RGB"} and orientation(image) == 1 and _adds_up(data) else None


def _adds_up(data: bytes) -> bool:
    """Whether a JPEG can be taken to its parts; one inside a PDF need not."""
    try:
        bare(data)
    except ValueError:
        return False
    return True


def _drawn(data: bytes, number: int) -> bytes:
    with _PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            picture = document[number].render(scale=RENDER_DPI / _POINTS).to_pil().convert("RGB")
        finally:
            document.close()
    out = BytesIO()
    picture.save(out, "JPEG", quality=90, dpi=(RENDER_DPI, RENDER_DPI))
    return out.getvalue()


def prepare(data: bytes) -> Prepared:
    """Make the reading copy of the picture of one page: upright, red dropped, paper evened out, lines level."""
    with Image.open(BytesIO(data)) as image:
        dpi, turned = page_dpi(image), orientation(image)
    grey = grey_of(data, turned)
    level, angle = straightened(without_pattern(flatten(grey)))
    return Prepared(level, angle, dpi, grey_flaw(grey))


def straightened(grey: Image.Image) -> tuple[Image.Image, float]:
    """A picture with its lines level, and the degrees that they were turned counter-clockwise; itself when they are."""
    angle = skew(grey)
    if abs(angle) < _STRAIGHT:
        return grey, 0.0
    return _turned(grey, -angle), angle


def _turned(grey: Image.Image, angle: float) -> Image.Image:
    """A picture turned counter-clockwise about its middle; only rows with ink are made anew, the rest is paper."""
    small = grey.reduce(_EIGHTH)
    paper = int(np.median(np.asarray(small)))
    whole = Image.new("L", grey.size, paper)
    turn, (across, down) = math.radians(angle), (grey.width / 2, grey.height / 2)
    cosine, sine = math.cos(turn), math.sin(turn)
    for left, top, right, bottom in _inked(small, angle, grey.size):
        first_x, first_y = left - across, top - down
        matrix = (
            cosine, -sine, first_x * cosine - first_y * sine + across,
            sine, cosine, first_x * sine + first_y * cosine + down,
        )  # fmt: skip
        part = grey.transform(
            (right - left, bottom - top), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=paper
        )
        whole.paste(part, (left, top))
    return whole


def _inked(small: Image.Image, angle: float, size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """The boxes of the rows of a picture that have ink once it is turned, with some paper about it, from the top.

    `small` is an eighth of the picture; the faintest print is seen on it, and noise does no harm.
    """
    around = small.filter(ImageFilter.BoxBlur(_EIGHTH))
    ink = ImageChops.subtract(around, small).point(lambda level: 255 * (level > _FAINTEST))
    level = np.asarray(widened(ink.rotate(angle), _PAPER_ABOUT)) > 0
    rows = np.flatnonzero(level.any(axis=1))
    # A few rows at a time: the lines of a form are of all lengths, and what is beside a short one is paper.
    for band in np.split(rows, np.flatnonzero((np.diff(rows) > 1) | (rows[1:] % _STRIP == 0)) + 1) if len(rows) else ():
        columns = np.flatnonzero(level[band].any(axis=0))
        right, bottom = min(size[0], (int(columns[-1]) + 1) * _EIGHTH), min(size[1], (int(band[-1]) + 1) * _EIGHTH)
        yield int(columns[0]) * _EIGHTH, int(band[0]) * _EIGHTH, right, bottom


def flatten(grey: Image.Image) -> Image.Image:
    """Divide by the paper's own brightness, where light really falls unevenly; else return the picture as it is.

    The paper is what remains when a coarse copy is dilated (ink goes) and its median taken (specks go). Deskewing
    a shaded photo without this step reads worse than doing nothing.
    """
    coarse = widened(grey.reduce(8), 2).reduce(2).filter(ImageFilter.MedianFilter(5))
    dark, bright = np.percentile(np.asarray(coarse), (5, 95))
    if bright - dark <= _UNEVEN:
        return grey
    paper = np.maximum(np.asarray(coarse.resize(grey.size, Image.Resampling.BILINEAR)), 1)
    level = np.asarray(grey, np.uint16) * np.uint16(_PAPER) // paper
    return Image.fromarray(np.minimum(level, 255).astype(np.uint8))


def without_pattern(grey: Image.Image) -> Image.Image:
    """Make white what is far lighter than print, where much of a page is: the fine lines under a certificate.

    Elsewhere the picture itself: the soft edge of print is as light, and is needed.
    """
    share = np.cumsum(sampled(grey).histogram())
    share = share / share[-1]
    paper, dark = int(np.searchsorted(share, 0.5)), int(np.searchsorted(share, _DARKEST))
    middle = (paper + dark) // 2
    if paper - dark < _CONTRAST or share[paper - _FAINT] - share[middle] < _PATTERN:
        return grey
    white = dark + round(_PRINT * (paper - dark))
    return grey.point([255 if level >= white else level * 255 // white for level in range(256)])


def sampled(grey: Image.Image) -> Image.Image:
    """One pixel in some of a picture, in another column of each row, as what is printed has a step; else all of it."""
    step = next((step for step in _EVERY if grey.width % step), 0)
    return Image.fromarray(np.asarray(grey).reshape(1, -1)[:, ::step]) if step else grey


def skew(grey: Image.Image) -> float:
    """Return the degrees, within 6 either way, that the lines are turned counter-clockwise; 0 for an empty page.

    Ink is projected along candidate angles; the sharpest profile is the angle of the lines.
    """
    small = grey.reduce(max(1, round(grey.width / 700)))
    around = small.reduce(2).filter(ImageFilter.BoxBlur(6)).resize(small.size, Image.Resampling.NEAREST)
    ink = np.flatnonzero(np.asarray(ImageChops.subtract(around, small)) > _INK)
    if len(ink) < _FEWEST_INK_PIXELS:
        return 0.0
    if len(ink) > _SKEW_SAMPLE:
        stride = -(-len(ink) // _SKEW_SAMPLE)  # evenly over the page; the layer carries no numpy.random
        ink = ink[::stride]
    rows, columns = np.divmod(ink, small.width)
    y, x = rows.astype(np.float32), columns.astype(np.float32)
    rough = _sharpest(x, y, np.arange(-_SKEW_RANGE, _SKEW_RANGE + 0.01, 0.5))
    return _sharpest(x, y, np.arange(rough - 0.5, rough + 0.51, 0.1))


def _sharpest(x: NDArray[np.float32], y: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    def sharpness(angle: float) -> int:
        position = y + x * np.float32(np.tan(np.radians(angle)))
        profile = np.bincount((position - position.min()).astype(np.int32))
        return int((profile * profile).sum())

    return round(float(max(angles, key=sharpness)), 2)
