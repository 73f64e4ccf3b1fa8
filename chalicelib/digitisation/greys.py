"""A picture of any kind as the grey one that is read: 8 bits, upright, its red dropped. Pillow and numpy only."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from chalicelib.digitisation.ink import Bits, marks_of

type Cut = tuple[int, int, int, int]

_EIGHTH: Final = 8
_COLOURED: Final = 24
"""Levels between the most and the least of red, green and blue at which a place has colour; paper has a tint."""
_NOT_BLACK: Final = [0] * 45 + [255] * 211
"""What is darker in green and blue is print under a seal, not the seal."""
_STRONG: Final = 56
"""Levels that print in red is redder than it is anything else; the ground of a certificate is less."""
_GROUND: Final = 12
_FINE: Final = 16
"""The same of small print in red, whose strokes are finer than a pixel of the small copy."""
_ACROSS: Final = 40
"""The share of a page that letters and words of a line stand apart at most, one in so many."""
_LOWEST_OF: Final = 16
_LONG: Final = 2.5
"""A line is lower than a sixteenth of the page's longer side, and so many times as long as it is high."""
_WIDEST: Final = 2
"""A seal or a stamp is at most half of the page wide; the border of a certificate is more, and no seal."""
_LOWEST_FRAME: Final = 6
_HOLLOW: Final = 0.5
"""The share of its box that the frame of a stamp fills at most."""
_CLEARLY_HOLLOW: Final = 0.35
_HIGHER: Final = 10
_OBLONG: Final = 2
"""The same of a frame that is broken where it is printed less red, how high it is at least, on the small copy, and how
many times as long."""
_ABOUT: Final = 0.8
"""The share of a line's length that the frame of a stamp about it has, at least."""
_BESIDE: Final = 2
"""Heights of a line beside it where the rest of a stamp's broken frame stands, at most."""
_SEAL_REACH: Final = 3
_SQUARE: Final = 1.5
"""A seal is at most so many times longer one way than the other; its ring may be broken in the small copy."""
_UPRIGHT: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts a picture upright whose EXIF orientation is the key."""


def grey_of(data: bytes, orientation: int) -> Image.Image:
    """One page, a picture of any mode that Pillow reads, as upright 8-bit grey; the EXIF orientation is 1 to 8.

    The red channel sees a red seal as white and keeps blue and black ink; with the seal left in, whole rows of
    signatures are lost. What is redder than it is anything else is bleached by that much: a seal leaves no grey ring.
    A JPEG without colour is never decoded in colour.
    """
    with Image.open(BytesIO(data)) as image:
        small = _eighth(data) if image.format == "JPEG" and image.mode == "RGB" else None
        if small is not None and _colour(small) is None:
            image.draft("L", image.size)
        grey = in_grey(image, small)
    return grey.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else grey


def in_grey(image: Image.Image, small: Image.Image | None = None) -> Image.Image:
    """A picture of any mode as 8-bit grey: `small` is an eighth of it, where that is known."""
    if image.mode.startswith("I"):
        return _of_more_bits(image)
    if image.mode in {"L", "1"}:
        return image.convert("L")
    if "transparency" in image.info or image.mode in {"RGBA", "LA", "PA", "RGBa", "La"}:
        layer = image if image.mode in {"RGBA", "LA"} else image.convert("RGBA")
        # A channel at a time: a large page in four of them, twice, would not fit a child's memory.
        return Image.composite(layer.getchannel(0), Image.new("L", layer.size, 255), layer.getchannel("A"))
    return _without_red(
        image if image.mode == "RGB" else image.convert("RGB"), small
    )  # no copy of what is as it must be


def _of_more_bits(image: Image.Image) -> Image.Image:
    """Twelve or sixteen bits a pixel: Pillow's own conversion would cut them off at 255."""
    pixels = np.asarray(image).astype(np.int32)
    spare = max(0, int(pixels.max(initial=0)).bit_length() - 8)
    return Image.fromarray((pixels >> spare).clip(0, 255).astype(np.uint8))


def _eighth(data: bytes) -> Image.Image:
    """A JPEG an eighth as large, by a decoder that makes nothing larger."""
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (max(1, image.width // _EIGHTH), max(1, image.height // _EIGHTH)))
        return image.copy()


def _colour(small: Image.Image) -> Cut | None:
    """The box of what has colour; None where nothing has."""
    red, green, blue = small.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.subtract(most, least).point(lambda level: 255 if level > _COLOURED else 0).getbbox()


def _without_red(image: Image.Image, small: Image.Image | None) -> Image.Image:
    """The red channel, bleached where the picture has colour; lines that are printed in red stay dark."""
    small = small or image.reduce(_EIGHTH)
    grey = image.getchannel(0)
    if (box := _colour(small)) is None:
        return grey
    cut = _larger(box, small, image)
    red, green, blue = image.crop(cut).split()
    other = ImageChops.lighter(green, blue)
    redder = ImageChops.subtract(red, other)
    grey.paste(ImageChops.add(red, ImageChops.darker(redder, other.point(_NOT_BLACK))), cut)
    for line in _red_lines(small):
        cut = _larger(line, small, image)
        grey.paste(image.crop(cut).convert("L"), cut)  # colours are coarser in a JPEG than light
    return grey


def _larger(box: Cut, small: Image.Image, image: Image.Image) -> Cut:
    """A box of the small copy, and what surrounds it by a pixel, on the picture."""
    across, down = image.width / small.width, image.height / small.height
    left, top = int((box[0] - 1) * across), int((box[1] - 1) * down)
    right, bottom = int((box[2] + 1) * across), int((box[3] + 1) * down)
    return max(0, left), max(0, top), min(image.width, right), min(image.height, bottom)


def _red_lines(small: Image.Image) -> list[Cut]:
    """The boxes of lines in red: the title of a certificate, and small print as a signature in letters."""
    red, green, blue = small.split()
    redder = ImageChops.subtract(red, ImageChops.lighter(green, blue))
    fine = ImageChops.subtract(redder, redder.filter(ImageFilter.BoxBlur(_GROUND)))  # than the ground about it
    found = [*_lines_of(redder, _STRONG, fine), *_lines_of(fine, _FINE)]
    return [line for at, line in enumerate(found) if not any(_is_within(line, other) for other in found[:at])]


def _is_of_stamp(frame: Cut) -> bool:
    """Whether a frame is higher than the letters of a title, and long as a stamp of some lines: no seal, no border."""
    return _HIGHER <= frame[3] - frame[1] <= (frame[2] - frame[0]) / _OBLONG


def _lines_of(redder: Image.Image, least: int, fine: Image.Image | None = None) -> Iterator[Cut]:
    """The boxes of what is redder than that, long and low, and no part of a seal; `fine` tells of paler frames."""
    strong = redder.point(lambda level: 255 * (level > least))
    if strong.getbbox() is None:
        return
    reach = max(1, redder.width // _ACROSS)
    ink = np.asarray(strong) > 0
    joined = ink.copy()
    for step in range(1, reach + 1):
        joined[:, step:] |= ink[:, :-step]
        joined[:, :-step] |= ink[:, step:]
    found = [
        (left, top, right, bottom)
        for left, top, right, bottom in _boxes(joined)
        if 1 < bottom - top <= max(redder.size) // _LOWEST_OF and right - left - 2 * reach >= _LONG * (bottom - top)
    ]
    if not found:
        return
    seals = [box for box in _boxes(np.asarray(widened(strong, _SEAL_REACH)) > 0) if _is_seal(box, redder.width)]
    frames = _frames(ink, _HOLLOW)
    if fine is not None:
        frames += filter(_is_of_stamp, _frames(np.asarray(fine) > _FINE, _CLEARLY_HOLLOW))
    for line in found:
        left, top, right, bottom = line
        about = left - _BESIDE * (bottom - top), top, right + _BESIDE * (bottom - top), bottom
        stamped = any(_overlap(line, seal) for seal in seals) or any(
            _overlap(about, frame) and not _is_letters(frame, line, reach) for frame in frames
        )
        if not stamped:
            yield line


def _overlap(one: Cut, other: Cut) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _is_letters(frame: Cut, line: Cut, reach: int) -> bool:
    """Whether what is hollow is but some letters of a line that touch in the small copy: no frame about all of it."""
    return _is_within(frame, line) and frame[2] - frame[0] < _ABOUT * (line[2] - line[0] - 2 * reach)


def _frames(ink: Bits, most: float) -> list[Cut]:
    """The boxes of marks that fill so much of theirs: the frame of a stamp, whose words are no print of the paper."""
    marks = marks_of(ink)
    hollow = (np.minimum(marks.width, marks.height) >= _LOWEST_FRAME) & (marks.width <= ink.shape[1] // _WIDEST)
    hollow &= marks.weight < most * marks.width * marks.height
    sides = (side[hollow].tolist() for side in (marks.left, marks.top, marks.right, marks.bottom))
    return list(zip(*sides, strict=True))


def _is_within(one: Cut, other: Cut) -> bool:
    return one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]


def widened(grey: Image.Image, reach: int) -> Image.Image:
    """Each pixel as bright as the brightest within `reach` of it, as `MaxFilter` makes it and a third of its time."""
    bright = np.asarray(grey)
    for axis in (0, 1):
        level = bright.copy()
        for step in range(1, min(reach, bright.shape[axis] - 1) + 1):
            ahead, behind = (slice(step, None), slice(None, -step)) if axis == 0 else (
                (slice(None), slice(step, None)), (slice(None), slice(None, -step)))  # fmt: skip
            np.maximum(level[behind], bright[ahead], out=level[behind])
            np.maximum(level[ahead], bright[behind], out=level[ahead])
        bright = level
    return Image.fromarray(bright)


def _boxes(bits: Bits) -> list[Cut]:
    """The boxes of the marks of a picture."""
    marks = marks_of(bits)
    return list(zip(*(side.tolist() for side in (marks.left, marks.top, marks.right, marks.bottom)), strict=True))


def _is_seal(box: Cut, width: int) -> bool:
    """Whether a mark is large and about as high as it is wide, as a seal or an emblem."""
    across, down = box[2] - box[0], box[3] - box[1]
    large = width // _LOWEST_OF <= min(across, down) and max(across, down) <= width // _WIDEST
    return large and max(across, down) <= _SQUARE * min(across, down)
