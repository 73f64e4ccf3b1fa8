"""Periods that overlap: a month has no more than its quarter, a quarter no more than its year. Pure.

Looked for within a batch, and between a batch and what its source has reported before and is shown still.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from chalicelib.kernel.problem import FieldError
from chalicelib.measures.ingested.dialects import at_row

type At = tuple[str, str]
"""A unit and the text of a period."""


class Counted(Protocol):
    """A figure, judged or not; `row` of which row it is, where it is of one."""

    @property
    def formula(self) -> str:
        """Its set."""

    @property
    def indicator(self) -> str:
        """Its name in the set."""

    @property
    def numerator(self) -> int | None:
        """None: nobody said."""

    @property
    def denominator(self) -> int | None:
        """None: nobody said."""

    @property
    def row(self) -> int | None:
        """None: it is of no one row."""


def over_the_whole(told: Mapping[At, Iterable[Counted]]) -> list[FieldError]:
    """What in a batch is more than a longer period of it."""
    by = _by_name(told)
    return [_more(part, whole) for part, outer, whole in _pairs(by, by) if _is_over(part, outer)]


def over_what_stands(told: Mapping[At, Iterable[Counted]], stands: Mapping[At, Iterable[Counted]]) -> list[FieldError]:
    """What in a batch is more than a longer period that stands, or less than a shorter one; `told` takes its place."""
    new = _by_name(told)
    old = _by_name({at: figures for at, figures in stands.items() if at not in told})
    more = [_more(part, whole) for part, outer, whole in _pairs(new, old) if _is_over(part, outer)]
    return more + [_less(outer, part_of) for part_of, outer in _parts(old, new)]


type _Named[C: Counted] = Mapping[tuple[str, str, str, str], C]


def _by_name[C: Counted](told: Mapping[At, Iterable[C]]) -> _Named[C]:
    return {(unit, at, each.formula, each.indicator): each for (unit, at), some in told.items() for each in some}


def _pairs[C: Counted](parts: _Named[C], wholes: _Named[C]) -> Iterator[tuple[C, C, str]]:
    """Each part with what is around it, and the period of that."""
    for (unit, period, formula, indicator), part in parts.items():
        for whole in _around(period):
            if outer := wholes.get((unit, whole, formula, indicator)):
                yield part, outer, whole


def _parts[C: Counted](parts: _Named[C], wholes: _Named[C]) -> Iterator[tuple[str, C]]:
    """Each whole that has less than a part of it, with the period of that."""
    for (unit, period, formula, indicator), part in parts.items():
        for whole in _around(period):
            outer = wholes.get((unit, whole, formula, indicator))
            if outer and _is_over(part, outer):
                yield period, outer


def _is_over(part: Counted, outer: Counted) -> bool:
    pairs = ((part.numerator, outer.numerator), (part.denominator, outer.denominator))
    return any(one is not None and whole is not None and one > whole for one, whole in pairs)


def _more(part: Counted, whole: str) -> FieldError:
    vi, en = f"Lớn hơn kỳ {whole} bao trùm nó", f"More than {whole}, of which it is a part"
    return _fault(part, vi, en)


def _less(outer: Counted, period: str) -> FieldError:
    return _fault(outer, f"Nhỏ hơn kỳ {period} nằm trong nó", f"Less than {period}, which is a part of it")


def _fault(each: Counted, vi: str, en: str) -> FieldError:
    if each.row is None:  # counted from all rows of its unit
        return FieldError("/rows", "over_the_whole", vi, en)
    return at_row(each.row, "", "over_the_whole", vi, en)


def _around(period: str) -> tuple[str, ...]:
    year, _, rest = period.partition("-")
    if not rest:
        return ()
    return (year,) if rest.startswith("Q") else (f"{year}-Q{(int(rest) + 2) // 3}", year)
