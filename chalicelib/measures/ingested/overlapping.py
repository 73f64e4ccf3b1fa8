"""Periods that overlap: a month has no more than its quarter, a quarter no more than its year. Pure.

Looked for within a batch, and between a batch and what its source has reported before and is shown still.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from chalicelib.kernel.problem import FieldError
from chalicelib.measures.ingested.dialects import at_row
from chalicelib.measures.reported import about, is_known

type At = tuple[str, str]
"""A unit and the text of a period."""


class Name(NamedTuple):
    """What names a figure among those of a source."""

    unit: str
    period: str
    formula: str
    indicator: str


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


class Overlaps(NamedTuple):
    """What is over a whole that bounds it, and what is over one that was not over yet when it came."""

    faults: list[FieldError]
    doubted: frozenset[Name]


def over_the_whole(told: Mapping[At, Iterable[Counted]]) -> list[FieldError]:
    """What in a batch is more than a longer period of it."""
    by = _by_name(told)
    return [_more(by[part], whole.period) for part, whole in _over(by, by)]


def over_what_stands(
    told: Mapping[At, Iterable[Counted]], stands: Mapping[At, Iterable[Counted]], is_final: Callable[[At], bool]
) -> Overlaps:
    """What in a batch is more than a longer period that stands, or less than a shorter one; `told` takes its place.

    `is_final`: whether a whole was received after its last day; one that was not has more by and by.
    """
    new = _by_name(told)
    old = _by_name({at: figures for at, figures in stands.items() if at not in told})
    faults, doubted = list[FieldError](), set[Name]()
    for part, whole in _over(new, old):
        if is_final((whole.unit, whole.period)):
            faults.append(_more(new[part], whole.period))
        else:
            doubted.add(part)
    for part, whole in _over(old, new):
        if is_final((whole.unit, whole.period)):
            faults.append(_less(new[whole], part.period))
        else:
            doubted.add(whole)
    return Overlaps(faults, frozenset(doubted))


type _Named[C: Counted] = Mapping[Name, C]


def _by_name[C: Counted](told: Mapping[At, Iterable[C]]) -> _Named[C]:
    """Figures by their names, but for those of what there is at a time: these do not add up."""
    return {
        Name(unit, at, each.formula, each.indicator): each
        for (unit, at), some in told.items()
        for each in some
        if not _is_stock(each)
    }


def _is_stock(each: Counted) -> bool:
    known = about(each.formula, each.indicator) if is_known(each.formula) else None
    return known is not None and known.is_stock


def _over[C: Counted](parts: _Named[C], wholes: _Named[C]) -> Iterator[tuple[Name, Name]]:
    """Each part that has more than what is around it, and that."""
    for name, part in parts.items():
        for period in _around(name.period):
            around = name._replace(period=period)
            if around in wholes and _is_over(part, wholes[around]):
                yield name, around


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
