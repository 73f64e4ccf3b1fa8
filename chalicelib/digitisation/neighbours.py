"""Where the value of a label may stand: behind it, in the next cell, below it, above a caption. Pure geometry."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from chalicelib.digitisation.cells import Cell, wrapped
from chalicelib.digitisation.labels import Known, Rule, is_caption, is_loud, stops
from chalicelib.digitisation.meaning import PLACES, is_whole_place, says_label
from chalicelib.digitisation.model import Word

_ALIGNED: Final = 1.5
"""Heights of a line that two left edges of a column differ at most."""
_BELOW: Final = 2.2
"""Heights of a line that a value stands below its label at most."""
_NEXT: Final = 1.3
"""Heights of a line between the lines of one value at most."""
_CLOSE: Final = 0.8
"""Heights of a line between two lines of one text, at most; two rows of a form stand further apart."""
_HEADS: Final = 3
_CAPTION: Final = 1.6
"""Heights of a line that a caption stands below its value at most."""
_CENTRED: Final = 2.0
"""Heights of a line that the middles of a caption and its value, taken twice, differ at most."""
_FLUSH: Final = 0.4
"""Heights of a line that the right edges of two lines differ at most that are flush right."""
_WIDE: Final = 0.4
"""The share of the page that a line has which is centred and goes on below, at least."""
_ONE_MIDDLE: Final = 0.6
_INDENT: Final = 5.0
"""Heights of a line that the first line of a paragraph is indented, at most."""
_NUMBERED: Final = re.compile(r"\(?([\dIVXTHl|]{1,4}|[A-E€])[.)]|\(\d{1,2}\)")
_ROW_NUMBER: Final = re.compile(r"\(?\d{1,2}[.)]?")
_JOINED: Final = re.compile(r"[A-E]\.[^\W\d_]")
"""A number of a paragraph without its blank: "D.Ai đi khai"."""


class Neighbours:
    """The cells of a page, and which of them stands where to another."""

    def __init__(self, cells: Sequence[Cell], form: Known) -> None:
        self.cells = cells
        self.edge = max((cell.box[2] for cell in cells), default=0)
        self._form = form

    def values_of(self, number: int, rule: Rule, words: list[Word]) -> Iterator[list[Word]]:
        """What may be the value of a label: the words behind it, else the cell beside it, and the one below it."""
        label = self.cells[number]
        if is_caption(label.words):
            yield self._above(number, runs_on=rule.shape == "lines" and not rule.pattern)
            return
        if words:
            yield self.run_on(number, rule, label, words)
            if rule.pattern and not any(each.isdigit() for word in words for each in word.text):
                below = self._next_line(label, label, 0, label.box[0])  # "Giấy tờ: CCCD số", and the number did not fit
                yield list(below.words) if below is not None else []
        if not words or not label.words[len(label.words) - len(words) - 1].text.endswith(":"):
            for found in (self._beside(number), self._below(number)):
                if found is not None and not says_label(found.words, self._form):
                    yield self.run_on(number, rule, found)

    def run_on(self, number: int, rule: Rule, last: Cell, words: list[Word] | None = None) -> list[Word]:
        """The words of a value that begins in the cell `last`, and of the lines that it runs on to."""
        words = list(last.words) if words is None else words
        label, start = self.cells[number], words[0].box[0] if words else last.box[0]
        halved = last is label and self._shares_row(number)
        if rule.shape == "lines" or (halved and rule.shape == "person"):
            edge = self._half_edge(number) if last is label else self._edge_of(last)
            while not self._is_over(rule, words):
                goes_on = rule.called in PLACES and (words[-1].text.endswith(",") or self._half_place(words))
                more = self._next_line(last, label, 0 if goes_on else edge, start)
                if more is None or (goes_on and not self._belongs(rule, words, last, more, edge)):
                    break
                last, words = more, words + list(more.words)
        return words

    def is_list(self, label: Cell, words: Sequence[Word], alike: Callable[[Sequence[Word]], bool]) -> bool:
        """Whether a value below its label is but the first of several one below the other: a list of people, say."""
        cell = next((cell for cell in self.cells if words[0] in cell.words), label)
        if cell.row == label.row:
            return False
        below = (other for other in self.cells if other.row == cell.row + 1)
        return any(abs(other.box[0] - cell.box[0]) <= _ALIGNED * cell.height and alike(other.words) for other in below)

    def is_whole(self, label: int, rule: Rule, words: Sequence[Word]) -> bool:
        """Whether free text ends where its value does: nothing below goes on with it, it is no heading of a table."""
        number = next((at for at, cell in enumerate(self.cells) if words[-1] in cell.words), None)
        if number is None or self._is_over(rule, words):
            return True
        last, named = self.cells[number], self.cells[label]
        row = [cell for cell in self.cells if cell.row == last.row]
        if last is not named and last.row == named.row and len(row) >= _HEADS:
            labels = sum(bool(cell.hits) for cell in row)
            return labels > 1 or named.words[-1].text.endswith(":")
        below = [cell for cell in self.cells if cell.row == last.row + 1]
        under = next((cell for cell in below if abs(cell.box[0] - last.box[0]) <= last.height), None)
        if under is None or under.hits or _is_numbered(under) or under.box[1] - last.box[3] > _CLOSE * last.height:
            return True
        return any(cell.hits and cell.box[0] < under.box[0] for cell in below) or not under.words[0].text[0].isalpha()

    def _half_place(self, words: Sequence[Word]) -> bool:
        """Whether a place is not told to its end."""
        said = " ".join(word.text for word in words)
        return "," in said and not is_whole_place(said, self._form)

    def _belongs(self, rule: Rule, words: Sequence[Word], last: Cell, more: Cell, edge: int) -> bool:
        """Whether the line below ends a place, goes on behind a comma, or holds what did not fit any more."""
        close = more.box[1] - last.box[3] <= _CLOSE * last.height
        ends = self._is_over(rule, [*words, *more.words])
        flush = last is not more and abs(more.box[0] - last.box[0]) <= _FLUSH * last.height
        within = close or any(word.text.endswith(",") for word in more.words)  # a place goes on with places
        return wrapped(last, more, edge) or ends or (close and words[-1].text.endswith(",")) or (flush and within)

    def _is_over(self, rule: Rule, words: Sequence[Word]) -> bool:
        """Whether a place is told to its end, its province."""
        said = " ".join(word.text for word in words)
        return rule.called in PLACES and "," in said and is_whole_place(said, self._form)

    def _above(self, number: int, *, runs_on: bool) -> list[Word]:
        """The words of the value that a caption stands under: its middle is above the middle of the caption."""
        caption = last = self.cells[number]
        found: list[Word] = []
        for cell in reversed(self.cells[:number]):
            if cell.row == last.row or cell.box[3] > last.box[1] + last.height // 2:
                continue
            if found and (
                not runs_on or cell.hits or is_caption(cell.words) or last.box[1] - cell.box[3] > last.height
            ):
                break
            if last.box[1] - cell.box[3] > _CAPTION * last.height:
                break
            middles = cell.box[0] + cell.box[2] - caption.box[0] - caption.box[2]
            if abs(middles) <= _CENTRED * last.height and not is_caption(cell.words):
                if found and not wrapped(cell, last, max(last.box[2], cell.box[2])):
                    break
                found, last = [*cell.words, *found], cell
        return found

    def _right_of(self, number: int) -> Cell | None:
        after = self.cells[number + 1] if number + 1 < len(self.cells) else None
        return after if after is not None and after.row == self.cells[number].row else None

    def _half_edge(self, number: int) -> int:
        """Where the lines of a label's cell end at most: before the cell to its right, or at the edge of the page."""
        cell, right = self.cells[number], self._right_of(number)
        if right is not None:
            return right.box[0] - cell.height
        return self._column_edge(cell) if self._shares_row(number) else self.edge

    def _shares_row(self, number: int) -> bool:
        """Whether another cell stands in the row of a cell."""
        row = self.cells[number].row
        return any(0 <= at < len(self.cells) and self.cells[at].row == row for at in (number - 1, number + 1))

    def _beside(self, number: int) -> Cell | None:
        row = self.cells[number].row
        cell = self.cells[number + 1] if number + 1 < len(self.cells) else None
        return cell if cell is not None and cell.row == row and not cell.hits else None

    def _below(self, number: int) -> Cell | None:
        label = self.cells[number]
        if (found := self._in_table(label)) is not None:
            return found
        beside = self.cells[number + 1] if number + 1 < len(self.cells) else label
        limit = beside.box[0] if beside.row == label.row and beside is not label else self.edge + 1
        row = max(cell.height for cell in self.cells if cell.row == label.row)  # some labels have no tails
        for cell in self.cells[number + 1 :]:
            tall = max(cell.height, row)
            if cell.row == label.row or cell.box[2] < label.box[0] or cell.box[0] >= limit:
                continue
            if self._numbers_row(cell):
                return None
            near = cell.box[1] - label.box[3] <= _BELOW * tall
            if near and is_caption(cell.words):  # "(ngày/tháng/năm)"
                continue
            aligned = cell.box[0] >= label.box[0] - _ALIGNED * tall
            return cell if near and aligned and not cell.hits and not stops(cell.words, self._form) else None
        return None

    def _numbers_row(self, cell: Cell) -> bool:
        """Whether a cell is but the number of a row of a form, whose label stands beside it."""
        row = [other for other in self.cells if other.row == cell.row]
        first = len(cell.words) == 1 and cell is row[0] and len(row) > 1
        return first and _ROW_NUMBER.fullmatch(cell.words[0].text) is not None and not row[1].words[0].text.isdigit()

    def _in_table(self, label: Cell) -> Cell | None:
        """The cell below one of at least three headings, where the next row has as many cells as they are."""
        heads = [cell for cell in self.cells if cell.row == label.row]
        if len(heads) < _HEADS:
            return None
        for row in range(label.row + 1, label.row + 3):  # a heading of two lines lies between
            cells = [cell for cell in self.cells if cell.row == row]
            if len(cells) == len(heads) and not any(cell.hits for cell in cells):
                found = cells[heads.index(label)]
                return found if found.box[1] - label.box[3] <= _BELOW * max(found.height, label.height) else None
        return None

    def _edge_of(self, cell: Cell) -> int:
        """Where the lines of a value end at most that stands in a cell by itself."""
        beside = [other.box[0] for other in self.cells if other.row == cell.row and other.box[0] >= cell.box[2]]
        edge = self._column_edge(cell)
        return min(edge, min(beside) - cell.height // 2) if beside else edge

    def _column_edge(self, cell: Cell) -> int:
        aligned = (each for each in self.cells if abs(each.box[0] - cell.box[0]) <= _ALIGNED * cell.height)
        return max(each.box[2] for each in aligned)

    def _next_line(self, last: Cell, label: Cell, edge: int, start: int) -> Cell | None:
        """The cell that goes on with a value: below it, in its column, where its first word did not fit any more.

        Its column begins where the value does (`start`), its label, or its last line; a value may be flush right too.
        """
        row = [cell for cell in self.cells if cell.row == last.row + 1]
        left = min(label.box[0], last.box[0]) - _ALIGNED * last.height
        if row and self._numbers_row(row[0]) and row[0].box[2] < min(last.box[0], start):
            return None
        if any(
            any(hit.rules or hit.part for hit in cell.hits) and left <= cell.box[0] <= last.box[0] + last.height
            for cell in row
        ):
            return None  # the label of the next row; one in another half of the page is none
        if last is not label and any(self._is_next_label(cell, label, last) for cell in row):
            return None
        for cell in row:
            lefts = [last.box[0], start]
            if last is label or len(row) == 1:  # else it is the label of the next row of a table
                lefts.append(label.box[0])
            aligned = min(abs(cell.box[0] - left) for left in lefts) <= _ALIGNED * last.height
            aligned |= len(row) == 1 and last is not label and abs(cell.box[2] - last.box[2]) <= _FLUSH * last.height
            aligned |= len(row) == 1 and last is label and _hangs(cell, last)
            near = cell.box[1] - last.box[3] <= _NEXT * last.height
            if not near or cell.hits or stops(cell.words, self._form) or _is_numbered(cell):
                continue
            if aligned:
                return cell if wrapped(last, cell, edge) else None
            if len(row) == 1 and self._is_centred(cell, last) and is_loud(cell.words) == is_loud(last.words):
                return cell
        return None

    def _is_next_label(self, cell: Cell, label: Cell, last: Cell) -> bool:
        """Whether a cell stands where the label of a value does, with something beside it: one that we do not know."""
        level = abs(cell.box[0] - label.box[0]) <= last.height and cell.box[2] < last.box[0] + last.height
        beside = sum(other.row == cell.row for other in self.cells) > 1
        return level and beside and label.box[2] <= last.box[0] and cell.words[0].text[:1].isupper()

    def _is_centred(self, cell: Cell, last: Cell) -> bool:
        """Whether a line stands about the middle of a long one above it: the rest of what a title says."""
        wide = last.box[2] - last.box[0] >= _WIDE * self.edge
        return wide and abs(cell.middle - last.middle) <= _ONE_MIDDLE * last.height


def _hangs(cell: Cell, first: Cell) -> bool:
    """Whether a line is the second of a paragraph whose first is indented, and whose sentence is not over."""
    indent = first.box[0] - cell.box[0]
    return 0 < indent <= _INDENT * first.height and not first.words[-1].text.endswith((".", ";", ":"))


def _is_numbered(cell: Cell) -> bool:
    """Whether a line begins another paragraph: "C. Hộ gia đình", and not "P. Vỹ Dạ"."""
    return len(cell.words) > 1 and (
        _NUMBERED.fullmatch(cell.words[0].text) is not None or _JOINED.match(cell.words[0].text) is not None
    )
