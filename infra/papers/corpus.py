"""The pages of a half: which papers, in which layout, copied how; the same seed draws the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from infra.papers import half_a, half_b
from infra.papers.contents import KINDS, Content, content
from infra.papers.grades import GRADES, Matrix, copied
from infra.papers.sheet import FONTS, Sheet

type Half = Literal["a", "b"]

_HALVES: Final = {"a": half_a, "b": half_b}
_SEEDS: Final = {"a": 1000, "b": 500_000}


@dataclass(frozen=True)
class Page:
    """One page: `jpeg`, and what it is. `sheet` is the drawing before it was copied."""

    kind: str
    style: str
    grade: str
    font: str
    jpeg: bytes
    text: str
    fields: dict[str, str]
    sheet: Sheet
    seen: Matrix


def pages(half: Half, grade: str, count: int, *, bare: bool = False, first: int = 0) -> Iterator[Page]:
    """`count` pages of a half: kinds take turns, then layouts; `bare` without leaders, rules and seals."""
    for number in range(first, first + count):
        yield page(half, grade, number, bare=bare)


def planned(half: Half, number: int) -> tuple[str, str, str]:
    """The kind, layout and font of the page of that number."""
    turn = number // len(KINDS)
    styles, fonts = _HALVES[half].STYLES, tuple(FONTS)
    style, font = styles[(number + turn) % len(styles)], fonts[(number // 2 + turn) % len(fonts)]
    return KINDS[number % len(KINDS)], style, font


def page(half: Half, grade: str, number: int, *, bare: bool = False) -> Page:
    """The page of that number. Raises KeyError for a grade that is none."""
    kind, style, font = planned(half, number)
    seed = _SEEDS[half] + number
    paper = content(kind, seed)
    sheet = _drawn(half, paper, style, font, GRADES[grade].dpi, bare=bare)
    jpeg, seen = copied(sheet.image, GRADES[grade], seed)
    return Page(kind, style, grade, font, jpeg, sheet.truth(), dict(paper.values), sheet, seen)


def _drawn(half: Half, paper: Content, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    sheet = Sheet(font, dpi, bare)
    _HALVES[half].draw(sheet, paper, style)
    return sheet
