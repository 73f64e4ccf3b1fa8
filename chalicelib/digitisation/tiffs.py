"""What a TIFF is, and its pages as pictures: its directories are walked before anything decodes them (TIFF 6.0).

A page of a TIFF becomes a picture of its own: what was packed without loss is a PNG of the very same pixels, what was
packed as JPEG a JPEG. The file itself stays as it came. Pages of ink (CMYK) are shown in red, green and blue; a fax
whose rows are further apart than its columns gets square pixels.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from PIL import Image, ImageCms

from chalicelib.digitisation.model import Limits
from chalicelib.digitisation.reasons import check_pixels, too_heavy, too_many_pages, truncated, wrong_type

_ORDERS: Final = {b"II*\0": "<", b"MM\0*": ">"}
_HEADER: Final = 8
_ENTRY: Final = 12
_MOST_ENTRIES: Final = 200
_MOST_PARTS: Final = 100_000
_SHORT, _LONG = 3, 4
_LETTER: Final = {_SHORT: "H", _LONG: "I"}
_SUBFILE, _WIDTH, _HEIGHT, _BITS, _PACKING, _INK, _PER_PIXEL = 254, 256, 257, 258, 259, 262, 277
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 273, 279, 324, 325
_ASIDE: Final = 0b101
"""Of a directory: a smaller picture of another page, or a mask of it; neither is a page."""
_PACKED_AS_JPEG: Final = 7
_PACKINGS: Final = frozenset({1, 2, 3, 4, 5, _PACKED_AS_JPEG, 8, 32_773, 32_946})
"""None, CCITT, LZW, JPEG, Deflate (by both numbers), PackBits."""
_INKS: Final = frozenset(range(4)) | {5, 6}
"""White or black is zero, red-green-blue, palette, CMYK, YCbCr."""
_MOST_BITS: Final = 16
_MOST_SAMPLES: Final = 5
_SQUARE: Final = 0.03
_MOST_MADE: Final = 200 << 20
"""Bytes of all pictures that are made of one file."""
_QUALITY: Final = 95


@dataclass(frozen=True, slots=True)
class Frame:
    """A directory that is a page: where it stands in the chain, its size in pixels, how it is packed, its own bytes."""

    number: int
    width: int
    height: int
    as_jpeg: bool
    sha256: str


def tiff_pictures(data: bytes, *, first_only: bool = False) -> tuple[bytes, ...]:
    """The pages of an inspected TIFF as JPEG or PNG, in order. Raises Refused when they are too much together."""
    frames = frames_of(data, Limits())
    made, left = [], _MOST_MADE
    for frame, page in pages_of(data, frames[:1] if first_only else frames):
        made.append(_picture(page, as_jpeg=frame.as_jpeg))
        left -= len(made[-1])
        if left < 0:
            raise too_heavy(f"pages of more than {_MOST_MADE} bytes")
    return tuple(made)


def _picture(page: Image.Image, *, as_jpeg: bool) -> bytes:
    out, dots = BytesIO(), {"dpi": page.info["dpi"]} if "dpi" in page.info else {}
    if as_jpeg and page.mode in {"L", "RGB"}:
        page.save(out, "JPEG", quality=_QUALITY, subsampling=0, icc_profile=page.info.get("icc_profile"), **dots)
    else:
        page.save(
            out, "PNG", icc_profile=page.info.get("icc_profile"), compress_level=1 if page.mode != "1" else 9, **dots
        )
    return out.getvalue()


def pages_of(data: bytes, frames: tuple[Frame, ...]) -> Iterator[tuple[Frame, Image.Image]]:
    """Each page, decoded. Raises Refused; whatever Pillow raises of bytes that it cannot take."""
    with Image.open(BytesIO(data), formats=("TIFF",)) as image:
        for frame in frames:
            image.seek(frame.number)
            image.load()
            yield frame, _upright(image)


def _upright(image: Image.Image) -> Image.Image:
    """The page in a kind of pixels that PNG knows, with square ones; Pillow has turned it as it says already."""
    dots = tuple(map(float, image.info.get("dpi", ())))
    page = _in_light(image)
    if page.mode.startswith("I;16") and page.mode != "I;16":
        page = page.convert("I").convert("I;16")
    if page.mode not in {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}:
        raise wrong_type(f"TIFF of {image.mode}")
    if dots and min(dots) > 0 and abs(dots[0] / dots[1] - 1) > _SQUARE:
        most = max(dots)
        page = page.resize((round(page.width * most / dots[0]), round(page.height * most / dots[1])), 0)
        dots = (most, most)
    told: dict[str | tuple[int, int], Any] = {"dpi": dots} if dots else {}
    if page is image and "icc_profile" in image.info:
        told["icc_profile"] = image.info["icc_profile"]
    page = page.copy() if page is image else page
    page.info = told
    return page


def _in_light(image: Image.Image) -> Image.Image:
    if image.mode != "CMYK":
        return image
    profile = image.info.get("icc_profile")
    if not profile:
        return image.convert("RGB")
    screen = ImageCms.createProfile("sRGB")
    shown = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), screen, outputMode="RGB")
    assert shown is not None
    return shown


def frames_of(data: bytes, limits: Limits) -> tuple[Frame, ...]:
    """The directories that are pages, in the order of their chain.

    Raises Refused: truncated for a chain in a loop or parts outside of the file, page_count, too_many_pixels,
    too_heavy for all of them together, wrong_type for what no scanner writes.
    """
    order = _ORDERS.get(data[:4])
    if order is None:
        raise wrong_type("TIFF of another kind")
    found, pixels = list[Frame](), 0
    for number, tags in enumerate(_directories(data, order, limits)):
        if _one(tags, _SUBFILE, 0) & _ASIDE:
            continue
        frame = _frame(number, tags, data)
        check_pixels(frame.width * frame.height, limits.max_pixels)
        pixels += frame.width * frame.height
        if pixels > limits.max_drawn:
            raise too_heavy(f"{pixels} pixels in all pages")
        found.append(frame)
    if not 0 < len(found) <= limits.max_pages:
        raise too_many_pages(len(found), limits.max_pages)
    return tuple(found)


type Tags = dict[int, tuple[int, ...]]


def _directories(data: bytes, order: str, limits: Limits) -> Iterator[Tags]:
    at, seen = _numbers(data, order + "I", 4)[0], set[int]()
    while at:
        if at in seen:
            raise truncated("TIFF whose directories go round")
        seen.add(at)
        if len(seen) > 2 * limits.max_pages:
            raise too_many_pages(len(seen), limits.max_pages)
        (entries,) = _numbers(data, order + "H", at)
        if not 0 < entries <= _MOST_ENTRIES:
            raise truncated(f"TIFF with a directory of {entries} entries")
        yield {
            tag: values for tag, values in (_entry(data, order, at + 2 + _ENTRY * n) for n in range(entries)) if values
        }
        (at,) = _numbers(data, order + "I", at + 2 + _ENTRY * entries)


def _entry(data: bytes, order: str, at: int) -> tuple[int, tuple[int, ...]]:
    """A tag and its whole numbers; none when they are of another kind, which is none of those that are asked for."""
    tag, kind, count = _numbers(data, order + "HHI", at)
    if kind not in _LETTER or count == 0:
        return tag, ()
    if count > _MOST_PARTS:
        raise too_heavy(f"TIFF with {count} values in a tag")
    form = f"{order}{count}{_LETTER[kind]}"
    inline = struct.calcsize(form) <= 4  # noqa: PLR2004 - the room that an entry has for a value
    return tag, _numbers(data, form, at + 8 if inline else _numbers(data, order + "I", at + 8)[0])


def _numbers(data: bytes, form: str, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error as error:
        raise truncated("TIFF that breaks off") from error


def _one(tags: Tags, tag: int, otherwise: int) -> int:
    return tags.get(tag, (otherwise,))[0]


def _frame(number: int, tags: Tags, data: bytes) -> Frame:
    packing, ink = _one(tags, _PACKING, 1), _one(tags, _INK, -1)
    bits, samples = tags.get(_BITS, (1,)), _one(tags, _PER_PIXEL, 1)
    if packing not in _PACKINGS or ink not in _INKS:
        raise wrong_type(f"TIFF packed as {packing} in colours {ink}")
    if max(bits) > _MOST_BITS or max(len(bits), samples) > _MOST_SAMPLES:
        raise wrong_type(f"TIFF of {samples} times {max(bits)} bits")
    parts = _STRIPS if _STRIPS in tags else _TILES
    starts, sizes = tags.get(parts, ()), tags.get(_STRIP_SIZES if parts == _STRIPS else _TILE_SIZES, ())
    if not starts or len(starts) != len(sizes):
        raise truncated("TIFF whose parts are not told")
    digest = hashlib.sha256()
    for start, size in zip(starts, sizes, strict=True):
        if start < _HEADER or start + size > len(data):
            raise truncated("TIFF with a part outside of the file")
        digest.update(data[start : start + size])
    return Frame(number, _one(tags, _WIDTH, 0), _one(tags, _HEIGHT, 0), packing == _PACKED_AS_JPEG, digest.hexdigest())
