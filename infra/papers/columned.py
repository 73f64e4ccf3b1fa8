"""Ways to set one row of labels and values in columns: at a gutter, in numbered rows, on leaders, below their labels.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

import re
from typing import Final

from infra.papers.setting import Hand
from infra.papers.wording import Cell

_NUMBER: Final = re.compile(r"(\d+[a-z]?|[a-zđ]|[IVX]+)[.)] ")
"""The number of a label, as it stands before it."""
_NUMBERS: Final = 2.1
"""How wide the column of numbers is, in sizes."""
_PART: Final = 0.42
"""How much of a cell is its label's where cells stand beside one another."""


def _labelled(hand: Hand, text: str, left: float, right: float, *, align: str = "l") -> tuple[float, float]:
    """Set a label between two edges, in several lines if need be; answers where the last one ends, and its baseline."""
    end, y = left, hand.y
    for number, line in enumerate(hand.sheet.lines(text, right - left, hand.size, hand.look.label)):
        y += hand.size * 1.25 if number else 0
        end = hand.say(right if align == "r" else left, y, line, value=False, align=align)
    return end, y


def _valued(hand: Hand, cell: Cell, left: float, right: float) -> float:
    """Set a value between two edges; answers its last baseline."""
    if not cell.boxed:
        return hand.prose([(cell.rest, True)], left, right - left)
    hand.sheet.spaced(left, hand.y, cell.rest, hand.size * 0.9, hand.look.value)
    return hand.y + hand.size * 0.25


def guttered(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels end at a gutter, values begin behind it; each has a line of its own."""
    gutter = hand.left + hand.room * hand.look.tab
    for cell in cells:
        _, low = _labelled(hand, cell.label, hand.left, gutter - 6, align="r")
        hand.y = max(low, _valued(hand, cell, gutter + 8, hand.right)) + hand.lead


def itemised(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A ruled row: its number, what is asked, what is answered; a second question and its answer beside them."""
    pad, begin = 4, hand.left + hand.size * _NUMBERS
    part = (hand.right - begin) / len(cells)
    share = hand.look.tab if len(cells) == 1 else _PART
    found = _NUMBER.match(cells[0].label)
    top, lows, edges = hand.y - hand.size * 1.2, [hand.y], [hand.left]
    if found:
        hand.say((hand.left + begin) / 2, hand.y, found[1], value=False, align="m")
    for number, cell in enumerate(cells):
        left, right = begin + part * number, begin + part * (number + 1)
        label = cell.label if number else _NUMBER.sub("", cell.label, count=1)
        tab = left + part * share
        lows += [_labelled(hand, label, left + pad, tab - pad)[1], _valued(hand, cell, tab + pad, right - pad)]
        edges += [left, tab]
    bottom = max(lows) + hand.size * 0.5
    hand.sheet.grid([*edges, hand.right], [top, bottom])
    hand.y = bottom + hand.size * 1.2


def led(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values end at the margin, dots lead from the label to them; what is long goes on below and ends there too."""
    for cell in cells:
        end, hand.y = _labelled(hand, cell.label, hand.left, hand.right)
        first = hand.width(cell.rest, value=True)
        lines = hand.broken([(cell.rest, True)], hand.room * 0.64)
        if end + hand.size + (first if len(lines) == 1 else hand.room * 0.64) > hand.right:
            hand.y += hand.lead
            end = hand.left
        for number, ((words, _), *_rest) in enumerate(lines):
            hand.y += hand.size * 1.3 if number else 0
            start = hand.right - hand.width(words, value=True)
            if not number and end > hand.left:
                hand.sheet.dots(end + 3, hand.y, start - 3, hand.size, 0.34)
            hand.say(hand.right, hand.y, words, value=True, align="r")
        hand.y += hand.lead


def hung(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels as large as the values and above them, values indented on dots; cells of a row are equally wide."""
    part, indent = hand.room / len(cells), hand.size * 1.1
    lefts = [hand.left + part * number for number in range(len(cells))]
    hand.y = max(_labelled(hand, cell.label, left, left + part - 8)[1] for cell, left in zip(cells, lefts, strict=True))
    hand.y += hand.size * 1.4
    ends = []
    for cell, left in zip(cells, lefts, strict=True):
        low = _valued(hand, cell, left + indent, left + part - 10)
        y = hand.y
        while not cell.boxed and y <= low:
            hand.sheet.dots(left + indent * 0.5, y + hand.size * 0.24, left + part - 8, hand.size, 0.3)
            y += hand.lead
        ends.append(low)
    hand.y = max(ends) + hand.lead


def underlined(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label and value in line, a rule below the value alone, a little longer than it; all cells share the row."""
    wide = [hand.width(cell.label, value=False) + hand.width(cell.rest, value=True) + hand.size * 2.2 for cell in cells]
    if len(cells) > 1 and sum(wide) > hand.room:
        for cell in cells:
            underlined(hand, (cell,))
        return
    left, low, spare = hand.left, hand.y, (hand.room - sum(wide)) / len(cells)
    for cell, room in zip(cells, wide, strict=True):
        low = max(low, _underlined(hand, cell, left))
        left += room + spare
    hand.y = low + hand.lead


def _underlined(hand: Hand, cell: Cell, left: float) -> float:
    end = hand.say(left, hand.y, cell.label, value=False) + hand.size * 0.45
    if cell.boxed:
        return _valued(hand, cell, end + 4, hand.right)
    y, begin = hand.y, end
    for number, ((words, _), *_rest) in enumerate(hand.broken([(cell.rest, True)], hand.right - left - 8, end - left)):
        if number or begin + hand.width(words, value=True) > hand.right:
            y, begin = y + hand.lead, left
        to = hand.say(begin, y, words, value=True)
        hand.sheet.rule(begin - 2, y + hand.size * 0.26, min(to + 10, hand.right), y + hand.size * 0.26, 0.4)
    return y
