"""Ways to set one row of labels and values as clerks type them and as forms bought by the ream are printed over.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from typing import Final

from infra.papers import marks
from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_BAND: Final = (232, 238, 228)
_SMALLER: Final = 0.86
"""How a printer squeezes a value that is a little too long for its line."""


def coloned(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Colons one below the other at a tab, values behind them; further labels of a row run in line."""
    first, *others = cells
    tab = hand.left + hand.room * hand.look.tab
    start, part = tab + hand.size * 0.7, (hand.right - tab) / len(cells)
    if others and (
        hand.width(first.rest, value=True) > part - hand.size
        or any(hand.width(cell.text, value=True) > part - hand.size * 0.5 for cell in others)
    ):
        for cell in cells:
            coloned(hand, (cell,))
        return
    low = hand.prose([(first.label.removesuffix(":"), False)], hand.left, tab - hand.left - 8)
    hand.say(tab, hand.y, ":", value=False)
    if first.boxed:
        hand.sheet.spaced(start, hand.y, first.rest, hand.size * 0.92, hand.look.value)
        low = max(low, hand.y + hand.size * 0.3)
    else:
        low = max(
            low, hand.prose([(first.rest, True)], start, (part if others else hand.right - tab) - hand.size * 0.7)
        )
    for number, cell in enumerate(others, 1):
        hand.prose(cell.runs, tab + part * number, part)
    hand.y = low + hand.lead


def overprinted(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values printed over a form's leaders, all a little too high; what is too long is squeezed, then goes on below."""
    rooms = shares(hand, cells)
    if len(cells) > 1 and any(
        hand.width(cell.label, value=False) + hand.size + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, rooms, strict=True)
    ):
        for cell in cells:
            overprinted(hand, (cell,))
        return
    hand.y = max(_over(hand, cell, left, right) for cell, (left, right) in zip(cells, rooms, strict=True)) + hand.lead


def _over(hand: Hand, cell: Cell, left: float, right: float) -> float:
    *first, last = hand.sheet.lines(cell.label, right - left, hand.size, hand.look.label)
    y, size, step = hand.y, hand.size, 0.19
    for line in first:
        hand.say(left, y, line, value=False)
        y += hand.lead
    start = hand.say(left, y, last, value=False) + 2
    if cell.boxed:
        hand.sheet.spaced(start + 5, y, cell.rest, size * 0.92, hand.look.value)
        return y
    lift, begin = size * 0.16, start + size * 0.6
    if begin + hand.width(cell.rest, value=True) > right:
        size *= _SMALLER
    if begin + hand.width(cell.rest.split()[0], value=True, size=size) > right:
        hand.sheet.dots(start, y, right, hand.size, step)
        y, start, begin = y + hand.lead, left, left + size * 0.6
    lines = hand.broken([(cell.rest, True)], right - left - size * 0.6, begin - left - size * 0.6, size)
    for number, ((words, _), *_rest) in enumerate(lines):
        y += hand.lead if number else 0
        hand.sheet.dots(left if number else start, y + 1, right, hand.size, step)
        hand.say(left + size * 0.6 if number else begin, y - lift, words, value=True, size=size)
    return y


def banded(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Framed cells: a tinted band with the small label, and the value in the white below it."""
    small, pad = hand.size * 0.74, 5
    rooms = shares(hand, cells, label=0.74)
    edges = [hand.left, *(right + 6 for _, right in rooms[:-1]), hand.right]
    labels = [
        hand.sheet.lines(cell.label, right - left - pad * 2, small, hand.look.label)
        for cell, left, right in zip(cells, edges, edges[1:], strict=False)
    ]
    top = hand.y - hand.size
    middle = top + max(map(len, labels)) * small * 1.25 + small * 0.5
    marks.shade(hand.sheet, (hand.left, top, hand.right, middle), _BAND)
    for lines, left in zip(labels, edges, strict=False):
        for number, line in enumerate(lines):
            hand.say(left + pad, top + small * 1.15 + number * small * 1.25, line, value=False, size=small)
    hand.y = middle + hand.size * 1.15
    ends = []
    for cell, left, right in zip(cells, edges, edges[1:], strict=False):
        if cell.boxed:
            hand.sheet.spaced(left + pad, hand.y, cell.rest, hand.size * 0.9, hand.look.value)
            ends.append(hand.y)
        else:
            ends.append(hand.prose([(cell.rest, True)], left + pad, right - left - pad * 2))
    bottom = max(ends) + hand.size * 0.5
    hand.sheet.grid(edges, [top, bottom])
    hand.y = bottom + hand.size


def bilingual(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels in two languages, the other one small and slanted below; values at a tab beside both."""
    part, small = hand.room / len(cells), hand.size * 0.74
    lows = []
    for number, cell in enumerate(cells):
        left = hand.left + part * number
        ours, _, theirs = cell.label.partition(" / ")
        tab = left + max(
            part * hand.look.tab, hand.width(ours, value=False) + 8, hand.width(theirs, value=False, size=small)
        )
        hand.say(left, hand.y, ours, value=False)
        hand.sheet.text(left, hand.y + hand.size * 0.95, theirs, small, "italic")
        low = hand.prose([(cell.rest, True)], tab, left + part - tab - 6)
        lows.append(max(low, hand.y + hand.size * 0.95))
    hand.y = max(lows) + hand.lead
