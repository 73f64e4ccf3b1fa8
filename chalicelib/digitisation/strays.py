"""What was read and stands where no print does: letters as tall as a signature, a figure or a colon by itself. Pure."""

from collections.abc import Sequence
from typing import Final

from chalicelib.digitisation.model import Box, Word

_FEW: Final = 3
"""Letters of a signature or the rest of a seal that are read as such, at most."""
_TOO_TALL: Final = 1.85
"""Heights of the page's lines that so few letters are no more of: a title has more."""
_SURE: Final = 0.88
"""One sign in a row by itself has to be so sure: a page's number is."""
_IN_ROW: Final = 0.5
_LARGE: Final = 1.25
_HIGH: Final = 0.4
"""The share of the page from its top in which a title stands."""
_FEWEST: Final = 9
_MOSTLY: Final = 0.8
"""Letters of a title, at least, and their share of its signs."""


def is_stray(line: Sequence[Word], boxes: Sequence[Box], usual: float) -> bool:
    """Whether a line is none of the paper's, by where and how large it stands: `usual` is how high its lines are."""
    box, text = line[0].line_box, "".join(word.text for word in line)
    if len(text) <= _FEW and text.isalpha() and usual and box[3] - box[1] >= _TOO_TALL * usual:
        return True
    return len(text) == 1 and line[0].confidence < _SURE and not any(_in_row(box, other) for other in boxes)


def is_title(line: Sequence[Word], usual: float, height: int) -> bool:
    """Whether an unsure line is the title of a paper, in large capitals of a fancy face high on the page."""
    box, text = line[0].line_box, "".join(word.text for word in line)
    letters = sum(map(str.isalpha, text))
    large = bool(usual) and box[3] - box[1] >= _LARGE * usual and box[3] <= _HIGH * height
    return large and letters >= _FEWEST and text.isupper() and letters >= _MOSTLY * len(text)


def is_colon_of(colon: Box, boxes: Sequence[Box]) -> bool:
    """Whether a colon by itself stands in the row of a label to its left."""
    return any(other[0] < colon[0] and _in_row(colon, other) for other in boxes)


def _in_row(box: Box, other: Box) -> bool:
    common = min(box[3], other[3]) - max(box[1], other[1])
    return box != other and common >= _IN_ROW * min(box[3] - box[1], other[3] - other[1])
