"""Ways to set one row of labels and values: as a paragraph, on ruled paper, in halves, at a bar, in notched outlines.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell

_GREY: Final = (104, 108, 116)
_SMALL: Final = 0.76
_INDENT: Final = 1.9


@contextmanager
def _grey(hand: Hand) -> Iterator[None]:
    """Ink of labels that a screen would show pale."""
    ink, hand.sheet.ink = hand.sheet.ink, _GREY
    try:
        yield
    finally:
        hand.sheet.ink = ink


def _number(hand: Hand, cell: Cell, left: float) -> float:
    """Set a number in its boxes; answers how low they reach."""
    hand.sheet.spaced(left, hand.y, cell.rest, hand.size * 0.9, hand.look.value)
    return hand.y + hand.size * 0.2


def flowing(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """All cells run on as one paragraph, its first line indented, as clerks type."""
    runs = [run for cell in cells for run in (*cell.runs, (" ", False))]
    hand.y = hand.prose(runs, hand.left, hand.room, hand.size * _INDENT) + hand.lead


def lineated(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels and values in line on ruled paper: below each line a rule from margin to margin."""
    rooms = shares(hand, cells)
    if len(cells) > 1 and any(
        hand.width(cell.text, value=True) > right - left for cell, (left, right) in zip(cells, rooms, strict=True)
    ):
        for cell in cells:
            lineated(hand, (cell,))
        return
    low = hand.y
    for cell, (left, right) in zip(cells, rooms, strict=True):
        low = max(low, hand.prose(cell.runs, left, right - left))
    y = hand.y
    while y <= low + 1:
        hand.sheet.rule(hand.left, y + hand.size * 0.36, hand.right, y + hand.size * 0.36, 0.35)
        y += hand.lead
    hand.y = low + hand.lead


def halved(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label and value in line, in columns that are equally wide; what is long goes on in its own column."""
    part, lows = hand.room / len(cells), []
    for number, cell in enumerate(cells):
        left = hand.left + part * number
        if cell.boxed:
            end = hand.say(left, hand.y, cell.label, value=False)
            lows.append(_number(hand, cell, end + 6))
        else:
            lows.append(hand.prose(cell.runs, left, part - 12))
    hand.y = max(lows) + hand.lead


def barred(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Small pale labels in capitals, values to the right of an upright bar; no other rules, one value a row."""
    bar, small = hand.left + hand.room * hand.look.tab, hand.size * _SMALL
    for cell in cells:
        with _grey(hand):
            label = hand.prose([(cell.label.upper(), False)], hand.left, bar - hand.left - 10, size=small)
        low = (
            _number(hand, cell, bar + 10)
            if cell.boxed
            else hand.prose([(cell.rest, True)], bar + 10, hand.right - bar - 10)
        )
        bottom = max(label, low) + hand.lead
        hand.sheet.rule(bar, hand.y - hand.size * 1.05, bar, bottom - hand.size * 1.05, 1.3)
        hand.y = bottom


def notched(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Outlined fields as a screen draws them: a small label interrupts the upper edge, the value stands within."""
    small, pad = hand.size * _SMALL, 9
    rooms = shares(hand, cells, label=_SMALL)
    rooms[-1] = (rooms[-1][0], hand.right)
    top, y = hand.y - small * 0.32, hand.y
    hand.y += hand.size * 1.25
    lows = [
        _number(hand, cell, left + pad) if cell.boxed
        else hand.prose([(cell.rest, True)], left + pad, right - left - pad * 2)
        for cell, (left, right) in zip(cells, rooms, strict=True)
    ]  # fmt: skip
    bottom = max(lows) + hand.size * 0.55
    for cell, (left, right) in zip(cells, rooms, strict=True):
        with _grey(hand):
            end = hand.say(left + pad, y, cell.label, value=False, size=small)
        hand.sheet.rule(left, top, left + pad - 3, top)
        if end + 3 < right:
            hand.sheet.rule(end + 3, top, right, top)
        hand.sheet.rule(left, bottom, right, bottom)
        for x in (left, right):
            hand.sheet.rule(x, top, x, bottom)
    hand.y = bottom + hand.size * 1.25
