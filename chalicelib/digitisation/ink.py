"""The ink of a page as marks: what hangs together in black, with its box. numpy alone, by runs of pixels.

A page of A4 at 200 dpi has some thousands of marks and is taken apart in about 60 ms.
"""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from chalicelib.digitisation.model import Box

type Numbers = NDArray[np.int64]
type Bits = NDArray[np.bool_]

_DARKER: Final = 22
"""Grey levels under the mean of its surroundings at which a pixel is ink."""
_LIGHTEST: Final = 200
_BLOCK: Final = 4
_SOLID: Final = 0.75
_RING: Final = (0.33, 0.68)
"""The share of its box that a ring of a seventh of its width fills is about a half."""
_CORNERS: Final = 2
_COARSE: Final = 4
"""The surroundings are taken from a picture so many times smaller: they change slowly, and it is much cheaper."""
_BAND: Final = 6
"""Rows between two lines that are no reason to look at each by itself."""
_MOST_RUNS: Final = 600_000
"""A page of more runs is noise all over, or a picture; its marks would say nothing."""


class Runs(NamedTuple):
    """Stretches of ink in rows: columns from `start` up to, not including, `end`."""

    row: Numbers
    start: Numbers
    end: Numbers


class Marks(NamedTuple):
    """Marks by number; `right` and `bottom` are not included. `of_run` is the mark of each run."""

    left: Numbers
    top: Numbers
    right: Numbers
    bottom: Numbers
    weight: Numbers
    runs: Runs
    of_run: Numbers

    @property
    def width(self) -> Numbers:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> Numbers:
        """Pixels from top to bottom."""
        return self.bottom - self.top


def ink_of(grey: Image.Image, dpi: int) -> Bits:
    """Which pixels are ink: darker than their surroundings, so that neither shade nor a tinted paper is."""
    coarse = grey.reduce(_COARSE).filter(ImageFilter.BoxBlur(max(1, dpi // (16 * _COARSE))))
    across, down = coarse.width / grey.width, coarse.height / grey.height
    found: Bits = np.asarray(grey) < _LIGHTEST
    for left, top, right, bottom in _bands(found):
        part = left * across, top * down, right * across, bottom * down
        around = coarse.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=part)
        darker = ImageChops.subtract(around, grey.crop((left, top, right, bottom)))
        found[top:bottom, left:right] &= np.asarray(darker) > _DARKER
    return found


def _bands(dark: Bits) -> Iterator[Box]:
    """The boxes of the rows that have something dark, from the top; those with a few rows between them are one."""
    rows = np.flatnonzero(dark.any(axis=1))
    for band in np.split(rows, np.flatnonzero(np.diff(rows) > _BAND) + 1) if len(rows) else ():
        top, bottom = int(band[0]), int(band[-1]) + 1
        columns = np.flatnonzero(dark[top:bottom].any(axis=0))
        yield int(columns[0]), top, int(columns[-1]) + 1, bottom


def runs_of(ink: Bits) -> Runs:
    """The runs of a picture, row by row."""
    height, width = ink.shape
    framed = np.zeros(1 + height * (width + 1), np.bool_)  # a column of paper parts the rows, a pixel stands before all
    framed[1:].reshape(height, width + 1)[:, :-1] = ink
    edges = np.flatnonzero(framed[1:] != framed[:-1])
    start, end = edges[::2], edges[1::2]
    row = start // (width + 1)
    return Runs(row, start - row * (width + 1), end - row * (width + 1))


def marks_of(ink: Bits) -> Marks:
    """The marks of a picture; none when it is noise all over."""
    runs = runs_of(ink)
    if not 0 < len(runs.row) <= _MOST_RUNS:
        nothing = np.zeros(0, np.int64)
        return Marks(nothing, nothing, nothing, nothing, nothing, Runs(nothing, nothing, nothing), nothing)
    mark = _joined(runs, ink.shape[1] + 1)
    order = np.argsort(mark, kind="stable")
    first = np.flatnonzero(np.diff(mark[order], prepend=-1))
    length = (runs.end - runs.start)[order]
    return Marks(
        np.minimum.reduceat(runs.start[order], first),
        np.minimum.reduceat(runs.row[order], first),
        np.maximum.reduceat(runs.end[order], first),
        np.maximum.reduceat(runs.row[order], first) + 1,
        np.add.reduceat(length, first),
        runs,
        mark,
    )


def without(marks: Marks, gone: Bits) -> Marks:
    """Marks without those that are gone, each as a whole: nothing is taken apart anew."""
    left, kept = ~gone, ~gone[marks.of_run]
    number = np.cumsum(left) - 1
    row, start, end = marks.runs
    return Marks(
        marks.left[left],
        marks.top[left],
        marks.right[left],
        marks.bottom[left],
        marks.weight[left],
        Runs(row[kept], start[kept], end[kept]),
        np.asarray(number[marks.of_run[kept]], np.int64),
    )


def _joined(runs: Runs, stride: int) -> Numbers:
    """The mark of each run, numbered from 0: runs of neighbouring rows that touch, corners too, are one mark."""
    start, end = runs.row * stride + runs.start, runs.row * stride + runs.end
    first = np.searchsorted(end, start + stride, "left")
    last = np.searchsorted(start, end + stride, "right")
    count = np.maximum(last - first, 0)
    upper = np.repeat(np.arange(len(start)), count)
    lower = np.arange(len(upper)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
    parent = np.arange(len(start))
    while len(upper):
        one, other = parent[upper], parent[lower]
        apart = one != other
        upper, lower = upper[apart], lower[apart]
        np.minimum.at(parent, np.maximum(one, other)[apart], np.minimum(one, other)[apart])
        while not np.array_equal(parent, above := parent[parent]):
            parent = above
    number = np.cumsum(parent == np.arange(len(parent))) - 1  # every first run of a mark is its own parent
    return np.asarray(number[parent], np.int64)


def has_code(marks: Marks) -> bool:
    """Whether a page may have a QR code: two rings at least with a block in their middle, as its corners are.

    Looking for codes costs more than taking a page's marks apart; most pages have none.
    """
    box = marks.width * marks.height
    square = (np.minimum(marks.width, marks.height) >= _BLOCK) & (marks.weight > 0)
    square &= np.abs(marks.width - marks.height) <= np.maximum(2, marks.width // 5)
    solid = square & (marks.weight >= _SOLID * box)
    ring = square & (marks.weight >= _RING[0] * box) & (marks.weight <= _RING[1] * box)
    outer, inner = np.flatnonzero(ring), np.flatnonzero(solid)
    if not len(inner):
        return False
    across, down = marks.left + marks.right, marks.top + marks.bottom
    size = marks.width[outer, None]
    near = np.abs(across[inner] - across[outer, None]) <= size // 4
    near &= np.abs(down[inner] - down[outer, None]) <= size // 4
    near &= (marks.width[inner] * 4 > size) & (marks.width[inner] * 5 < size * 3)
    return int(near.any(axis=1).sum()) >= _CORNERS


def ranked(values: NDArray[np.int64 | np.float64], share: float = 0.5) -> float:
    """The value that this share of a few values is below, between two of them as much of each as it is near.

    What numpy's median and percentile say, at a tenth of their time.
    """
    ordered, at = np.sort(values), (len(values) - 1) * share
    lower, upper = float(ordered[int(at)]), float(ordered[math.ceil(at)])
    return lower + (upper - lower) * (at - int(at))


def fill(picture: Bits, runs: Numbers) -> None:
    """Set the pixels of runs, each a row of `runs`: its row, start and end."""
    for row, start, end in runs.tolist():
        picture[row, start:end] = True


class Levels:
    """The grey levels of a picture by their share, from its histogram: what sorting its pixels says, and cheaper."""

    def __init__(self, picture: Image.Image) -> None:
        self._up_to = np.cumsum(picture.histogram())

    def share(self, share: float) -> float:
        """The level that this share of the pixels is below; between two pixels, as much of each as it is near."""
        at = (int(self._up_to[-1]) - 1) * share
        lower, upper = np.searchsorted(self._up_to, (int(at), math.ceil(at)), "right").tolist()
        return float(lower + (upper - lower) * (at - int(at)))
