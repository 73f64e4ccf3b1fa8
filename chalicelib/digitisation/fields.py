"""Step 2 of digitisation, the extraction of data (Circular 01/2023, Article 7): values found by their labels.

A value stands behind its label, beside it in the next cell, or below it; in running text behind what it is called
(`prose.py`), and seldom without a name. Tone marks are what reading gets wrong, and names are made of them: a personal
name always goes to an officer.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from chalicelib.digitisation import cards
from chalicelib.digitisation.cells import Cell, cells_of, joined_labels, wrapped
from chalicelib.digitisation.labels import NUMBERING, Hit, Known, Rule, is_caption, kinds, known, stops
from chalicelib.digitisation.model import Field, PageText, Word
from chalicelib.digitisation.prose import sentence, spoken
from chalicelib.digitisation.values import BAD_FORMAT, DOUBTFUL, LOW_CONFIDENCE, NOT_FOUND, PERSONAL_NAME, field_of

__all__ = ["BAD_FORMAT", "DOUBTFUL", "LOW_CONFIDENCE", "NOT_FOUND", "PERSONAL_NAME", "extract", "kinds"]

_ALIGNED: Final = 1.5
"""Heights of a line that two left edges of a column differ at most."""
_BELOW: Final = 2.2
"""Heights of a line that a value stands below its label at most."""
_NEXT: Final = 1.3
"""Heights of a line between the lines of one value at most."""
_CAPTION: Final = 1.6
"""Heights of a line that a caption stands below its value at most."""
_CENTRED: Final = 2.0
"""Heights of a line that the middles of a caption and its value, taken twice, differ at most."""
_WIDE: Final = 0.4
"""The share of the page that a line has which is centred and goes on below, at least."""
_ONE_MIDDLE: Final = 0.6
_SAME_ROW: Final = 1.5
"""Heights of a line that the headings of two parts side by side differ at most."""
_WHOLE_PAPER: Final = 40
"""Words of a paper that is read as a whole; the least of ours, a card, has as many."""
_FAMILIAR: Final = 0.5
_LONGEST_ALONE: Final = 7
"""Words of a value that stands without a label, at most: a date in words is six."""


def extract(kind: str, pages: Sequence[PageText]) -> tuple[Field, ...]:
    """Find every field of a kind of paper, in the order of the form; a field that is not there comes back empty.

    Its confidence is that of its weakest word.

    Raises:
        KeyError: a kind without labels.
    """
    form = known(kind)
    found: dict[str, tuple[int, list[Word]]] = {}
    sheets = [_Sheet(page, form) for page in pages]
    for way in (_Sheet.values, _Sheet.said, _Sheet.alone):
        for number, sheet in enumerate(sheets):
            for name, words in way(sheet):
                found.setdefault(name, (number, words))
    fields = [field_of(rule, *found.get(rule.name, (0, [])), form) for rule in form.rules]
    if _is_unfamiliar(fields, sum(len(page.words) for page in pages)):
        fields = [replace(field, needs_review=True, reason=field.reason or DOUBTFUL) for field in fields]
    codes = [code for page in pages for code in page.codes] if kind == cards.KIND else []
    return cards.checked(fields, cards.said_by(codes))


def _is_unfamiliar(fields: Sequence[Field], words: int) -> bool:
    """Whether a paper calls its values otherwise than we know: less than half are found."""
    good = sum(field.reason not in {NOT_FOUND, BAD_FORMAT} for field in fields)
    return words >= _WHOLE_PAPER and good < _FAMILIAR * len(fields)


class _Sheet:
    """The cells of one page with the labels in them."""

    def __init__(self, page: PageText, form: Known) -> None:
        self._form = form
        self._cells = joined_labels(list(cells_of(page, form)), form)
        self._edge = max((cell.box[2] for cell in self._cells), default=0)
        self._opened: dict[str, Cell] = {}
        self._given: set[str] = set()
        self._used: set[int] = set()

    def values(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield the name and the words of every label that has a value, row by row."""
        for number, cell in enumerate(self._cells):
            for position, hit in enumerate(cell.hits):
                rule = self._meant(hit, cell)
                if rule is None:
                    continue
                following = cell.hits[position + 1] if position + 1 < len(cell.hits) else None
                words = list(cell.words[hit.end : _value_end(cell, hit, following)])
                words = [] if is_caption(words) else words  # "BÊN ỦY QUYỀN (sau đây gọi là Bên A)"
                if following is None:
                    words = self._whole(number, rule, words)
                if hit.start > 1 and not position and rule.shape == "lines":
                    words = sentence(words)
                if words:
                    self._given.add(rule.name)
                    self._used.update(map(id, words))
                    yield rule.name, words

    def said(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield what running text says, for fields that no label gave."""
        for name, words in spoken(self._cells, self._form, self._given):
            if id(words[0]) not in self._used:
                yield name, words

    def alone(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield what fits the pattern of a field that may do without a label, from the top."""
        for rule in self._form.rules:
            if rule.alone and rule.name not in self._given:
                found = (words for cell in self._cells for words in _fitting(cell, rule))
                if (words := next(found, None)) is not None:
                    yield rule.name, words

    def _meant(self, hit: Hit, cell: Cell) -> Rule | None:
        """Of several rules with one name of a label the one of the part that is open here; a part is opened by it.

        What opens a part anew is the person of the next: "Họ, chữ đệm, tên", twice.
        """
        if not hit.rules:
            self._opened[hit.part] = cell
            return None
        rule = hit.rules[0] if len(hit.rules) == 1 else self._of_part(hit.rules, cell)
        if rule is not None and rule.part and (len(hit.rules) == 1 or rule.shape == "person"):
            self._opened[rule.part] = cell
        return rule

    def _of_part(self, rules: Sequence[Rule], cell: Cell) -> Rule | None:
        left = [rule for rule in rules if rule.name not in self._given]
        if rules[0].shape == "person" and not left:
            return None
        chosen = left if rules[0].shape == "person" else list(rules)
        opened = [rule for rule in chosen if rule.part in self._opened]
        if not opened:
            return next((rule for rule in chosen if not rule.part), (left or chosen)[0])
        latest = max(self._opened[rule.part].box[1] for rule in opened)
        beside = [rule for rule in opened if latest - self._opened[rule.part].box[1] <= _SAME_ROW * cell.height]
        nearest = min(beside, key=lambda rule: abs(self._opened[rule.part].box[0] - cell.box[0]))
        return nearest if nearest in left else next((rule for rule in left if not rule.part), nearest)

    def _whole(self, number: int, rule: Rule, words: list[Word]) -> list[Word]:
        """The words behind a label, or those of the cell beside it or below it; and the lines that they run on to."""
        label = last = self._cells[number]
        if is_caption(label.words):
            return self._above(number, runs_on=rule.shape == "lines" and not rule.pattern)
        if not words:
            found = self._beside(number) or self._below(number)
            if found is None:
                return []
            last, words = found, list(found.words)
        halved = last is label and self._shares_row(number)
        if rule.shape == "lines" or (halved and rule.shape == "person"):
            edge = self._half_edge(number) if last is label else self._column_edge(last)
            while (more := self._next_line(last, label, edge)) is not None:
                last, words = more, words + list(more.words)
        return words

    def _above(self, number: int, *, runs_on: bool) -> list[Word]:
        """The words of the value that a caption stands under: its middle is above the middle of the caption."""
        caption = last = self._cells[number]
        found: list[Word] = []
        for cell in reversed(self._cells[:number]):
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
        after = self._cells[number + 1] if number + 1 < len(self._cells) else None
        return after if after is not None and after.row == self._cells[number].row else None

    def _half_edge(self, number: int) -> int:
        """Where the lines of a label's cell end at most: before the cell to its right, or at the edge of the page."""
        cell, right = self._cells[number], self._right_of(number)
        if right is not None:
            return right.box[0] - cell.height
        return self._column_edge(cell) if self._shares_row(number) else self._edge

    def _shares_row(self, number: int) -> bool:
        """Whether another cell stands in the row of a cell."""
        row = self._cells[number].row
        return any(0 <= at < len(self._cells) and self._cells[at].row == row for at in (number - 1, number + 1))

    def _beside(self, number: int) -> Cell | None:
        row = self._cells[number].row
        cell = self._cells[number + 1] if number + 1 < len(self._cells) else None
        return cell if cell is not None and cell.row == row and not cell.hits else None

    def _below(self, number: int) -> Cell | None:
        label = self._cells[number]
        beside = self._cells[number + 1] if number + 1 < len(self._cells) else label
        limit = beside.box[0] if beside.row == label.row and beside is not label else self._edge + 1
        for cell in self._cells[number + 1 :]:
            tall = max(cell.height, label.height)
            if cell.row == label.row or cell.box[2] < label.box[0] or cell.box[0] >= limit:
                continue
            near = cell.box[1] - label.box[3] <= _BELOW * tall
            aligned = cell.box[0] >= label.box[0] - _ALIGNED * tall
            return cell if near and aligned and not cell.hits and not stops(cell.words, self._form) else None
        return None

    def _column_edge(self, cell: Cell) -> int:
        aligned = (each for each in self._cells if abs(each.box[0] - cell.box[0]) <= _ALIGNED * cell.height)
        return max(each.box[2] for each in aligned)

    def _next_line(self, last: Cell, label: Cell, edge: int) -> Cell | None:
        """The cell that goes on with a value: below it, in its column, where its first word did not fit any more."""
        row = [cell for cell in self._cells if cell.row == last.row + 1]
        left = min(label.box[0], last.box[0]) - _ALIGNED * last.height
        if any(cell.hits and left <= cell.box[0] <= last.box[0] for cell in row):
            return None  # the label of the next row; one in another half of the page is none
        for cell in row:
            lefts = (last.box[0], label.box[0])
            aligned = min(abs(cell.box[0] - left) for left in lefts) <= _ALIGNED * last.height
            near = cell.box[1] - last.box[3] <= _NEXT * last.height
            if not near or cell.hits or stops(cell.words, self._form):
                continue
            if aligned:
                return cell if wrapped(last, cell, edge) else None
            if self._is_centred(cell, last):
                return cell
        return None

    def _is_centred(self, cell: Cell, last: Cell) -> bool:
        """Whether a line stands about the middle of a long one above it: the rest of what a title says."""
        wide = last.box[2] - last.box[0] >= _WIDE * self._edge
        return wide and abs(cell.middle - last.middle) <= _ONE_MIDDLE * last.height


def _value_end(cell: Cell, hit: Hit, following: Hit | None) -> int:
    if following is None:
        return len(cell.words)
    before = following.start - 1  # "2. Ngày sinh: 01/01/2000 3. Giới tính: Nam"
    return before if before >= hit.end and NUMBERING.fullmatch(cell.words[before].text) else following.start


def _fitting(cell: Cell, rule: Rule) -> Iterator[list[Word]]:
    """The words of a cell that fit the pattern of a rule."""
    for first in range(len(cell.words)):
        for end in range(min(len(cell.words), first + _LONGEST_ALONE), first, -1):
            said = " ".join(word.text for word in cell.words[first:end]).strip(" .,;:()")
            if re.fullmatch(rule.pattern, said):
                yield list(cell.words[first:end])
