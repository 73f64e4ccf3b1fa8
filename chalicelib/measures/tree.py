"""Whose counts add up to whose: the tree of agencies as it stood in each month. Pure.

An agency is in a month where its latest entry of that month puts it. The work of one that ended before is its
successor's (rule R34), so is what is counted for it from then on; where it has several, it stays below its last parent.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping

from chalicelib.measures.model import Unit, UnitEntry


class Standing:
    """The agencies as they stood in one month: each is looked at once, then every walk goes up or down the tree alone.

    `known`: those that had begun. `heirs`: the one successor of each that was over. `parents`: of the others.
    """

    def __init__(self, units: Mapping[str, Unit], month: str) -> None:
        found = ((each.id, _entry(each.entries, month)) for each in units.values())
        entries = {unit: entry for unit, entry in found if entry}
        self.known = frozenset(entries)
        self.heirs = {unit: heir for unit, entry in entries.items() if (heir := _heir(entry, month))}
        self.parents = {
            unit: entry.parent for unit, entry in entries.items() if unit not in self.heirs and entry.parent
        }
        self._right_below = _upside_down(self.parents)
        self._givers = _upside_down(self.heirs)
        self._all_below = _upside_down(self.parents | self.heirs)

    def above(self, unit: str) -> str | None:
        """To whom the counts of a unit go: its parent, or the one that succeeded it; None at the top."""
        return self.heirs.get(unit) or self.parents.get(unit)

    def path(self, unit: str) -> list[str]:
        """All that have the counts of a unit: itself and those above, upwards; a circle ends where it began."""
        return _walked(unit, self.above)

    def holders(self, unit: str) -> list[str]:
        """Those that have the counts of a unit as their own: itself, and its heirs."""
        return _walked(unit, self.heirs.get)

    def children(self, root: str) -> frozenset[str]:
        """Those that stand right below a unit, or below one whose work it took over; never one that went over."""
        own = self.own(root)
        return frozenset(each for parent in own for each in self._right_below.get(parent, ()) if each != root)

    def branch(self, unit: str, root: str) -> str | None:
        """Through whom a root has the counts of a unit: one of its children, or itself; None where it has them not."""
        path = self.path(unit)
        if root not in path:
            return None
        way = path[: path.index(root)]
        return next((each for each in reversed(way) if each not in self.heirs), root)

    def below(self, root: str) -> frozenset[str]:
        """A unit with all whose counts it has."""
        return _under(root, self._all_below)

    def own(self, unit: str) -> frozenset[str]:
        """A unit with those alone whose work it took over: not those that stand below it."""
        return _under(unit, self._givers)


class Tree:
    """The agencies by their identifiers."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units: Mapping[str, Unit] = {each.id: each for each in units}
        self._standing: dict[str, Standing] = {}

    def standing(self, month: str) -> Standing:
        """The agencies as they stood in a month, `2026-09`."""
        if month not in self._standing:
            self._standing[month] = Standing(self.units, month)
        return self._standing[month]

    def above(self, unit: str, month: str) -> str | None:
        """To whom the counts of a unit go in a month: its parent, or the one that succeeded it; None at the top."""
        return self.standing(month).above(unit)

    def below(self, root: str, month: str) -> frozenset[str]:
        """A unit with all whose counts it has in a month."""
        return self.standing(month).below(root)

    def is_below(self, unit: str, root: str, month: str) -> bool:
        """Whether a unit is another one, or its counts are the other's too; a circle ends nowhere."""
        return root in self.standing(month).path(unit)

    def own(self, unit: str, month: str) -> frozenset[str]:
        """A unit with those alone whose work it took over: not those that stand below it."""
        return self.standing(month).own(unit)


def _walked(unit: str, step: Callable[[str], str | None]) -> list[str]:
    seen, at = {unit: None}, step(unit)
    while at is not None and at not in seen:
        seen[at] = None
        at = step(at)
    return list(seen)


def _upside_down(above: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit, each in above.items():
        found.setdefault(each, []).append(unit)
    return found


def _under(root: str, below: Mapping[str, list[str]]) -> frozenset[str]:
    """A unit with all from whom a walk upwards comes to it; a circle is walked once."""
    seen, waiting = {root}, [root]
    while waiting:
        more = [each for each in below.get(waiting.pop(), ()) if each not in seen]
        seen.update(more)
        waiting += more
    return frozenset(seen)


def _heir(entry: UnitEntry, month: str) -> str | None:
    """Who does the work of an agency that ended before the month; of several nobody can say which."""
    is_over = entry.valid_to is not None and entry.valid_to <= f"{month}-01"
    return entry.successors[0] if is_over and len(entry.successors) == 1 else None


def _entry(entries: Iterable[UnitEntry], month: str) -> UnitEntry | None:
    """The latest entry that began before the month was over."""
    year, number = (int(each) for each in month.split("-"))
    last = f"{month}-{monthrange(year, number)[1]:02d}"
    return max((each for each in entries if each.valid_from <= last), key=lambda each: each.valid_from, default=None)
