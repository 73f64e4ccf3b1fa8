"""Ways to set one row of labels and values: hanging, on dashes, about the middle, in fields, stripes, merged cells.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from typing import Final

from infra.papers import marks
from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_FIELD: Final = (226, 234, 248)
_STRIPE: Final = (236, 241, 236)
_GROUP: Final = " :: "
"""Parts what a row begins a group of from its label."""
_GROUPS: Final = 0.12
"""How much of the room is the groups'."""
_OF_TWO: Final = 0.44
"""How much of a cell is its label's where cells stand beside one another."""


def _apart(hand: Hand, cells: tuple[Cell, ...]) -> bool:
    """Whether cells have to stand one below the other: beside one another some would be longer than a line."""
    return len(cells) > 1 and any(
        hand.width(cell.label, value=False) + hand.size + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, shares(hand, cells), strict=True)
    )


def _lines(hand: Hand, text: str, left: float, right: float, *, value: bool = False, size: float = 0) -> float:
    """Set a label or a value between two edges; answers its last baseline."""
    return hand.prose([(text, value)], left, right - left, size=size)


def _value(hand: Hand, cell: Cell, left: float, right: float) -> float:
    """Set a value between two edges, a number in its boxes; answers its last baseline."""
    if not cell.boxed:
        return _lines(hand, cell.rest, left, right, value=True)
    hand.sheet.spaced(left, hand.y, cell.rest, hand.size * 0.9, hand.look.value)
    return hand.y + hand.size * 0.2


def hanging(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label and value in line; what is long goes on below the beginning of the value."""
    if _apart(hand, cells):
        for cell in cells:
            hanging(hand, (cell,))
        return
    lows = []
    for cell, (left, right) in zip(cells, shares(hand, cells), strict=True):
        start = hand.say(left, hand.y, cell.label, value=False) + hand.size * 0.4
        lows.append(_value(hand, cell, start, right))
    hand.y = max(lows) + hand.lead


def _dashes(hand: Hand, left: float, y: float, right: float) -> None:
    while left < right:
        hand.sheet.rule(left, y, min(left + 3.2, right), y, 0.5)
        left += 5.4


def dashed(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values on dashes that run to the margin, the first one indented; what is long goes on from the margin."""
    if _apart(hand, cells):
        for cell in cells:
            dashed(hand, (cell,))
        return
    lows = [_on_dashes(hand, cell, left, right) for cell, (left, right) in zip(cells, shares(hand, cells), strict=True)]
    hand.y = max(lows) + hand.lead


def _on_dashes(hand: Hand, cell: Cell, left: float, right: float) -> float:
    start = hand.say(left, hand.y, cell.label, value=False) + 3
    if cell.boxed:
        return _value(hand, cell, start + 4, right)
    y, begin, low = hand.y, start + hand.size * 1.3, hand.size * 0.28
    lines = hand.broken([(cell.rest, True)], right - left, begin - left)
    if begin + hand.width(lines[0][0][0], value=True) > right:
        _dashes(hand, start, y + low, right)
        y, start, begin = y + hand.lead, left, left
    for number, ((words, _), *_rest) in enumerate(lines):
        y += hand.lead if number else 0
        _dashes(hand, left if number else start, y + low, right)
        hand.say(left if number else begin, y, words, value=True)
    return y


def centred(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Small labels and below them larger values, all about the middle of cells that are equally wide."""
    part, small = hand.room / len(cells), hand.size * 0.8
    middles = [hand.left + part * (number + 0.5) for number in range(len(cells))]
    for cell, x in zip(cells, middles, strict=True):
        hand.say(x, hand.y, cell.label, value=False, size=small, align="m")
    hand.y += hand.size * 1.3
    low = hand.y
    for cell, x in zip(cells, middles, strict=True):
        for number, ((words, _), *_rest) in enumerate(hand.broken([(cell.rest, True)], part - 12)):
            low = max(low, hand.y + number * hand.size * 1.3)
            hand.say(x, hand.y + number * hand.size * 1.3, words, value=True, align="m")
    hand.y = low + hand.lead


def fielded(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels beside tinted fields that hold the values, as a form is printed that was filled in on a screen."""
    part, pad = hand.room / len(cells), 5
    share = hand.look.tab if len(cells) == 1 else _OF_TWO
    lefts = [hand.left + part * number for number in range(len(cells))]
    high = max(len(hand.broken([(cell.rest, True)], part * (1 - share) - pad * 2 - 6)) for cell in cells)
    top, bottom = hand.y - hand.size * 1.05, hand.y + (high - 1) * hand.lead + hand.size * 0.42
    lows = [bottom]
    for cell, left in zip(cells, lefts, strict=True):
        begin, end = left + part * share, left + part - 6
        lows.append(_lines(hand, cell.label, left, begin - 6))
        if cell.boxed:
            _value(hand, cell, begin, end)
            continue
        marks.shade(hand.sheet, (begin, top, end, bottom), _FIELD)
        hand.sheet.grid((begin, end), (top, bottom))
        _value(hand, cell, begin + pad, end - pad)
    hand.y = max(lows) + hand.size * 1.5


def striped(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Rows without rules, every other one tinted; labels to the left, values at a tab."""
    part, pad = hand.room / len(cells), 4
    share = hand.look.tab if len(cells) == 1 else _OF_TWO
    asked, answered = part * share - pad * 2, part * (1 - share) - pad * 2
    high = max(
        max(len(hand.broken([(cell.label, False)], asked)), len(hand.broken([(cell.rest, True)], answered)))
        for cell in cells
    )
    top, low = hand.y - hand.size * 1.15, hand.y + (high - 1) * hand.lead
    bottom = low + hand.size * 0.45
    if hand.turn % 2 == 0:
        marks.shade(hand.sheet, (hand.left, top, hand.right, bottom), _STRIPE)
    for number, cell in enumerate(cells):
        left = hand.left + part * number
        _lines(hand, cell.label, left + pad, left + pad + asked)
        _value(hand, cell, left + part * share + pad, left + part - pad)
    hand.y = bottom + hand.size * 1.15


def merged(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A ruled row; what several rows are about stands in one cell to the left of them all, beside the first."""
    pad, inner = 4, hand.left + hand.room * _GROUPS
    group, found, label = cells[0].label.rpartition(_GROUP)
    top, part, lows, edges = hand.y - hand.size * 1.2, (hand.right - inner) / len(cells), [hand.y], [inner]
    if found:
        hand.sheet.text(hand.left + pad, hand.y, group, hand.size, "bold")
        hand.sheet.rule(hand.left, top, inner, top)
    for number, cell in enumerate(cells):
        left = inner + part * number
        tab = left + part * (hand.look.tab if len(cells) == 1 else _OF_TWO)
        lows.append(_lines(hand, cell.label if number else label, left + pad, tab - pad))
        lows.append(_value(hand, cell, tab + pad, left + part - pad))
        edges += [left, tab]
    bottom = max(lows) + hand.size * 0.5
    hand.sheet.grid([*edges, hand.right], [top, bottom])
    hand.sheet.rule(hand.left, top, hand.left, bottom)
    hand.y = bottom + hand.size * 1.2


def closed(hand: Hand) -> None:
    """The lower edge of the last group of merged cells."""
    y = hand.y - hand.size * 1.2
    hand.sheet.rule(hand.left, y, hand.left + hand.room * _GROUPS, y)
    hand.y += hand.size * 0.4
