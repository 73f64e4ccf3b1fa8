"""Whose counts add up to whose: the tree of agencies as it stood in each month. Pure.

An agency is in a month where its latest entry of that month puts it. The work of one that ended before is its
successor's (rule R34), so is what is counted for it from then on; where it has several, it stays below its last parent.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping

from chalicelib.measures.model import Unit, UnitEntry


class Tree:
    """The agencies by their identifiers."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: Mapping[str, Unit] = {each.id: each for each in units}

    def above(self, unit: str, month: str) -> str | None:
        """To whom the counts of a unit go in a month: its parent, or the one that succeeded it; None at the top."""
        known = self.units.get(unit)
        entry = _entry(known.entries, month) if known else None
        if entry is None:
            return None
        if entry.valid_to and entry.valid_to <= f"{month}-01" and len(entry.successors) == 1:
            return entry.successors[0]
        return entry.parent

    def below(self, root: str, month: str) -> frozenset[str]:
        """A unit with all whose counts it has in a month."""
        return frozenset(each for each in {root, *self.units} if self.is_below(each, root, month))

    def is_below(self, unit: str, root: str, month: str) -> bool:
        """Whether a unit is another one, or its counts are the other's too; a circle ends nowhere."""
        seen, at = set[str](), unit
        while at not in seen:
            if at == root:
                return True
            seen.add(at)
            above = self.above(at, month)
            if above is None:
                return False
            at = above
        return False

    def own(self, unit: str, month: str) -> frozenset[str]:
        """A unit with those alone whose work it took over: not those that stand below it."""
        found, todo = {unit}, [unit]
        while todo:
            heir = todo.pop()
            more = {each for each in self.units if each not in found and self._succeeded(each, month) == heir}
            found |= more
            todo += more
        return frozenset(found)

    def _succeeded(self, unit: str, month: str) -> str | None:
        entry = _entry(self.units[unit].entries, month)
        is_over = entry is not None and entry.valid_to is not None and entry.valid_to <= f"{month}-01"
        return entry.successors[0] if entry and is_over and len(entry.successors) == 1 else None


def _entry(entries: Iterable[UnitEntry], month: str) -> UnitEntry | None:
    """The latest entry that began before the month was over."""
    year, number = (int(each) for each in month.split("-"))
    last = f"{month}-{monthrange(year, number)[1]:02d}"
    return max((each for each in entries if each.valid_from <= last), key=lambda each: each.valid_from, default=None)
