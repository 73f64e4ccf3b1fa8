"""Which counts of the service index are counted from the log, and from which of its counts: dated data."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import msgspec
from msgspec.structs import replace

from chalicelib.law.errors import LawError
from chalicelib.law.index_formulas import formula_sets
from chalicelib.law.measures import COUNTS


class BadMeasuredCounts(LawError):
    """A packaged table names a count that nobody knows."""


class MeasuredCounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Each count of the formula sets that is a sum of counts of the log, those with `-` before them taken off.

    What is not here nobody has: it is not 0. `people`: of a count that tells what people said, the counts of the log
    that say how many did; everybody sees it where each of them is large enough. `lacking`: what is not in a count,
    though the formula means it.
    """

    id: str
    effective_from: date
    citation: str
    counts: Mapping[str, tuple[str, ...]]
    people: Mapping[str, tuple[str, ...]] = {}
    lacking: Mapping[str, tuple[str, ...]] = {}
    note: str

    def who_said(self, names: Iterable[str]) -> frozenset[str]:
        """The counts of the log that say how many people are behind some counts of the index."""
        return frozenset(one for name in names for one in self.people.get(name, ()))

    def without(self, nobody: frozenset[str]) -> "MeasuredCounts":
        """The same without what is a sum of counts that nobody has."""
        return replace(self, counts={n: parts for n, parts in self.counts.items() if not _named(parts) & nobody})

    def of(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts of the index, from those of the log; one that is below 0 makes its component `impossible`."""
        return {name: sum(_signed(counts, each) for each in parts) for name, parts in self.counts.items()}


def _named(parts: Iterable[str]) -> set[str]:
    return {each.removeprefix("-") for each in parts}


def _signed(counts: Mapping[str, int], part: str) -> int:
    return -counts.get(part[1:], 0) if part.startswith("-") else counts.get(part, 0)


@cache
def measured_counts() -> MeasuredCounts:
    """The packaged table. Raises BadMeasuredCounts."""
    path = Path(__file__).parent / "data" / "measures" / "index-counts-2026.json"
    return measured_counts_of(path.read_bytes())


def measured_counts_of(content: bytes) -> MeasuredCounts:
    """A table from the content of its file. Raises BadMeasuredCounts."""
    try:
        found = msgspec.json.decode(content, type=MeasuredCounts)
    except msgspec.DecodeError as error:
        raise BadMeasuredCounts(str(error)) from error
    known = {name for each in formula_sets().values() for one in each.components for name in one.counts}
    for name, parts in found.counts.items():
        if name not in known:
            raise BadMeasuredCounts(f"no formula set has {name}")
        if strange := _named(parts) - set(COUNTS):
            raise BadMeasuredCounts(f"{name}: nobody counts {', '.join(sorted(strange))}")
    if strange := found.lacking.keys() - found.counts.keys():
        raise BadMeasuredCounts(f"nobody counts {', '.join(sorted(strange))}")
    for name, parts in found.people.items():
        if name not in found.counts or set(parts) - set(COUNTS):
            raise BadMeasuredCounts(f"{name}: nobody counts who said it")
    return found
