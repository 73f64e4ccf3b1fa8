"""Counters that were read once and are added up many times: a province's, while its boards are made."""

from collections.abc import Iterable

from chalicelib.measures.boards.ports import Counted
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.tree import Tree


class Held:
    """The counters of a part of the tree, a year at a time; whoever was read once is not read again."""

    def __init__(self, store: Counted, tree: Tree) -> None:
        self._store, self._tree = store, tree
        self._kept: dict[tuple[str, str], dict[str, dict[Cell, Counts]]] = {}

    def tree(self) -> Tree:
        """Whose counts add up to whose, as it was when the making began."""
        return self._tree

    def counts(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]:
        """The counters of units in months of one year, the parts of a cell added up."""
        year, asked = months[0][:4], list(units)
        self._read([each for each in asked if (each, year) not in self._kept], year)
        return [
            told
            for unit in asked
            for by_month in (self._kept[unit, year],)
            for month in months
            if month in by_month
            for told in by_month[month].items()
        ]

    def _read(self, units: list[str], year: str) -> None:
        self._kept |= {(unit, year): {} for unit in units}
        if not units:
            return
        for cell, counts in self._store.counts(units, (f"{year}-01", f"{year}-12")):
            cells = self._kept[cell.unit, year].setdefault(cell.month, {})
            added(cells.setdefault(cell, {}), counts)
