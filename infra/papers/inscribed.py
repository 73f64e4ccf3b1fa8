"""Ways to set one row of labels and values: glossed, between hairs, behind dots and colons, unsteadily, on cards.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from collections.abc import Callable
from typing import Final

from infra.papers import marks
from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_CARD: Final = (240, 243, 248)
_ACCENT: Final = (20, 92, 120)
_SMALL: Final = 0.8
_OF_TWO: Final = 0.42
"""How much of a cell is its label's where cells stand beside one another."""
_WOBBLE: Final = (0.9, -0.6, 1.5, 0.2, -1.1, 1.2)
"""How far above its line a typewriter sets one value after the other, in points."""

type _Line = Callable[[Hand, Cell, float, float], float]


def _along(hand: Hand, cells: tuple[Cell, ...], line: _Line, spare: float = 1.6) -> None:
    """Cells beside one another where each is one line, else one below the other; `spare` sizes lie between them."""
    rooms = shares(hand, cells)
    if len(cells) > 1 and any(
        hand.width(cell.label, value=False) + hand.size * spare + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, rooms, strict=True)
    ):
        for cell in cells:
            _along(hand, (cell,), line, spare)
        return
    hand.y = max(line(hand, cell, left, right) for cell, (left, right) in zip(cells, rooms, strict=True)) + hand.lead


def _number(hand: Hand, cell: Cell, left: float) -> float:
    """Set a number in its boxes; answers its baseline, a little lower."""
    hand.sheet.spaced(left, hand.y, cell.rest, hand.size * 0.9, hand.look.value)
    return hand.y + hand.size * 0.2


def _value(hand: Hand, cell: Cell, left: float, right: float) -> float:
    """Set a value between two edges; answers its last baseline."""
    return _number(hand, cell, left) if cell.boxed else hand.prose([(cell.rest, True)], left, right - left)


def _label(hand: Hand, text: str, left: float, right: float, size: float = 0) -> float:
    """Set a label between two edges; answers its last baseline."""
    return hand.prose([(text, False)], left, right - left, size=size)


def glossed(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label, its translation slanted and smaller behind a stroke, and the value in line; what is long hangs."""
    _along(hand, cells, _gloss)


def _gloss(hand: Hand, cell: Cell, left: float, right: float) -> float:
    ours, stroke, theirs = cell.label.partition(" / ")
    end = hand.say(left, hand.y, ours, value=False)
    if stroke:
        end = hand.sheet.text(end + hand.size * 0.22, hand.y, f"/ {theirs}", hand.size * 0.88, "italic")
    start, indent = end + hand.size * 0.35, left + hand.size * 1.5
    if cell.boxed:
        return _number(hand, cell, start + 3)
    y = hand.y
    lines = hand.broken([(cell.rest, True)], right - indent, start - indent)
    if start + hand.width(lines[0][0][0], value=True) > right:
        y, start = y + hand.lead, indent
        lines = hand.broken([(cell.rest, True)], right - indent)
    for number, line in enumerate(lines):
        y += hand.lead if number else 0
        hand.say(indent if number else start, y, line[0][0], value=True)
    return y


def _parted(hand: Hand, cells: tuple[Cell, ...]) -> list[tuple[float, float, float]]:
    """Where cells that are equally wide begin, where their values begin, and where they end."""
    part = hand.room / len(cells)
    share = hand.look.tab if len(cells) == 1 else _OF_TWO
    return [
        (hand.left + part * n, hand.left + part * (n + share), hand.left + part * (n + 1)) for n in range(len(cells))
    ]


def lined(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A row of an open table: labels left, values at a tab, a hair below the row and no upright rule."""
    lows = []
    for cell, (left, tab, right) in zip(cells, _parted(hand, cells), strict=True):
        lows += [_label(hand, cell.label, left + 3, tab - 4), _value(hand, cell, tab + 2, right - 6)]
    low = max(lows) + hand.size * 0.5
    hand.sheet.rule(hand.left, low, hand.right, low, 0.4)
    hand.y = low + hand.size * 1.25


def windowed(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels beside white windows with a thin outline, as a form that was saved from a screen; a gap between rows."""
    pad, parts = 5, _parted(hand, cells)
    hand.y += hand.size * 0.3
    high = max(
        len(hand.broken([(cell.rest, True)], right - tab - pad * 2 - 6)) for cell, (_, tab, right) in
        zip(cells, parts, strict=True)
    )  # fmt: skip
    top, low = hand.y - hand.size * 1.1, hand.y + (high - 1) * hand.lead + hand.size * 0.5
    lows = [low]
    for cell, (left, tab, right) in zip(cells, parts, strict=True):
        lows.append(_label(hand, cell.label, left, tab - 6))
        if cell.boxed:
            _number(hand, cell, tab)
            continue
        hand.sheet.grid((tab, right - 6), (top, low))
        _value(hand, cell, tab + pad, right - pad - 6)
    hand.y = max(lows) + hand.size * 1.35


def dotted_to_colons(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Dots lead from each label to a colon at a tab, and the value stands behind it."""
    lows = []
    for cell, (left, tab, right) in zip(cells, _parted(hand, cells), strict=True):
        text = cell.label.removesuffix(":")
        *first, last = hand.sheet.lines(text, tab - left - 8, hand.size, hand.look.label)
        y = hand.y
        for words in first:
            hand.say(left, y, words, value=False)
            y += hand.lead
        end = hand.say(left, y, last, value=False)
        hand.sheet.dots(end + 3, y, tab - 5, hand.size, 0.34)
        hand.say(tab - 2, hand.y, ":", value=False)
        lows += [y, _value(hand, cell, tab + hand.size * 0.6, right - 6)]
    hand.y = max(lows) + hand.lead


def wobbling(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values that a typewriter set over dots, one a little too high, the next a little too low."""
    _along(hand, cells, _wobbled, 2.6)


def _wobbled(hand: Hand, cell: Cell, left: float, right: float) -> float:
    *first, last = hand.sheet.lines(cell.label, right - left, hand.size, hand.look.label)
    y = hand.y
    for words in first:
        hand.say(left, y, words, value=False)
        y += hand.lead
    start = hand.say(left, y, last, value=False) + 2
    if cell.boxed:
        return _number(hand, cell, start + 5)
    lift = _WOBBLE[sum(map(ord, cell.rest)) % len(_WOBBLE)]
    begin = start + hand.size * (0.7 + len(cell.rest) % 3 * 0.6)
    lines = hand.broken([(cell.rest, True)], right - left - hand.size, begin - left)
    if begin + hand.width(lines[0][0][0], value=True) > right:
        hand.sheet.dots(start, y, right, hand.size, 0.3)
        y, start, begin = y + hand.lead, left, left + hand.size
        lines = hand.broken([(cell.rest, True)], right - left - hand.size)
    for number, line in enumerate(lines):
        y += hand.lead if number else 0
        hand.sheet.dots(left if number else start, y + 0.8, right, hand.size, 0.3)
        hand.say(left + hand.size * 0.5 if number else begin, y - lift, line[0][0], value=True)
    return y


def carded(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Pale cards without outlines: a small label at the top of each, the value below it."""
    small, pad, part = hand.size * _SMALL, 7, hand.room / len(cells)
    lefts = [hand.left + part * number for number in range(len(cells))]
    widths = part - pad * 2 - 5
    asked = max(len(hand.broken([(cell.label, False)], widths, size=small)) for cell in cells)
    answered = max(len(hand.broken([(cell.rest, True)], widths)) for cell in cells)
    top = hand.y - hand.size
    base = hand.y + (asked - 1) * small * hand.look.lead + hand.size * 1.35
    bottom = base + (answered - 1) * hand.lead + hand.size * 0.55
    for cell, left in zip(cells, lefts, strict=True):
        marks.shade(hand.sheet, (left, top, left + part - 5, bottom), _CARD)
        _label(hand, cell.label, left + pad, left + pad + widths, small)
    hand.y = base
    for cell, left in zip(cells, lefts, strict=True):
        _value(hand, cell, left + pad, left + pad + widths)
    hand.y = bottom + hand.size * 1.45


def beneath(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels on a line of their own, values indented on the next one; cells of a row are equally wide."""
    part, indent = hand.room / len(cells), hand.size * 1.6
    lefts = [hand.left + part * number for number in range(len(cells))]
    lows = [_label(hand, cell.label, left, left + part - 10) for cell, left in zip(cells, lefts, strict=True)]
    hand.y = max(lows) + hand.size * 1.3
    lows = [_value(hand, cell, left + indent, left + part - 10) for cell, left in zip(cells, lefts, strict=True)]
    hand.y = max(lows) + hand.lead * 1.02


def topped(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Columns with a rule over each, a small coloured label below the rule and the value below that."""
    small, part = hand.size * _SMALL, hand.room / len(cells)
    lefts = [hand.left + part * number for number in range(len(cells))]
    hand.y += hand.size * 0.35
    top, lows = hand.y - hand.size * 1.05, []
    ink, hand.sheet.ink = hand.sheet.ink, _ACCENT
    for cell, left in zip(cells, lefts, strict=True):
        hand.sheet.rule(left, top, left + part - 12, top, 0.9)
        lows.append(_label(hand, cell.label, left, left + part - 12, small))
    hand.sheet.ink = ink
    hand.y = max(lows) + hand.size * 1.3
    lows = [_value(hand, cell, left, left + part - 12) for cell, left in zip(cells, lefts, strict=True)]
    hand.y = max(lows) + hand.size * 1.45
