"""The service index of 3,321 communes from their counters: CPU, from the rows as DynamoDB answers them to the scores.

Beside the floor of the same run: the same rows and values looked at by a bare loop, which adds each number up.
"""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from chalicelib.kernel import aws
from chalicelib.measures.cells import Cell, Counts
from chalicelib.measures.model import SHARDS, Unit, UnitEntry
from chalicelib.measures.rows import counts_key
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.store import counts_of
from chalicelib.measures.tree import Tree

PROVINCES: Final = 34
COMMUNES: Final = 3_321
ROUNDS: Final = 5
MONTH: Final = "2026-01"
"""The formula begins with it, so nothing is compared with the month before."""
FORMULA: Final = "qd766-portal-2026"
CUTS: Final = (
    ("1.001193", "ONLINE", "CITIZEN"),
    ("1.001193", "DIRECT", "CITIZEN"),
    ("2.000889", "ONLINE", "ORGANISATION"),
)
"""Procedure, channel and party of a commune's cells, each of them in all parts."""
COUNTED: Final = (
    *("received", "online", "accepted", "processed", "ended", "early", "late"),
    *("electronic", "seconds", "end_to_end", "returned"),
)
"""What a row has: what nothing happened of is not in it."""
NOW: Final = datetime(2026, 11, 27, 1, tzinfo=UTC)


class Rows:
    """Counters as a table answers them; they are made plain and added up as the measures' own store does."""

    def __init__(self, units: Iterable[Unit], rows: Mapping[str, list[dict[str, Any]]]) -> None:
        self._tree, self._rows = Tree(units), rows

    def tree(self) -> Tree:
        """The agencies, which are looked at once for all provinces."""
        return self._tree

    def not_made(self) -> frozenset[str]:
        """Every count was made with the rest."""
        return frozenset()

    def counts(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]:
        """What a query of each part of each unit answers: nothing of another month."""
        if months != (MONTH,):
            return []
        return [counts_of(unit, aws.plain(row)) for unit in units for row in self._rows.get(unit, ())]


def units() -> list[Unit]:
    """The country: provinces, and communes below them."""
    begun = {"number": 1}
    found = [
        Unit(id=f"H{n:02d}", name=f"Tỉnh {n}", entries=(UnitEntry(valid_from="2020-01-01"),), **begun)
        for n in range(PROVINCES)
    ]
    for n in range(COMMUNES):
        entry = UnitEntry(valid_from="2025-07-01", parent=f"H{n % PROVINCES:02d}")
        found.append(Unit(id=f"H{n % PROVINCES:02d}.{n}", name=f"Phường {n}", entries=(entry,), **begun))
    return found


def rows_of(unit: str, number: int) -> list[dict[str, Any]]:
    """A commune's rows of a month: each count in each part of each cell."""
    found = []
    for place, cut in enumerate(CUTS):
        for shard in range(SHARDS):
            pk, sk = counts_key(1, Cell(unit, MONTH, *cut), shard)
            counts = {name: (number * 7 + shard * 3 + at + place) % 40 + 1 for at, name in enumerate(COUNTED)}
            numbers = {name: {"N": str(by)} for name, by in counts.items()}
            found.append({"pk": {"S": pk}, "sk": {"S": sk}, **numbers})
    return found


def measured() -> dict[str, float]:
    """Seconds of CPU of the index of all communes, and of the floor: the best of the rounds, which take turns."""
    agencies = units()
    kept = {each.id: rows_of(each.id, n) for n, each in enumerate(agencies) if "." in each.id}
    ours, floor = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        scoring = Scoring(Rows(agencies, kept), lambda: NOW)
        scored = sum(len(scoring.scores(f"H{n:02d}", MONTH, FORMULA).children) for n in range(PROVINCES))
        ours.append(time.process_time() - begun)
        if scored != COMMUNES:
            raise AssertionError(scored)
        begun = time.process_time()
        _looked_at(kept)
        floor.append(time.process_time() - begun)
    rows = sum(map(len, kept.values()))
    return {"index_s": min(ours), "floor_s": min(floor), "communes": COMMUNES, "rows": rows}


def _looked_at(kept: Mapping[str, list[dict[str, Any]]]) -> dict[str, int]:
    """What every such sum must do at least: each number of each row, made one and added."""
    found = dict.fromkeys(COUNTED, 0)
    for rows in kept.values():
        for row in rows:
            for name in COUNTED:
                found[name] += int(row[name]["N"])
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured()) + "\n")
