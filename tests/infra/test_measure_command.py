"""`motcua measure rebuild`: what it prints, what it mends, when it says that something is found."""

import contextlib
import json
import sys

import pytest
from typer.testing import CliRunner

from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.contracts.catalogue import Agency
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE, utc_now
from chalicelib.measures.cells import Cell
from chalicelib.measures.model import shard_of
from chalicelib.measures.rebuilding import Rebuild
from chalicelib.measures.store import Table
from infra.command import measure
from infra.command.output import CONFLICT, FINDINGS, NOT_FOUND, UNAVAILABLE, USAGE
from infra.command.place import Place
from tests.fakes.environment import SETTINGS, stage
from tests.support.measured import BIRTH, OURS, begun, counted, entry, published, submitted
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]
AT = Cell(OURS, "2026-11", BIRTH, "ONLINE", "CITIZEN"), shard_of("MC-1")


@pytest.fixture
def ran(tables, monkeypatch):
    """Run the command on the stores of this test."""
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext())

    def run(*given):
        return CliRunner().invoke(measure.measure_app, ["rebuild", *given])

    return run


def test_boards_are_made_anew_and_a_period_that_is_none_is_refused(tables, monkeypatch):
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext())
    published(OURS, entry(OURS))
    counted(begun("MC-1", submitted("2026-11-02 08:00")))
    one = CliRunner().invoke(measure.measure_app, ["boards", "--period", "2026-11", "--json"])
    assert json.loads(one.stdout) == {"parts": 1, "boards": 1, "too_large": 0}
    assert [row["sk"] for row in tables.partition("Measures", f"BOARD#{OURS}")] == ["2026-11"]
    many = CliRunner().invoke(measure.measure_app, ["boards"])
    assert many.stdout == "19 boards in 1 parts of the country\n"
    assert CliRunner().invoke(measure.measure_app, ["boards", "--period", "2026-13"]).exit_code == USAGE
    numbers = iter([1, 2])
    monkeypatch.setattr(Table, "serving", lambda _: next(numbers))
    assert CliRunner().invoke(measure.measure_app, ["boards"]).exit_code == CONFLICT


def test_a_report_is_ordered_once_and_what_cannot_be_is_named(tables, monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext())
    published(OURS, entry(OURS))
    counted(begun("MC-1", submitted("2026-11-02 08:00")))
    out = tmp_path / "report.pdf"

    def run(*given):
        told = ["report", "--unit", OURS, "--out", str(out), "--wait", "0", *given]
        return CliRunner().invoke(measure.measure_app, told)

    assert run("--period", "2026-11").exit_code == NOT_FOUND, "it has no board yet"
    assert run("--period", "2026-13").exit_code == USAGE
    assert CliRunner().invoke(measure.measure_app, ["boards", "--period", "2026-11"]).exit_code == 0
    for _ in range(2):
        assert run("--period", "2026-11").exit_code == UNAVAILABLE, "nobody signed it yet: no worker runs here"
    orders = [row["pk"] for row in tables.everything("Messages") if row["sk"] == "HEAD"]
    assert [each.rpartition(".")[0] for each in orders] == [f"ORDER#REPORT.{OURS}.2026-11"]
    assert not out.exists()


def test_figures_of_another_system_are_taken_in_whole_or_not_at_all(tables, monkeypatch, tmp_path):
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext())
    published(OURS, entry(OURS))
    row = {"departmentId": OURS, "timeType": "month", "year": 2025, "month": 10, "formula": "monitoring-2026"}
    row |= {"indicator": "online_share", "numerator": 40, "denominator": 50}

    def ingest(*rows, version=1):
        file = tmp_path / "october.json"
        file.write_text(json.dumps({"rows": rows}))
        words = ["ingest", str(file), "--agency", OURS, "--system", "one-stop", "--version", str(version), "--json"]
        told = CliRunner().invoke(measure.measure_app, words)
        return told.exit_code, json.loads(told.stdout) if told.stdout else None

    code, refused = ingest(row, row | {"indicator": "on_time_share", "numerator": -1})
    assert (code, refused["taken"]) == (FINDINGS, False)
    assert refused["errors"][0]["pointer"] == "/rows/1/numerator"
    code, taken = ingest(row)
    assert (code, taken["taken"], taken["is_new"], taken["rows"]) == (0, True, True, 1)
    assert ingest(row)[1]["is_new"] is False
    assert ingest(row | {"numerator": 41})[0] == CONFLICT


def test_what_stands_as_the_logs_say_is_no_finding(ran):
    counted(begun("MC-1", submitted("2026-11-02 08:00")))
    done = ran("--check")
    assert (done.exit_code, done.stdout) == (0, "1 events of 1 dossiers, 0 counters stood otherwise\n")
    assert "events a second of CPU" in done.stderr


def test_what_stands_otherwise_is_named_then_mended(ran):
    counted(begun("MC-1", submitted("2026-11-02 08:00")))
    Table().keep_totals(1, {AT: {"received": 3, "online": 1}})
    found = ran("--check")
    assert found.exit_code == FINDINGS
    assert "H01.10.24 2026-11 1.001193 ONLINE CITIZEN: received stood at 3, the logs say 1" in found.stdout
    told = json.loads(ran("--json").stdout)
    assert [(each["count"], each["stood"], each["logs"]) for each in told["differences"]] == [("received", 3, 1)]
    assert ran("--check").exit_code == 0


def test_many_differences_are_cut_short(ran, monkeypatch):
    monkeypatch.setattr(measure, "SHOWN", 1)
    counted(begun("MC-1", submitted("2026-11-02 08:00")))
    Table().keep_totals(1, {AT: {"received": 3, "online": 4}})
    assert "1 more\n" in ran("--check").stdout


def test_agencies_come_with_a_rebuild(ran):
    agency = Agency(id=OURS, name="Phường", entries=(entry(OURS, parent="H01"),))
    AgencyTable().keep(AgencyTable().head(OURS), agency, "H01", 0, utc_now())
    assert ran().exit_code == 0
    assert [(each.id, each.number, each.entries[0].parent) for each in Table().units()] == [(OURS, 1, "H01")]


def test_a_log_that_cannot_be_read_is_a_finding(ran):
    begun("MC-1", submitted("2026-11-02 08:00", received_at="yesterday"))
    done = ran()
    assert done.exit_code == FINDINGS
    assert "MC-1: its log cannot be read" in done.stdout


def test_a_rebuild_that_another_one_overtook_says_so(ran, monkeypatch):
    def overtaken(self, units):
        raise aws.Lost(["serving"], {})

    monkeypatch.setattr(Rebuild, "rebuild", overtaken)
    assert ran().exit_code == CONFLICT


@pytest.fixture
def opened(tables, monkeypatch, tmp_path):
    """Write open data of 2025, of a ward that had 9 births online and 2 on paper."""
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext())
    published(OURS)
    for number in range(11):
        channel = "ONLINE" if number < 9 else "DIRECT"
        counted(begun(f"MC-{number}", submitted("2025-11-02 08:00", channel=channel)))

    def run(*given, unit=OURS, year="2025"):
        return CliRunner().invoke(measure.measure_app, ["open-data", unit, year, str(tmp_path / "open"), *given])

    return run


def test_open_data_are_written_without_small_groups(opened, tmp_path):
    done = opened("--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    rows = json.loads((tmp_path / "open" / "open-data-H01.10.24-2025.json").read_text())["rows"]
    assert (told["least"], told["rows"]) == (5, len(rows))
    assert min(each["dossiers"] for each in rows) >= 5
    assert {(each["channel"], each["dossiers"]) for each in rows if each["procedure"] == each["party"] == "*"} >= {
        ("*", 11)
    }
    assert {path.name for path in (tmp_path / "open").iterdir()} == set(told["files"])


def test_a_year_is_released_once_and_after_its_end(opened):
    assert opened(year=f"{utc_now().astimezone(ZONE):%Y}").exit_code == USAGE, "the year that runs in Viet Nam"
    assert opened().exit_code == 0
    assert opened().exit_code == CONFLICT


def test_an_agency_below_another_is_refused(opened, tmp_path):
    published(OURS, entry(OURS, parent="H01"), number=2)
    done = opened()
    assert done.exit_code == USAGE
    assert "unit: H01.10.24 counts for H01 in 2025-01" in done.stderr
    assert not (tmp_path / "open").exists()


def test_an_unknown_unit_and_a_policy_that_protects_nobody_are_refused(opened, tmp_path):
    assert opened(unit="H99").exit_code == NOT_FOUND
    rule = tmp_path / "policy.json"
    rule.write_text('{"id":"x","effective_from":"2026-01-01","status":"policy","note":"n","least":1,"persons":["*"]}')
    assert opened("--policy", str(rule)).exit_code == USAGE
    rule.write_text(rule.read_text().replace('"least":1', '"least":5'))
    done = opened("--policy", str(rule))
    assert (done.exit_code, "persons: CITIZEN, FOREIGNER, unsaid must be" in done.stderr) == (USAGE, True)
    assert opened("--policy", str(tmp_path / "none.json")).exit_code == NOT_FOUND


def test_where_organisations_are_no_persons_the_command_says_from_how_many_on_they_are_told(opened, tmp_path):
    told = {"id": "x", "effective_from": "2026-01-01", "status": "policy", "note": "n", "least": 5}
    rule = tmp_path / "policy.json"
    rule.write_text(json.dumps(told | {"persons": ["*", "CITIZEN", "FOREIGNER", "unsaid"]}))
    done = opened("--policy", str(rule))
    assert "each of 5 dossiers or more; those of organisations alone of 1 or more" in done.stdout
    rows = json.loads((tmp_path / "open" / "open-data-H01.10.24-2025.json").read_text())
    assert (rows["least"], rows["least_of_organisations"]) == (5, 1)


def test_without_its_library_the_command_says_what_to_install(opened, monkeypatch):
    monkeypatch.setitem(sys.modules, "infra.opendata.release", None)
    done = opened()
    assert done.exit_code == UNAVAILABLE
    assert "motcua[figures]" in done.stderr


@pytest.fixture
def exported(tables, monkeypatch, tmp_path):
    """Export 2025, of a ward that had a birth."""
    place = Place({"endpoint": "x", "bucket.ExportsBucket": SETTINGS["MOTCUA_EXPORTS_BUCKET"]})
    monkeypatch.setattr(measure, "stage", lambda _: contextlib.nullcontext(place))
    published(OURS)
    counted(begun("MC-1", submitted("2025-11-02 08:00")))

    def run(*given, year="2025"):
        return CliRunner().invoke(measure.measure_app, ["export", year, str(tmp_path / "figures"), *given])

    return run


def kept():
    found = aws.client("s3").list_objects_v2(Bucket=SETTINGS["MOTCUA_EXPORTS_BUCKET"], Prefix="figures/")
    return {each["Key"] for each in found.get("Contents", ())}


def test_figures_are_exported_and_uploaded(exported):
    stale = "figures/counts/year=2025/month=03/data_0.parquet"
    other = "figures/counts/year=2024/month=03/data_0.parquet"
    for key in (stale, other):
        aws.client("s3").put_object(Bucket=SETTINGS["MOTCUA_EXPORTS_BUCKET"], Key=key, Body=b"")
    done = exported("--upload", "--json")
    assert done.exit_code == 0, done.output
    files = {f"figures/{each}" for each in json.loads(done.stdout)["files"]}
    assert "figures/counts/year=2025/month=11/data_0.parquet" in files
    assert kept() == files | {other}


def test_figures_of_one_unit_stay_here(exported):
    assert exported("--unit", OURS).exit_code == 0
    assert kept() == set()
    assert exported("--unit", OURS, "--upload").exit_code == USAGE
    assert exported("--unit", "H99").exit_code == NOT_FOUND


def test_an_export_without_its_library_says_what_to_install(exported, monkeypatch):
    monkeypatch.setitem(sys.modules, "infra.warehouse.parquet", None)
    done = exported()
    assert done.exit_code == UNAVAILABLE
    assert "motcua[figures]" in done.stderr
