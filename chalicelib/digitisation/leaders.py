"""Dotted leaders and ruled lines, taken off the reading copy: Tesseract takes both for text, and text for them.

Only the copy that is read is changed; the archived picture keeps every pixel. All lengths are inches.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from chalicelib.digitisation.ink import Bits, Marks, Numbers, Runs, ink_of, marks_of, runs_of

type Places = NDArray[np.float64]

_THIN: Final = 0.034
"""A dot of a leader, or the dots that blur has joined, are no higher."""
_GAP: Final = 0.08
"""From one dot to the next, at most."""
_FEWEST_DOTS: Final = 7
_SHORTEST: Final = 0.3
"""A leader whose dots have run together is at least as long; a dash is shorter."""
_FULL: Final = 0.45
"""The share of such a leader's length that is ink."""
_EVEN: Final = 0.75
"""The share of steps that are alike: the marks over capitals do not stand so."""
_OFF_LINE: Final = 0.009
_LETTERS: Final = 5.0
"""A leader goes on behind as much text as this before its next dot is seen."""
_RULE: Final = 0.26
"""The shortest rule across; the bar of a letter of a title is shorter."""
_UPRIGHT_RULE: Final = 0.22
_LARGEST_LETTER: Final = 0.4
"""The height of a capital of a title, with its accents."""
_STEM: Final = 0.017
"""The upright stroke of a letter that is as high as a rule is thicker than that; the edge of a box is not."""
_STUB: Final = 0.05
"""What is left of a rule where blur or a slant broke it."""
_STUB_ROUNDS: Final = 3
_HOLLOW: Final = 0.3
"""The share of its box that a frame fills at most; what fills more is a picture."""
_FEW_DOTS: Final = 3
_ABOVE: Final = 2
_COLON: Final = 0.09
"""From the lower dot of a colon to its upper one, at most."""
_STANDING: Final = 0.17
"""The share of a text's columns with ink upon a leader where letters stand in it and not above it."""


class Cleared(NamedTuple):
    """The reading copy without leaders and rules, and the marks that are left of it."""

    grey: Image.Image
    marks: Marks
    changed: bool


def clear(grey: Image.Image, dpi: int) -> Cleared:
    """Take leaders and rules off a straightened page; answers the page itself where there are none."""
    ink = ink_of(grey, dpi)
    marks = marks_of(ink)
    gone = np.zeros_like(ink)
    _strike_rules(gone, marks, dpi)
    if gone.any():
        marks = marks_of(ink & ~gone)
    dots = np.zeros(len(marks.left), np.bool_)
    for leader in _leaders(marks, dpi):
        dots[leader.marks] = True
        _wipe(gone, ink, leader)
    if dots.any():
        _fill(gone, np.stack(marks.runs, axis=1)[dots[marks.of_run]])
    if not gone.any():
        return Cleared(grey, marks, changed=False)
    pixels = np.array(grey)
    ink &= ~gone
    pixels[_grown(gone) & ~ink] = np.median(pixels[::8, ::8])  # no stripes whiter than the paper
    return Cleared(Image.fromarray(pixels), marks_of(ink) if dots.any() else marks, changed=True)


def _fill(gone: Bits, runs: Numbers) -> None:
    for row, start, end in runs.tolist():
        gone[row, start:end] = True


def _grown(gone: Bits) -> Bits:
    """One pixel more to each side: the soft edge of a mark."""
    wider = gone.copy()
    wider[:, 1:] |= gone[:, :-1]
    wider[:, :-1] |= gone[:, 1:]
    taller = wider.copy()
    taller[1:] |= wider[:-1]
    taller[:-1] |= wider[1:]
    return taller


class _Leader(NamedTuple):
    """The marks of a leader, the line that they stand on (slope, height at column 0), and how thick they are.

    Letters that stand on the line are looked for `reach` columns to either side.
    """

    marks: Numbers
    left: int
    right: int
    slope: float
    height: float
    thick: float
    reach: int


class _Thin(NamedTuple):
    """The thin marks of a page from left to right: their number, middle height, edges."""

    mark: Numbers
    y: Places
    left: Numbers
    right: Numbers


def _leaders(marks: Marks, dpi: int) -> Iterator[_Leader]:
    """Rows of thin marks at one step, or run together, and the same row where it goes on below a text."""
    thin = np.flatnonzero(marks.height <= max(3, round(dpi * _THIN)))
    if len(thin) < _FEW_DOTS:
        return
    thin = thin[np.argsort(marks.left[thin], kind="stable")]
    found = _Thin(thin, (marks.top[thin] + marks.bottom[thin] - 1) / 2, marks.left[thin], marks.right[thin])
    for chain in _chains(found, dpi):
        if _is_leader(found, chain, dpi):
            yield _leader(found, chain, marks, dpi)


def _chains(thin: _Thin, dpi: int) -> list[Numbers]:
    """Marks that follow each other closely on one height, from left to right."""
    near, off = dpi * _GAP, max(1.6, dpi * _OFF_LINE)
    y, left, right = thin.y.tolist(), thin.left.tolist(), thin.right.tolist()
    chains: list[list[int]] = []
    last: dict[int, list[int]] = {}
    for number, down in enumerate(y):
        band = int(down / off)
        for nearby in (band, band - 1, band + 1):
            chain = last.get(nearby)
            if chain and left[number] - right[chain[-1]] <= near and abs(down - y[chain[-1]]) <= off:
                chain.append(number)
                del last[nearby]
                break
        else:
            chain = [number]
            chains.append(chain)
        last[band] = chain
    return [np.array(chain) for chain in chains]


def _is_leader(thin: _Thin, chain: Numbers, dpi: int) -> bool:
    left, right = thin.left[chain], thin.right[chain]
    length = right[-1] - left[0]
    if length >= dpi * _SHORTEST and (right - left).sum() >= _FULL * length:
        return True
    if len(chain) < _FEWEST_DOTS:
        return False
    steps = np.diff((left + right) / 2)
    middle = float(np.median(steps))
    return float((np.abs(steps - middle) <= max(1.5, middle * 0.25)).mean()) >= _EVEN


def _leader(thin: _Thin, chain: Numbers, marks: Marks, dpi: int) -> _Leader:
    chain = _without_colon(thin, chain, dpi)
    x, y = (thin.left[chain] + thin.right[chain]) / 2, thin.y[chain]
    slope, height = 0.0, float(np.median(y))
    if len(chain) > _FEWEST_DOTS and thin.right[chain[-1]] - thin.left[chain[0]] > dpi:
        slope, height = (float(each) for each in np.polyfit(x, y, 1))
    middles = (thin.left + thin.right) / 2
    near = np.flatnonzero(np.abs(thin.y - (slope * middles + height)) <= max(1.3, dpi * _OFF_LINE * 0.7))
    member, left, right = _run_on(thin, near, int(thin.left[chain[0]]), int(thin.right[chain[-1]]), dpi)
    every = np.union1d(chain, member).astype(np.int64)
    thick = float(np.median(marks.height[thin.mark[every]]))
    return _Leader(thin.mark[every], left, right, slope, height, thick, round(dpi * _THIN * 4))


def _without_colon(thin: _Thin, chain: Numbers, dpi: int) -> Numbers:
    """A chain without the lower dot of the colon that it began behind."""
    first = chain[0]
    rise = thin.y[first] - thin.y
    upper = (np.abs(thin.left - thin.left[first]) <= _ABOVE) & (rise > dpi * _THIN / 2) & (rise < dpi * _COLON)
    return chain[1:] if upper.any() and len(chain) > 1 else chain


def _run_on(thin: _Thin, near: Numbers, left: int, right: int, dpi: int) -> tuple[list[int], int, int]:
    """The dots of a line that go on from its first ones, to either side, and where they end.

    One or two alone are a full stop or a colon.
    """
    widest, found = dpi * _LETTERS, []
    apart = np.flatnonzero(thin.left[near][1:] - thin.right[near][:-1] > dpi * _GAP) + 1
    groups = [_without_colon(thin, group, dpi) for group in np.split(near, apart) if len(group) >= _FEW_DOTS]
    for group in groups:
        first, last = int(thin.left[group[0]]), int(thin.right[group[-1]])
        if first <= right + widest and last > right:
            found += group.tolist()
            right = last
    for group in groups[::-1]:
        first, last = int(thin.left[group[0]]), int(thin.right[group[-1]])
        if last >= left - widest and first < left:
            found += group.tolist()
            left = first
    return found, left, right


def _wipe(gone: Bits, ink: Bits, leader: _Leader) -> None:
    """Dots that letters have caught: ink on the leader's line with nothing above it and nothing below.

    Where letters stand on the line itself nothing is wiped: it would be their feet.
    """
    columns = np.arange(leader.left, leader.right)
    half = int(np.ceil(leader.thick / 2))
    middle = np.round(leader.slope * columns + leader.height).astype(np.int64)
    if middle.min() < half + 2 or middle.max() >= ink.shape[0] - half - 2:
        return
    above = ink[middle - half - 1, columns] | ink[middle - half - 2, columns]
    text = above.copy()
    for up in range(half + 3, leader.reach):
        text |= ink[np.maximum(middle - up, 0), columns]
    room = np.ones(min(2 * leader.reach + 1, len(columns)))
    standing = np.convolve(above, room, "same") > _STANDING * np.convolve(text, room, "same")
    alone = ~(standing | above | ink[middle + half + 1, columns] | ink[middle + half + 2, columns])
    for down in range(-half, half + 1):
        gone[middle[alone] + down, columns[alone]] |= ink[middle[alone] + down, columns[alone]]


def _strike_rules(gone: Bits, marks: Marks, dpi: int) -> None:
    _strike(gone, marks.runs, round(dpi * _RULE), dpi)
    hollow = marks.weight < _HOLLOW * marks.width * marks.height
    slim = marks.width < dpi * _THIN
    tall = np.flatnonzero((marks.height >= dpi * _UPRIGHT_RULE) & (hollow | slim))
    for number in tall.tolist():
        window = np.s_[marks.top[number] : marks.bottom[number], marks.left[number] : marks.right[number]]
        own = np.zeros_like(gone[window])  # a frame about the page holds the letters of all of it
        runs = np.stack(marks.runs, axis=1)[marks.of_run == number]
        _fill(own, runs - (marks.top[number], marks.left[number], marks.left[number]))
        upright = np.zeros_like(own.T)
        _strike(upright, runs_of(own.T), round(dpi * _UPRIGHT_RULE), dpi)
        if marks.height[number] <= dpi * _LARGEST_LETTER:
            _keep_stems(upright, dpi)
        gone[window] |= upright.T


def _keep_stems(struck: Bits, dpi: int) -> None:
    """Leave the strokes of large letters alone: they are thicker than rules. The rows of `struck` are columns."""
    columns = np.flatnonzero(struck.any(axis=1))
    if not len(columns):
        return
    for group in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
        if len(group) >= dpi * _STEM:
            struck[group] = False


def _strike(gone: Bits, runs: Runs, shortest: int, dpi: int) -> None:
    """Mark the rules along the rows of a picture: long runs, and short ones that lie against them."""
    length = runs.end - runs.start
    if not (length >= shortest).any():
        return
    every = np.stack(runs, axis=1)
    _fill(gone, every[length >= shortest])
    stubs = every[(length >= dpi * _STUB) & (length < shortest)]
    for _ in range(_STUB_ROUNDS):
        near = _beside(gone, stubs)
        _fill(gone, stubs[near])
        stubs = stubs[~near]


def _beside(gone: Bits, runs: Numbers) -> Bits:
    """Which runs have something that is gone just above or below one of their ends."""
    height, width = gone.shape
    row, start, end = runs.T
    near = np.zeros(len(runs), np.bool_)
    for down in (-2, -1, 1, 2):
        at = np.clip(row + down, 0, height - 1)
        near |= gone[at, np.maximum(start - 2, 0)] | gone[at, np.minimum(end + 1, width - 1)]
    return near
