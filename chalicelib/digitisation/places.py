"""Where a picture lies on its page, in points: a page of its own size for the officer's copy, A4 for the data message.

Pure. A picture is never cut and its pixels are never made anew: only its place on the page differs.
"""

import math
from typing import Final, NamedTuple

A4: Final = (595.276, 841.89)
_NARROWEST_BAND: Final = 420.0  # A5; a smaller paper sits in the middle of a wider page


class Place(NamedTuple):
    """A page, and on it the frame of the upright picture.

    `turn` is how far the picture is turned clockwise about the middle of its frame, in degrees: what lies askew on the
    scan then lies straight in the frame, and the scan's corners reach a little beyond it.
    """

    page_width: float
    page_height: float
    left: float
    bottom: float
    width: float
    height: float
    turn: float = 0.0


def natural(width: float, height: float, band: float) -> Place:
    """A page as large as the paper, at its size, under a band (Decree 30/2020/ND-CP, appendix I, part II: 100 %)."""
    page_width = max(width, _NARROWEST_BAND) if band else width
    return Place(page_width, height + band, (page_width - width) / 2, 0.0, width, height)


def on_a4(width: float, height: float, band: float, turn: float) -> Place:
    """A page of A4, upright where that shows the paper as large: in the middle of what a band leaves, whole.

    A paper that is smaller keeps its size, a larger one is shown smaller (Decree 30/2020/ND-CP, appendix I: A4).
    """
    angle = math.radians(abs(turn))
    cosine, sine = abs(math.cos(angle)), abs(math.sin(angle))
    across, upright = width * cosine + height * sine, width * sine + height * cosine

    def scale(page: tuple[float, float]) -> float:
        return min(1.0, page[0] / across, (page[1] - band) / upright)

    page = max(A4, A4[::-1], key=scale)
    shown_width, shown_height = width * scale(page), height * scale(page)
    left, bottom = (page[0] - shown_width) / 2, (page[1] - band - shown_height) / 2
    return Place(*page, left, bottom, shown_width, shown_height, turn)
