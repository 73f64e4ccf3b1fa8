"""Ways to set one row of labels and values: in line, at a tab, below their labels, above them.

Each begins on the baseline `hand.y` and leaves there the baseline of the next row.
"""

from infra.papers.setting import Hand
from infra.papers.wording import Cell


def shares(hand: Hand, cells: tuple[Cell, ...], label: float = 1.0) -> list[tuple[float, float]]:
    """Where the cells of a row begin and end: as wide as what they say, no cell below a sixth."""
    if len(cells) == 1:
        return [(hand.left, hand.right)]
    wide = []
    for cell in cells:
        parts = hand.width(cell.label, value=False) * label, hand.width(cell.rest, value=True)
        wide.append(max(parts) if label < 1 else sum(parts) + hand.size)
    least = max(wide) / 4
    wide = [max(each, least) for each in wide]
    rooms = [each * hand.room / sum(wide) for each in wide]
    return [(hand.left + sum(rooms[:n]), hand.left + sum(rooms[: n + 1]) - 6) for n in range(len(rooms))]


def inline(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Label and value run on as one sentence; the next line begins below the label."""
    rooms = shares(hand, cells)
    if len(cells) > 1 and any(
        len(hand.broken(cell.runs, right - left)) > 1 for cell, (left, right) in zip(cells, rooms, strict=True)
    ):
        for cell in cells:
            inline(hand, (cell,))
        return
    ends = [_run(hand, cell, left, right) for cell, (left, right) in zip(cells, rooms, strict=True)]
    hand.y = max(ends) + hand.lead


def _run(hand: Hand, cell: Cell, left: float, right: float) -> float:
    if not cell.boxed:
        return hand.prose(cell.runs, left, right - left)
    end = hand.say(left, hand.y, cell.label, value=False)
    hand.sheet.spaced(end + 6, hand.y, cell.rest, hand.size * 0.92, hand.look.value)
    return hand.y + hand.size * 0.2


def tabbed(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels to the left, values at a tab; both wrap in their own room."""
    tab = hand.left + hand.room * hand.look.tab
    for cell in cells:
        label = hand.prose([(cell.label, False)], hand.left, tab - hand.left - 8)
        if cell.boxed:
            hand.sheet.spaced(tab, hand.y, cell.rest, hand.size * 0.92, hand.look.value)
            low = hand.y + hand.size * 0.2
        else:
            low = hand.prose([(cell.rest, True)], tab, hand.right - tab)
        hand.y = max(label, low) + hand.lead * 1.04


def stacked(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Labels small, values larger on the next line; no rules."""
    small = hand.size * 0.76
    ends, base = [], hand.y + hand.size * 1.2
    rooms = shares(hand, cells, label=0.76)
    for cell, (left, _) in zip(cells, rooms, strict=True):
        hand.say(left, hand.y, cell.label, value=False, size=small)
    hand.y = base
    for cell, (left, right) in zip(cells, rooms, strict=True):
        ends.append(hand.prose([(cell.rest, True)], left, right - left - 4))
    hand.y = max(ends) + hand.size * 1.35


def captioned(hand: Hand, cells: tuple[Cell, ...]) -> None:
    """Values about the middle of a rule, and small below it in brackets what they are."""
    small = hand.size * 0.74
    cells = tuple(Cell((("".join(text for text, _ in cell.runs[1:]), False), cell.runs[0])) for cell in cells)
    rooms = shares(hand, cells, label=0.74)
    values = [
        [line[0][0] for line in hand.broken([(cell.rest, True)], right - left - 8)]
        for cell, (left, right) in zip(cells, rooms, strict=True)
    ]
    base = hand.y + (max(len(each) for each in values) - 1) * hand.lead
    for words, (left, right) in zip(values, rooms, strict=True):
        for number, line in enumerate(words):
            y = base - (len(words) - 1 - number) * hand.lead
            hand.say((left + right) / 2, y, line, value=True, align="m")
        hand.sheet.rule(left + 4, base + hand.size * 0.34, right - 4, base + hand.size * 0.34, 0.5)
    for cell, (left, right) in zip(cells, rooms, strict=True):
        hand.say((left + right) / 2, base + hand.size * 1.2, f"({cell.label})", value=False, size=small, align="m")
    hand.y = base + hand.size * 1.2 + hand.lead * 1.05
