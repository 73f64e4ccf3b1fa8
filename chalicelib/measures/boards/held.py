"""Counters that were read once and are added up many times: a province's, while its boards are made."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Final

from chalicelib.measures.boards.model import RECEIVED
from chalicelib.measures.boards.ports import Counted
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.reported import Report
from chalicelib.measures.tree import Tree

AT_ONCE: Final = 8
"""Agencies whose rows are in memory beside each other: a row for each procedure, channel and party of a month."""


class Held:
    """The counters of a part of the tree, a year at a time; whoever was read once is not read again.

    Boards are cut by nothing, so rows are added up as they come, an agency's month in one; of procedures is kept how
    many dossiers were received.
    """

    def __init__(self, store: Counted, tree: Tree) -> None:
        self._store, self._tree = store, tree
        self._kept: dict[tuple[str, str], dict[str, Counts]] = {}
        self._not_made: frozenset[str] | None = None
        self._procedures: dict[tuple[str, str], dict[str, Counts]] = {}

    def tree(self) -> Tree:
        """Whose counts add up to whose, as it was when the making began."""
        return self._tree

    def not_made(self) -> frozenset[str]:
        """Counts that the generation that serves was not made with."""
        if self._not_made is None:
            self._not_made = self._store.not_made()
        return self._not_made

    def counts(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]:
        """The counters of units in months of one year, all cells of a month in one that names none of them."""
        found = self._of(self._kept, units, months)
        return [(Cell(unit, month, "", "", ""), counts) for unit, month, counts in found]

    def reported(self, unit: str, period: str) -> Sequence[Report]:
        """What other systems report of a unit and period."""
        return self._store.reported(unit, period)

    def received(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]:
        """How many dossiers of each procedure were received, by agency and month."""
        return [
            (Cell(unit, month, procedure, "", ""), {RECEIVED: count})
            for unit, month, counts in self._of(self._procedures, units, months)
            for procedure, count in counts.items()
        ]

    def _of(
        self, kept: dict[tuple[str, str], dict[str, Counts]], units: Iterable[str], months: tuple[str, ...]
    ) -> Iterator[tuple[str, str, Counts]]:
        year, asked = months[0][:4], list(units)
        self._read([each for each in asked if (each, year) not in self._kept], year)
        for unit in asked:
            for month in months:
                if month in kept[unit, year]:
                    yield unit, month, kept[unit, year][month]

    def _read(self, units: list[str], year: str) -> None:
        for some in batched(units, AT_ONCE, strict=False):
            for kept in (self._kept, self._procedures):
                kept |= {(unit, year): {} for unit in some}
            for cell, counts in self._store.counts(some, (f"{year}-01", f"{year}-12")):
                at = cell.unit, year
                added(self._kept[at].setdefault(cell.month, {}), counts)
                if RECEIVED in counts:
                    of = self._procedures[at].setdefault(cell.month, {})
                    added(of, {cell.procedure: counts[RECEIVED]})
