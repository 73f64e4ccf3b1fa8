"""Ways to set one row of labels and values as templates of offices and printouts of software do.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Final

from infra.papers import marks
from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_GREY: Final = (226, 230, 234)
_LABELS: Final = {1: 0.31, 2: 0.43, 3: 0.5}
"""How much of a cell is its label's, as there are one, two or three cells in the row."""


def _filled_in(hand: Hand, cells: tuple[Cell, ...], line: Callable[[Hand, Cell, float, float], float]) -> None:
    """Cells beside one another where each is one line, else one below the other."""
    rooms = shares(hand, cells)
    narrow = any(
        hand.width(cell.label, value=False) + hand.size * 2.4 + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, rooms, strict=True)
    )
    if len(cells) > 1 and narrow:
        for cell in cells:
            _filled_in(hand, (cell,), line)
        return
    hand.y = max(line(hand, cell, left, right) for cell, (left, right) in zip(cells, rooms, strict=True)) + hand.lead


def _label(hand: Hand, cell: Cell, left: float, right: float) -> tuple[float, float]:
    """Set a label, in several lines if need be; answers where its last line ends, and the baseline."""
    lines, y = hand.sheet.lines(cell.label, right - left, hand.size, hand.look.label), hand.y
    for each in lines[:-1]:
        hand.say(left, y, each, value=False)
        y += hand.lead
    return hand.say(left, y, lines[-1], value=False), y


def between_periods(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values typed into the rows of periods of a template: some remain before the value, the rest behind it."""
    _filled_in(hand, cells, _among_periods)


def _among_periods(hand: Hand, cell: Cell, left: float, right: float) -> float:
    end, y = _label(hand, cell, left, right)
    if cell.boxed:
        hand.sheet.spaced(end + 6, y, cell.rest, hand.size * 0.94, hand.look.value)
        return y
    before = end + hand.size * (0.4 + len(cell.rest) % 4 * 0.5)
    hand.sheet.dots(end + 2, y, before - 1, hand.size, 0.25)
    lines = hand.broken([(cell.rest, True)], right - left, before - left)
    if before + hand.width(lines[0][0][0], value=True) > right:
        hand.sheet.dots(before, y, right, hand.size, 0.25)
        y, before = y + hand.lead, left
    for number, ((words, _), *_rest) in enumerate(lines):
        y += hand.lead if number else 0
        end = hand.say(left if number else before, y, words, value=True)
    hand.sheet.dots(end + 2, y, right, hand.size, 0.25)
    return y


def on_a_rule(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values about the middle of a thin rule that begins behind the label."""
    _filled_in(hand, cells, _ruled)


def _ruled(hand: Hand, cell: Cell, left: float, right: float) -> float:
    end, y = _label(hand, cell, left, right)
    if cell.boxed:
        hand.sheet.spaced(end + 6, y, cell.rest, hand.size * 0.94, hand.look.value)
        return y
    start = end + 4
    lines = hand.broken([(cell.rest, True)], right - left - 4, start - left)
    if start + hand.width(lines[0][0][0], value=True) > right:
        y, start = y + hand.lead, left
    if len(lines) == 1:
        hand.say((start + right) / 2, y, lines[0][0][0], value=True, align="m")
        hand.sheet.rule(start, y + hand.size * 0.24, right, y + hand.size * 0.24, 0.5)
        return y
    for number, ((words, _), *_rest) in enumerate(lines):
        y += hand.lead if number else 0
        begin = left if number else start
        hand.say(begin, y, words, value=True)
        hand.sheet.rule(begin, y + hand.size * 0.24, right, y + hand.size * 0.24, 0.5)
    return y


def paired(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A row of a grid: a grey cell with the label, a white one with the value, as often as there are values."""
    pad, part = 5, hand.room / len(cells)
    tab = part * _LABELS[len(cells)]
    edges = [
        edge for number in range(len(cells)) for edge in (hand.left + part * number, hand.left + part * number + tab)
    ]
    edges.append(hand.right)
    texts = [run for cell in cells for run in ((cell.label, False), (cell.rest, True))]
    broken = [
        hand.broken([run], right - left - pad * 2) for run, (left, right) in zip(texts, pairwise(edges), strict=True)
    ]
    top = hand.y - hand.size * 1.35
    low = hand.y + (max(map(len, broken)) - 1) * hand.size * 1.25
    bottom = low + hand.size * 0.65
    for left, right in islice(pairwise(edges), 0, None, 2):
        marks.shade(hand.sheet, (left, top, right, bottom), _GREY)
    for lines, left in zip(broken, edges, strict=False):
        for number, ((words, is_value), *_rest) in enumerate(lines):
            hand.say(left + pad, hand.y + number * hand.size * 1.25, words, value=is_value)
    hand.sheet.grid(edges, [top, bottom])
    hand.y = bottom + hand.size * 1.35


def hairlined(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Small labels, values below them, equal columns and a hairline below the row, as a page of a portal is printed."""
    small, part = hand.size * 0.78, hand.room / len(cells)
    lefts = [hand.left + part * number for number in range(len(cells))]
    lows = []
    for cell, left in zip(cells, lefts, strict=True):
        lows.append(hand.prose([(cell.label, False)], left, part - 10, size=small))
    hand.y = max(lows) + hand.size * 1.3
    ends = [hand.prose([(cell.rest, True)], left, part - 10) for cell, left in zip(cells, lefts, strict=True)]
    line = max(ends) + hand.size * 0.5
    hand.sheet.rule(hand.left, line, hand.right, line, 0.3)
    hand.y = line + hand.size * 1.35
