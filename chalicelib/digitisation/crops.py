"""Small pictures of places on a page, so that an officer compares a value with its print and opens no file.

They are cut from the picture as it came, not from the copy that is read: what was bleached or cleared is seen too.
"""

import math
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from chalicelib.digitisation.model import Box, Place

MOST_BYTES: Final = 15_000
"""Of one picture (acceptance of the review)."""
WIDEST: Final = 1000
"""Pixels of a side; a larger picture is made smaller."""
_AROUND: Final = 0.6
"""Heights of the print that are shown around it."""
_QUALITIES: Final = (70, 50, 35, 25)
_SMALLER: Final = 0.8
_LEAST: Final = 16


def crops(image: bytes, places: Sequence[Place]) -> tuple[bytes, ...]:
    """A JPEG of each place, of at most `MOST_BYTES`, grey and upright; the picture is opened once."""
    with Image.open(BytesIO(image)) as opened:
        grey = ImageOps.exif_transpose(opened).convert("L")
    return tuple(_small(_cut(grey, place)) for place in places)


def _cut(grey: Image.Image, place: Place) -> Image.Image:
    if place.box is None:
        return grey.rotate(-90 * round(place.angle / 90), expand=True)
    left, top, right, bottom = _with_surroundings(place.box)
    cosine, sine = math.cos(math.radians(place.angle)), math.sin(math.radians(place.angle))
    across, down = left - grey.width / 2, top - grey.height / 2
    # The page was turned about its middle to be upright: each point of the picture is looked up where it came from.
    turned = (
        cosine, sine, cosine * across + sine * down + grey.width / 2,
        -sine, cosine, -sine * across + cosine * down + grey.height / 2,
    )  # fmt: skip
    size = (right - left, bottom - top)
    return grey.transform(size, Image.Transform.AFFINE, turned, Image.Resampling.BILINEAR, fillcolor=255)


def _with_surroundings(box: Box) -> Box:
    left, top, right, bottom = box
    more = max(_LEAST, round((bottom - top) * _AROUND))
    return left - more, top - more, right + more, bottom + more


def _small(picture: Image.Image) -> bytes:
    """The picture in so few bytes, as clear as they allow."""
    picture.thumbnail((WIDEST, WIDEST))
    while True:
        for found in _drawn(picture):
            if len(found) <= MOST_BYTES:
                return found
        size = (max(1, round(picture.width * _SMALLER)), max(1, round(picture.height * _SMALLER)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)


def _drawn(picture: Image.Image) -> Iterator[bytes]:
    for quality in _QUALITIES:
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        yield out.getvalue()
