"""The order in which a page is read: row by row, but running text in two columns one column after the other.

A form in two columns is read row by row as well: its lines end where their value does. Running text fills its column.
Pure geometry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import median
from typing import Final

from chalicelib.digitisation.lines import rows_of
from chalicelib.digitisation.model import Box, Word

type Line = Sequence[Word]

_FEWEST_LINES: Final = 4
"""Lines of each column; fewer are the two sides of a letterhead, or signatures."""
_FULL: Final = 0.84
"""The share of its column's width that a full line has."""
_MOSTLY: Final = 0.6
"""The share of lines that are full in running text; the last of a paragraph is not."""
_LABELLED: Final = 0.25
"""The share of lines with a colon in running text at most; a form has more."""
_GAP: Final = 0.7
"""Heights of a line between columns, at least."""
_FEWEST_WORDS: Final = 3.0
"""Words of a full line, in the middle."""


def in_order(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines in the order of reading, as rows; a line of running text in a column is a row by itself."""
    rows = rows_of(lines)
    found: list[list[Line]] = []
    while rows:
        band = _band(rows)
        if band is not None and band.is_text:
            found += [[line] for line in chain(band.left, band.right)]
            rows = rows[band.rows :]
        else:
            found.append(rows.pop(0))
    return found


@dataclass(slots=True)
class _Band:
    """Rows of two columns with a gap between them, from `low` to `high`."""

    low: int
    high: int
    rows: int = 0
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)

    def takes(self, row: Sequence[Line]) -> bool:
        """Take a row that leaves a gap, or leave it."""
        middle = (self.low + self.high) / 2
        left = [line for line in row if _box(line)[2] <= middle]
        right = [line for line in row if _box(line)[0] >= middle]
        if len(left) + len(right) < len(row) or max(len(left), len(right)) > 1:
            return False
        low = max([self.low, *(_box(line)[2] for line in left)])
        high = min([self.high, *(_box(line)[0] for line in right)])
        if high - low < _GAP * median(_box(line)[3] - _box(line)[1] for line in row):
            return False
        self.low, self.high, self.rows = low, high, self.rows + 1
        self.left += left
        self.right += right
        return True

    @property
    def is_text(self) -> bool:
        """Whether both columns are running text."""
        return _fills(self.left) and _fills(self.right)


def _band(rows: Sequence[Sequence[Line]]) -> _Band | None:
    """The rows from the first that have the gap of the first; None when there is no gap."""
    sides = sorted(chain(*rows[: 1 if len(rows[0]) > 1 else 2]), key=lambda line: _box(line)[0])
    if len(sides) != 2:  # noqa: PLR2004 - the two columns
        return None
    band = _Band(_box(sides[0])[2], _box(sides[1])[0])
    for row in rows:
        if band.low >= band.high or not band.takes(row):
            break
    return band


def _fills(column: Sequence[Line]) -> bool:
    labelled = sum(any(word.text.endswith(":") for word in line) for line in column)
    if len(column) < _FEWEST_LINES or labelled > _LABELLED * len(column):
        return False
    left, right = min(_box(line)[0] for line in column), max(_box(line)[2] for line in column)
    full = [line for line in column if _box(line)[2] - _box(line)[0] >= _FULL * (right - left)]
    return len(full) >= _MOSTLY * len(column) and median(len(line) for line in full) >= _FEWEST_WORDS


def _box(line: Line) -> Box:
    """A line from its first word to its last."""
    return line[0].box[0], line[0].line_box[1], line[-1].box[2], line[0].line_box[3]
