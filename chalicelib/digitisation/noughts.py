"""The dot within a nought, as faces for machines have it: it is read as 8 or 9. Pure geometry."""

from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Bits, Marks

_NOUGHT: Final = (0.06, 0.2)
"""Inches that a nought is high, at least and at most."""
_CORE: Final = 0.5
"""The share of a nought that the dot within it is high and wide at most."""


def within_figures(marks: Marks, dpi: int) -> Bits:
    """Which marks are the dot within a nought, as faces for machines have it: it is read as 8 or 9."""
    found = np.zeros(len(marks.left), np.bool_)
    width, height = marks.width, marks.height
    rings = np.flatnonzero(
        (height >= dpi * _NOUGHT[0]) & (height <= dpi * _NOUGHT[1]) & (width < height) & (2 * width > height)
    )
    small = np.flatnonzero((height <= dpi * _NOUGHT[1] * _CORE) & (height > 1) & (width > 1))
    if not len(rings) or not len(small):
        return found
    rings = rings[np.argsort(marks.left[rings], kind="stable")]
    widest = int(width[rings].max())
    first = np.searchsorted(marks.left[rings], marks.left[small] - widest, "left")
    last = np.searchsorted(marks.left[rings], marks.left[small], "left")
    count = np.maximum(last - first, 0)
    inner = np.repeat(small, count)
    outer = rings[np.arange(len(inner)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)]
    across = np.abs(marks.left[inner] + marks.right[inner] - marks.left[outer] - marks.right[outer])
    down = np.abs(marks.top[inner] + marks.bottom[inner] - marks.top[outer] - marks.bottom[outer])
    core = (across <= np.maximum(2, 0.3 * width[outer])) & (down <= np.maximum(2, 0.3 * height[outer]))
    core &= (height[inner] <= _CORE * height[outer]) & (width[inner] <= _CORE * width[outer])
    found[inner[core]] = True
    return found
