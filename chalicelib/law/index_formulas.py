"""Formula sets of the service index: which counts make which score, as dated data with citations."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from chalicelib.law.errors import LawError

WHOLE: Final = 100
"""Percent."""

type Empty = Literal["none", "full"]
type Missing = Literal["unscored", "full"]


class BadFormula(LawError):
    """A packaged formula set contradicts itself."""


class UnknownFormula(LawError):
    """No formula set has this name."""


class Component(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One score: the sum of `numerator` over `denominator`, full at `full_at` percent and in proportion below.

    `code`: the national portal's own. `zero`: what a denominator of 0 gives. `missing`: what counts that nobody has
    give; `full` only where the portal publishes no counts and always the full score. `least`: everybody sees it of
    an agency's whole months that are over, from so many of the denominator on. `is_stock`: it says what there is at a
    time, so that a month may have more than its year. `note`: what sources leave open.
    """

    id: str
    vi: str
    en: str
    max: int
    numerator: tuple[str, ...]
    denominator: str
    code: str | None = None
    full_at: int = WHOLE
    zero: Empty = "none"
    missing: Missing = "unscored"
    least: int | None = None
    is_stock: bool = False
    note: str | None = None

    @property
    def counts(self) -> tuple[str, ...]:
        """The names of what it is reckoned from."""
        return (*self.numerator, self.denominator)


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Components whose scores are added up."""

    id: str
    vi: str
    en: str
    max: int
    components: tuple[Component, ...]


class FormulaSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a unit is scored in a time. `evidence`: how what stands here was found; nothing in it is guessed."""

    id: str
    effective_from: date
    effective_to: date | None = None
    citation: str
    evidence: str
    groups: tuple[Group, ...]

    @property
    def max(self) -> int:
        """The most a unit can have."""
        return sum(group.max for group in self.groups)

    @property
    def components(self) -> Iterator[Component]:
        """All of them, in order."""
        return (component for group in self.groups for component in group.components)


@cache
def formula_sets() -> dict[str, FormulaSet]:
    """Every packaged set by its name. Raises BadFormula."""
    folder = Path(__file__).parent / "data" / "indexes"
    found = [formula_set(path.read_bytes(), path.stem) for path in sorted(folder.glob("*.json"))]
    return {each.id: each for each in found}


def formula_named(name: str) -> FormulaSet:
    """The set with this name. Raises UnknownFormula, which names those that there are."""
    known = formula_sets()
    if name not in known:
        raise UnknownFormula(f"formula: no set is called {name!r}; there are {', '.join(known)}")
    return known[name]


def formula_set(content: bytes, name: str) -> FormulaSet:
    """A set from the content of its file. Raises BadFormula: its sums do not agree, or a name stands in it twice."""
    try:
        found = msgspec.json.decode(content, type=FormulaSet)
    except msgspec.DecodeError as error:
        raise BadFormula(f"{name}: {error}") from error
    if found.id != name:
        raise BadFormula(f"{name}: a set is named as its file, this one says {found.id}")
    if found.effective_to is not None and found.effective_to < found.effective_from:
        raise BadFormula(f"{name}: it ends before it begins")
    names = [each.id for each in found.components]
    if len(set(names)) < len(names):
        raise BadFormula(f"{name}: a component stands in it twice")
    for group in found.groups:
        if sum(each.max for each in group.components) != group.max:
            raise BadFormula(f"{name}: the components of {group.id} do not add up to its {group.max}")
    for each in found.components:
        if not (each.max >= 0 and 0 < each.full_at <= WHOLE and each.numerator):
            raise BadFormula(f"{name}: {each.id} has a score or a threshold that is none")
    if found.max != WHOLE:
        raise BadFormula(f"{name}: its groups add up to {found.max} and not to {WHOLE}")
    return found
