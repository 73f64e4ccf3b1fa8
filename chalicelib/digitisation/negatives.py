"""Print that is white on a dark ground, as headings in bars are: the ground is made paper, and the print dark.

Only the copy that is read is changed. Pillow and numpy only; all lengths are inches.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from chalicelib.digitisation.ink import Bits, Numbers, marks_of
from chalicelib.digitisation.model import Box

type Levels = NDArray[np.uint8]

_COARSE: Final = 4
_DARK: Final = 0.62
"""The share of the paper's brightness under which a ground is dark."""
_ABOUT: Final = 0.08
"""The side of the place that has to be mostly dark: more than the strokes of large print."""
_MOSTLY: Final = 0.62
_LOWEST: Final = 0.11
_HIGHEST: Final = 0.8
_NARROWEST: Final = 0.3
"""What is smaller is a letter, or the block of a code; what is higher a picture."""
_LONG: Final = 1.5
"""Heights of a bar that it is long, at least."""
_ACROSS: Final = 0.35
"""The share of a row or a column of a bar that is dark, at least: print stands in it."""
_OFF_EDGE: Final = 3
"""Pixels that the dark of a column or row begins beside the edge of its bar, at most."""
_EVEN: Final = 0.88
"""The share of columns and of rows that begin and end at a bar's edges; of letters and codes fewer do."""
_RIM: Final = 2
"""Pixels at the edge of a bar that are neither its ground nor paper."""
_CONTRAST: Final = 60
"""Grey levels from the ground to its print, at least."""
_PRINT: Final = (0.01, 0.5)
"""The share of a bar that its print is; a bar without is a picture, a seal or a blot."""


def righted(grey: Image.Image, dpi: int) -> Image.Image:
    """A straightened page with its bars made paper and what is white on them dark; itself where it has none."""
    small = grey.reduce(_COARSE)
    paper = int(np.median(np.asarray(small.reduce(_COARSE))))
    if not (found := _dark_places(small, grey.size, dpi, paper)):
        return grey
    pixels = np.array(grey)
    changed = [_invert(pixels[top:bottom, left:right], dpi, paper) for left, top, right, bottom in found]
    return Image.fromarray(pixels) if any(changed) else grey


def _dark_places(small: Image.Image, size: tuple[int, int], dpi: int, paper: int) -> list[Box]:
    """Where much is dark at once on a page of that size and paper, by its small copy, with some paper about each."""
    side = max(1, round(dpi * _ABOUT / _COARSE / 2))
    dark = small.point([255 * (level < _DARK * paper) for level in range(256)])
    if not dark.getbbox():
        return []
    mostly = np.asarray(dark.filter(ImageFilter.BoxBlur(side))) > 255 * _MOSTLY
    if not mostly.any():
        return []
    marks = marks_of(mostly)
    wide = (marks.width + 2 * side) * _COARSE >= dpi * _NARROWEST
    tall = (marks.height + 2 * side) * _COARSE >= dpi * _LOWEST
    tall &= marks.height * _COARSE <= dpi * _HIGHEST
    return [
        (
            max(0, int(marks.left[number]) - 2 * side) * _COARSE,
            max(0, int(marks.top[number]) - 2 * side) * _COARSE,
            min(size[0], (int(marks.right[number]) + 2 * side) * _COARSE),
            min(size[1], (int(marks.bottom[number]) + 2 * side) * _COARSE),
        )
        for number in np.flatnonzero(wide & tall).tolist()
    ]


def _invert(window: Levels, dpi: int, paper: int) -> bool:
    """Turn the bar in a window of a page; answers whether there was one with print."""
    dark = window < _DARK * paper
    rows = _middle(dark.mean(axis=1) >= _ACROSS)
    columns = _middle(dark[rows].mean(axis=0) >= _ACROSS)
    bar, inked = window[rows, columns], dark[rows, columns]
    long = bar.shape[1] >= max(dpi * _NARROWEST, _LONG * bar.shape[0])
    if not long or bar.shape[0] < dpi * _LOWEST or not (_is_even(inked) and _is_even(inked.T)):
        return False
    ground = int(np.median(bar[inked]))
    inside = _filled(inked)
    light = inside & (bar >= ground + _CONTRAST)
    if not _PRINT[0] <= float(light[inside].mean()) <= _PRINT[1]:
        return False
    brightest = max(ground + _CONTRAST, int(np.percentile(bar[light], 75)))
    level = (np.clip(bar.astype(np.float32), ground, brightest) - ground) / (brightest - ground)
    turned = (paper * (1 - level)).astype(np.uint8)
    bar[:] = np.where(inside, turned, bar)
    _soften(window, rows, columns, paper)
    return True


def _is_even(dark: Bits) -> bool:
    """Whether what is dark begins along one line and ends along another. Rows are columns once, too."""
    return all(_along(side.argmax(axis=0)[side.any(axis=0)], dark.shape[1]) for side in (dark, dark[::-1]))


def _along(first: Numbers, count: int) -> bool:
    """Whether nearly all of `count` columns begin along one line, which may lean a little."""
    half = len(first) // 2
    if not half:
        return False
    left, right = float(np.median(first[:half])), float(np.median(first[-half:]))
    places = np.arange(len(first)) - (len(first) - 1) / 2
    edge = (left + right) / 2 + (right - left) * places / half
    return float((np.abs(first - edge) <= _OFF_EDGE).sum()) >= _EVEN * count


def _middle(found: Bits) -> slice:
    """The longest stretch of a row or column that is a bar's, from its first place to its last."""
    places = np.flatnonzero(found)
    if not len(places):
        return slice(0, 0)
    groups = np.split(places, np.flatnonzero(np.diff(places) > _RIM) + 1)
    longest = max(groups, key=len)
    return slice(int(longest[0]), int(longest[-1]) + 1)


def _filled(dark: Bits) -> Bits:
    """From the first dark pixel of each column to its last: the bar with its print."""
    below = np.logical_or.accumulate(dark, axis=0)
    above = np.logical_or.accumulate(dark[::-1], axis=0)[::-1]
    found: Bits = below & above
    return found


def _soften(window: Levels, rows: slice, columns: slice, paper: int) -> None:
    """Make the soft edge of a bar paper."""
    top, bottom = max(0, rows.start - 2 * _RIM), min(window.shape[0], rows.stop + 2 * _RIM)
    left, right = max(0, columns.start - 2 * _RIM), min(window.shape[1], columns.stop + 2 * _RIM)
    window[top : rows.start + _RIM, left:right] = paper
    window[rows.stop - _RIM : bottom, left:right] = paper
    window[top:bottom, left : columns.start + _RIM] = paper
    window[top:bottom, columns.stop - _RIM : right] = paper
