"""Ways to set one row of labels and values on a form: on dots, in boxes.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from infra.papers.rows import shares
from infra.papers.setting import Hand
from infra.papers.wording import Cell


def on_dots(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values stand on a dotted leader that runs on to the margin, and on a second one below when they are long."""
    rooms = shares(hand, cells)
    if len(cells) > 1 and any(
        hand.width(cell.label, value=False) + 8 + hand.width(cell.rest, value=True) > right - left
        for cell, (left, right) in zip(cells, rooms, strict=True)
    ):
        for cell in cells:
            on_dots(hand, (cell,))
        return
    low = hand.y
    for cell, (left, right) in zip(cells, rooms, strict=True):
        low = max(low, _dotted(hand, cell, left, right))
    hand.y = low + hand.lead


def _dotted(hand: Hand, cell: Cell, left: float, right: float) -> float:
    *first, last = hand.sheet.lines(cell.label, right - left, hand.size, hand.look.label)
    y = hand.y
    for line in first:
        hand.say(left, y, line, value=False)
        y += hand.lead
    start = hand.say(left, y, last, value=False) + (4 if last else 0)
    if cell.boxed:
        hand.sheet.spaced(start + 4, y, cell.rest, hand.size * 0.92)
        return y
    broken = hand.broken([(cell.rest, True)], right - left - 6, start - left + 4)
    if start - left + hand.width(broken[0][0][0], value=True) > right - left:
        hand.sheet.dots(start, y, right, hand.size)
        y, start = y + hand.lead, left
    for number, words in enumerate(broken):
        y += hand.lead if number else 0
        begin = left if number else start
        hand.sheet.dots(begin, y, right, hand.size)
        hand.say(begin + 4, y - hand.size * 0.08, words[0][0], value=True)
    return y


def boxes(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """A row of boxes: small labels at the top, values below them."""
    small, pad = hand.size * 0.74, 5
    rooms = shares(hand, cells, label=0.74)
    top = hand.y - hand.size * 1.05
    label_ends, ends = [], []
    for cell, (left, right) in zip(cells, rooms, strict=True):
        low = hand.y
        for number, line in enumerate(hand.sheet.lines(cell.label, right - left - pad, small, hand.look.label)):
            low = hand.y + number * small * 1.25
            hand.say(left + pad, low, line, value=False, size=small)
        label_ends.append(low)
    base = hand.y = max(label_ends) + hand.size * 1.3
    for cell, (left, right) in zip(cells, rooms, strict=True):
        if cell.boxed:
            hand.sheet.spaced(left + pad, base, cell.rest, hand.size * 0.92, hand.look.value)
            ends.append(base)
        else:
            ends.append(hand.prose([(cell.rest, True)], left + pad, right - left - pad))
    bottom = max(ends) + hand.size * 0.5
    edges = [hand.left, *(right + 6 for _, right in rooms[:-1]), hand.right]
    hand.sheet.grid(edges, [top, bottom])
    hand.y = bottom + hand.size * 1.05
