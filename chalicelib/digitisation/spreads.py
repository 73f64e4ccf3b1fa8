"""Two pages in one picture, as of an open book or of two sheets side by side: their lines would be read as one.

Such a picture is wide, and a stretch without print goes down its middle, wider than the gap of columns, with lines of
print on both sides. What crosses the middle, as a heading or a table does, is one page. Pure geometry.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from chalicelib.digitisation.model import PageText, Word

_WIDE: Final = 1.15
"""Heights of a picture that it is wide, at least."""
_MIDDLE: Final = (0.36, 0.64)
"""Between which shares of the width the middle of the gutter lies."""
_GUTTER: Final = 0.045
"""The share of the width of a gutter, at least: columns of one page stand closer."""
_FEWEST_LINES: Final = 6
"""Lines on each side, at least."""
_TALL: Final = 0.3
"""The share of the height that the lines of each side fill, at least."""
_STRAY: Final = 0.01
"""The share of all words that may stand in a gutter: a stain, a staple."""
TWO_PAGES: Final = "two_pages"


def is_spread(page: PageText) -> bool:
    """Whether a picture shows two pages side by side, by the words that were read on it."""
    width, height = page.size
    if not height or width < _WIDE * height:
        return False
    words = [word for word in page.words if any(map(str.isalnum, word.text))]
    gutter = _gutter(words, width)
    if gutter is None:
        return False
    left, right = (side(words, gutter) for side in (_left, _right))
    return all(_is_page(side, height) for side in (left, right))


def spread_warnings(pages: Sequence[PageText]) -> Iterable[str]:
    """A sentence of each picture with two pages, opened by its code."""
    return (
        f"{TWO_PAGES}: Ảnh {number} có hai trang giấy cạnh nhau, chữ có thể bị đọc lẫn; hãy quét từng trang."
        f" / Picture {number} shows two pages side by side, whose print may be mixed up; scan each page by itself."
        for number, page in enumerate(pages, 1)
        if is_spread(page)
    )


def _gutter(words: Sequence[Word], width: int) -> tuple[int, int] | None:
    """The widest stretch about the middle in which next to no word stands, from where to where."""
    most, best = int(_STRAY * len(words)), (0, 0)
    starts = sorted({word.box[2] for word in words if _MIDDLE[0] - _GUTTER <= word.box[2] / width <= _MIDDLE[1]})
    for start in starts:
        ends = sorted(word.box[0] for word in words if word.box[2] > start)
        if len(ends) <= most:
            continue
        end = ends[most]
        crossing = sum(word.box[0] < start < word.box[2] for word in words)
        if crossing <= most and end - start > best[1] - best[0]:
            best = (start, end)
    middle = sum(best) / 2 / width
    is_one = best[1] - best[0] >= _GUTTER * width and _MIDDLE[0] <= middle <= _MIDDLE[1]
    return best if is_one else None


def _left(words: Iterable[Word], gutter: tuple[int, int]) -> list[Word]:
    return [word for word in words if word.box[2] <= gutter[0]]


def _right(words: Iterable[Word], gutter: tuple[int, int]) -> list[Word]:
    return [word for word in words if word.box[0] >= gutter[1]]


def _is_page(words: Sequence[Word], height: int) -> bool:
    """Whether words are those of a page: enough lines, over enough of its height."""
    if not words:
        return False
    tops = sorted((word.box[1] + word.box[3]) // 2 for word in words)
    tall = sorted(word.box[3] - word.box[1] for word in words)[len(words) // 2]
    lines = 1 + sum(after - before > tall * 0.6 for before, after in pairwise(tops))
    return lines >= _FEWEST_LINES and tops[-1] - tops[0] >= _TALL * height
