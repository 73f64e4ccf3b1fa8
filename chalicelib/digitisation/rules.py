"""Ruled lines and the edges of boxes on a page, as pixels. All lengths are inches."""

from typing import Final

import numpy as np

from chalicelib.digitisation.ink import Bits, Marks, Numbers, Runs, fill, runs_of

THIN: Final = 0.034
"""A dot of a leader, or the dots that blur has joined, are no higher."""
_RULE: Final = 0.26
"""The shortest rule across; the bar of a letter of a title is shorter."""
_UPRIGHT_RULE: Final = 0.22
_BOX: Final = 0.1
"""The height of a box for one figure, at least."""
_LARGEST_LETTER: Final = 0.4
"""The height of a capital of a title, with its accents."""
_STEM: Final = 0.017
"""The upright stroke of a letter that is as high as a rule is thicker than that; the edge of a box is not."""
_STEM_OF_HEIGHT: Final = 0.085
"""The same, as a share of its height: the edge of a box that blur has made thicker is still slender."""
_WIDEST_LETTER: Final = 1.6
_NO_RULE: Final = 0.55
"""Heights of a capital with hairlines that it is wide at most, and the share of its ink in no rule, at least."""
_RIM: Final = 8
_CLOSED: Final = 0.9
"""The edge of a box is an eighth of its side thick at most, and is there on that share of it, at least."""
_STUB: Final = 0.05
"""What is left of a rule where blur or a slant broke it."""
_STUB_ROUNDS: Final = 3
_CORNER: Final = 0.03
"""From a mark to the end of the upright that it is a corner with, at most."""
_FLAT: Final = 2
"""Heights of such a mark that it is wide, at least."""
_HOLLOW: Final = 0.3
"""The share of its box that a frame fills at most; what fills more is a picture."""


def strike_rules(gone: Bits, marks: Marks, dpi: int) -> Numbers:
    """Set in `gone` the rules of a page, across and upright, and the edges of boxes.

    Answers the uprights that part columns: column, top, bottom; the edges of boxes of one figure are none.
    """
    uprights: list[Numbers] = []
    _strike(gone, marks.runs, round(dpi * _RULE), dpi)
    hollow = marks.weight < _HOLLOW * marks.width * marks.height
    slim = marks.width < dpi * THIN
    boxed = hollow & (marks.width >= dpi * _RULE) & (marks.height >= dpi * _BOX)
    tall = np.flatnonzero(((marks.height >= dpi * _UPRIGHT_RULE) & (hollow | slim)) | boxed)
    for number in tall.tolist():
        window = np.s_[marks.top[number] : marks.bottom[number], marks.left[number] : marks.right[number]]
        own = np.zeros_like(gone[window])  # a frame about the page holds the letters of all of it
        runs = np.stack(marks.runs, axis=1)[marks.of_run == number]
        fill(own, runs - (marks.top[number], marks.left[number], marks.left[number]))
        upright = np.zeros_like(own.T)
        _strike(upright, runs_of(own.T), round(dpi * _UPRIGHT_RULE), dpi)
        if marks.height[number] <= dpi * _LARGEST_LETTER:
            if _is_letter(own, gone[window] | upright.T):
                continue
            _keep_stems(upright, dpi)
        bars = np.stack(runs_of(upright), axis=1)
        bars = bars[bars[:, 2] - bars[:, 1] >= dpi * _UPRIGHT_RULE]
        corner = np.array([marks.left[number], marks.top[number], marks.top[number]])
        uprights.append(bars + corner)
        if boxed[number]:
            upright |= _between_rules(own.T, gone[window].T, dpi)
        gone[window] |= upright.T
    return np.concatenate(uprights) if uprights else np.zeros((0, 3), np.int64)


def _is_letter(own: Bits, ruled: Bits) -> bool:
    """Whether a mark as high as a capital is one with hairlines, as display faces have them: most of it is no rule.

    What has an edge on all four sides is a box, whatever is ticked in it.
    """
    narrow = own.shape[1] <= _WIDEST_LETTER * own.shape[0]
    if not narrow or (own & ~ruled).sum() <= _NO_RULE * own.sum():
        return False
    across, down = (max(2, side // _RIM) for side in own.shape)
    sides = (own[:across].any(axis=0), own[-across:].any(axis=0), own[:, :down].any(axis=1), own[:, -down:].any(axis=1))
    return not all(side.mean() >= _CLOSED for side in sides)


def _between_rules(own: Bits, struck: Bits, dpi: int) -> Bits:
    """The short uprights from one rule to the next: the edges of boxes of one figure. Columns are rows here."""
    found = np.zeros_like(own)
    runs = runs_of(own & ~struck)
    row, start, end = runs
    framed = (start > 0) & (end < own.shape[1]) & (end - start >= dpi * _BOX)
    framed &= struck[row, np.maximum(start - 1, 0)] & struck[row, np.minimum(end, own.shape[1] - 1)]
    fill(found, np.stack(runs, axis=1)[framed])
    _keep_stems(found, dpi)
    return found


def _keep_stems(struck: Bits, dpi: int) -> None:
    """Leave the strokes of large letters alone: they are thicker than rules. The rows of `struck` are columns."""
    columns = np.flatnonzero(struck.any(axis=1))
    if not len(columns):
        return
    for group in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
        if len(group) >= max(dpi * _STEM, _STEM_OF_HEIGHT * int(struck[group].any(axis=0).sum())):
            struck[group] = False


def _strike(gone: Bits, runs: Runs, shortest: int, dpi: int) -> None:
    """Mark the rules along the rows of a picture: long runs, and short ones that lie against them."""
    length = runs.end - runs.start
    if not (length >= shortest).any():
        return
    every = np.stack(runs, axis=1)
    fill(gone, every[length >= shortest])
    stubs = every[(length >= dpi * _STUB) & (length < shortest)]
    for _ in range(_STUB_ROUNDS):
        near = _beside(gone, stubs)
        fill(gone, stubs[near])
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


def corners(marks: Marks, bars: Numbers, dpi: int) -> Bits:
    """Which marks are what a label in the edge of a box left of it: flat, beginning or ending where an upright does."""
    found = np.zeros(len(marks.left), np.bool_)
    if not len(bars):
        return found
    flat = np.flatnonzero((marks.height <= dpi * THIN) & (marks.width >= _FLAT * marks.height))
    column, ends = bars[:, 0], (bars[:, 1], bars[:, 2])
    near, middle = dpi * _CORNER, (marks.top[flat] + marks.bottom[flat]) / 2
    sides = np.minimum(
        np.abs(marks.left[flat, None] - column[None, :]), np.abs(marks.right[flat, None] - column[None, :])
    )
    level = np.minimum(*(np.abs(middle[:, None] - end[None, :]) for end in ends))
    found[flat] = ((sides <= near) & (level <= near)).any(axis=1)
    return found
