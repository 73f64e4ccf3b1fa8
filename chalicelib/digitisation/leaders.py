"""Dotted leaders and ruled lines, taken off the reading copy: Tesseract takes both for text, and text for them.

Only the copy that is read is changed; the archived picture keeps every pixel. All lengths are inches.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chalicelib.digitisation.askew import frames_askew
from chalicelib.digitisation.dots import THIN, Leader, leaders_of
from chalicelib.digitisation.ink import Bits, Marks, Numbers, fill, ink_of, marks_of, without
from chalicelib.digitisation.model import Box
from chalicelib.digitisation.negatives import righted
from chalicelib.digitisation.noughts import within_figures
from chalicelib.digitisation.rules import corners, strike_rules

type Places = NDArray[np.float64]

_INKED: Final = 0.9
"""The share of caught dots that there is ink of."""
_RUN_TOGETHER: Final = 0.6
"""The share of a leader's length with ink whose dots have run together."""
_FEWEST: Final = 3
"""Dots of a gap: one on either side, and one that was caught."""
_STANDS_UP: Final = 0.0088
"""Inches that the dot below a letter reaches above the dots of the leader that it touches, at least."""
_FOOT: Final = 0.05
"""The same from that dot to the foot of its letter, at most."""
_ONE_OR_TWO: Final = 2.2
_COMMA: Final = (2, 0.08)
"""Pixels that a comma with a dot is higher than a dot alone, at least, and inches that it is high, at most."""
_ONE_COMMA: Final = 1.1
"""Steps of a leader that such a comma is wide at most."""
_SLOPING: Final = 0.3
"""Pixels that a dot seems less high where its leader slopes a little."""
_HEAVIER: Final = 1.18
_HEAVIEST: Final = 0.85
"""Times the ink of a leader's dots, of one that is heavier than such a share of them, that one has with a letter's."""
_OFF_STEP: Final = 0.25
"""The share of a step that two dots are off it at most, between which another one was not printed."""
_ONE: Final = 1.4
"""Thicknesses of a leader that one of its dots is wide at most."""
_BEARS: Final = 0.02
"""The share of a leader's columns that have ink above them where text stands on it."""
_STANDING: Final = 0.17
"""The share of a text's columns with ink upon a leader where letters stand in it and not above it."""


class Cleared(NamedTuple):
    """The reading copy without leaders and rules, the marks that are left of it, where the leaders were.

    `touched` are those whose dots letters touched: a dot below a letter may have gone with them. `bars` are the upright
    rules between columns: column, top, bottom; `stamps` the frames that lean against the page.
    """

    grey: Image.Image
    marks: Marks
    changed: bool
    leaders: tuple[Box, ...] = ()
    touched: tuple[Box, ...] = ()
    bars: Numbers | None = None
    stamps: tuple[Box, ...] = ()


def clear(grey: Image.Image, dpi: int) -> Cleared:
    """Take leaders and rules off a straightened page; answers the page itself where there are none, nor bars."""
    grey = righted(grey, dpi)
    ink = ink_of(grey, dpi)
    marks = marks_of(ink)
    stamps = tuple(frames_askew(marks, dpi))
    gone = np.zeros_like(ink)
    marks, bars = _without_rules(gone, marks, ink, dpi)
    dots = np.zeros(len(marks.left), np.bool_)
    found = list(leaders_of(marks, dpi))
    small = np.flatnonzero((marks.height > _COMMA[0]) & (marks.height <= dpi * _COMMA[1]))
    stretches: list[Box] = []
    touched: list[Box] = []
    for leader in found:
        own = list(_stretches(leader, marks, ink, dpi))
        of_letters = _of_letters(leader, marks, ink, dpi)
        for left, _, right, _ in own:  # a dot alone is a full stop of the label beside it
            within = (marks.left[leader.marks] >= left) & (marks.right[leader.marks] <= right)
            dots[leader.marks[within & ~of_letters]] = True
        if own:
            stretches += own if leader.step else []  # what has no step may be what is left of a rule
            ends = leader._replace(left=min(box[0] for box in own), right=max(box[2] for box in own))
            whole = np.concatenate([leader.marks[of_letters], _commas_on(leader, marks, small)])
            if _wipe(gone, ink, ends, _columns_of(marks, whole, ends)):
                touched += own
            elif not leader.step:
                touched += [box for box in own if _bears_text(leader, box, ink)]
    if dots.any():
        fill(gone, np.stack(marks.runs, axis=1)[dots[marks.of_run]])
    inner = within_figures(marks, dpi) & ~dots
    if inner.any():
        dots |= inner
        fill(gone, np.stack(marks.runs, axis=1)[inner[marks.of_run]])
    if not gone.any():
        return Cleared(grey, marks, changed=False, stamps=stamps)
    pixels = np.array(grey)
    ink &= ~gone
    pixels[_grown(gone) & ~ink] = np.median(pixels[::8, ::8])  # no stripes whiter than the paper
    return Cleared(
        Image.fromarray(pixels),
        marks_of(ink) if dots.any() else marks,
        changed=True,
        leaders=tuple(stretches),
        touched=tuple(touched),
        bars=bars,
        stamps=stamps,
    )


def _without_rules(gone: Bits, marks: Marks, ink: Bits, dpi: int) -> tuple[Marks, Numbers]:
    """Set in `gone` the rules of a page and the corners of boxes beside labels; answers the marks left and uprights."""
    bars = strike_rules(gone, marks, dpi)
    if not gone.any():
        return marks, bars
    marks = marks_of(ink & ~gone)
    stubs = corners(marks, bars, dpi)
    if stubs.any():
        fill(gone, np.stack(marks.runs, axis=1)[stubs[marks.of_run]])
        marks = without(marks, stubs)
    return marks, bars


def _bears_text(leader: Leader, box: Box, ink: Bits) -> bool:
    """Whether letters stand on a stretch of a leader whose dots have run together: a dot below one went with them."""
    columns = np.arange(box[0], box[2])
    middle = np.round(leader.slope * columns + leader.height).astype(np.int64)
    above = np.maximum(middle[:, None] - np.arange(leader.reach // 3, leader.reach)[None, :], 0)
    return bool(ink[above, columns[:, None]].any(axis=1).mean() >= _BEARS)


def _of_letters(leader: Leader, marks: Marks, ink: Bits, dpi: int) -> Bits:
    """Which dots of a leader are the dot below a letter as well, with a letter above them.

    They are higher than the others, or have more ink, or are too many for its step: one between two that are a step
    apart, one that has run together with its neighbour.
    """
    own = leader.marks
    if not leader.step:
        return np.zeros(len(own), np.bool_)
    line = leader.slope * (marks.left[own] + marks.right[own]) / 2 + leader.height
    up = line - marks.top[own]
    up = up - np.median(up)
    higher = (up >= max(2, dpi * _STANDS_UP) - _SLOPING) & (marks.height[own] > leader.thick + 1)
    weight = marks.weight[own]
    found: Bits = (
        higher | _too_many(leader, marks) | (weight > _HEAVIER * np.sort(weight)[int(_HEAVIEST * (len(weight) - 1))])
    )
    found &= marks.width[own] <= _ONE_OR_TWO * leader.step
    for number in np.flatnonzero(found).tolist():
        left, top, right = int(marks.left[own[number]]), int(marks.top[own[number]]), int(marks.right[own[number]])
        found[number] = ink[max(0, top - round(dpi * _FOOT)) : top, max(0, left - 1) : right + 1].any()
    return found


def _too_many(leader: Leader, marks: Marks) -> Bits:
    """Which dots of a leader its step has no room for, or are wider than one and no two of its own."""
    own = leader.marks
    order = np.argsort(marks.left[own], kind="stable")
    middles = (marks.left[own[order]] + marks.right[own[order]]) / 2
    found = np.zeros(len(own), np.bool_)
    if len(own) > _FEWEST:
        found[order[1:-1]] = np.abs(middles[2:] - middles[:-2] - leader.step) <= _OFF_STEP * leader.step
    wide = marks.width[own]
    two = np.abs(wide - leader.step - leader.thick) <= max(1.0, _OFF_STEP * leader.step)
    found |= (wide > _ONE * leader.thick + 1) & ~two
    return found


def _commas_on(leader: Leader, marks: Marks, small: Numbers) -> Numbers:
    """Of the `small` marks those that a comma, or the dot below a letter, has become with a dot of a leader."""
    if not leader.step or not len(small):
        return small[:0]
    tallest = int(marks.height[small].max())
    heights = [leader.slope * end + leader.height for end in (leader.left, leader.right)]
    first, last = np.searchsorted(marks.top[small], (min(heights) - tallest, max(heights)))
    small = small[first:last]  # marks are numbered from the top
    left, right, top, bottom = (edge[small] for edge in (marks.left, marks.right, marks.top, marks.bottom))
    line = leader.slope * (left + right) / 2 + leader.height
    found = (top < line) & (bottom > line) & (left >= leader.left) & (right <= leader.right)
    return small[found & (bottom - top >= leader.thick + _COMMA[0]) & (right - left <= _ONE_COMMA * leader.step)]


def _columns_of(marks: Marks, dots: Numbers, leader: Leader) -> Bits:
    """Which columns of a leader have one of those dots."""
    found = np.zeros(leader.right - leader.left, np.bool_)
    for dot in dots.tolist():
        found[max(0, int(marks.left[dot]) - 1 - leader.left) : max(0, int(marks.right[dot]) + 1 - leader.left)] = True
    return found


def _stretches(leader: Leader, marks: Marks, ink: Bits, dpi: int) -> Iterator[Box]:
    """Where a leader goes on without a break, below the text that stands on it too; a label beside it is a break."""
    order = leader.marks[np.argsort(marks.left[leader.marks], kind="stable")]
    left, right = marks.left[order], marks.right[order]
    first = 0
    for at in range(1, len(order) + 1):
        if at < len(order) and _goes_on(leader, int(right[at - 1]), int(left[at]), ink, dpi):
            continue
        if at - first > 1 or right[at - 1] - left[first] > dpi * THIN * 2:
            ends = [leader.slope * x + leader.height for x in (left[first], right[at - 1])]
            half = leader.thick / 2
            yield int(left[first]), round(min(ends) - half), int(right[at - 1]), round(max(ends) + half) + 1
        first = at


def _goes_on(leader: Leader, end: int, begin: int, ink: Bits, dpi: int) -> bool:
    """Whether a leader was printed from column `end` to `begin`: there is ink where each of its dots must be."""
    if begin - end <= dpi * THIN * 2:
        return True
    columns = np.arange(end, begin, dtype=np.float64)
    if leader.step:
        count = round((begin - end + leader.thick) / leader.step)
        if count < 2:  # noqa: PLR2004 - no dot between the two
            return True
        columns = np.linspace(end - leader.thick / 2, begin + leader.thick / 2, count + 1)[1:-1]
    middle = np.round(leader.slope * columns + leader.height).astype(np.int64)
    at = np.clip(np.round(columns).astype(np.int64), 1, ink.shape[1] - 2)
    middle = np.clip(middle, 1, len(ink) - 2)
    near = [ink[middle + down, at + aside] for down in (0, 1) for aside in ((-1, 0, 1) if leader.step else (0,))]
    return bool(np.logical_or.reduce(near).mean() >= (_INKED if leader.step else _RUN_TOGETHER))


def _grown(gone: Bits) -> Bits:
    """One pixel more to each side: the soft edge of a mark."""
    wider = gone.copy()
    wider[:, 1:] |= gone[:, :-1]
    wider[:, :-1] |= gone[:, 1:]
    taller = wider.copy()
    taller[1:] |= wider[:-1]
    taller[:-1] |= wider[1:]
    return taller


def _wipe(gone: Bits, ink: Bits, leader: Leader, kept: Bits) -> bool:
    """Dots that letters have caught: ink on the leader's line with nothing above it and nothing below.

    What stands in the columns that are `kept` are dots of letters themselves.

    Where letters stand on the line itself nothing is wiped: it would be their feet. Answers whether letters touched it.
    """
    columns = np.arange(leader.left, leader.right)
    half = int(np.ceil(leader.thick / 2))
    middle = np.round(leader.slope * columns + leader.height).astype(np.int64)
    if middle.min() < half + 2 or middle.max() >= ink.shape[0] - half - 2:
        return False
    above = ink[middle - half - 1, columns] | ink[middle - half - 2, columns]
    text = above.copy()
    for up in range(half + 3, leader.reach):
        text |= ink[np.maximum(middle - up, 0), columns]
    room = np.ones(min(2 * leader.reach + 1, len(columns)))
    touched = _wipe_dots(gone, ink, leader, columns, text, kept)
    standing = np.convolve(above, room, "same") > _STANDING * np.convolve(text, room, "same")
    alone = ~(kept | standing | above | ink[middle + half + 1, columns] | ink[middle + half + 2, columns])
    for down in range(-half, half + 1):
        gone[middle[alone] + down, columns[alone]] |= ink[middle[alone] + down, columns[alone]]
    return touched


def _wipe_dots(gone: Bits, ink: Bits, leader: Leader, columns: Numbers, text: Bits, kept: Bits) -> bool:
    """Dots that touch the feet of letters which stand just above the line: where the step says that one was printed.

    Between the dots there is no ink then, but for tails; where letters stand on the line itself there is.
    """
    thick = round(leader.thick)
    upper = np.round(leader.slope * columns + leader.height - (thick - 1) / 2).astype(np.int64)
    tail = np.zeros(len(columns), np.bool_)
    for down in range(1, leader.reach // 3):
        tail |= ink[np.minimum(upper + thick + down, len(ink) - 1), columns]
    tail &= ink[upper + thick, columns]
    for aside in (1, 2):  # the head of a comma, the bow of a letter
        tail[aside:] |= tail[:-aside] & ink[upper + thick - 1, columns][aside:]
        tail[:-aside] |= tail[aside:] & ink[upper + thick - 1, columns][:-aside]
    foot = ink[upper + max(0, thick - 2), columns] & ~tail
    touched = False
    for gap in leader.gaps:
        dots = gap[(gap >= leader.left) & (gap < leader.right)]  # a gap before its first stretch is none of it
        if len(dots) < _FEWEST:
            continue
        caught = np.clip(np.round(dots[1:-1]).astype(np.int64) - leader.left, 1, len(columns) - 2)
        inked = [ink[upper[caught] + thick // 2, columns[caught] + aside] for aside in (-1, 0, 1)]
        if np.logical_or.reduce(inked).mean() < _INKED:
            continue  # paper where a dot must be: a label stands between two leaders
        inside = np.zeros(len(columns), np.bool_)
        inside[max(0, round(dots[0]) - leader.left) : round(dots[-1]) + 1 - leader.left] = True
        dotted = np.zeros(len(columns), np.bool_)
        for dot in dots.tolist():
            first = max(0, int(np.floor(dot - leader.thick / 2)) - leader.left)
            dotted[first : int(np.ceil(dot + leader.thick / 2)) + 1 - leader.left] = True
        beside = inside & text & ~dotted & ~tail
        if (foot & beside).sum() > _STANDING * beside.sum():
            continue
        clear = dotted & ~tail & ~kept
        for down in range(thick + 1):
            gone[upper[clear] + down, columns[clear]] |= ink[upper[clear] + down, columns[clear]]
        touched = True
    return touched
