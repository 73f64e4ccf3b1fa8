"""Write counters, the tree of agencies and the indicators as Parquet (DuckDB), partitioned by year and month.

Counts are one a row, so that an indicator is a join and not a list of columns that each release changes.
docs/how-to/query-figures.md has the schema.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

import duckdb

from chalicelib.law.measures import UNKNOWN, Indicators
from chalicelib.measures.cells import Cell, Counts, added
from chalicelib.measures.reported import Report
from chalicelib.measures.tree import Tree


class Table(NamedTuple):
    """A table: its columns with their types; `year` and `month` among them make its folders."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def partitions(self) -> list[str]:
        """By what it is partitioned."""
        return [name for name in ("year", "month") if (name, "VARCHAR") in self.columns]


_MONTH: Final = (("year", "VARCHAR"), ("month", "VARCHAR"))
COUNTS: Final = Table(
    "counts",
    (
        ("unit", "VARCHAR"),
        ("procedure", "VARCHAR"),
        ("channel", "VARCHAR"),
        ("party", "VARCHAR"),
        ("name", "VARCHAR"),
        ("value", "BIGINT"),
        *_MONTH,
    ),
)
MEMBERS: Final = Table("members", (("node", "VARCHAR"), ("with_below", "BOOLEAN"), ("unit", "VARCHAR"), *_MONTH))
INDICATORS: Final = Table(
    "indicators",
    (
        ("indicator", "VARCHAR"),
        ("name_vi", "VARCHAR"),
        ("name_en", "VARCHAR"),
        ("is_share", "BOOLEAN"),
        ("is_counted", "BOOLEAN"),
        ("side", "VARCHAR"),
        ("name", "VARCHAR"),
    ),
)
REPORTED: Final = Table(
    "reported",
    (
        ("unit", "VARCHAR"),
        ("period", "VARCHAR"),
        ("agency", "VARCHAR"),
        ("system", "VARCHAR"),
        ("dialect", "VARCHAR"),
        ("version", "BIGINT"),
        ("batch", "VARCHAR"),
        ("row_number", "BIGINT"),
        ("formula", "VARCHAR"),
        ("indicator", "VARCHAR"),
        ("numerator", "BIGINT"),
        ("denominator", "BIGINT"),
        ("quality", "VARCHAR"),
        ("doubts", "VARCHAR"),
        ("said", "VARCHAR"),
        ("year", "VARCHAR"),
    ),
)
"""What other systems reported, apart from `counts`: no query that adds these up has it."""
TABLES: Final = (COUNTS, MEMBERS, INDICATORS, REPORTED)


def written(
    folder: Path,
    year: str,
    counts: Iterable[tuple[Cell, Counts]],
    tree: Tree,
    indicators: Indicators,
    reports: Iterable[Report] = (),
) -> list[Path]:
    """Write a year into a folder, in place of what stands of it; answers all files there, by their place."""
    told = {
        COUNTS: _counts(counts),
        MEMBERS: _members(tree, year),
        INDICATORS: _indicators(indicators),
        REPORTED: _reported(reports, year),
    }
    with TemporaryDirectory() as scratch, duckdb.connect() as engine:
        engine.execute("SET threads = 1")  # one file a partition, of the same name each time
        for table, rows in told.items():
            text = Path(scratch, f"{table.name}.csv")
            with text.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(rows)
            to = folder / table.name
            to.mkdir(parents=True, exist_ok=True)
            rmtree(to / f"year={year}", ignore_errors=True)
            _copied(engine, table, text, to)
    return sorted(path.relative_to(folder) for path in folder.rglob("*.parquet"))


def _copied(engine: duckdb.DuckDBPyConnection, table: Table, text: Path, to: Path) -> None:
    columns = dict(table.columns)
    read = engine.read_csv(
        str(text), columns=columns, header=False, sep=",", quotechar='"', escapechar='"', auto_detect=False
    )
    if table.partitions:
        read.write_parquet(str(to), partition_by=table.partitions, overwrite=True, compression="zstd")
    else:
        read.write_parquet(str(to / "data_0.parquet"), compression="zstd")


def _counts(counts: Iterable[tuple[Cell, Counts]]) -> Iterator[tuple[Any, ...]]:
    whole: dict[Cell, Counts] = {}
    for cell, more in counts:
        added(whole.setdefault(cell, {}), more)
    for cell, some in sorted(whole.items()):
        for name, value in sorted(some.items()):
            if value:
                year, month = cell.month.split("-")
                yield cell.unit, cell.procedure, cell.channel, cell.party, name, value, year, month


def _members(tree: Tree, year: str) -> Iterator[tuple[Any, ...]]:
    for number in range(1, 13):
        standing = tree.standing(f"{year}-{number:02d}")
        of: dict[tuple[str, bool], list[str]] = {(node, below): [] for node in tree.units for below in (False, True)}
        for unit in sorted(tree.units):
            for below, nodes in ((False, standing.holders(unit)), (True, standing.path(unit))):
                for node in nodes:
                    if node in tree.units:
                        of[node, below].append(unit)
        for (node, below), units in sorted(of.items()):
            for unit in units:
                yield node, below, unit, year, f"{number:02d}"


def _indicators(indicators: Indicators) -> Iterator[tuple[Any, ...]]:
    for each in indicators.indicators:
        is_counted = not set(UNKNOWN) & {*each.numerator, *each.denominator}
        for side, names in (("numerator", each.numerator), ("denominator", each.denominator)):
            for name in names:
                yield each.id, each.vi, each.en, each.is_share, is_counted, side, name


def _reported(reports: Iterable[Report], year: str) -> Iterator[tuple[Any, ...]]:
    for each in reports:
        source = (each.agency, each.system, each.dialect, each.version, each.batch)
        for one in each.figures:
            value = (one.formula, one.indicator, one.numerator, one.denominator, one.quality)
            yield each.unit, each.period, *source, one.row, *value, " ".join(one.doubts), one.said, year
