"""Colons that stand by themselves between a label and its value, at a tab, say: two dots, one above the other.

No line of letters holds them, and Tesseract reads none of them alone. Pure geometry.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Marks, Numbers
from chalicelib.digitisation.model import Box, Word

_LARGEST: Final = 0.045
"""Inches that a dot is high and wide, at most."""
_ROUND: Final = 1.8
"""A dot is so many times longer one way than the other, at most."""
_ALIKE: Final = 1.6
"""The same of two dots of one colon."""
_SLANT: Final = 0.3
"""The share of its height that the upper dot stands aside: italics, and a page not quite level."""
_RISE: Final = (0.17, 0.65)
"""Heights of its line from the middle of one dot to that of the other, at least and at most."""
_FURTHEST: Final = 4.5
"""Sizes of a dot to the other one at most: the colon of the row above stands further off."""
_DOT: Final = (0.09, 0.3)
"""Heights of its line that a dot is high, at least and at most."""
_NEAR: Final = 3.0
"""Heights of its line from a colon to its label or its value, at most: what is farther off is dirt at the edge."""
_ALONE: Final = 1.2
"""From its lower dot to its upper one, so many times: no other small mark is as near."""
_SURE: Final = 0.9


def colons_on(marks: Marks, lines: Sequence[Box], dpi: int) -> Iterator[Word]:
    """The colons of a page that stand beside a line and in none, each as high as the line that it stands beside."""
    if not lines:
        return
    largest = dpi * _LARGEST
    size = np.maximum(marks.width, marks.height)
    dots = np.flatnonzero((size <= largest) & (size > 1) & (size <= _ROUND * np.minimum(marks.width, marks.height)))
    edges = np.array(lines)
    for lower, upper in _pairs(marks, dots):
        box = (
            int(min(marks.left[lower], marks.left[upper])), int(marks.top[upper]),
            int(max(marks.right[lower], marks.right[upper])), int(marks.bottom[lower]),
        )  # fmt: skip
        line = _beside(box, size[[lower, upper]].max(), edges)
        if line is not None:
            place = (box[0], line[1], box[2], line[3])
            yield Word(":", place, _SURE, place)


def _pairs(marks: Marks, dots: Numbers) -> Iterator[tuple[int, int]]:
    """Dots that stand above each other with nothing as small about them: the lower one, and the upper one."""
    across, down = (marks.left[dots] + marks.right[dots]) / 2, (marks.top[dots] + marks.bottom[dots]) / 2
    size = np.maximum(marks.width, marks.height)[dots]
    order = np.argsort(across, kind="stable")
    across, down, size, dots = across[order], down[order], size[order], dots[order]
    for at in range(len(dots)):
        reach = _FURTHEST * size[at]
        first, last = np.searchsorted(across, (across[at] - reach, across[at] + reach))
        near = np.arange(first, last)
        rise = down[at] - down[near]
        above = (rise > size[at]) & (rise <= reach) & (np.abs(across[near] - across[at]) <= 1.5 + _SLANT * rise)
        above &= (size[near] <= _ALIKE * size[at]) & (size[at] <= _ALIKE * size[near])
        found = near[above]
        if len(found) != 1:
            continue
        upper = int(found[0])
        room = _ALONE * (down[at] - down[upper])
        middle = (across[at] + across[upper]) / 2
        alone = (np.abs(across[near] - middle) <= room) & (down[near] >= down[upper] - room)
        alone &= down[near] <= down[at] + room
        if alone.sum() == 2:  # noqa: PLR2004 - the two dots themselves
            yield int(dots[at]), int(dots[upper])


def _beside(colon: Box, dot: int, lines: Numbers) -> Box | None:
    """The nearest line that a colon stands beside; None where it stands in one, or beside none."""
    left, top, right, bottom = colon
    height = lines[:, 3] - lines[:, 1]
    level = (lines[:, 1] <= top) & (bottom <= lines[:, 3] + 1)
    inside = level & (lines[:, 0] <= left + 1) & (right - 1 <= lines[:, 2])
    rise = bottom - top - dot
    level &= (
        (dot >= _DOT[0] * height)
        & (dot <= _DOT[1] * height)
        & (rise >= _RISE[0] * height)
        & (rise <= _RISE[1] * height)
    )
    apart = np.maximum(lines[:, 0] - right, left - lines[:, 2])
    level &= apart <= _NEAR * height
    if inside.any() or not level.any():
        return None
    nearest = lines[np.where(level, apart, np.iinfo(np.int64).max).argmin()].tolist()
    return nearest[0], nearest[1], nearest[2], nearest[3]
