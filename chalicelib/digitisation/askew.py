"""What leans against a page that is level: the words of a stamp, pressed on by hand, and its frame. Pure geometry."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Marks, Numbers, fill, ranked
from chalicelib.digitisation.model import Box

_FRAME: Final = (0.6, 3.5, 0.2, 1.6)
"""Inches that the frame of a stamp is wide, at least and at most, and high."""
_HOLLOW: Final = 0.35
"""The share of its box that a frame fills at most."""
_FRAME_LEANS: Final = 0.025
"""Of its length that the edge of such a frame rises or falls at least: a degree and a half."""
_PARALLEL: Final = 0.02
_STRAIGHT: Final = 0.012
"""Inches that an edge is off a straight line, in the middle: a seal and a signature are further."""
_MIDDLE: Final = 0.15
"""The share of a frame's width at either end that is left out: its corners."""
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
    heads, feet = (ranked(fall / apart) for fall in falls)
    return heads, feet


def frames_askew(marks: Marks, dpi: int) -> list[Box]:
    """The boxes of frames that lean against the page: those of stamps, whose words are no print of the paper."""
    narrow, wide, low, high = (dpi * inches for inches in _FRAME)
    found = (marks.width >= narrow) & (marks.width <= wide) & (marks.height >= low) & (marks.height <= high)
    found &= (marks.weight < _HOLLOW * marks.width * marks.height) & (marks.width > marks.height)
    return [
        (int(marks.left[mark]), int(marks.top[mark]), int(marks.right[mark]), int(marks.bottom[mark]))
        for mark in np.flatnonzero(found).tolist()
        if _is_frame_askew(marks, mark, dpi)
    ]


def _is_frame_askew(marks: Marks, mark: int, dpi: int) -> bool:
    """Whether the upper and the lower edge of a mark are straight and lean alike."""
    runs = np.stack(marks.runs, axis=1)[marks.of_run == mark] - (marks.top[mark], marks.left[mark], marks.left[mark])
    ink = np.zeros((int(marks.height[mark]), int(marks.width[mark])), np.bool_)
    fill(ink, runs)
    ends = round(_MIDDLE * ink.shape[1])
    inner = ink[:, ends : ink.shape[1] - ends]
    columns = np.flatnonzero(inner.any(axis=0))
    if len(columns) < inner.shape[1] * _MOSTLY:
        return False
    slopes = []
    for edge in (inner[:, columns].argmax(axis=0), inner[::-1, columns].argmax(axis=0)):
        half = len(edge) // 2
        slope = float(np.median((edge[half:][:half] - edge[:half]) / (columns[half:][:half] - columns[:half])))
        off = np.abs(edge - slope * columns - np.median(edge - slope * columns))
        if float(np.median(off)) > max(1.0, dpi * _STRAIGHT):
            return False
        slopes.append(slope)
    upper, lower = slopes[0], -slopes[1]  # the lower edge is measured from below
    return min(abs(upper), abs(lower)) >= _FRAME_LEANS and abs(upper - lower) <= _PARALLEL


def is_inside(box: Box, frames: Sequence[Box]) -> bool:
    """Whether the middle of a box lies within one of some frames."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left < across < right and top < down < bottom for left, top, right, bottom in frames)
