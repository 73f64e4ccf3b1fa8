"""What boards ask of the world; `store.py` answers."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from chalicelib.measures.boards.model import Board, BoardsMade
from chalicelib.measures.cells import Cell, Counts
from chalicelib.measures.reported import Report
from chalicelib.measures.tree import Tree


class Boards(Protocol):
    """Where boards are kept."""

    def board(self, unit: str, period: str) -> Board | None: ...
    def keep(self, board: Board) -> bool: ...
    def made(self, root: str) -> BoardsMade | None: ...
    def mark(self, made: BoardsMade) -> bool: ...


class Counted(Protocol):
    """The counters that boards are made from."""

    def serving(self) -> int: ...
    def tree(self) -> Tree: ...
    def counts(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]: ...
    def reported(self, unit: str, period: str) -> Sequence[Report]: ...
