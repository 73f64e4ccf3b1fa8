"""Lines that lean against a page that is level: the words of a stamp, pressed on by hand. Pure geometry."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Marks, Numbers

_FEWEST_LEANING: Final = 11
_LEANS: Final = 0.05
"""Of a line's length that it rises or falls on a page that is level: three degrees."""
_MOSTLY: Final = 0.7
"""The share of that by which each half of it leans."""


def is_askew(marks: Marks, group: Sequence[int]) -> bool:
    """Whether a line leans against the page, and does so all along: the words of a stamp, pressed on by hand.

    What is typed higher than the label before it is level by itself.
    """
    if len(group) < _FEWEST_LEANING:
        return False
    order = np.array(group)[np.argsort(marks.left[group], kind="stable")]
    half = len(order) // 2 + 1
    whole = _leaning(marks, order)
    for way in (1, -1):
        if min(way * each for each in whole) > _LEANS:  # accents and tails make either heads or feet lean
            halves = (_leaning(marks, part) for part in (order[:half], order[-half:]))
            return all(max(way * each for each in part) > _MOSTLY * _LEANS for part in halves)
    return False


def _leaning(marks: Marks, letters: Numbers) -> tuple[float, float]:
    """How much the heads of letters fall over their length, and their feet."""
    first, after = np.triu_indices(len(letters), len(letters) // 2)
    across = (marks.left + marks.right)[letters] / 2
    apart = np.maximum(1.0, across[after] - across[first])
    falls = (edge[letters][after] - edge[letters][first] for edge in (marks.top, marks.bottom))
    heads, feet = (float(np.median(fall / apart)) for fall in falls)
    return heads, feet
