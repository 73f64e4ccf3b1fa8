"""Hyphens before a line: of small print they are as short and as low as accents, and join no letters. Pure geometry."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Marks
from chalicelib.digitisation.model import Box

_WIDE: Final = (0.15, 0.55)
"""Heights of a line that a hyphen before it is wide, at least and at most."""
_FLAT: Final = 1.6
_AT: Final = (0.35, 0.75)
"""Where on the height of its line its middle is."""


def with_hyphen(box: Box, marks: Marks, lines: Sequence[Box]) -> Box:
    """A line from the short stroke before it on, where one begins it; else the line itself."""
    left, top, right, bottom = box
    height, across, down = bottom - top, marks.width, (marks.top + marks.bottom) / 2
    stroke = (across >= _WIDE[0] * height) & (across <= _WIDE[1] * height) & (marks.height > 1)
    stroke &= across >= _FLAT * marks.height
    stroke &= (down >= top + _AT[0] * height) & (down <= top + _AT[1] * height)
    stroke &= (left - marks.right <= height) & (left > marks.right)
    begins = np.flatnonzero(stroke)
    if len(begins) != 1:
        return box
    first = int(marks.left[begins[0]])
    if any(each[0] < left and each[2] > first - height and each[1] < bottom and each[3] > top for each in lines):
        return box  # it stands between two texts of a row, or in one
    return first, top, right, bottom
