"""Numbers in boxes of one figure each: they stand so far apart that a line of them is read as words, and badly.

Where they are told by their even step they are a line by themselves, and are read moved together. Pure geometry.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chalicelib.digitisation.ink import Levels, Marks, Numbers, ranked

_FEWEST: Final = 8
"""Figures of a number in boxes; the shortest of ours has nine, and one may be lost."""
_APART: Final = 0.4
"""Heights of a figure from one to the next, at least; the letters of a machine stand closer."""
_STEP: Final = 2.6
_EVEN: Final = 0.2
"""The share of its step that a figure stands off its place, at most."""
_FIGURE: Final = 0.75
_WIDE: Final = 0.95
_BAR: Final = 0.21
"""The share of its height that what is left of the edge of a box is wide, at most."""
_TALL: Final = 1.25
"""Heights of a figure that it is high at most; the edge of a box is more."""
_INK: Final = 60
_SHARE: Final = 0.45
"""Grey levels under the paper, and the share of the darkest, at which a pixel is ink: the rest of an edge is pale."""
_CLOSE: Final = 0.16
"""Heights of a figure between two of them that are moved together."""
_MARGIN: Final = 2


def _stretch(left: Numbers, right: Numbers, height: float) -> tuple[int, int] | None:
    """The longest run of pieces that stand apart at one step: the first, and the one behind the last."""
    middles = (left + right) / 2
    steps, narrow = np.diff(middles), right - left <= _WIDE * height
    apart = (left[1:] - right[:-1] >= _APART * height) & (steps <= _STEP * height) & narrow[1:] & narrow[:-1]
    best: tuple[int, int] | None = None
    first = 0
    for at in range(len(apart) + 1):
        if at == len(apart) or not apart[at]:
            first = at + 1
            continue
        while _is_uneven(steps[first : at + 1]):
            first += 1
        if at + 2 - first >= _FEWEST and (best is None or at + 2 - first > best[1] - best[0]):
            best = first, at + 2
    return best


def _is_uneven(steps: NDArray[np.float64]) -> bool:
    middle = ranked(steps)
    return bool(max(middle - steps.min(), steps.max() - middle) > _EVEN * middle)


def figures_apart(marks: Marks, group: Sequence[int]) -> list[list[int]]:
    """A line as it is, or cut before and behind the number in boxes that is in it."""
    members = np.array(sorted(group, key=lambda mark: int(marks.left[mark])))
    height = ranked(marks.height[members], _FIGURE)  # small letters are lower
    solid = members[(marks.width[members] > _BAR * height) & (marks.height[members] <= _TALL * height)]
    found = _stretch(marks.left[solid], marks.right[solid], height) if len(solid) >= _FEWEST else None
    if found is None:
        return [list(group)]
    begin, end = marks.left[solid[found[0]]], marks.right[solid[found[1] - 1]]
    middles = (marks.left[members] + marks.right[members]) / 2
    edges = height / 2  # what is left of the box about the first figure, and about the last
    parts = (members[middles < begin - edges], solid[found[0] : found[1]], members[middles > end + edges])
    return [part.tolist() for part in parts if len(part)]


def _is_close(left: Numbers, right: Numbers, highest: int) -> bool:
    """Whether some pieces stand too close for figures in boxes, however high they are: most lines, told at once.

    Figures a step apart are at least as high as their step says, and what is as wide as a stroke of the highest is one.
    """
    wide = right - left > max(2, _BAR * highest)
    left, right, pieces = left[wide], right[wide], len(left)
    if len(left) < 2 or pieces < _FEWEST:  # noqa: PLR2004 - two, and what is between them
        return pieces < _FEWEST
    lowest = float(left[-1] + right[-1] - left[0] - right[0]) / 2 / (_STEP * (pieces - 1))
    return bool((left[1:] - right[:-1]).min() < _APART * lowest)


def moved_together(crop: Image.Image) -> Image.Image | None:
    """A line of figures that stand apart with all of them close to each other; None for any other line."""
    levels = Levels(crop)
    paper, darkest = levels.share(0.5), levels.share(0.01)
    pixels, inked_below = np.asarray(crop), paper - max(_INK, _SHARE * (paper - darkest))
    columns = np.flatnonzero(pixels.min(axis=0) < inked_below)
    if len(columns) < _FEWEST:
        return None
    cuts = np.flatnonzero(np.diff(columns) > 1) + 1
    first, last = columns[np.r_[0, cuts]], columns[np.r_[cuts - 1, len(columns) - 1]] + 1
    if _is_close(first, last, len(pixels)):
        return None
    ink = pixels[:, columns] < inked_below
    top, foot = ink.argmax(axis=0), len(ink) - ink[::-1].argmax(axis=0)
    tall = np.maximum.reduceat(foot, np.r_[0, cuts]) - np.minimum.reduceat(top, np.r_[0, cuts])
    height = ranked(tall)
    wide = last - first > max(2, _BAR * height)
    left, right = first[wide], last[wide]
    if len(left) < _FEWEST or (left[1:] - right[:-1]).min() < _APART * height:
        return None
    if _stretch(left, right, height) != (0, len(left)):
        return None
    gap = max(2 * _MARGIN, round(_CLOSE * height))
    across = int((right - left).sum()) + gap * (len(left) + 1)
    close = Image.new("L", (across, crop.height), int(paper))
    at = gap
    for begin, end in zip(left.tolist(), right.tolist(), strict=True):
        close.paste(crop.crop((begin - _MARGIN, 0, end + _MARGIN, crop.height)), (at - _MARGIN, 0))
        at += end - begin + gap
    return close
