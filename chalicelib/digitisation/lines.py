"""The lines of a page, found by its marks: letters that stand side by side, with the accents above and below them.

Pure geometry. Tesseract's own search for lines takes labels, values and columns of a form for each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np

from chalicelib.digitisation.figures import figures_apart
from chalicelib.digitisation.ink import Bits, Marks, Numbers
from chalicelib.digitisation.model import Box, Word

_LETTER: Final = (0.035, 0.36)
"""Inches that a letter is high, at least and at most."""
_SMALL: Final = 0.55
"""Of the usual height of a letter on the page: less is a comma or an accent, and begins no line."""
_SPACE: Final = 1.6
"""Heights of a letter between two words of one line, at most."""
_SPACE_OF_TYPEWRITERS: Final = 2.4
_PITCH: Final = 0.1
_TYPED: Final = 0.5
"""The share of letters that stand a pitch apart, to a tenth of it, where all are equally wide: blanks are, too."""
_COMMON: Final = 0.4
"""The share of its height that a letter has in common with the line that it joins."""
_TAIL: Final = 3
_FEWEST_PIXELS: Final = 0.1
"""Pixels of ink of a line, a dot of resolution: less is dirt."""
_ABOVE: Final = 0.6
_BELOW: Final = 0.35
"""Heights of a letter that accents stand above and below it."""
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
"""Heights of a tall letter that it is wide at most."""
_AFTER: Final = 0.6
"""Heights of a letter that a full stop or a colon stands behind the last one."""
_BETWEEN: Final = 0.2
"""Heights of a line between two words of it, at least."""
_DESCENT: Final = 0.35
"""The share of its height that a line reaches below its letters' feet, at most."""
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

    def common(self, left: int, top: int, bottom: int, space: float) -> float:
        """The share of its height that a letter has in common with the last ones; 0 where it stands too far off."""
        above, below = min(self.tops), max(self.bottoms)
        if left - self.right > space * max(below - above, bottom - top):
            return 0.0
        return (min(below, bottom) - max(above, top)) / min(below - above, bottom - top)

    def join(self, mark: int, right: int, top: int, bottom: int) -> None:
        """Take a letter."""
        self.marks.append(mark)
        self.right = max(self.right, right)
        self.tops, self.bottoms = [*self.tops[1 - _TAIL :], top], [*self.bottoms[1 - _TAIL :], bottom]


def lines_on(marks: Marks, dpi: int, bars: Numbers | None = None) -> list[Box]:
    """The boxes of the lines of a page, from the top; none goes over an upright rule (column, top, bottom)."""
    low, high = (dpi * inches for inches in _LETTER)
    letters = (marks.height >= low) & (marks.height <= high) & (marks.width <= dpi) & (marks.width > 1)
    if not letters.any():
        return []
    usual = float(np.median(marks.height[letters]))
    letters &= marks.height >= _SMALL * usual
    letters &= (marks.height <= _TALLEST * usual) | (marks.width <= _BROAD * marks.height)  # or a signature
    found = np.flatnonzero(letters | _dashes(marks, usual))
    ordered = found[np.argsort(marks.left[found], kind="stable")]
    groups = _grouped(marks, ordered, _SPACE, usual)
    if _typed_share(marks, groups) >= _TYPED:
        groups = _grouped(marks, ordered, _SPACE_OF_TYPEWRITERS, usual)
    groups = [group for group in groups if letters[group].any()]
    if bars is not None and len(bars):
        groups = [part for group in groups for part in _parted(marks, group, bars)]
    groups = [part for group in groups for part in figures_apart(marks, group)]
    boxes = [_box(marks, np.array(group), dpi) for group in groups if marks.weight[group].sum() >= dpi * _FEWEST_PIXELS]
    return sorted((box for box in boxes if not _is_accent(box, boxes)), key=lambda box: (box[1], box[0]))


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


def _grouped(marks: Marks, letters: Numbers, space: float, usual: float) -> list[list[int]]:
    """Each letter joins the line whose last letters it follows on the same height, or begins one."""
    lines: list[_Line] = []
    dashes = _dashes(marks, usual)
    middles, half = (marks.top + marks.bottom) // 2, round(usual / 2)
    tops = np.where(dashes, middles - half, marks.top)
    bottoms = np.where(dashes, middles + half, marks.bottom)
    edges = np.stack([marks.left, marks.right, tops, bottoms], axis=1)[letters].tolist()
    for mark, (left, right, top, bottom) in zip(letters.tolist(), edges, strict=True):
        best, most = None, _COMMON
        for line in lines:
            if (common := line.common(left, top, bottom, space)) > most:
                best, most = line, common
        if best is None:
            lines.append(_Line([mark], right, [top], [bottom]))
        else:
            best.join(mark, right, top, bottom)
    return [line.marks for line in lines]


def _box(marks: Marks, group: Numbers, dpi: int) -> Box:
    left, right = int(marks.left[group].min()), int(marks.right[group].max())
    top, bottom = int(np.median(marks.top[group])), int(np.median(marks.bottom[group]))
    height = bottom - top
    across, down = (marks.left + marks.right) / 2, (marks.top + marks.bottom) / 2
    near = (across >= left - 2) & (across <= right + _AFTER * height) & (marks.height <= dpi * _LETTER[1])
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
        if rows and common > 0.5 * min(bottom - top, above[3] - above[1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line[0].box[0]) for row in rows]


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
