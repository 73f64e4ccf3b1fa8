"""A page as cells: pieces of text that stand by themselves, in rows, with the labels in them. Pure geometry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from chalicelib.digitisation.labels import NUMBERING, Hit, Known, hits, is_caption
from chalicelib.digitisation.lines import on_leaders
from chalicelib.digitisation.meaning import meant, with_meant
from chalicelib.digitisation.model import Box, PageText, Word

_ONE_ROW: Final = 0.5
_CLOSE: Final = 0.8
"""Heights of a line between the two lines of a label, at most."""
_LABEL_AND_VALUE: Final = re.compile(r"([^\W\d_]{2,}:)(\d[\w/.,-]*|[^\W\d_][\w/.,-]+)")
_COLON: Final = re.compile(r"(\(\d{1,2}\))?[:;]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text that stands by itself: in row `row`, with the labels in it."""

    words: tuple[Word, ...]
    box: Box
    row: int
    hits: tuple[Hit, ...]

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        """Its middle from the left, in pixels."""
        return (self.box[0] + self.box[2]) / 2


def cells_of(page: PageText, form: Known) -> Iterator[Cell]:
    """The cells of a page in the order of reading."""
    row, above = -1, (0, 0, 0, 0)
    for words, box in _pieces(page):
        common = min(box[3], above[3]) - max(box[1], above[1])
        if row < 0 or common <= _ONE_ROW * min(box[3] - box[1], above[3] - above[1]):
            row += 1
        above = box
        edges = (min(word.box[0] for word in words), box[1], max(word.box[2] for word in words), box[3])
        yield Cell(words, edges, row, tuple(with_meant(words, hits(words, form), form)))


def joined_labels(cells: list[Cell], form: Known) -> list[Cell]:
    """The cells, with labels that run on to a second line found as one: "Họ, chữ đệm, tên người yêu / cầu"."""
    found = list(cells)
    for number, cell in enumerate(cells):
        below = next((at for at in range(number + 1, len(cells)) if _is_rest(cells[at], cell)), None)
        if below is None or is_caption(cells[below].words):
            continue
        ended = cell.words[-1].text.endswith(":")  # a colon at a tab stands in the first of its lines
        words = (*cell.words[:-1], replace(cell.words[-1], text=cell.words[-1].text.rstrip(":")), *cells[below].words)
        whole, length = hits(words, form), len(words)
        if not ended and not _is_one(whole, length):
            whole_by_itself = any(hit.rules and hit.end == len(cell.words) for hit in cell.hits)
            more = len(cell.words) > 1 and (not whole_by_itself or cells[below].hits)
            told = meant(words if more else (), form)
            whole = [Hit(0, length, told.rules, 100 * told.covered, told=True)] if told.rules else []
        if whole and (not ended or _is_one(whole, length)):
            found[number] = replace(cell, hits=(whole[0]._replace(end=len(cell.words)),))
            found[below] = replace(cells[below], hits=(Hit(0, len(cells[below].words), (), whole[0].score),))
    return found


def _is_one(found: list[Hit], length: int) -> bool:
    """Whether all of some words are one label."""
    return len(found) == 1 and bool(found[0].rules) and found[0].start <= 1 and found[0].end == length


def _is_rest(below: Cell, cell: Cell) -> bool:
    """Whether a cell could be the second line of a label: close below it, at its left edge, in small letters."""
    near = 0 < below.row - cell.row <= 1 and below.box[1] - cell.box[3] <= _CLOSE * cell.height
    centred = abs(below.middle - cell.middle) <= cell.height / 2
    level = (abs(below.box[0] - cell.box[0]) <= cell.height or centred) and below.words[0].text[:1].islower()
    numbered = NUMBERING.fullmatch(below.words[0].text) is not None
    return near and level and not numbered and not (below.hits and below.words[-1].text.endswith(":"))


def _pieces(page: PageText) -> Iterator[tuple[tuple[Word, ...], Box]]:
    """The pieces of text of a page with their boxes; without words, its lines at no confidence."""
    if not page.words:
        for number, text in enumerate(page.text.replace(" :", ":").splitlines()):
            place = (0, 20 * number, 1000, 20 * number + 16)
            if words := tuple(Word(word, place, 0.0, place) for word in text.split()):
                yield words, place
        return
    piece: list[Word] = []
    last: Box | None = None
    for word, written in on_leaders(chain.from_iterable(map(_parted, page.words)), page.leaders):
        at_tab = bool(piece) and word.text == ":" and last is None and _is_level(piece[-1], word)
        if piece and not at_tab and _begins(piece, word, written, last):
            yield _closed(piece)
            piece = []
        if piece and written and not last:  # a leader begins where the label ends
            piece[-1] = _with_colon(piece[-1])
        if piece and _COLON.fullmatch(word.text):  # belongs to the label before it, also behind a note or at a tab
            piece[-1] = _with_colon(piece[-1])
        else:
            piece.append(word)
        last = written
    if piece:
        yield _closed(piece)


def _parted(word: Word) -> list[Word]:
    """A word, or the label and the value of one whose blank was not seen: "Số:14"."""
    joint = _LABEL_AND_VALUE.fullmatch(word.text)
    if joint is None:
        return [word]
    left, top, right, bottom = word.box
    middle = left + max(1, (right - left) * len(joint[1]) // len(word.text))
    return [
        replace(word, text=joint[1], box=(left, top, middle, bottom), other=""),
        replace(word, text=joint[2], box=(middle, top, max(right, middle + 1), bottom), other=""),
    ]


def _with_colon(word: Word) -> Word:
    return word if word.text.endswith(":") else replace(word, text=f"{word.text.rstrip('.,;')}:")


def _closed(piece: list[Word]) -> tuple[tuple[Word, ...], Box]:
    """A piece with the box of its line, or of the lines that one leader holds together."""
    boxes = list(dict.fromkeys(word.line_box for word in piece))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return tuple(piece), boxes[0] if len(boxes) == 1 else (min(lefts), min(tops), max(rights), max(bottoms))


def _begins(piece: list[Word], word: Word, written: Box | None, last: Box | None) -> bool:
    """Whether a word begins another piece than the one before it, which was written on the leader `last`."""
    if last is not None:  # what is written on one leader is one value, and what stands behind it another label
        return written is None or written is not last
    if word.line_box == piece[-1].line_box:
        return False
    before, height = piece[-1].box, word.line_box[3] - word.line_box[1]
    return written is None or not _is_level(piece[-1], word) or not 0 <= written[0] - before[2] + height <= 3 * height


def _is_level(before: Word, word: Word) -> bool:
    """Whether a word stands in the row of the one before it."""
    common = min(word.line_box[3], before.line_box[3]) - max(word.line_box[1], before.line_box[1])
    return common > _ONE_ROW * (word.line_box[3] - word.line_box[1])


def wrapped(cell: Cell, following: Cell, edge: int) -> bool:
    """Tell whether the first word of the following line would not have fitted on this one."""
    first = following.words[0].box
    return cell.box[2] + (first[2] - first[0]) + 2 * cell.height >= edge
