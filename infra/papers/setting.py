"""Sets a layout that is filled in on a sheet: head, title, prose, tables, columns, signers, footnotes.

How labels and values stand in a row is the look's: `infra.papers.rows` has the ways.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from infra.papers import marks
from infra.papers.sheet import INK, Sheet
from infra.papers.wording import Block, Cell, Filled, Run

_SIZES: Final = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72)
_FOOT: Final = 41.68
"""How much of a page stays empty below the last line, in points."""
_WIDEST: Final = 3.0
"""How many times as wide as it is by nature a space may become in justified lines."""


@dataclass(frozen=True)
class Look:
    """How a style sets its papers.

    Attributes:
        row: sets one row of labels and values.
        value: style of values; `typed` a font of their own for them, `ink` its colour; `titled` one for the title.
        label: style of labels.
        size: of the text in points; it shrinks until the page is full.
        lead: from line to line, in sizes.
        margins: left and right, `top` the first baseline, in points.
        tab: where values begin that stand at one, as a share of the room.
        ruled: whether a short rule stands below the office that issued the paper.
        listed: whether who receives the paper is listed at the margin, as decree 30/2020 has it.
        seal: whether the signer on the right presses one; `issuer` is what it says.
        justified: whether running text ends at the right margin too, as decree 30/2020 has it.
        marks: the marks that its layouts name.
    """

    row: Callable[["Hand", tuple[Cell, ...]], None]
    value: str = "bold"
    label: str = "regular"
    typed: str = ""
    ink: marks.Colour = INK
    title_ink: marks.Colour = INK
    titled: str = ""
    title: float = 15
    size: float = 12.5
    lead: float = 1.5
    margins: tuple[float, float] = (62, 50)
    top: float = 52
    tab: float = 0.38
    ruled: bool = False
    listed: bool = False
    seal: bool = True
    issuer: str = "ỦY BAN NHÂN DÂN {office}"
    justified: bool = False
    marks: Mapping[str, Callable[["Hand"], None]] = field(default_factory=dict)


@dataclass
class Hand:
    """Where the next line goes: `y` is its baseline, between `left` and `right`, in points; `turn` counts the rows."""

    sheet: Sheet
    look: Look
    said: Filled
    left: float
    right: float
    y: float
    size: float
    notes: list[Cell] = field(default_factory=list)
    turn: int = 0

    @property
    def room(self) -> float:
        """From margin to margin."""
        return self.right - self.left

    @property
    def lead(self) -> float:
        """From line to line, in points."""
        return self.size * self.look.lead

    def beside(self, left: float, right: float) -> "Hand":
        """Another hand at the same height, between other margins."""
        return replace(self, left=left, right=right)

    @contextmanager
    def kind(self, *, value: bool) -> Iterator[str]:
        """Font and ink of values or of labels; the style of both."""
        font, ink = self.sheet.font, self.sheet.ink
        if value:
            self.sheet.font, self.sheet.ink = self.look.typed or font, self.look.ink
        try:
            yield self.look.value if value else self.look.label
        finally:
            self.sheet.font, self.sheet.ink = font, ink

    def width(self, text: str, *, value: bool, size: float = 0) -> float:
        """How wide a text is, in points."""
        with self.kind(value=value) as style:
            return self.sheet.width_of(text, size or self.size, style)

    def say(self, x: float, y: float, text: str, *, value: bool, size: float = 0, align: str = "l") -> float:
        """Set a text; answers where it ends, in points."""
        with self.kind(value=value) as style:
            return self.sheet.text(x, y, text, size or self.size, style, align)

    def broken(self, runs: Iterable[Run], room: float, indent: float = 0, size: float = 0) -> list[list[Run]]:
        """Runs as lines: what is set in one go stays together."""
        lines: list[list[Run]] = [[]]
        used = indent
        for word, value in _words(runs):
            wide = self.width(f" {word}" if lines[-1] else word, value=value, size=size)
            if lines[-1] and used + wide > room:
                lines.append([])
                used = 0
            if lines[-1] and lines[-1][-1][1] == value:
                lines[-1][-1] = (f"{lines[-1][-1][0]} {word}", value)
            else:
                lines[-1].append((word, value))
            used += wide
        return lines

    def prose(self, runs: Iterable[Run], x: float, room: float, indent: float = 0, size: float = 0) -> float:
        """Set runs from `y` downwards, in lines of `room` points; answers the last baseline."""
        y, space = self.y, self.width(" ", value=False, size=size)
        lines = self.broken(runs, room, indent, size)
        for number, line in enumerate(lines):
            y += self.look.lead * (size or self.size) if number else 0
            at = x + (0 if number else indent)
            gap, pieces = space, line
            if self.look.justified and number < len(lines) - 1:
                gap, pieces = self._stretched(line, x + room - at, space, size)
            for text, value in pieces:
                at = self.say(at, y, text, value=value, size=size) + gap
        return y

    def _stretched(self, line: list[Run], room: float, space: float, size: float) -> tuple[float, list[Run]]:
        """The space between the words of a line that fills a room, and its words; as it was where it would gape."""
        words = [(word, value) for text, value in line for word in text.split()]
        spare = room - sum(self.width(word, value=value, size=size) for word, value in words)
        gap = spare / max(1, len(words) - 1)
        return (gap, words) if space < gap < space * _WIDEST else (space, line)

    def centred(self, text: str, x: float, room: float, size: float, style: str, lead: float = 1.3) -> float:
        """Set a text about `x` from `y` downwards; answers the last baseline."""
        y = self.y
        for number, line in enumerate(self.sheet.lines(text, room, size, style)):
            y += size * lead if number else 0
            self.sheet.text(x, y, line, size, style, "m")
        return y


def _words(runs: Iterable[Run]) -> Iterator[Run]:
    """Words, each a value's if any of its letters is: a comma after a value is set with it."""
    word, valued = "", False
    for text, value in runs:
        for letter in text:
            if letter == " ":
                if word:
                    yield word, valued
                word, valued = "", False
            else:
                word, valued = word + letter, valued or value
    if word:
        yield word, valued


def lay(said: Filled, sheet: Callable[[], Sheet], look: Look) -> Sheet:
    """A sheet with a paper on it, as large as it fits. Raises ValueError for a paper that fits in no size."""
    for share in _SIZES:
        try:
            made = sheet()
            trial = _laid(said, _bare(made), look, share)
        except ValueError:
            continue
        if trial <= made.height - _FOOT:
            _laid(said, made, look, share)
            return made
    raise ValueError(f"too long for a page: {said.paper.kind}")


def _bare(sheet: Sheet) -> Sheet:
    return replace(sheet, bare=True, pieces=[])


def _laid(said: Filled, sheet: Sheet, look: Look, share: float) -> float:
    hand = Hand(sheet, look, said, look.margins[0], sheet.width - look.margins[1], look.top, look.size * share)
    _blocks(hand, said.blocks)
    return _notes(hand)


def _blocks(hand: Hand, blocks: tuple[Block, ...]) -> None:
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if block.sort == "head":
            head = [block]
            while waiting and waiting[0].sort == "head":
                head.append(waiting.pop(0))
            _head(hand, head)
        elif block.sort == "row":
            hand.look.row(hand, block.cells)
            hand.turn += 1
        elif block.sort == "mark":
            hand.look.marks[block.cells[0].text](hand)
        elif block.sort == "note":
            hand.notes.append(block.cells[0])
        else:
            _WAYS[block.sort](hand, block)


def _head(hand: Hand, lines: list[Block]) -> None:
    sheet, size = hand.sheet, min(11.5, hand.size * 0.95)
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    wide = hand.room * 0.53
    while sheet.width_of(motto, size, "bold") > wide:
        size -= 0.25
    split = any(each.place == "L" for each in lines) and any(each.place == "R" for each in lines)
    places = {"L": (hand.left + hand.room * 0.22, hand.room * 0.4), "C": ((hand.left + hand.right) / 2, hand.room),
              "R": (hand.right - wide / 2, wide if split else hand.room * 0.6)}  # fmt: skip
    ends = dict.fromkeys(places, hand.y)
    top = hand.y
    for block in lines:
        x, room = places[block.place]
        text = block.cells[0].text
        style = {"*": "bold", "_": "italic"}.get(text[0], "regular")
        hand.y = ends[block.place]
        ends[block.place] = hand.centred(text.lstrip("*_"), x, room, size, style, 1.4) + size * 1.4
        if text.startswith("*Độc lập"):
            half, low = sheet.width_of(text[1:], size, "bold") / 2, hand.y + 4
            sheet.rule(x - half, low, x + half, low)
            ends[block.place] += 3
        elif hand.look.ruled and block.place == "L" and style == "bold":
            low = ends[block.place] - size * 1.4 + 4
            sheet.rule(x - 32, low, x + 32, low)
            ends[block.place] += 3
    hand.y = max(top, *ends.values())


def _title(hand: Hand, block: Block) -> None:
    hand.y += hand.size * 0.35 + hand.look.title * 0.65
    font, sheet = hand.sheet.font, hand.sheet
    sheet.font, sheet.ink = hand.look.titled or font, hand.look.title_ink
    hand.y = hand.centred(block.cells[0].text, (hand.left + hand.right) / 2, hand.room, hand.look.title, "bold")
    sheet.font, sheet.ink = font, INK
    hand.y += hand.lead * 1.2


def _subtitle(hand: Hand, block: Block) -> None:
    hand.y -= hand.size * 0.2
    style = "bold" if block.cells[0].text.startswith("*") else "italic"
    middle = (hand.left + hand.right) / 2
    hand.y = hand.centred(block.cells[0].text.lstrip("*"), middle, hand.room * 0.85, hand.size, style)
    hand.y += hand.lead * 1.15


def _heading(hand: Hand, block: Block) -> None:
    hand.y += hand.size * 0.2
    hand.y = hand.sheet.wrapped(hand.left, hand.y, block.cells[0].text, hand.room, hand.size, "bold") + hand.lead


def _prose(hand: Hand, block: Block) -> None:
    hand.y = hand.prose(block.cells[0].runs, hand.left, hand.room, hand.size * 2.2) + hand.lead * 1.05


def _to_the_right(hand: Hand, block: Block) -> None:
    text = block.cells[0].text
    hand.y += hand.size * 0.3
    middle = hand.right - hand.room * 0.27
    hand.y = hand.centred(text, middle, hand.room * 0.56, hand.size * 0.96, "italic") + hand.lead


def _corner(hand: Hand, block: Block) -> None:
    y = 26 if block.place[0] == "T" else hand.sheet.height - 34
    right = block.place[1] == "R"
    x = hand.sheet.width - 34 if right else 34
    hand.sheet.text(x, y, block.cells[0].text, 9, "bold" if block.place[0] == "B" else "italic", "r" if right else "l")


def _columns(hand: Hand, block: Block) -> None:
    middle, ends = hand.left + hand.room / 2, []
    for blocks, left, right in ((block.left, hand.left, middle - 10), (block.right, middle + 10, hand.right)):
        beside = hand.beside(left, right)
        _blocks(beside, blocks)
        ends.append(beside.y)
    hand.y = max(ends)


def _table(hand: Hand, block: Block) -> None:
    wide = [share * hand.room / sum(block.shares) for share in block.shares]
    lefts = [hand.left + sum(wide[:number]) for number in range(len(wide) + 1)]
    hand.y += hand.size * 0.3
    tops = [hand.y - hand.size * 1.2]
    size, pad = hand.size * 0.94, 4
    for number, row in enumerate(block.rows):
        ends = []
        for cell, left, room, align in zip(row, lefts, wide, block.aligns, strict=False):
            if number and align != "l":
                ends.append(_cell(hand, cell, left + pad, left + room - pad, size, align))
            elif number:
                ends.append(hand.prose(cell.runs, left + pad, room - pad * 2, size=size))
            else:
                ends.append(hand.centred(cell.text, left + room / 2, room - pad * 2, size, "bold"))
        tops.append(max(ends) + hand.size * 0.45)
        hand.y = tops[-1] + hand.size * 1.2
    hand.sheet.grid(lefts, tops)
    hand.y += hand.size * 0.5


def _cell(hand: Hand, cell: Cell, left: float, right: float, size: float, align: str) -> float:
    """Set a cell about its middle or to its right; answers the last baseline."""
    y, x = hand.y, right if align == "r" else (left + right) / 2
    for number, line in enumerate(hand.broken(cell.runs, right - left, size=size)):
        y += hand.look.lead * size if number else 0
        words = " ".join(text for text, _ in line)
        hand.say(x, y, words, value=any(value for _, value in line), size=size, align="m" if align == "c" else "r")
    return y


def _signers(hand: Hand, block: Block) -> None:
    sheet, size = hand.sheet, hand.size * 0.96
    hand.y += hand.size * 0.4
    top, middles = hand.y, [hand.left + hand.room * 0.2, hand.right - hand.room * 0.27]
    if len(block.cells) > len(middles):
        size, middles = size * 0.9, [hand.left + hand.room * share for share in (0.16, 0.5, 0.84)]
    names, low = [], top
    for cell, x in zip(block.cells, middles, strict=False):
        *titles, name = cell.text.split(" / ")
        y = top
        if hand.look.listed and cell.text.startswith("Nơi nhận"):
            y = _receivers(hand, titles, size)
            titles = []
        for title in titles:
            sheet.text(x, y, title, size, "italic" if title.startswith("(") else "bold", "m")
            y += size * 1.35
        names.append((x, name))
        low = max(low, y)
    low += 46
    for number, (x, name) in enumerate(names):
        if name != "-":
            sheet.text(x, low, name, size, "bold", "m")
            marks.signature(sheet, x - 8, low - 26, hand.said.seed + number)
    if hand.look.seal:
        x = middles[-1] if len(names) > 1 else hand.left
        marks.seal(
            sheet,
            x - 46 - hand.said.seed % 16,
            low - 36 + hand.said.seed % 9,
            hand.look.issuer.format(office=hand.said.paper.office),
            46,
        )
    hand.y = low + hand.lead


def _receivers(hand: Hand, lines: list[str], size: float) -> float:
    """Set who receives the paper, smaller and at the margin; answers where the next line would stand."""
    y = hand.y
    for number, line in enumerate(lines):
        hand.sheet.text(hand.left, y, line, size * 0.86, "regular" if number else "bold italic")
        y += size * 1.35
    return y


def _notes(hand: Hand) -> float:
    """Set the footnotes at the foot; answers how low the page reaches."""
    if not hand.notes:
        return hand.y - hand.lead
    size = hand.size * 0.72
    lines = [line for cell in hand.notes for line in hand.sheet.lines(cell.text, hand.room, size, "italic")]
    top = hand.sheet.height - 42 - (len(lines) - 1) * size * 1.35
    if hand.y - hand.lead > top - size * 2.2:
        return hand.sheet.height
    hand.sheet.rule(hand.left, top - size * 1.4, hand.left + 130, top - size * 1.4, 0.5)
    for number, line in enumerate(lines):
        hand.sheet.text(hand.left, top + number * size * 1.35, line, size, "italic")
    return hand.y - hand.lead


def _gap(hand: Hand, _: Block) -> None:
    hand.y += hand.lead * 0.5


_WAYS: Final[dict[str, Callable[[Hand, Block], None]]] = {
    "title": _title, "subtitle": _subtitle, "heading": _heading, "prose": _prose, "right": _to_the_right,
    "corner": _corner, "columns": _columns, "table": _table, "signers": _signers, "gap": _gap,
}  # fmt: skip
