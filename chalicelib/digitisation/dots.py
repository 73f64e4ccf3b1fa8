"""Dotted leaders among the marks of a page: rows of dots at one step, also where text hides most. Pure geometry.

All lengths are inches.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chalicelib.digitisation.ink import Bits, Marks, Numbers

type Places = NDArray[np.float64]

THIN: Final = 0.034
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
_FEW_DOTS: Final = 3
_ABOVE: Final = 2
_SLANT: Final = 0.22
"""The share of its height that the upper dot of a colon in italics stands beside the lower one."""
_COLON: Final = 0.09
"""From the lower dot of a colon to its upper one, at most."""
_ONE_DOT: Final = 1.5
"""Thicknesses of a leader that one dot is wide at most; more are several that run together."""
_PARTED: Final = 1.5
"""Thicknesses from one dot to the next at least, where one can be told from the next."""
_TAIL: Final = 2.0
"""Pixels that a comma reaches below a dot, at least."""
_WIDEST_STEP: Final = 4.0
_IN_STEP: Final = 0.2
"""The share of a step that a dot stands off its place, at most."""
_FAR: Final = 40
"""Steps over which the place of a dot is known from the last one."""


class Leader(NamedTuple):
    """The marks of a leader, the line that they stand on (slope, height at column 0), and how thick they are.

    Letters that stand on the line are looked for `reach` columns to either side. `step` is from one dot to the next, 0
    where that cannot be told; `gaps` are the middles of dots that letters have caught, each from one that stands free
    to the next: the step says where they were printed.
    """

    marks: Numbers
    left: int
    right: int
    slope: float
    height: float
    thick: float
    reach: int
    step: float
    gaps: list[Places]


class _Thin(NamedTuple):
    """The thin marks of a page from left to right: their number, middle height, edges, height."""

    mark: Numbers
    y: Places
    left: Numbers
    right: Numbers
    tall: Numbers


def leaders_of(marks: Marks, dpi: int) -> Iterator[Leader]:
    """The leaders of a page: thin marks at one step, or run together, and their row where it goes on below a text."""
    thin = np.flatnonzero(marks.height <= max(3, round(dpi * THIN)))
    if len(thin) < _FEW_DOTS:
        return
    thin = thin[np.argsort(marks.left[thin], kind="stable")]
    found = _Thin(
        thin, (marks.top[thin] + marks.bottom[thin] - 1) / 2, marks.left[thin], marks.right[thin], marks.height[thin]
    )
    chains = sorted(
        (chain for chain in _chains(found, dpi) if len(chain) > 1 or _is_leader(found, chain, dpi)), key=len
    )
    taken = np.zeros(len(marks.left), np.bool_)
    sure: list[tuple[Numbers, Leader]] = []
    for chain in reversed(chains):  # the longest knows best where the line is
        if _is_leader(found, chain, dpi) and not taken[found.mark[chain]].all():
            sure.append((chain, _leader(found, chain, marks, dpi)))
            taken[sure[-1][1].marks] = True
    usual = _usual([leader for _, leader in sure])
    if usual is None:
        yield from (leader for _, leader in sure)
        return
    for chain, leader in sure:
        slanted = leader if leader.slope else _leader(found, chain, marks, dpi, usual)
        taken[slanted.marks] = True
        yield slanted
    for chain in chains:
        if not taken[found.mark[chain]].any() and _is_piece(found, chain, usual):
            piece = _leader(found, chain, marks, dpi, usual)
            taken[piece.marks] = True
            yield piece


class _Usual(NamedTuple):
    """What the leaders of a page are like: their step, slope, and how thick they are."""

    step: float
    slope: float
    thick: float


def _usual(leaders: Sequence[Leader]) -> _Usual | None:
    stepped = [leader for leader in leaders if leader.step]
    if not stepped:
        return None
    long = [leader.slope for leader in leaders if leader.slope]
    return _Usual(
        float(np.median([leader.step for leader in stepped])),
        float(np.median(long)) if long else 0.0,
        float(np.median([leader.thick for leader in stepped])),
    )


def _is_piece(thin: _Thin, chain: Numbers, usual: _Usual) -> bool:
    """Whether a few dots are what text left of a leader like the others of the page."""
    steps = np.diff((thin.left[chain] + thin.right[chain]) / 2)
    wide = thin.right[chain] - thin.left[chain]
    alike = bool((np.abs(steps - usual.step) <= max(1.0, _IN_STEP * usual.step)).all())
    return alike and bool((np.abs(wide - usual.thick) <= max(1.0, _IN_STEP * usual.thick)).all())


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


def _leader(thin: _Thin, chain: Numbers, marks: Marks, dpi: int, usual: _Usual | None = None) -> Leader:
    chain = _without_colon(thin, chain, dpi)
    x, y = (thin.left[chain] + thin.right[chain]) / 2, thin.y[chain]
    slope, height = 0.0, float(np.median(y))
    if len(chain) > _FEWEST_DOTS and thin.right[chain[-1]] - thin.left[chain[0]] > dpi:
        slope, height = (float(each) for each in np.polyfit(x, y, 1))
    elif usual is not None:
        slope, height = usual.slope, float(np.median(y - usual.slope * x))
    middles = (thin.left + thin.right) / 2
    near = np.flatnonzero(np.abs(thin.y - (slope * middles + height)) <= max(1.3, dpi * _OFF_LINE * 0.7))
    member, left, right = _run_on(thin, near, int(thin.left[chain[0]]), int(thin.right[chain[-1]]), dpi)
    every: Numbers = np.union1d(chain, member).astype(np.int64)
    thick = float(np.median(marks.height[thin.mark[every]]))
    every = _without_commas(thin, every, slope, height, thick)
    near, free = _without_colons(thin, np.union1d(near, every), every, dpi)
    step = _step(thin, every, thick) or (usual.step if usual is not None else 0.0)
    gaps: list[Places] = []
    if step:
        every, gaps = _in_step(thin, free, near, thick, step)
    left, right = min(left, int(thin.left[every].min())), max(right, int(thin.right[every].max()))
    return Leader(thin.mark[every], left, right, slope, height, thick, round(dpi * THIN * 4), step, gaps)


def _step(thin: _Thin, dots: Numbers, thick: float) -> float:
    """From one dot of a leader to the next; 0 where they cannot be told apart."""
    dots = dots[np.argsort(thin.left[dots], kind="stable")]
    dots = dots[thin.right[dots] - thin.left[dots] <= _ONE_DOT * thick + 1]
    steps = np.diff((thin.left[dots] + thin.right[dots]) / 2)
    steps = steps[steps < _WIDEST_STEP * thick]
    if not len(steps):
        return 0.0
    step = float(np.median(steps))
    even = steps[np.abs(steps - step) <= 0.25 * step]
    return float(even.mean()) if len(even) >= _FEWEST_DOTS and step >= _PARTED * thick else 0.0


def _without_commas(thin: _Thin, dots: Numbers, slope: float, height: float, thick: float) -> Numbers:
    """Dots that do not reach below the line of their leader, as a comma does."""
    low = thin.y[dots] + thin.tall[dots] / 2 - (slope * (thin.left[dots] + thin.right[dots]) / 2 + height)
    return dots[low <= thick / 2 + _TAIL]


def _without_colons(thin: _Thin, near: Numbers, known: Numbers, dpi: int) -> tuple[Numbers, Bits]:
    """Dots from the left that are no part of a colon, and which of them are known."""
    near = near[np.argsort(thin.left[near], kind="stable")]
    near = near[np.isin(near, known) | ~_of_colons(thin, near, dpi)]
    sure: Bits = np.isin(near, known)
    return near, sure


def _in_step(thin: _Thin, sure: Bits, near: Numbers, thick: float, step: float) -> tuple[Numbers, list[Places]]:
    """The dots of a leader with those that stand alone in its step, and the middles of those that letters caught.

    One alone is no full stop where the step of the others leads to it, from the next of them on.
    """
    middles = (thin.left[near] + thin.right[near]) / 2
    single = thin.right[near] - thin.left[near] <= _ONE_DOT * thick + 1
    anchors = np.flatnonzero(sure & single)
    if not len(anchors):
        return near[sure], []
    taken = sure.copy()
    for order in (range(anchors[0], len(near)), range(anchors[-1], -1, -1)):
        last = float(middles[order[0]])
        for at in order:
            far = abs(float(middles[at]) - last)
            count = round(far / step)
            if not single[at] or (not sure[at] and (count > _FAR or abs(far - count * step) > _IN_STEP * step)):
                continue
            taken[at], last = True, float(middles[at])
    places = middles[taken & single]
    gaps: list[Places] = []
    for first, after in pairwise(places.tolist()):
        count = round((after - first) / step)
        if count > 1 and abs(after - first - count * step) <= _IN_STEP * step * max(1.0, count / _FAR):
            gaps.append(np.linspace(first, after, count + 1))
    return near[taken], gaps


def _without_colon(thin: _Thin, chain: Numbers, dpi: int) -> Numbers:
    """A chain without the lower dot of the colon that it began behind."""
    return chain[1:] if len(chain) > 1 and _of_colons(thin, chain[:1], dpi).any() else chain


def _of_colons(thin: _Thin, dots: Numbers, dpi: int) -> Bits:
    """Which dots have another one just above them."""
    rise = thin.y[dots, None] - thin.y[None, :]
    upper = np.abs(thin.left[dots, None] - thin.left[None, :]) <= _ABOVE + _SLANT * np.abs(rise)
    found: Bits = (upper & (rise > dpi * THIN / 2) & (rise < dpi * _COLON)).any(axis=1)
    return found


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
