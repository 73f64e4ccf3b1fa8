"""The pages of a half: which papers, in which layout, copied how; the same seed draws the same bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from infra.papers import (
    assorted,
    diverse,
    fresh,
    half_a,
    half_b,
    half_c,
    half_d,
    half_e,
    half_f,
    half_g,
    half_h,
    half_i,
    half_j,
    half_k,
    mixed,
    motley,
    scattered,
    sundry,
)
from infra.papers.contents import KINDS, LISTS, Content, Pool, content
from infra.papers.grades import GRADES, Matrix, copied
from infra.papers.rare import RarePool
from infra.papers.sheet import FONTS, Sheet
from infra.papers.wording import Filled

type Half = Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]


class Worded(Protocol):
    """A half that is written down in words: what it prints is filled in first, then drawn."""

    @property
    def STYLES(self) -> tuple[str, ...]: ...  # noqa: D102, N802 - a module is one, and this its constant

    @property
    def FONTS(self) -> tuple[str, ...]: ...  # noqa: D102, N802 - as above

    def fill(self, paper: Content, style: str) -> Filled: ...  # noqa: D102 - as the class says

    def draw(self, said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet: ...  # noqa: D102 - too


_DRAWN: Final = {"a": half_a, "b": half_b}
_WORDED: Final[Mapping[str, Worded]] = {
    "c": half_c, "d": half_d, "e": half_e, "f": half_f, "g": half_g, "h": half_h, "i": half_i,
    "j": half_j, "k": half_k,
}  # fmt: skip
_INVENTED: Final[Mapping[str, Callable[[str, int], Content]]] = {
    "e": fresh.paper, "f": sundry.paper, "g": assorted.paper, "h": mixed.paper,
    "i": diverse.paper, "j": scattered.paper, "k": motley.paper,
}  # fmt: skip
"""The halves that have values of their own, and lists."""
_SEEDS: Final = {
    "a": 1000, "b": 500_000, "c": 1_000_000, "d": 2_000_000, "e": 6_000_000, "f": 9_000_000, "g": 13_000_000,
    "h": 17_000_000, "i": 23_000_000, "j": 29_000_000, "k": 37_000_000,
}  # fmt: skip


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


def kinds(half: Half) -> tuple[str, ...]:
    """The kinds of papers of a half, in turn."""
    return (*KINDS, LISTS) if half in _INVENTED else KINDS


def invented(half: Half, kind: str, seed: int) -> Content:
    """What a paper of a half says, by the pool of values of that half. Raises KeyError for a kind that is none."""
    if half in _INVENTED:
        return _INVENTED[half](kind, seed)
    return content(kind, seed, RarePool if half in _WORDED else Pool)


def planned(half: Half, number: int) -> tuple[str, str, str]:
    """The kind, layout and font of the page of that number."""
    named = kinds(half)
    turn = number // len(named)
    if half in _WORDED:
        styles, fonts = _WORDED[half].STYLES, _WORDED[half].FONTS
    else:
        styles, fonts = _DRAWN[half].STYLES, tuple(FONTS)
    shift = turn * (1 + len(named) % 2)  # so that an odd number of kinds meets every layout too
    style, font = styles[(number + shift) % len(styles)], fonts[(number // 2 + turn) % len(fonts)]
    return named[number % len(named)], style, font


def page(half: Half, grade: str, number: int, *, bare: bool = False) -> Page:
    """The page of that number. Raises KeyError for a grade that is none."""
    kind, style, font = planned(half, number)
    seed, dpi = _SEEDS[half] + number, GRADES[grade].dpi
    paper = invented(half, kind, seed)
    if half in _WORDED:
        said = _WORDED[half].fill(paper, style)
        sheet, fields = _WORDED[half].draw(said, style, font, dpi, bare=bare), said.fields
    else:
        sheet, fields = Sheet(font, dpi, bare), dict(paper.values)
        _DRAWN[half].draw(sheet, paper, style)
    jpeg, seen = copied(sheet.image, GRADES[grade], seed)
    return Page(kind, style, grade, font, jpeg, sheet.truth(), fields, sheet, seen)
