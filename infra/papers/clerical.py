"""Ways to set one row of labels and values: dots behind or about a value, plain cells, tab stops, small tables.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from collections.abc import Callable
from itertools import pairwise
from math import ceil
from typing import Final

from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_STEP: Final = 0.28
_STOP: Final = 36
"""How far tab stops are apart, in points: half an inch, as word processors have them."""


def _apart(hand: Hand, cells: tuple[Cell, ...]) -> bool:
    """Whether some cell is too long to share the row."""
    return len(cells) > 1 and any(
        hand.width(cell.label, value=False) + hand.size * 2 + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, shares(hand, cells), strict=True)
    )


def _along(hand: Hand, cells: tuple[Cell, ...], line: Callable[[Hand, Cell, float, float], float]) -> None:
    """Cells beside one another where each is one line, else one below the other."""
    if _apart(hand, cells):
        for cell in cells:
            _along(hand, (cell,), line)
        return
    rooms = shares(hand, cells)
    hand.y = max(line(hand, cell, left, right) for cell, (left, right) in zip(cells, rooms, strict=True)) + hand.lead


def _label(hand: Hand, cell: Cell, left: float, right: float) -> tuple[float, float]:
    """Set a label, in several lines if need be; answers where its last line ends, and the baseline."""
    lines, y = hand.sheet.lines(cell.label, right - left, hand.size, hand.look.label), hand.y
    for each in lines[:-1]:
        hand.say(left, y, each, value=False)
        y += hand.lead
    return hand.say(left, y, lines[-1], value=False), y


def trailing(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label and value in line, and what remains of the line is dots, as who types over a template leaves them."""
    _along(hand, cells, _trailed)


def _trailed(hand: Hand, cell: Cell, left: float, right: float) -> float:
    end, y = _label(hand, cell, left, right)
    start = end + hand.size * 0.35
    if cell.boxed:
        hand.sheet.spaced(start + 4, y, cell.rest, hand.size * 0.92, hand.look.value)
        return y + hand.size * 0.15
    for number, line in enumerate(hand.broken([(cell.rest, True)], right - left, start - left)):
        if not number and start + hand.width(line[0][0], value=True) > right:
            hand.sheet.dots(start, y, right, hand.size, _STEP)
            y, start = y + hand.lead, left
        y += hand.lead if number else 0
        end = hand.say(left if number else start, y, line[0][0], value=True)
    hand.sheet.dots(end + 2, y, right, hand.size, _STEP)
    return y


def mid_dotted(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values a little above a row of dots and about its middle; what is long goes on above a second row."""
    _along(hand, cells, _mid)


def _mid(hand: Hand, cell: Cell, left: float, right: float) -> float:
    end, y = _label(hand, cell, left, right)
    start = end + 3
    lines = hand.broken([(cell.rest, True)], right - left - 4, start - left)
    if start + hand.width(lines[0][0][0], value=True) > right:
        hand.sheet.dots(start, y, right, hand.size, _STEP)
        y, start = y + hand.lead, left
    for number, line in enumerate(lines):
        y += hand.lead if number else 0
        begin = left if number else start
        hand.sheet.dots(begin, y + 1, right, hand.size, _STEP)
        last = len(lines) > 1 and number == len(lines) - 1
        x = begin + 4 if last else (begin + right) / 2
        hand.say(x, y - hand.size * 0.1, line[0][0], value=True, align="l" if last else "m")
    return y


def stopped(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values begin at the next tab stop behind their label, so they stand nearly but not quite one below the other."""
    _along(hand, cells, _at_stop)


def _at_stop(hand: Hand, cell: Cell, left: float, right: float) -> float:
    end, y = _label(hand, cell, left, right)
    start = left + ceil((end - left + 2) / _STOP) * _STOP
    if start + hand.width(cell.rest.split()[0], value=True) > right:
        start = end + hand.size * 0.4
    lines = hand.broken([(cell.rest, True)], right - left, start - left)
    if start + hand.width(lines[0][0][0], value=True) > right:
        y, start = y + hand.lead, left
    for number, line in enumerate(lines):
        y += hand.lead if number else 0
        hand.say(left if number else start, y, line[0][0], value=True)
    return y


def _framed(hand: Hand, edges: list[float], texts: list[tuple[str, bool]]) -> None:
    """One row of a table, as high as its longest cell."""
    pad = 5
    top = hand.y - hand.size * 1.2
    lows = [
        hand.prose([run], left + pad, right - left - pad * 2)
        for run, (left, right) in zip(texts, pairwise(edges), strict=True)
    ]
    bottom = max(lows) + hand.size * 0.55
    hand.sheet.grid(edges, [top, bottom])
    hand.y = bottom + hand.size * 1.2


def celled(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A row of a plain table of two columns, label and value; several values have a row each."""
    tab = hand.left + hand.room * hand.look.tab
    for cell in cells:
        _framed(hand, [hand.left, tab, hand.right], [(cell.label, False), (cell.rest, True)])


def headed(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A small table for each row: labels are heads of columns in its first line, values stand in its second."""
    rooms = shares(hand, cells, label=0.99)
    edges = [hand.left, *(right + 6 for _, right in rooms[:-1]), hand.right]
    _framed(hand, edges, [(cell.label, False) for cell in cells])
    _framed(hand, edges, [(cell.rest, True) for cell in cells])
    hand.y += hand.size * 0.4
