"""The lines of a page, found by its marks: letters that stand side by side, with the accents above and below them.

Pure geometry. Tesseract's own search for lines takes labels, values and columns of a form for each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np

from chalicelib.digitisation.askew import is_askew
from chalicelib.digitisation.figures import figures_apart
from chalicelib.digitisation.hyphens import with_hyphen
from chalicelib.digitisation.ink import Bits, Marks, Numbers, ranked
from chalicelib.digitisation.model import Box, Word

_LETTER: Final = (0.035, 0.36)
"""Inches that a letter is high, at least and at most."""
_SMALL: Final = 0.55
"""Of the usual height of a letter on the page: less is a comma or an accent, and begins no line."""
_SMALLEST: Final = 0.3
"""The same of a letter that joins a line of small print."""
_ON_LINE: Final = 0.15
"""The share of its height that the foot of a small letter is off its line, at most."""
_POINT: Final = 0.4
_LOW: Final = 0.4
"""The share of its height that the middle of a comma is off the foot of a line, at most."""
_SPACE: Final = 1.6
"""Heights of a letter between two words of one line, at most."""
_SPACE_OF_TYPEWRITERS: Final = 2.4
_PITCH: Final = 0.1
_TYPED: Final = 0.5
"""The share of letters that stand a pitch apart, to a tenth of it, where all are equally wide: blanks are, too."""
_COMMON: Final = 0.4
"""The share of its height that a letter has in common with the line that it joins."""
_TAIL: Final = 3
_SWEEP: Final = 16
"""Letters after which lines that are over are left out of the search."""
_FEWEST_LETTERS: Final = 4
"""Letters of a line that are no accent of another one."""
_FEWEST_PIXELS: Final = 0.1
"""Pixels of ink of a line, a dot of resolution: less is dirt."""
_ABOVE: Final = 0.6
_BELOW: Final = 0.35
"""Heights of a letter that accents stand above and below it."""
_DOT_BELOW: Final = 0.15
_ABOVE_SMALL: Final = 1.05
_CAPITAL: Final = 0.085
"""Over small letters the accents of a capital stand higher, up to so many inches: the line above begins there."""
_DASH: Final = (0.2, 0.25, 1.1)
"""Heights of a letter that a dash is high at most, and wide at least and at most."""
_FLAT: Final = 2.5
"""Heights of a dash that it is wide at least; an accent is less."""
_BOXES: Final = 5
_IN_A_BOX: Final = 2
"""Marks in each of more parts than that of a line that is a number in boxes."""
_TALLEST: Final = 2.2
"""Heights of a line's letters that a mark of it has at most."""
_BROAD: Final = 1.5
_SLENDER: Final = 0.1
"""Heights of a tall letter that it is wide at most, and at least."""
_AFTER: Final = 0.6
"""Heights of a letter that a full stop or a colon stands behind the last one."""
_BETWEEN: Final = 0.2
"""Heights of a line between two words of it, at least."""
_DESCENT: Final = 0.35
"""The share of its height that a line reaches below its letters' feet, at most."""
_OFF_ROW: Final = 0.4
"""Heights of a line that the middles of two lines of one row differ at most: what stands beside has its own rows."""
_TAILS: Final = re.compile(r"[gjpqyQ,;()ạậặẹệịọộợụựỵẠẬẶẸỆỊỌỘỢỤỰỴ]")
_TAILED: Final = 0.23
"""The share of the height of a line with such letters that is below their feet."""
_LONGEST_SYLLABLE: Final = 7
_LONG: Final = re.compile(rf"[^\W\d_]{{{_LONGEST_SYLLABLE + 1},}}")
_MARKS: Final = ".,:;()\"'"
_PART: Final = 0.5
"""The share of the height of a line that an accent or a comma has at most."""


@dataclass(slots=True)
class _Line:
    """A line that grows to the right: its marks, its right edge, and the heights of its last letters."""

    marks: list[int]
    right: int
    tops: list[int]
    bottoms: list[int]
    above: int
    below: int

    def common(self, left: int, top: int, bottom: int, space: float) -> float:
        """The share of its height that a letter has in common with the last ones; 0 where it stands too far off."""
        above, below = self.above, self.below
        if top >= below or bottom <= above or left - self.right > space * max(below - above, bottom - top):
            return 0.0
        return (min(below, bottom) - max(above, top)) / min(below - above, bottom - top)

    def is_over(self, left: int, space: float, highest: int) -> bool:
        """Whether no letter of at most that height, at `left` or behind it, can join any more."""
        return left - self.right > space * max(self.below - self.above, highest)

    def reach(self, left: int, right: int, middle: int) -> bool:
        """Whether a mark is a comma or a full stop behind the last letter; a blank is counted from it then."""
        tall = self.below - self.above
        if abs(middle - self.below) > _LOW * tall or not 0 <= left - self.right <= _AFTER * tall:
            return False
        self.right = max(self.right, right)
        return True

    def stands(self, top: int, bottom: int) -> bool:
        """Whether a mark stands on the line as a small letter of it, and hangs above as no accent."""
        tall = self.below - self.above
        return 2 * (bottom - top) >= tall and abs(bottom - min(self.bottoms)) <= max(2, _ON_LINE * tall)

    def join(self, mark: int, right: int, top: int, bottom: int) -> None:
        """Take a letter."""
        self.marks.append(mark)
        self.right = max(self.right, right)
        self.tops, self.bottoms = [*self.tops[1 - _TAIL :], top], [*self.bottoms[1 - _TAIL :], bottom]
        self.above, self.below = min(self.tops), max(self.bottoms)


def lines_on(marks: Marks, dpi: int, bars: Numbers | None = None) -> list[Box]:
    """The boxes of the lines of a page, from the top; none goes over an upright rule (column, top, bottom)."""
    low, high = (dpi * inches for inches in _LETTER)
    letters = (marks.height >= low) & (marks.height <= high) & (marks.width <= dpi) & (marks.width > 1)
    if not letters.any():
        return []
    usual = float(np.median(marks.height[letters]))
    letters &= marks.height >= _SMALL * usual
    letters &= (marks.height <= _TALLEST * usual) | (marks.width <= _BROAD * marks.height)  # or a signature
    letters &= (marks.height <= _TALLEST * usual) | (marks.width >= _SLENDER * marks.height)  # or a piece of a rule
    small = (marks.height >= _SMALLEST * usual) & (marks.height < _SMALL * usual) & (marks.width >= _SMALLEST * usual)
    found = np.flatnonzero(letters | small | _dashes(marks, usual))
    ordered = found[np.argsort(marks.left[found], kind="stable")]
    groups = _grouped(marks, ordered, _SPACE, usual, small & ~_dashes(marks, usual))
    if _typed_share(marks, groups) >= _TYPED:
        groups = _grouped(marks, ordered, _SPACE_OF_TYPEWRITERS, usual, small & ~_dashes(marks, usual))
    groups = [group for group in groups if letters[group].any()]
    if bars is not None and len(bars):
        groups = [part for group in groups for part in _parted(marks, group, bars)]
    groups = [part for group in groups for part in figures_apart(marks, group)]
    groups = [group for group in groups if marks.weight[group].sum() >= dpi * _FEWEST_PIXELS]
    groups = [group for group in groups if not is_askew(marks, group)]
    of_line = _owners(marks, groups)
    boxes = [
        _box(marks, np.array(group), dpi, (of_line == -1) | (of_line == number)) for number, group in enumerate(groups)
    ]
    boxes = [with_hyphen(box, marks, boxes) for box in boxes if not _is_accent(box, boxes)]
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def _owners(marks: Marks, groups: Sequence[Sequence[int]]) -> Numbers:
    """The number of the line that each mark belongs to: its letters, and what lies between its heads and feet."""
    found = np.full(len(marks.left), -1)
    lines = [(number, np.array(group)) for number, group in enumerate(groups) if len(group) >= _FEWEST_LETTERS]
    for number, group in lines:
        found[group] = number
    across, down = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    for number, group in lines:
        top, bottom = ranked(marks.top[group]), ranked(marks.bottom[group])
        inside = (across >= marks.left[group].min()) & (across <= marks.right[group].max())
        found[(found == -1) & inside & (down >= top) & (down <= bottom + _DOT_BELOW * (bottom - top))] = number
    return found


def _dashes(marks: Marks, usual: float) -> Bits:
    """Which marks are dashes between two words, as far as their shape tells."""
    low, wide = marks.height <= _DASH[0] * usual, (marks.width >= _DASH[1] * usual) & (marks.width <= _DASH[2] * usual)
    return low & wide & (marks.width >= _FLAT * marks.height) & (marks.height > 1)


def _parted(marks: Marks, group: Sequence[int], bars: Numbers) -> list[list[int]]:
    """A line without what stands beyond an upright rule; a number in boxes stays one."""
    members = np.array(sorted(group, key=lambda mark: int(marks.left[mark])))
    left, right = marks.left[members], marks.right[members]
    middle = float(np.median((marks.top[members] + marks.bottom[members]) / 2))
    across = bars[(bars[:, 1] <= middle) & (bars[:, 2] >= middle) & (bars[:, 0] > left[0]) & (bars[:, 0] < right[-1])]
    if not len(across):
        return [list(group)]
    cuts = np.unique(np.searchsorted(left, across[:, 0], "left"))
    parts = [part.tolist() for part in np.split(members, cuts[(cuts > 0) & (cuts < len(members))])]
    return [list(group)] if len(parts) > _BOXES and max(map(len, parts)) <= _IN_A_BOX else parts


def _is_accent(box: Box, lines: Sequence[Box]) -> bool:
    """Whether a line is but an accent or a comma of a larger one."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    height, width = box[3] - box[1], box[2] - box[0]
    return any(
        line[0] - height <= across <= line[2] + height and line[1] <= down <= line[3]
        and height < _PART * (line[3] - line[1]) and width < line[2] - line[0]
        for line in lines
    )  # fmt: skip


def _typed_share(marks: Marks, groups: Sequence[Sequence[int]]) -> float:
    """The share of letters that follow each other at one step, of a page's letters."""
    middles = (marks.left + marks.right) / 2
    steps = np.concatenate([np.diff(middles[list(group)]) for group in groups])
    if not len(steps):
        return 0.0
    pitch = float(np.median(steps))
    return float((np.abs(steps - pitch) <= _PITCH * pitch).mean())


def _grouped(marks: Marks, letters: Numbers, space: float, usual: float, small: Bits) -> list[list[int]]:
    """Each letter joins the line whose last letters it follows on the same height, or begins one; no `small` one does.

    Letters of small print are lower than accents of the rest of the page: they join a line on which they stand.
    """
    lines: list[_Line] = []
    dashes = _dashes(marks, usual)
    points = np.flatnonzero((marks.height <= _SMALL * usual) & (marks.width <= _POINT * usual) & (marks.height > 1))
    letters = np.union1d(letters, points)
    letters = letters[np.argsort(marks.left[letters], kind="stable")]
    point = np.zeros(len(marks.left), np.bool_)
    point[points] = True
    point[small | dashes] = False
    comma = marks.width <= _POINT * usual  # a thick one is as wide as a letter of small print
    middles, half = (marks.top + marks.bottom) // 2, round(usual / 2)
    tops = np.where(dashes, middles - half, marks.top)
    bottoms = np.where(dashes, middles + half, marks.bottom)
    edges = np.stack([marks.left, marks.right, tops, bottoms], axis=1)[letters].tolist()
    highest = int((bottoms - tops)[letters].max())
    open_lines: list[_Line] = []
    for number, (mark, (left, right, top, bottom)) in enumerate(zip(letters.tolist(), edges, strict=True)):
        if number % _SWEEP == 0:
            open_lines = [line for line in open_lines if not line.is_over(left, space, highest)]
        if point[mark]:
            any(line.reach(left, right, (top + bottom) // 2) for line in open_lines)
            continue
        best, most = None, _COMMON
        for line in open_lines:
            if (common := line.common(left, top, bottom, space)) > most:
                best, most = line, common
        if small[mark]:
            if best is not None and best.stands(top, bottom):
                best.join(mark, right, top, bottom)
            elif comma[mark]:
                any(line.reach(left, right, (top + bottom) // 2) for line in open_lines)
        elif best is None:
            lines.append(_Line([mark], right, [top], [bottom], top, bottom))
            open_lines.append(lines[-1])
        else:
            best.join(mark, right, top, bottom)
    return [line.marks for line in lines]


def _box(marks: Marks, group: Numbers, dpi: int, free: Bits) -> Box:
    """The box of a line with its accents and commas: marks that are `free`, of no other line."""
    left, right = int(marks.left[group].min()), int(marks.right[group].max())
    top, bottom = int(ranked(marks.top[group])), int(ranked(marks.bottom[group]))
    height = bottom - top
    across, down = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    near = free & (across >= left - 2) & (across <= right + _AFTER * height) & (marks.height <= dpi * _LETTER[1])
    above = max(_ABOVE * height, min(_ABOVE_SMALL * height, dpi * _CAPITAL))
    near &= (down >= top - above) & (down <= bottom + _BELOW * height)
    near &= marks.height <= _TALLEST * height  # a signature on its name
    near[group[marks.height[group] <= _TALLEST * height]] = True
    return left, int(marks.top[near].min()), int(marks.right[near].max()), int(marks.bottom[near].max())


def confidence(line: Sequence[Word]) -> float:
    """How sure a line is, each word by its length."""
    letters = sum(len(word.text) for word in line)
    return sum(word.confidence * len(word.text) for word in line) / letters if letters else 0.0


def rows_of(lines: Iterable[Sequence[Word]]) -> list[list[Sequence[Word]]]:
    """Lines in the order of the page: rows from the top, the lines of a row from the left."""
    rows: list[list[Sequence[Word]]] = []
    for line in sorted(lines, key=lambda each: each[0].line_box[1] + each[0].line_box[3]):
        top, bottom = line[0].line_box[1], line[0].line_box[3]
        above = rows[-1][-1][0].line_box if rows else (0, 0, 0, 0)
        common = min(bottom, above[3]) - max(top, above[1])
        off = abs(top + bottom - above[1] - above[3]) / 2
        if rows:  # accents and tails move the middle of a line, and not its feet
            off = min(off, abs(_feet(line) - _feet(rows[-1][-1])))
        level = off <= _OFF_ROW * max(bottom - top, above[3] - above[1])
        if rows and level and common > 0.5 * min(bottom - top, above[3] - above[1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line[0].box[0]) for row in rows]


def _feet(line: Sequence[Word]) -> float:
    """Where the letters of a line stand: it reaches lower where one of them has a tail."""
    top, bottom = line[0].line_box[1], line[0].line_box[3]
    return bottom - _TAILED * (bottom - top) if _TAILS.search("".join(word.text for word in line)) else bottom


def run_together(word: Word) -> bool:
    """Whether a word is longer than any syllable of Vietnamese: a blank was not seen."""
    return len(word.text) > _LONGEST_SYLLABLE and _LONG.fullmatch(word.text.strip(_MARKS)) is not None


def beside(line: Sequence[Word], other: Sequence[Word]) -> list[Word]:
    """The words of a line, each with what another reading of the line has in its place."""
    found: list[Word] = []
    for word in line:
        left, _, right, _ = word.box
        said = " ".join(each.text for each in other if left <= (each.box[0] + each.box[2]) / 2 <= right)
        found.append(replace(word, other=said) if said else word)
    return found


def apart(line: Sequence[Word]) -> list[Word]:
    """The words of a line, each ending before the next begins: an accent may stretch the box of a word over others."""
    found = list(line)
    for number, (word, after) in enumerate(pairwise(line)):
        left, top, right, bottom = word.box
        if left < after.box[0] < right:
            end = after.box[0] - round(_BETWEEN * (word.line_box[3] - word.line_box[1]))
            found[number] = replace(word, box=(left, top, max(left + 1, end), bottom))
    return found


def levelled(words: Iterable[Word]) -> list[Word]:
    """The words of a page in the order that they came, with lines that end at one height in each row.

    A line by itself ends at its lowest mark, which here is the tail of a letter and there a foot: whoever takes a text
    layer for lines would break the row.
    """
    given = list(words)
    level: dict[Box, int] = {}
    for row in rows_of(list(line) for _, line in groupby(given, key=lambda word: word.line_box)):
        lowest = max(line[0].line_box[3] for line in row)
        for line in row:
            _, top, _, bottom = box = line[0].line_box
            level[box] = lowest if lowest - bottom <= _DESCENT * (bottom - top) else bottom
    return [replace(word, line_box=(*word.line_box[:3], level[word.line_box])) for word in given]


def on_leaders(words: Iterable[Word], leaders: Sequence[Box]) -> Iterator[tuple[Word, Box | None]]:
    """Each word with the leader that it is written on."""
    kept: list[Box] = []
    for leader in sorted(leaders, key=lambda box: box[0] - box[2]):  # one is found once for each of its parts
        if not any(_same(leader, other) for other in kept):
            kept.append(leader)
    for word in words:
        middle, height = (word.box[0] + word.box[2]) / 2, word.line_box[3] - word.line_box[1]
        yield (
            word,
            next(
                (
                    leader
                    for leader in kept
                    if leader[0] <= middle <= leader[2]
                    and word.line_box[1] + height / 2 <= (leader[1] + leader[3]) / 2 <= word.line_box[3] + height / 2
                ),
                None,
            ),
        )


def _same(one: Box, other: Box) -> bool:
    return abs(one[1] - other[1]) <= one[3] - one[1] + 2 and min(one[2], other[2]) > max(one[0], other[0])
