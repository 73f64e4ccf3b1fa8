"""Acceptance line 7: DuckDB on the exported Parquet gives the API's figures, for every agency, period and indicator."""

import re
from pathlib import Path

import duckdb
import pytest

from chalicelib.law.measures import figure, indicators
from chalicelib.measures.cells import Cell
from chalicelib.measures.figures import WHOLE, figures_of
from chalicelib.measures.periods import period_of
from chalicelib.measures.tree import Standing
from infra.warehouse.parquet import TABLES, written
from tests.support import provinces
from tests.support.boards import reported
from tests.support.measured import clock

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "query-figures.md"
VIEWS, _, EVERY, LATE, ONLINE = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
HUNDREDTHS = 100


def counts():
    """A province's counters, with what the generator does not know: times, supplements, counts that came back to 0."""
    for place, (cell, told) in enumerate(provinces.counts(7)):
        ended = sum(told[name] for name in ("early", "on_time", "late"))
        more = {"processed": ended, "seconds": ended * 86_400 + place, "electronic": ended, "ended": ended}
        yield cell, told | more | {"end_to_end": ended // 2, "ended_asked": ended // 3, "withdrawn": place % 2}
    yield Cell(provinces.WARDS[0], "2026-05", "1.001193", "ONLINE", "CITIZEN"), {"received": 0}
    yield Cell(provinces.WARDS[0], "2026-06", "1.001193", "ONLINE", "CITIZEN"), {"early": 1, "online": 1}


class Kept:
    """The counters of a province as the store answers them."""

    def tree(self):
        return provinces.tree()

    def counts(self, units, months):
        return [(cell, told) for cell, told in counts() if cell.unit in units and cell.month in months]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    files = written(folder, "2026", counts(), provinces.tree(), indicators(), [reported()])
    assert Path("counts/year=2026/month=02/data_0.parquet") in files
    assert written(folder, "2026", counts(), provinces.tree(), indicators(), [reported()]) == files, (
        "again: the same files"
    )
    with duckdb.connect() as engine:
        engine.execute(VIEWS.replace("'figures/", f"'{folder}/"))
        yield engine


def asked(period):
    first, last = ("01", "12") if len(period) == 4 else (period[5:], period[5:])
    if "Q" in period:
        quarter = int(period[-1])
        first, last = f"{3 * quarter - 2:02d}", f"{3 * quarter:02d}"
    return EVERY.replace("BETWEEN '10' AND '12'", f"BETWEEN '{first}' AND '{last}'")


@pytest.mark.parametrize(
    "period", ["2026", *(f"2026-Q{each}" for each in range(1, 5)), *(f"2026-{each:02d}" for each in range(1, 13))]
)
def test_every_figure_is_the_apis(engine, period):
    found = {tuple(row[:3]): row[3:] for row in engine.execute(asked(period)).fetchall()}
    now = clock("2026-12-31 08:00")()
    expected = {}
    for unit in provinces.tree().units:
        for alone in (True, False):
            about = (unit, period_of(period, now), WHOLE, indicators().indicators, now)
            told = figures_of(Kept(), *about, alone=alone)
            for each in told.figures:
                ratio = None if each.ratio is None else each.ratio / HUNDREDTHS
                expected[unit, not alone, each.indicator.id] = (each.numerator, each.denominator, ratio)
    assert found == expected


def test_members_are_found_upwards_from_each_agency(monkeypatch, tmp_path):
    """Nobody asks each agency for all below it: of n agencies that is n x n walks a month."""
    tree, months = provinces.tree(), [f"2026-{each:02d}" for each in range(1, 13)]
    expected = {
        (node, below, unit, month[5:])
        for month in months
        for node in tree.units
        for below, has in ((False, tree.own(node, month)), (True, tree.below(node, month)))
        for unit in has
    }
    monkeypatch.setattr(Standing, "below", None)
    monkeypatch.setattr(Standing, "own", None)
    written(tmp_path, "2026", (), tree, indicators())
    with duckdb.connect() as engine:
        found = engine.read_parquet(f"{tmp_path}/members/**/*.parquet", hive_partitioning=True)
        rows = found.project("node, with_below, unit, month").fetchall()
    rows = [(*each[:3], f"{int(each[3]):02d}") for each in rows]
    assert len(rows) == len(set(rows))
    assert set(rows) == expected


def test_the_other_queries_of_the_page_answer(engine):
    late = engine.execute(LATE).fetchall()
    told = dict.fromkeys((cell.procedure for cell, _ in counts()), 0)
    for cell, some in counts():
        told[cell.procedure] += some.get("late", 0)
    assert {procedure: count for procedure, count, _ in late} == {each: count for each, count in told.items() if count}
    assert [month for month, _, _ in engine.execute(ONLINE).fetchall()] == ["02", "03", "04", "06"]


def test_the_page_tells_of_every_column(engine):
    page = PAGE.read_text(encoding="utf-8")
    for table in TABLES:
        told = [row[0] for row in engine.execute(f"DESCRIBE {table.name}").fetchall()]
        assert sorted(told) == sorted(name for name, _ in table.columns)
        assert all(f"`{name}`" in page for name in told)


def test_a_share_of_more_than_the_whole_has_no_ratio(engine):
    june = {tuple(row[:3]): row[3:] for row in engine.execute(asked("2026-06")).fetchall()}
    online = june[provinces.WARDS[0], False, "online_share"]
    assert online == (1, 0, None)
    share = next(each for each in indicators().indicators if each.id == "online_share")
    assert figure(share, {"online": 1, "received": 0}).ratio is None


def test_a_year_is_replaced_and_others_stay(tmp_path):
    def year(name, month):
        cell = Cell(provinces.CITY, f"{name}-{month}", "1.001193", "ONLINE", "CITIZEN")
        return written(
            tmp_path, name, [(cell, {"received": 1}), (cell, {"received": 2})], provinces.tree(), indicators()
        )

    year("2025", "03")
    year("2026", "03")
    files = {each.as_posix() for each in year("2026", "04") if each.parts[0] == "counts"}
    assert files == {f"counts/year={each}/data_0.parquet" for each in ("2025/month=03", "2026/month=04")}
    at = tmp_path / "counts/year=2026/month=04/data_0.parquet"
    assert duckdb.execute(f"SELECT value FROM '{at}'").fetchall() == [(3,)], "parts of a cell are one count"


def test_a_year_without_a_dossier_has_no_counts(tmp_path):
    files = written(tmp_path, "2026", [], provinces.tree(), indicators())
    assert not [each for each in files if each.parts[0] == "counts"]
