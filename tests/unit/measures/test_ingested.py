"""Figures of other systems on the real store: checked, kept once, told with their source, added to nothing."""

import itertools
import json
import math
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.contracts.stored import written
from chalicelib.kernel import aws
from chalicelib.kernel.access import INTEGRATION, Principal
from chalicelib.kernel.paging import merged_cursor
from chalicelib.kernel.problem import BodyInvalid, NotAllowed, NotFound
from chalicelib.law.measures import indicators
from chalicelib.measures import fence
from chalicelib.measures.boards.page import PAGE
from chalicelib.measures.boards.service import Making, Reading
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.boards.views import board_view
from chalicelib.measures.boards.wire import BoardSheet
from chalicelib.measures.figures import published
from chalicelib.measures.ingested.dialects import read_file, rows_of
from chalicelib.measures.ingested.dropping import Dropping, Head
from chalicelib.measures.ingested.model import Arrived, Given
from chalicelib.measures.ingested.service import Ingestion
from chalicelib.measures.ingested.store import DroppedFiles, ReportTable
from chalicelib.measures.refusals import VersionTaken
from chalicelib.measures.rows import TABLE
from chalicelib.measures.store import Table
from chalicelib.measures.wiring import rebuilds
from tests.support.provinces import CITY, OTHER, WARDS, moved, tree

NOW = datetime.fromisoformat("2026-11-27T08:00:00+07:00")
ONLINE = {
    "departmentId": WARDS[0],
    "timeType": "month",
    "year": 2026,
    "month": 10,
    "formula": "monitoring-2026",
    "indicator": "online_share",
    "numerator": 40,
    "denominator": 50,
}
ON_TIME = ONLINE | {"indicator": "on_time_share", "numerator": 30, "denominator": 40}
SYNC = {
    "MaHoSo": "H01.10.21-261005-0001",
    "MaTTHC": "1.001193",
    "MaDonVi": WARDS[0],
    "KenhThucHien": 2,
    "NgayTiepNhan": "20261005080000",
    "NgayHenTra": "20261010170000",
    "NgayKetThucXuLy": "20261009160000",
    "TrangThaiHoSo": 10,
    "MaKetQua": "KQ.1",
}
EMC = {
    "CodeProfile": "P1",
    "SiteId": WARDS[0],
    "CodeTTHC": "1.001193",
    "MaHoSo": "H01.10.21-261005-0001",
    "Status": 3,
    "FormsReception": 1,
}


@pytest.fixture
def taking(tables):
    """The use cases on the real store, in a province of three wards."""
    for each in tree().units.values():
        fence.keep(each)
    return Ingestion(ReportTable(), Table(), lambda: NOW)


def batch(*rows, version=1, agency=CITY, system="one-stop", dialect="portal_report", period=""):
    return Given(agency, system, dialect, version, period, rows_of(dialect, rows))


def shown(unit=WARDS[0], period="2026-10"):
    """What everybody reads of other systems: by source, indicator and its value."""
    found = published(Table(), unit, period, NOW).elsewhere
    return {
        (each.source, figure.indicator): (figure.numerator, figure.denominator, figure.quality)
        for each in found
        for figure in each.figures
    }


def refused(taking, *rows, **more):
    """The places and rules for which a batch is refused; nothing of it is kept."""
    before = tuple(aws.scanned(TABLE(), "pk <> :none", {":none": "none"}))
    with pytest.raises(BodyInvalid) as caught:
        taking.take(batch(*rows, **more), "api")
    assert tuple(aws.scanned(TABLE(), "pk <> :none", {":none": "none"})) == before
    return {(each.pointer, each.rule) for each in caught.value.fields}


PORTAL = f"{CITY}/one-stop/portal_report"


def test_a_figure_is_shown_beside_ours_with_its_source_and_added_to_none(taking):
    ours = published(Table(), WARDS[0], "2026-10", NOW)
    taking.take(batch(ONLINE, ON_TIME), "api")
    after = published(Table(), WARDS[0], "2026-10", NOW)
    assert (after.counts, after.figures) == (ours.counts, ours.figures), "our own figures are what they were"
    assert shown() == {
        (PORTAL, "online_share"): (40, 50, "ok"),
        (PORTAL, "on_time_share"): (30, 40, "ok"),
    }
    assert shown(CITY) == {}, "nobody adds it up for those above"
    assert shown(period="2026") == shown(period="2026-Q4") == {}, "nor for a longer period"
    assert published(Table(), WARDS[0], "2026-10", NOW, alone=True).elsewhere == ()


def test_two_sources_stand_beside_each_other(taking):
    taking.take(batch(ONLINE), "api")
    taking.take(batch(ONLINE | {"numerator": 41}, system="another"), "api")
    assert shown() == {
        (PORTAL, "online_share"): (40, 50, "ok"),
        (f"{CITY}/another/portal_report", "online_share"): (41, 50, "ok"),
    }


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"numerator": -1}, "/rows/0/numerator", "negative"),
        ({"denominator": -1}, "/rows/0/denominator", "negative"),
        ({"departmentId": "H99"}, "/rows/0/departmentId", "unknown_unit"),
        ({"departmentId": OTHER}, "/rows/0/departmentId", "unknown_unit"),
        ({"formula": "qd999"}, "/rows/0/formula", "unknown_formula"),
        ({"indicator": "happiness"}, "/rows/0/indicator", "unknown_indicator"),
        ({"formula": "qd766-portal-2026", "indicator": "3.3", "year": 2025}, "/rows/0/formula", "not_in_force"),
        ({"month": 12}, "/rows/0/year", "period_to_come"),
        ({"year": 2027}, "/rows/0/year", "period_to_come"),
        ({"quarter": 4}, "/rows/0/month", "period_form"),
        ({"month": None}, "/rows/0/month", "period_form"),
        ({"timeType": "quarter"}, "/rows/0/quarter", "period_form"),
        ({"timeType": "year"}, "/rows/0/year", "period_form"),
    ],
)
def test_what_is_no_figure_is_refused_by_row_field_and_rule(taking, change, place, rule):
    assert refused(taking, ONLINE | change, ON_TIME) == {(place, rule)}


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"month": 13}, "/rows/0/month", "invalid"),
        ({"timeType": "week"}, "/rows/0/timeType", "invalid"),
        ({"numerator": "40"}, "/rows/0/numerator", "invalid"),
        ({"HoTen": "Nguyễn Văn A"}, "/rows/0", "unknown_field"),
        ({"dataQualityStatus": "Nguyễn Văn A 0912345678"}, "/rows/0/dataQualityStatus", "invalid"),
        ({"dataQualityStatus": "ok\n"}, "/rows/0/dataQualityStatus", "invalid"),
        ({"dataQualityStatus": "a" * 31}, "/rows/0/dataQualityStatus", "invalid"),
    ],
)
def test_a_row_in_other_fields_is_refused_and_what_stood_there_is_not_repeated(change, place, rule):
    with pytest.raises(BodyInvalid) as caught:
        rows_of("portal_report", [ONLINE | change, {}])
    first, second = caught.value.fields
    assert (first.pointer, first.rule) == (place, rule)
    assert (second.pointer, second.rule) == ("/rows/1/departmentId", "missing")
    assert "Nguyễn" not in str([each.message_en for each in caught.value.fields])


def test_agencies_of_others_are_refused_by_the_tree_of_the_period(tables):
    for each in moved().units.values():
        fence.keep(each)
    taking = Ingestion(ReportTable(), Table(), lambda: NOW)
    there = {"departmentId": WARDS[1], "month": 3}
    assert refused(taking, ONLINE | there) == {("/rows/0/departmentId", "not_yours")}
    assert refused(taking, ONLINE, ONLINE | {"departmentId": OTHER}) == {("/rows/1/departmentId", "not_yours")}
    taking.take(batch(ONLINE | there, agency=OTHER), "api")
    taking.take(batch(ONLINE | {"departmentId": WARDS[1], "month": 2}), "api")
    assert refused(taking, ONLINE | {"departmentId": CITY}, agency=WARDS[0]) == {("/rows/0/departmentId", "not_yours")}


@pytest.mark.parametrize(
    ("change", "quality", "doubts"),
    [
        ({}, "ok", ()),
        ({"numerator": 51}, "impossible", ()),
        ({"numerator": 0, "denominator": 0}, "empty", ()),
        ({"numerator": 1, "denominator": 0}, "impossible", ()),
        ({"numerator": None}, "missing", ()),
        ({"denominator": None}, "missing", ()),
        ({"dataQualityStatus": "ok"}, "ok", ()),
        ({"dataQualityStatus": "estimated"}, "doubtful", ("source_doubts",)),
        ({"indicator": "processing_seconds", "numerator": 900}, "ok", ()),
        ({"indicator": "processing_seconds", "numerator": 1, "denominator": 0}, "impossible", ()),
    ],
)
def test_what_is_not_sound_is_kept_as_it_was_said_and_flagged(taking, change, quality, doubts):
    taking.take(batch(ONLINE | change), "api")
    (report,) = published(Table(), WARDS[0], "2026-10", NOW).elsewhere
    (figure,) = report.figures
    assert (figure.quality, figure.doubts, figure.row) == (quality, doubts, 0)
    assert figure.said == change.get("dataQualityStatus")
    assert figure.numerator == change.get("numerator", 40)


def test_more_on_time_than_received_is_doubted(taking):
    taking.take(batch(ONLINE, ON_TIME | {"numerator": 51, "denominator": 60}), "api")
    (report,) = published(Table(), WARDS[0], "2026-10", NOW).elsewhere
    assert [(each.indicator, each.quality, each.doubts) for each in report.figures] == [
        ("online_share", "ok", ()),
        ("on_time_share", "doubtful", ("on_time_over_received",)),
    ]


def test_overlapping_periods_agree_and_a_figure_is_given_once(taking):
    quarter = {key: value for key, value in ONLINE.items() if key != "month"} | {"timeType": "quarter", "quarter": 4}
    assert refused(taking, ONLINE, quarter | {"denominator": 49}) == {("/rows/0", "over_the_whole")}
    assert refused(taking, ONLINE, quarter | {"numerator": 39}) == {("/rows/0", "over_the_whole")}
    assert refused(taking, ONLINE, ONLINE | {"numerator": 1}) == {("/rows/1", "given_twice")}
    year = {key: value for key, value in quarter.items() if key != "quarter"} | {"timeType": "year", "denominator": 49}
    assert refused(taking, quarter, year) == {("/rows/0", "over_the_whole")}
    taking.take(batch(ONLINE, quarter), "api")


def test_a_component_is_known_by_its_name_and_by_the_portals_code_and_is_one(taking):
    named = ONLINE | {"formula": "qd766-portal-2026", "indicator": "1.1"}
    assert refused(taking, named, named | {"indicator": "PUBLISH_ON_TIME"}) == {("/rows/1", "given_twice")}


def test_a_correction_replaces_with_its_history_and_an_older_version_changes_nothing(taking):
    taking.take(batch(ONLINE, version=2), "api")
    taking.take(batch(ONLINE | {"numerator": 1}, version=1), "api")
    assert shown()[PORTAL, "online_share"][0] == 40
    taking.take(batch(ONLINE | {"numerator": 42}, version=3), "api")
    assert shown() == {(PORTAL, "online_share"): (42, 50, "ok")}
    desk = system(WARDS[0])
    told, _ = taking.versions(desk, WARDS[0], "2026-10")
    assert [(each.version, each.figures[0].numerator) for each in told] == [(1, 1), (2, 40), (3, 42)]
    with pytest.raises(NotAllowed):
        taking.versions(system(WARDS[1]), WARDS[0], "2026-10")
    with pytest.raises(NotFound):
        taking.versions(desk, "H99", "2026-10")


def test_versions_are_read_by_page(taking, monkeypatch):
    monkeypatch.setattr("chalicelib.measures.ingested.store.PAGE", 2)
    for version in range(1, 6):
        taking.take(batch(ONLINE | {"numerator": version}, version=version), "api")
    found, pages, after = [], 0, ""
    while after is not None:
        some, after = taking.versions(system(WARDS[0]), WARDS[0], "2026-10", after)
        assert len(some) <= 2
        found, pages = [*found, *(each.version for each in some)], pages + 1
    assert (found, pages) == ([1, 2, 3, 4, 5], 3)
    with pytest.raises(BodyInvalid):
        taking.versions(system(WARDS[0]), WARDS[0], "2026-10", "x")


def test_the_same_batch_again_is_known_and_a_version_says_one_thing(taking):
    first = taking.take(batch(ONLINE), "api")
    again = taking.take(batch(ONLINE), "api")
    assert (first.is_new, again.is_new, first.batch) == (True, False, again.batch)
    with pytest.raises(VersionTaken):
        taking.take(batch(ONLINE | {"numerator": 41}), "api")
    other = ONLINE | {"departmentId": WARDS[1]}
    assert taking.take(batch(other, ONLINE), "api").is_new, "what it says of the first ward is what came before"
    assert shown()[PORTAL, "online_share"] == (40, 50, "ok")
    with pytest.raises(VersionTaken):
        taking.take(batch(other | {"departmentId": CITY}, ONLINE | {"denominator": 51}), "api")
    assert shown(CITY) == {}, "nothing of such a batch is kept"


def test_an_eleventh_source_of_a_unit_and_period_is_refused(taking):
    for number in range(10):
        taking.take(batch(ONLINE, system=f"s{number}"), "api")
    assert refused(taking, ONLINE, system="another") == {("/rows", "too_many_sources")}
    taking.take(batch(ONLINE | {"numerator": 41}, system="s0", version=2), "api")
    taking.take(batch(ONLINE | {"month": 9}, system="another"), "api")
    assert len(shown()) == 10


QUARTER = {"timeType": "quarter", "quarter": 4, "month": None}


def whole(row=ONLINE, **changes):
    """A row of the quarter around it, or of the year."""
    return {name: each for name, each in (row | QUARTER | changes).items() if each is not None}


def test_a_whole_that_came_before_it_was_over_bounds_nothing(taking):
    early = Ingestion(ReportTable(), Table(), lambda: NOW - timedelta(days=30))
    early.take(batch(whole(numerator=39, denominator=60)), "api")
    taking.take(batch(ONLINE), "api")
    assert shown()[PORTAL, "online_share"] == (40, 50, "doubtful")
    (report,) = published(Table(), WARDS[0], "2026-10", NOW).elsewhere
    assert report.figures[0].doubts == ("over_the_whole",)


def test_a_whole_with_less_than_a_part_that_comes_before_it_is_over_is_doubted_itself(taking):
    taking.take(batch(ONLINE), "api")
    early = Ingestion(ReportTable(), Table(), lambda: NOW - timedelta(days=30))
    early.take(batch(whole(numerator=39, denominator=60)), "api")
    assert shown()[PORTAL, "online_share"] == (40, 50, "ok")
    assert shown(period="2026-Q4")[PORTAL, "online_share"] == (39, 60, "doubtful")
    (report,) = published(Table(), WARDS[0], "2026-Q4", NOW).elsewhere
    assert report.figures[0].doubts == ("over_the_whole",)


def test_what_there_is_at_a_time_does_not_add_up(taking):
    services = ONLINE | {"formula": "qd766-portal-2026", "indicator": "3.1"}
    taking.take(batch(whole(services, numerator=39, denominator=49)), "api")
    taking.take(batch(services), "api")
    assert shown()[PORTAL, "3.1"] == (40, 50, "ok")


LAST = ONLINE | {"year": 2025}
"""Of a quarter and a year that are over."""


def test_a_month_over_its_quarter_is_found_in_what_stands_whichever_came_first(taking):
    taking.take(batch(whole(LAST, numerator=39, denominator=60)), "api")
    assert refused(taking, LAST) == {("/rows/0", "over_the_whole")}, "40 of a quarter of 39"
    taking.take(batch(LAST | {"numerator": 39}), "api")
    assert refused(taking, whole(LAST, numerator=38, denominator=60), version=2) == {("/rows/0", "over_the_whole")}
    assert refused(taking, whole(LAST, timeType="year", quarter=None, numerator=90, denominator=59)) == {
        ("/rows/0", "over_the_whole")
    }
    taking.take(batch(LAST, whole(LAST, numerator=40, denominator=60), version=2), "api")
    assert shown(period="2025-10")[PORTAL, "online_share"] == (40, 50, "ok"), "together they are corrected in one batch"


def test_a_month_is_held_to_no_other_source_unit_year_and_old_version(taking):
    taking.take(batch(whole(numerator=1, denominator=1), system="another"), "api")
    taking.take(batch(whole(departmentId=WARDS[1], numerator=1, denominator=1)), "api")
    taking.take(batch(whole(year=2025, numerator=1, denominator=1)), "api")
    taking.take(batch(whole(indicator="reuse_share", numerator=1, denominator=1), version=2), "api")
    taking.take(batch(ONLINE, version=3), "api")
    taking.take(batch(ONLINE | {"numerator": 49}, version=1), "api")
    taking.take(batch(whole(numerator=45, denominator=50), version=4), "api")
    taking.take(batch(ONLINE | {"numerator": 48}, version=2), "api")
    assert shown()[PORTAL, "online_share"] == (40, 50, "ok"), "an older version that comes late is not shown"


def test_of_two_sources_that_come_at_one_moment_the_eleventh_is_refused(taking, monkeypatch):
    for number in range(9):
        taking.take(batch(ONLINE, system=f"s{number}"), "api")
    admit, once = ReportTable.admit, []

    def beside(self, first):
        if not once:
            once.append(1)
            taking.take(batch(ONLINE, system="faster"), "api")
        admit(self, first)

    monkeypatch.setattr(ReportTable, "admit", beside)
    with pytest.raises(BodyInvalid) as caught:
        taking.take(batch(ONLINE, system="slower"), "api")
    assert [each.rule for each in caught.value.fields] == ["too_many_sources"]
    assert len(shown()) == 10
    taking.take(batch(ONLINE | {"numerator": 41}, system="faster", version=2), "api")


def test_sources_of_before_they_were_kept_are_counted(taking):
    for number in range(10):
        taking.take(batch(ONLINE, system=f"s{number}"), "api")
    aws.alone(aws.delete(TABLE(), (f"SOURCES#{WARDS[0]}", "2026-10")))
    assert refused(taking, ONLINE, system="another") == {("/rows", "too_many_sources")}


def test_a_source_whose_batch_was_lost_after_it_was_admitted_comes_again(taking, monkeypatch):
    with monkeypatch.context() as lost:
        lost.setattr(ReportTable, "keep", lambda *_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            taking.take(batch(ONLINE), "api")
    assert shown() == {}
    assert taking.take(batch(ONLINE), "api").is_new
    assert ReportTable().sources(WARDS[0], "2026-10").names == (PORTAL,)


def test_too_many_places_are_refused(taking):
    rows = [
        ONLINE | {"departmentId": ward, "month": month, "year": year}
        for ward, year, month in itertools.product((*WARDS[:2], CITY), (2023, 2024), range(1, 8))
    ]
    assert refused(taking, *rows) == {("/rows", "too_many_places")}
    assert len(taking.take(batch(*rows[:40]), "api").reports) == 40


VERSIONS = [batch(ONLINE | {"numerator": n}, ON_TIME | {"departmentId": WARDS[n % 2]}, version=n) for n in (1, 2, 3, 4)]
ALL = [*VERSIONS, batch(ONLINE, system="another")]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.lists(st.sampled_from(range(len(ALL))), max_size=12))
def test_in_whatever_order_and_however_often_batches_come_the_end_is_the_same(taking, order):
    kept = {":p": "REPORT", ":i": "INGE", ":a": "ARRIVED", ":s": "SOURCES", ":l": "ARRIVALS"}
    for row in list(aws.scanned(TABLE(), " OR ".join(f"begins_with(pk, {each})" for each in kept), kept)):
        aws.alone(aws.delete(TABLE(), (row["pk"], row["sk"])))
    for each in order:
        taking.take(ALL[each], "drop")
    came = sorted(set(order))
    numerators = [ALL[each].rows[0].numerator for each in came if each < len(VERSIONS)]
    shown_now = shown()
    assert shown_now.get((PORTAL, "online_share"), (None,))[0] == (max(numerators) if numerators else None)
    assert ((f"{CITY}/another/portal_report", "online_share") in shown_now) == (len(VERSIONS) in came)
    kept = [each.version for each in ReportTable().versions(WARDS[0], "2026-10", "")[0] if each.system == "one-stop"]
    assert kept == [each + 1 for each in came if each < len(VERSIONS)]


def test_a_rebuild_keeps_them(taking):
    taking.take(batch(ONLINE), "api")
    before = shown()
    rebuilds().rebuild([])
    rebuilds().rebuild([])
    assert shown() == before != {}


def test_a_board_shows_them_in_a_section_of_their_own_and_in_no_figure(taking):
    boards = Making(BoardTable(), Table(), lambda: NOW, lambda: math.inf)
    boards.anew("2026-10")
    before = board_view(Reading(BoardTable(), lambda: NOW).board(WARDS[0], "2026-10"), "")
    taking.take(batch(ONLINE | {"numerator": 51}, ON_TIME), "api")
    Making(BoardTable(), Table(), lambda: NOW + timedelta(minutes=1), lambda: math.inf).anew("2026-10")
    after = board_view(Reading(BoardTable(), lambda: NOW).board(WARDS[0], "2026-10"), "")
    assert (after.measures.indicators, after.trend) == (before.measures.indicators, before.trend)
    assert after.scores.parent == before.scores.parent, "nor are they in the index"
    assert [each.source for each in after.measures.elsewhere] == [PORTAL]
    page = PAGE.answer(after, "en")
    assert "Figures of other systems" in page
    assert f"{CITY}/one-stop/portal_report, version 1" in page
    assert "Impossible: more than the whole" in page
    assert "Figures of other systems" not in PAGE.answer(before, "en")
    rows = [dict(zip(BoardSheet.COLUMNS, row, strict=True)) for row in BoardSheet().rows(after)]
    assert [(each["id"], each["source"]) for each in rows if each["kind"] == "reported"] == [
        ("online_share", PORTAL),
        ("on_time_share", PORTAL),
    ]


def test_parquet_has_them_in_a_table_of_their_own(taking, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    parquet = pytest.importorskip("infra.warehouse.parquet")
    taking.take(batch(ONLINE, ON_TIME | {"numerator": None}), "api")
    taking.take(batch(ONLINE | {"year": 2025}), "api")
    reports = Table().reported_in(WARDS, "2026")
    parquet.written(tmp_path, "2026", [], tree(), indicators(), reports)
    with duckdb.connect() as engine:
        files = f"{tmp_path}/reported/*/*.parquet"
        columns = "unit, period, system, indicator, numerator, denominator, quality"
        found = engine.execute(f"SELECT {columns} FROM '{files}' ORDER BY indicator").fetchall()
    assert found == [
        (WARDS[0], "2026-10", "one-stop", "on_time_share", None, 40, "missing"),
        (WARDS[0], "2026-10", "one-stop", "online_share", 40, 50, "ok"),
    ]
    assert not list(tmp_path.glob("counts/*/*/*.parquet")), "and in no counter"


# --- dossiers ---------------------------------------------------------------------------------------------------

DOSSIERS = f"{CITY}/one-stop/portal_sync"
LATE = SYNC | {"MaHoSo": "b", "NgayKetThucXuLy": "20261011000000", "KenhThucHien": 3, "MaKetQua": None}
TODAY = SYNC | {"MaHoSo": "c", "NgayKetThucXuLy": "20261010170000", "KenhThucHien": None}
RUNNING = {key: value for key, value in SYNC.items() if key not in {"NgayKetThucXuLy", "MaKetQua"}} | {"MaHoSo": "d"}
LAST_MONTH = SYNC | {"MaHoSo": "e", "NgayTiepNhan": "20260930235959"}


def test_dossiers_of_the_portals_fields_are_counted_in_vietnams_month(taking):
    rows = (SYNC, LATE, TODAY, RUNNING, LAST_MONTH)
    taking.take(batch(*rows, dialect="portal_sync", period="2026-10"), "api")
    assert shown() == {
        (DOSSIERS, "online_share"): (2, 4, "ok"),  # SYNC and RUNNING, of all but the one of September
        (DOSSIERS, "on_time_share"): (3, 4, "ok"),
        (DOSSIERS, "early_share"): (2, 4, "ok"),
        (DOSSIERS, "electronic_result_share"): (3, 4, "ok"),
    }


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"NgayTiepNhan": "2026-10-05"}, "/rows/0/NgayTiepNhan", "time"),
        ({"NgayTiepNhan": "2026105080000"}, "/rows/0/NgayTiepNhan", "time"),
        ({"NgayTiepNhan": "20261005 80000"}, "/rows/0/NgayTiepNhan", "time"),
        ({"NgayHenTra": "２０２６１０１０１７００００"}, "/rows/0/NgayHenTra", "time"),
        ({"NgayKetThucXuLy": "20261005075959"}, "/rows/0/NgayKetThucXuLy", "ends_before_reception"),
        ({"NgayKetThucXuLy": "20261127080001"}, "/rows/0/NgayKetThucXuLy", "period_to_come"),
        ({"NgayTiepNhan": "20260905080000", "NgayKetThucXuLy": None}, "/rows/0/NgayTiepNhan", "outside_period"),
        ({"MaDonVi": "H99"}, "/rows/0/MaDonVi", "unknown_unit"),
    ],
)
def test_a_dossier_that_cannot_be_is_refused(taking, change, place, rule):
    assert refused(taking, SYNC | change, dialect="portal_sync", period="2026-10") == {(place, rule)}


def test_what_was_never_accepted_makes_nothing_more_or_less_on_time(taking):
    never = [SYNC | {"MaHoSo": f"n{n}", "TrangThaiHoSo": 3, "MaKetQua": None} for n in range(9)]
    stopped = LATE | {"MaHoSo": "s", "TrangThaiHoSo": 8}
    taking.take(batch(SYNC, LATE, stopped, *never, dialect="portal_sync", period="2026-10"), "api")
    assert shown() == {
        (DOSSIERS, "online_share"): (10, 12, "ok"),
        (DOSSIERS, "on_time_share"): (1, 3, "ok"),
        (DOSSIERS, "early_share"): (1, 3, "ok"),
        (DOSSIERS, "electronic_result_share"): (1, 2, "ok"),
    }


@pytest.mark.parametrize("state", [1, 2, 4, 5, 6, 7])
def test_an_end_in_a_state_that_goes_on_is_refused(taking, state):
    row = SYNC | {"TrangThaiHoSo": state}
    place = {("/rows/0/TrangThaiHoSo", "ends_while_open")}
    assert refused(taking, row, dialect="portal_sync", period="2026-10") == place


@pytest.mark.parametrize("period", ["", "2026-13", "2026-12"])
def test_dossiers_want_a_period_that_has_begun(taking, period):
    assert refused(taking, SYNC, dialect="portal_sync", period=period) == {("/period", "period")}


def test_a_dossier_twice_in_a_batch_is_refused(taking):
    assert refused(taking, SYNC, SYNC, dialect="portal_sync", period="2026-10") == {("/rows/1/MaHoSo", "given_twice")}


def test_a_dossier_that_ended_as_it_was_received_is_doubted(taking):
    row = SYNC | {"NgayKetThucXuLy": SYNC["NgayTiepNhan"]}
    taking.take(batch(row, dialect="portal_sync", period="2026-10"), "api")
    (report,) = published(Table(), WARDS[0], "2026-10", NOW).elsewhere
    assert {each.indicator: each.doubts for each in report.figures if each.doubts} == {
        "on_time_share": ("ended_as_received",),
        "early_share": ("ended_as_received",),
    }


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({}, (1, 2, "ok")),
        ({"IsDVCBC": 1}, (1, 2, "doubtful")),
        ({"Status": 0}, (0, 1, "ok")),
    ],
)
def test_what_emc_is_told_makes_the_share_that_came_online(taking, more, value):
    rows = (EMC | more, EMC | {"MaHoSo": "b", "FormsReception": 2, "IsDVCBC": 1})
    taking.take(batch(*rows, dialect="emc", period="2026-10"), "api")
    assert shown() == {(f"{CITY}/one-stop/emc", "online_share"): value}


# --- down to the row --------------------------------------------------------------------------------------------


def system(agency):
    return Principal(subject="s", kind="SERVICE", name="S", level=0, agency=agency, roles=frozenset({INTEGRATION}))


def test_a_figure_opens_down_to_its_rows_for_those_who_may(taking):
    rows = [SYNC | {"MaHoSo": str(number), "MaDonVi": WARDS[number % 2]} for number in range(1_100)]
    found = taking.take(batch(*rows, dialect="portal_sync", period="2026-10"), "api").batch
    whole = taking.rows(system(CITY), found.id, "", (0, 2_000))
    assert [each.row.code for each in whole.rows] == [each["MaHoSo"] for each in rows]
    first = taking.rows(system(WARDS[0]), found.id, WARDS[0], (500, 40))
    assert ([each.number for each in first.rows][:2], len(first.rows), first.next) == ([1000, 1002], 40, 540)
    other = taking.rows(system(WARDS[0]), found.id, "", (0, 10))
    assert ({each.row.unit for each in other.rows}, other.withheld) == ({WARDS[0]}, 5)
    for who, name in ((system("H02"), found.id), (system(CITY), "0" * 16)):
        with pytest.raises(NotFound):
            taking.rows(who, name, "", (0, 10))


def test_a_file_of_the_longest_names_is_kept_in_items_that_fit(drops, taking):
    long = [EMC | {"MaHoSo": f"{n:060}", "CodeProfile": "\\" * 60, "NameTTHC": "ữ" * 460} for n in range(500)]
    folder = f"figures/{CITY}/one-stop/emc/1/2026-10"
    told = dropped(drops, "a.json", json.dumps({"rows": long}, ensure_ascii=False), folder)
    assert told.verdict == "taken", told.faults
    bodies = [row["body"] for row in aws.query(TABLE(), f"INGESTED#{told.batch}", "ROWS#")]
    print(f"{len(bodies)} items, the largest {max(len(each.encode()) for each in bodies):,} bytes")
    assert len(bodies) > 1
    assert max(len(each.encode()) for each in bodies) <= 300_000
    found = taking.rows(system(CITY), told.batch, "", (0, 2_000))
    assert [each.row.code for each in found.rows] == [each["MaHoSo"] for each in long]


def test_a_text_has_no_control_characters_that_grow_sixfold_where_they_are_kept():
    for field in ("NameTTHC", "CodeProfile", "MaHoSo"):
        with pytest.raises(BodyInvalid) as caught:
            rows_of("emc", [EMC | {field: "a\x01"}])
        assert [(each.pointer, each.rule) for each in caught.value.fields] == [(f"/rows/0/{field}", "invalid")]


# --- files ------------------------------------------------------------------------------------------------------


class Dropped:
    """A bucket of ours in which files of a folder stand."""

    def __init__(self):
        self.bucket = DroppedFiles()

    def put(self, key, data):
        from chalicelib.measures.ingested.store import INTAKE_BUCKET

        return aws.client("s3").put_object(Bucket=INTAKE_BUCKET(), Key=key, Body=data)["VersionId"]


@pytest.fixture
def drops(taking):
    """The use cases of files, on the real stores."""
    return Dropping(taking, DroppedFiles())


def dropped(drops, name, data, folder=f"figures/{CITY}/one-stop/portal_report/1/all"):
    key = f"{folder}/{name}"
    version = Dropped().put(key, data if isinstance(data, bytes) else data.encode())
    told = drops.take_in(key, version)
    assert drops.take_in(key, version) == told, "delivered twice, it is judged once"
    return told


def table(*rows):
    names = list(rows[0])
    lines = [",".join(names), *(",".join("" if row[n] is None else str(row[n]) for n in names) for row in rows)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def test_a_file_of_either_kind_is_the_same_batch_as_over_http(drops, taking):
    told = dropped(drops, "october.csv", table(ONLINE, ON_TIME))
    assert (told.verdict, told.file) == ("taken", "one-stop/portal_report/1/all/october.csv")
    assert shown()[PORTAL, "online_share"] == (40, 50, "ok")
    again = dropped(drops, "october.json", json.dumps({"rows": [ONLINE, ON_TIME]}))
    assert (again.verdict, again.batch) == ("duplicate", told.batch)
    assert not taking.take(batch(ONLINE, ON_TIME), "api").is_new
    found, _ = taking.arrived(system(CITY))
    assert sorted((each.way, each.verdict) for each in found) == [
        ("api", "taken"),
        ("drop", "duplicate"),
        ("drop", "taken"),
    ]
    assert taking.arrived(system(WARDS[0])) == ([], None)


def test_what_came_is_read_by_page_the_newest_first_and_what_has_no_place_last(taking, monkeypatch):
    for number in range(5):
        now = NOW + timedelta(minutes=number)
        told = replace(taking, clock=lambda now=now: now)
        told.take(batch(ONLINE | {"numerator": number + 1}, version=number + 1), "api")
    former = Arrived(id="0" * 16, agency=CITY, way="api", at="2026-01-01T00:00:00.000+00:00", verdict="taken")
    row = {"pk": f"ARRIVED#{CITY}", "sk": former.id, **written(former)}
    del row["listed"]
    aws.alone(aws.put_new(TABLE(), row))
    for size in (1, 2, 3, 5, 6, 50):
        monkeypatch.setattr("chalicelib.measures.ingested.store.PAGE", size)
        found, after = [], ""
        while after is not None:
            some, after = taking.arrived(system(CITY), after)
            assert len(some) <= size
            found += some
        times = [each.at for each in found[:-1]]
        assert (len(found), times, found[-1]) == (6, sorted(times, reverse=True), former), size
    with pytest.raises(BodyInvalid):
        taking.arrived(system(CITY), "x")
    with pytest.raises(NotFound):
        taking.arrived(system(WARDS[0]), merged_cursor({"": {"pk": f"ARRIVALS#{CITY}", "sk": "9"}}))


def test_what_several_agencies_sent_is_one_list_by_time(taking, monkeypatch):
    for number in range(6):
        told = replace(taking, clock=lambda number=number: NOW + timedelta(minutes=number))
        agency = WARDS[number % 2]
        row = ONLINE | {"departmentId": agency, "numerator": number + 1}
        told.take(batch(row, version=number + 1, agency=agency), "api")
    both = SimpleNamespace(agencies=frozenset(WARDS[:2]))
    for size in (1, 2, 3, 4, 5, 6, 50):
        monkeypatch.setattr("chalicelib.measures.ingested.store.PAGE", size)
        found, after = [], ""
        while after is not None:
            some, after = taking.arrived(both, after)
            assert len(some) <= size
            found += some
        assert [each.agency for each in found] == [WARDS[1], WARDS[0]] * 3, size
        assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)


def test_a_folder_says_the_period_of_dossiers(drops):
    told = dropped(drops, "a.csv", table(SYNC), f"figures/{CITY}/one-stop/portal_sync/7/2026-10")
    assert told.verdict == "taken", told.faults
    assert shown()[DOSSIERS, "on_time_share"] == (1, 1, "ok")


POISON = {
    "a.csv": [b"\xff\xfe\x00", b"", b"a,a\n1,2\n", b'a,b\n"1', b"departmentId\nx,y\n", table({"x": 1}).encode()],
    "a.json": [
        b"{",
        b"[" * 200_000,
        b'{"rows": 1}',
        b'{"rows": []}',
        b'{"rows": [{"a": {}}]}',
        b'{"rows": [], "x": 1}',
    ],
    "a.xlsx": [b"PK"],
    "big.csv": [b"x" * ((1 << 20) + 1)],
}


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, some in POISON.items() for data in some])
def test_a_file_that_is_none_has_its_verdict_and_holds_back_nobody(drops, name, data):
    told = dropped(drops, name, data)
    assert (told.verdict, told.batch) == ("refused", "")
    assert told.faults
    assert dropped(drops, "good.csv", table(ONLINE)).verdict == "taken"


@pytest.mark.parametrize("digits", [20, 5_000])
@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_number_that_no_count_has_is_a_fault_of_its_row(drops, digits, form):
    rows = table(ONLINE | {"numerator": "9" * digits})
    if form == "json":
        rows = json.dumps({"rows": [ONLINE]}).replace('"numerator": 40', f'"numerator": {"9" * digits}')
    told = dropped(drops, f"a.{form}", rows)
    assert (told.verdict, bool(told.faults)) == ("refused", True)
    if form == "csv":
        assert [(each.pointer, each.rule) for each in told.faults] == [("/rows/0/numerator", "invalid")]


@pytest.mark.parametrize(
    "folder",
    [
        f"figures/{CITY}",
        f"figures/{CITY}/one-stop/portal_report/1",
        f"figures/{CITY}/One Stop/portal_report/1/all",
        f"figures/{CITY}/one-stop/other/1/all",
        f"figures/{CITY}/one-stop/portal_report/0/all",
        f"figures/{CITY}/one-stop/portal_report/x/all",
        f"figures/{CITY}/one-stop/portal_report/1/all/more",
    ],
)
def test_a_file_in_another_folder_is_refused_with_the_folder_that_it_should_be_in(drops, folder):
    told = dropped(drops, "a.csv", table(ONLINE), folder)
    assert [(each.rule, told.verdict) for each in told.faults] == [("folder", "refused")]


def test_what_stands_in_no_agencys_folder_is_left(drops):
    for key in ("figures/a.csv", "figures//a.csv", "drops/H01/a.csv"):
        assert drops.take_in(key, Dropped().put(key, b"x")) is None


def test_an_agency_drops_figures_of_its_own_tree_alone(drops):
    told = dropped(drops, "a.csv", table(ONLINE | {"departmentId": CITY}), f"figures/{WARDS[0]}/x/portal_report/1/all")
    assert [each.rule for each in told.faults] == ["not_yours"]


def test_a_version_that_says_another_thing_is_told_with_its_place(drops):
    dropped(drops, "a.csv", table(ONLINE))
    told = dropped(drops, "b.csv", table(ONLINE | {"numerator": 41}))
    assert [each.rule for each in told.faults] == ["version_taken"]
    assert WARDS[0] in told.faults[0].en


def test_a_file_that_is_gone_is_told(drops):
    told = drops.take_in(f"figures/{CITY}/one-stop/portal_report/1/all/a.csv", "1" * 32)
    assert [each.rule for each in told.faults] == ["gone"]


class Dying(ReportTable):
    """A store whose caller dies right after it kept something."""

    def keep(self, *given):
        super().keep(*given)
        raise ConnectionError


def test_a_file_whose_taker_died_is_taken_and_no_duplicate(taking):
    key = f"figures/{CITY}/one-stop/portal_report/1/all/a.csv"
    version = Dropped().put(key, table(ONLINE).encode())
    with pytest.raises(ConnectionError):
        Dropping(replace(taking, reports=Dying()), DroppedFiles()).take_in(key, version)
    told = Dropping(taking, DroppedFiles()).take_in(key, version)
    assert (told.verdict, bool(told.batch)) == ("taken", True)
    found, _ = taking.arrived(system(CITY))
    assert [(each.way, each.verdict) for each in found] == [("drop", "taken")]


def test_a_batch_whose_taker_died_has_its_verdict(taking):
    with pytest.raises(ConnectionError):
        replace(taking, reports=Dying()).take(batch(ONLINE), "api")
    assert [each.verdict for each in taking.arrived(system(CITY))[0]] == ["taken"]


def test_a_form_is_for_one_file_of_the_askers_agency(drops):
    head = Head(WARDS[1], "one-stop", "portal_report", 3, "")
    post, key = drops.admit(system(CITY), head, "october.csv")
    assert key == post.key == f"figures/{CITY}/one-stop/portal_report/3/all/october.csv"
    for name in ("../a.csv", "a.exe", "a/b.csv", ""):
        with pytest.raises(BodyInvalid):
            drops.admit(system(CITY), head, name)


def test_a_table_says_whole_numbers_and_leaves_out_what_is_empty():
    (row,) = read_file("A.CSV", table(ONLINE | {"numerator": None}).encode())
    assert row == {key: value for key, value in ONLINE.items() if key != "numerator"}


RATED = ONLINE | {"indicator": "satisfaction_share", "numerator": 4, "denominator": 5}
HIDDEN = (None, None, "withheld")


@pytest.mark.parametrize(
    ("change", "period", "value"),
    [
        ({}, "2026-10", (4, 5, "ok")),
        ({"numerator": 0, "denominator": 1}, "2026-10", HIDDEN),
        ({"numerator": 0, "denominator": 0}, "2026-10", HIDDEN),
        ({"numerator": 5, "denominator": 4}, "2026-10", HIDDEN),
        ({"month": 11}, "2026-11", HIDDEN),
        ({"timeType": "quarter", "quarter": 3, "month": None}, "2026-Q3", HIDDEN),
        ({"timeType": "year", "month": None}, "2026", HIDDEN),
        ({"formula": "qd766-portal-2026", "indicator": "5.4", "numerator": 3, "denominator": 4}, "2026-10", HIDDEN),
        ({"formula": "qd766-xlsx-2026", "indicator": "5.3", "numerator": 3, "denominator": 4}, "2026-10", HIDDEN),
        (
            {"formula": "qd766-portal-2026", "indicator": "5.2", "numerator": 3, "denominator": 4},
            "2026-10",
            (3, 4, "ok"),
        ),
    ],
)
def test_what_few_people_said_another_system_does_not_tell_either(taking, change, period, value):
    row = RATED | {"dataQualityStatus": "estimated"} | change
    taking.take(batch({name: said for name, said in row.items() if said is not None}), "api")
    (report,) = published(Table(), WARDS[0], period, NOW).elsewhere
    told = next(each for each in report.figures if each.indicator == change.get("indicator", "satisfaction_share"))
    quality = "doubtful" if value[2] == "ok" else value[2]
    assert (told.numerator, told.denominator, told.quality) == (*value[:2], quality)
    assert (told.said, told.row) == ((None, None) if value == HIDDEN else ("estimated", 0))


def test_a_board_that_was_made_before_is_held_to_it(taking, monkeypatch):
    taking.take(batch(RATED | {"numerator": 0, "denominator": 1}), "api")
    with monkeypatch.context() as before:
        before.setattr("chalicelib.measures.figures.for_everybody", lambda report, _: report)
        Making(BoardTable(), Table(), lambda: NOW, lambda: math.inf).anew("2026-10")
    body = board_view(Reading(BoardTable(), lambda: NOW).board(WARDS[0], "2026-10"), "")
    (told,) = body.measures.elsewhere[0].indicators
    assert (told.numerator, told.denominator, told.ratio, told.dataQualityStatus) == (None, None, None, "withheld")
    assert "too few dossiers or ratings" in PAGE.answer(body, "en")
