"""Step 2 of digitisation, the extraction of data (Circular 01/2023, Article 7): values found by their labels.

A value stands behind its label, beside it in the next cell, or below it. Tone marks are what reading gets wrong, and
names are made of them: a personal name always goes to an officer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.digitisation import cards
from chalicelib.digitisation.labels import NUMBERING, Hit, Known, Rule, hits, is_alike, is_caption, kinds, known, stops
from chalicelib.digitisation.model import Box, Field, PageText, Word

__all__ = ["extract", "kinds"]

_EDGES: Final = " .,:;-_…|"
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
_ONE_ROW: Final = 0.5
_ODD: Final = re.compile(r"[^\W\d_]{3,}\. |[^\w\s,./()²:;-]")
_COLON: Final = re.compile(r"(\(\d{1,2}\))?[:;]")
_STROKE: Final = re.compile(r"(?<=\d)[IlL|!](?=[\dA-ZĐ])")
"""What a stroke between figures, or before a sign of an office, is misread as."""
_SQUARE: Final = re.compile(r"(?<=\d) ?m2$")
"""A raised figure is seldom read as one."""
_DAY: Final = re.compile(r"(\d\d)[\dIlL|!/](\d\d)[\dIlL|!/](\d{4})")
"""A day of ten letters: what stands third and sixth is a stroke, whatever it was read as."""

NOT_FOUND: Final = "not_found"
BAD_FORMAT: Final = "bad_format"
PERSONAL_NAME: Final = "personal_name"
LOW_CONFIDENCE: Final = "low_confidence"
DOUBTFUL: Final = "doubtful"


def extract(kind: str, pages: Sequence[PageText]) -> tuple[Field, ...]:
    """Find every field of a kind of paper, in the order of the form; a field that is not there comes back empty.

    Its confidence is that of its weakest word.

    Raises:
        KeyError: a kind without labels.
    """
    form = known(kind)
    found: dict[str, tuple[int, list[Word]]] = {}
    for number, page in enumerate(pages):
        for name, words in _Sheet(page, form).values():
            found.setdefault(name, (number, words))
    fields = [_field(rule, *found.get(rule.name, (0, [])), form.review_below) for rule in form.rules]
    codes = [code for page in pages for code in page.codes] if kind == cards.KIND else []
    return cards.checked(fields, cards.said_by(codes))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A piece of text that stands by itself: in row `row`, with the labels in it."""

    words: tuple[Word, ...]
    box: Box
    row: int
    hits: tuple[Hit, ...]

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


def _pieces(page: PageText) -> Iterator[tuple[tuple[Word, ...], Box]]:
    """The pieces of text of a page with their boxes; without words, its lines at no confidence."""
    if not page.words:
        for number, text in enumerate(page.text.replace(" :", ":").splitlines()):
            place = (0, 20 * number, 1000, 20 * number + 16)
            if words := tuple(Word(word, place, 0.0, place) for word in text.split()):
                yield words, place
        return
    piece: list[Word] = []
    for word in page.words:
        if piece and word.line_box != piece[-1].line_box:
            yield tuple(piece), piece[0].line_box
            piece = []
        if piece and _COLON.fullmatch(word.text):  # belongs to the label before it, also behind a note
            piece[-1] = replace(piece[-1], text=f"{piece[-1].text}:")
        else:
            piece.append(word)
    if piece:
        yield tuple(piece), piece[0].line_box


def _cells(page: PageText, form: Known) -> Iterator[_Cell]:
    row, above = -1, (0, 0, 0, 0)
    for words, box in _pieces(page):
        common = min(box[3], above[3]) - max(box[1], above[1])
        if row < 0 or common <= _ONE_ROW * min(box[3] - box[1], above[3] - above[1]):
            row += 1
        above = box
        edges = (min(word.box[0] for word in words), box[1], max(word.box[2] for word in words), box[3])
        yield _Cell(words, edges, row, tuple(hits(words, form)))


class _Sheet:
    """The cells of one page with the labels in them."""

    def __init__(self, page: PageText, form: Known) -> None:
        self._form = form
        self._cells = list(_cells(page, form))
        self._edge = max((cell.box[2] for cell in self._cells), default=0)
        self._opened: dict[str, _Cell] = {}

    def values(self) -> Iterator[tuple[str, list[Word]]]:
        """Yield the name and the words of every label that has a value, row by row."""
        for number, cell in enumerate(self._cells):
            for position, hit in enumerate(cell.hits):
                rule = self._other_half(self._meant(hit, cell), cell)
                self._opened[rule.name] = cell
                following = cell.hits[position + 1] if position + 1 < len(cell.hits) else None
                words = list(cell.words[hit.end : _value_end(cell, hit, following)])
                if following is None:
                    words = self._whole(number, rule, words)
                if words:
                    yield rule.name, words

    def _meant(self, hit: Hit, cell: _Cell) -> Rule:
        """Of several rules with one name of a label, that of the part which was opened last; beside it, if two were."""
        open_parts = [rule for rule in hit.rules if rule.after in self._opened]
        if not open_parts:
            return next((rule for rule in hit.rules if not rule.after), hit.rules[0])

        def nearness(rule: Rule) -> tuple[int, int]:
            opener = self._opened[rule.after]
            return opener.row, -abs(opener.box[0] - cell.box[0])

        return max(open_parts, key=nearness)

    def _other_half(self, rule: Rule, cell: _Cell) -> Rule:
        """The person of the right half, where both halves of a row have the same label: "Họ, chữ đệm, tên", twice."""
        before = self._opened.get(rule.name)
        if rule.shape != "person" or before is None or before.row != cell.row or before is cell:
            return rule
        unopened = (other for other in self._form.rules if other.shape == "person" and other.name not in self._opened)
        return next((other for other in unopened if is_alike(other.label, rule.label)), rule)

    def _whole(self, number: int, rule: Rule, words: list[Word]) -> list[Word]:
        """The words behind a label, or those of the cell beside it or below it; and the lines that they run on to."""
        label = last = self._cells[number]
        if is_caption(label.words):
            above = self._above(number)
            return list(above) if above else []
        if not words:
            found = self._beside(number) or self._below(number)
            if found is None:
                return []
            last, words = found, list(found.words)
        halved = last is label and self._right_of(number) is not None
        if rule.shape == "lines" or (halved and rule.shape == "person"):
            edge = self._half_edge(number) if last is label else self._column_edge(last)
            while (more := self._next_line(last, label, edge)) is not None:
                last, words = more, words + list(more.words)
        return words

    def _above(self, number: int) -> list[Word]:
        """The words of the value that a caption stands under: its middle is above the middle of the caption."""
        caption = last = self._cells[number]
        found: list[Word] = []
        for cell in reversed(self._cells[:number]):
            if cell.row == last.row or cell.box[3] > last.box[1] + last.height // 2:
                continue
            if found and (cell.hits or is_caption(cell.words) or last.box[1] - cell.box[3] > last.height):
                break
            if last.box[1] - cell.box[3] > _CAPTION * last.height:
                break
            middles = cell.box[0] + cell.box[2] - caption.box[0] - caption.box[2]
            if abs(middles) <= _CENTRED * last.height and not is_caption(cell.words):
                if found and not _wrapped(cell, last, self._edge):
                    break
                found, last = [*cell.words, *found], cell
        return found

    def _right_of(self, number: int) -> _Cell | None:
        after = self._cells[number + 1] if number + 1 < len(self._cells) else None
        return after if after is not None and after.row == self._cells[number].row else None

    def _half_edge(self, number: int) -> int:
        """Where the lines of a label's cell end at most: before the cell to its right, or at the edge of the page."""
        cell, right = self._cells[number], self._right_of(number)
        return right.box[0] - cell.height if right is not None else self._edge

    def _beside(self, number: int) -> _Cell | None:
        row = self._cells[number].row
        cell = self._cells[number + 1] if number + 1 < len(self._cells) else None
        return cell if cell is not None and cell.row == row and not cell.hits else None

    def _below(self, number: int) -> _Cell | None:
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

    def _column_edge(self, cell: _Cell) -> int:
        aligned = (each for each in self._cells if abs(each.box[0] - cell.box[0]) <= _ALIGNED * cell.height)
        return max(each.box[2] for each in aligned)

    def _next_line(self, last: _Cell, label: _Cell, edge: int) -> _Cell | None:
        """The cell that goes on with a value: below it, in its column, where its first word did not fit any more."""
        row = [cell for cell in self._cells if cell.row == last.row + 1]
        if any(cell.hits and cell.box[0] <= last.box[0] for cell in row):
            return None
        for cell in row:
            lefts = (last.box[0], label.box[0])
            aligned = min(abs(cell.box[0] - left) for left in lefts) <= _ALIGNED * last.height
            near = cell.box[1] - last.box[3] <= _NEXT * last.height
            if aligned and near and not cell.hits and not stops(cell.words, self._form):
                return cell if _wrapped(last, cell, edge) else None
        return None


def _value_end(cell: _Cell, hit: Hit, following: Hit | None) -> int:
    if following is None:
        return len(cell.words)
    before = following.start - 1  # "2. Ngày sinh: 01/01/2000 3. Giới tính: Nam"
    return before if before >= hit.end and NUMBERING.fullmatch(cell.words[before].text) else following.start


def _wrapped(cell: _Cell, following: _Cell, edge: int) -> bool:
    """Tell whether the first word of the following line would not have fitted on this one."""
    first = following.words[0].box
    return cell.box[2] + (first[2] - first[0]) + 2 * cell.height >= edge


def _field(rule: Rule, page: int, words: list[Word], review_below: float) -> Field:
    seconds = [replace(word, text=word.other or word.text) for word in words]
    words, value = _shaped(rule, words)
    _, other = _shaped(rule, seconds)
    confidence = round(min((word.confidence for word in words), default=0.0), 3)
    reason = ""
    if not value:
        reason = NOT_FOUND
    elif rule.pattern and not re.fullmatch(rule.pattern, value):
        reason = BAD_FORMAT
    elif rule.shape == "person":
        reason = PERSONAL_NAME
    elif confidence < review_below:
        reason = LOW_CONFIDENCE
    elif _is_doubtful(value) or other != value:
        reason = DOUBTFUL
    return Field(
        name=rule.name,
        label=rule.label,
        value=value,
        confidence=confidence,
        needs_review=bool(reason),
        reason=reason,
        alternatives=(other,) if other not in {"", value} else (),
        page=page,
        box=_about(words) if value else None,
    )


def _about(words: Sequence[Word]) -> Box | None:
    """The box of the words of a value; None when only their text is known."""
    boxes = [word.box for word in words if word.confidence]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _is_doubtful(value: str) -> bool:
    """One figure by itself is easily another; a full stop within, or an odd sign, is seldom what was printed."""
    return len(value) == 1 or _ODD.search(value) is not None


def _shaped(rule: Rule, words: list[Word]) -> tuple[list[Word], str]:
    """Return the words of the value and the value; what follows a value of known form is another column."""
    if rule.pattern:
        for count in range(len(words), 0, -1):
            value = _joined(rule, words[:count])
            if re.fullmatch(rule.pattern, value):
                return words[:count], value
    return words, _joined(rule, words)


def _joined(rule: Rule, words: Sequence[Word]) -> str:
    value = ("" if rule.shape == "number" else " ").join(word.text for word in words).strip(_EDGES)
    if rule.shape == "number" and "|" in value:  # the rules between the boxes of figures
        value = value.replace("|", "")
    if rule.shape == "date":
        value = value.replace(" ", "")
        return _DAY.sub(r"\1/\2/\3", value) if _DAY.fullmatch(value) else _STROKE.sub("/", value)
    value = _SQUARE.sub(" m²", value)
    if rule.pattern and not re.fullmatch(rule.pattern, value):
        mended = _STROKE.sub("/", value)
        return mended if re.fullmatch(rule.pattern, mended) else value
    return value
