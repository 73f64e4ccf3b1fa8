"""From rows to figures by hand: at each border of a time, a state and a period, and what is doubted."""

from datetime import datetime

import pytest

from chalicelib.kernel.clock import ZONE
from chalicelib.law.measures import indicators
from chalicelib.measures.ingested.counted import _holds, figures_of
from chalicelib.measures.ingested.dialects import rows_of
from chalicelib.measures.ingested.model import Given
from chalicelib.measures.periods import period_of

NOW = datetime(2026, 11, 27, 8, tzinfo=ZONE)
UNIT, PERIOD = "H01", "2026-10"
SYNC = {
    "MaHoSo": "a",
    "MaTTHC": "1.001193",
    "MaDonVi": UNIT,
    "KenhThucHien": 2,
    "NgayTiepNhan": "20261005080000",
    "NgayHenTra": "20261010170000",
    "NgayKetThucXuLy": "20261009160000",
    "TrangThaiHoSo": 10,
    "MaKetQua": "KQ.1",
}
EMC = {"SiteId": UNIT, "CodeTTHC": "1.001193", "MaHoSo": "a", "Status": 1, "FormsReception": 1}
REPORT = {
    "departmentId": UNIT,
    "timeType": "month",
    "year": 2026,
    "month": 10,
    "formula": indicators().id,
    "indicator": "online_share",
    "numerator": 40,
    "denominator": 50,
}


def taken(dialect, *rows, period=PERIOD, now=NOW):
    """The figures of rows by unit, period and name, and the faults."""
    period = "" if dialect == "portal_report" else period
    whole = [{name: value for name, value in row.items() if value is not None} for row in rows]
    found, faults = figures_of(Given("H01", "s", dialect, 1, period, rows_of(dialect, whole)), now)
    told = {
        (*at, each.indicator): (each.numerator, each.denominator, each.quality, each.doubts)
        for at, some in found.items()
        for each in some
    }
    return told, [(each.pointer, each.rule) for each in faults]


def dossiers(*changes, **more):
    """The four shares of dossiers, as numerator and denominator."""
    found, faults = taken("portal_sync", *(SYNC | {"MaHoSo": str(n)} | each for n, each in enumerate(changes)), **more)
    assert faults == []
    names = ("online_share", "on_time_share", "early_share", "electronic_result_share")
    period = more.get("period", PERIOD)
    return tuple(found[UNIT, period, name][:2] for name in names)


# --- dossiers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ended", "on_time", "early"),
    [
        ("20261009235959", 1, 1),
        ("20261010000000", 1, 0),
        ("20261010170000", 1, 0),
        ("20261010170001", 0, 0),
        ("20261011000000", 0, 0),
    ],
)
def test_an_end_is_early_on_a_day_before_and_late_a_second_after(ended, on_time, early):
    assert dossiers({"NgayKetThucXuLy": ended})[1:3] == ((on_time, 1), (early, 1))


def test_what_has_no_appointment_is_neither_on_time_nor_late():
    assert dossiers({"NgayHenTra": None}) == ((1, 1), (0, 0), (0, 0), (1, 1))


def test_an_appointment_may_be_to_come_and_no_other_time_may():
    assert dossiers({"NgayHenTra": "20991231235959"})[2] == (1, 1)
    now = datetime(2026, 10, 9, 16, tzinfo=ZONE)
    assert dossiers({}, now=now)[3] == (1, 1), "at this moment it is over"
    a_second_before = datetime(2026, 10, 9, 15, 59, 59, tzinfo=ZONE)
    assert taken("portal_sync", SYNC, now=a_second_before)[1] == [("/rows/0/NgayKetThucXuLy", "period_to_come")]
    received = SYNC | {"NgayTiepNhan": "20261127080001", "NgayKetThucXuLy": None}
    assert taken("portal_sync", received, period="2026-11")[1] == [("/rows/0/NgayTiepNhan", "period_to_come")]


@pytest.mark.parametrize(
    ("state", "figures"),
    [
        (3, ((1, 1), (0, 0), (0, 0), (0, 0))),
        (8, ((1, 1), (1, 1), (1, 1), (0, 0))),
        (9, ((1, 1), (1, 1), (1, 1), (1, 1))),
        (10, ((1, 1), (1, 1), (1, 1), (1, 1))),
    ],
)
def test_what_ended_counts_as_its_state_says(state, figures):
    assert dossiers({"TrangThaiHoSo": state}) == figures


@pytest.mark.parametrize("state", range(1, 11))
def test_what_has_not_ended_is_received_alone(state):
    assert dossiers({"TrangThaiHoSo": state, "NgayKetThucXuLy": None}) == ((1, 1), (0, 0), (0, 0), (0, 0))


@pytest.mark.parametrize(("channel", "online"), [(1, 0), (2, 1), (3, 0), (None, 0)])
def test_online_is_one_channel_of_three(channel, online):
    assert dossiers({"KenhThucHien": channel})[0] == (online, 1)


def test_a_result_without_a_code_is_not_electronic():
    assert dossiers({}, {"MaKetQua": None})[3] == (1, 2)


@pytest.mark.parametrize(
    ("received", "ended", "figures"),
    [
        ("20260930235959", "20261001000000", ((0, 0), (1, 1), (1, 1), (1, 1))),
        ("20261001000000", "20261031235959", ((1, 1), (0, 1), (0, 1), (1, 1))),
        ("20261031235959", "20261101000000", ((1, 1), (0, 0), (0, 0), (0, 0))),
    ],
)
def test_it_came_and_it_ended_each_in_its_own_month_of_vietnam(received, ended, figures):
    assert dossiers({"NgayTiepNhan": received, "NgayKetThucXuLy": ended}) == figures


@pytest.mark.parametrize(("period", "online"), [("2026-Q4", (1, 1)), ("2026", (1, 1))])
def test_a_longer_period_has_what_is_in_its_months(period, online):
    assert dossiers({}, period=period)[0] == online


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"NgayTiepNhan": "20260930235959", "NgayKetThucXuLy": "20261101000000"}, "NgayTiepNhan", "outside_period"),
        ({"NgayTiepNhan": "20261009160001"}, "NgayKetThucXuLy", "ends_before_reception"),
        ({"NgayTiepNhan": "20261305080000"}, "NgayTiepNhan", "time"),
        ({"NgayHenTra": "20261010"}, "NgayHenTra", "time"),
        ({"NgayKetThucXuLy": "2026100916000O"}, "NgayKetThucXuLy", "time"),
    ],
)
def test_a_dossier_that_cannot_be_counts_nothing(change, place, rule):
    found, faults = taken("portal_sync", SYNC | change, SYNC | {"MaHoSo": "b"})
    assert faults == [(f"/rows/0/{place}", rule)]
    assert found[UNIT, PERIOD, "online_share"][:2] == (1, 1)


def test_a_dossier_that_ended_at_once_is_doubted_where_its_end_counts_alone():
    at_once = {"NgayKetThucXuLy": SYNC["NgayTiepNhan"]}
    found, _ = taken("portal_sync", SYNC | at_once)
    assert {key[2] for key, told in found.items() if told[2:] == ("doubtful", ("ended_as_received",))} == {
        "on_time_share",
        "early_share",
    }
    for other in ({"TrangThaiHoSo": 3}, {"NgayKetThucXuLy": "20261005080001"}):
        found, _ = taken("portal_sync", SYNC | at_once | other)
        assert not any(told[3] for told in found.values())


def test_what_is_doubted_for_two_reasons_says_both():
    """One came in the month and ended at once, two of the month before ended in time."""
    former = [SYNC | {"MaHoSo": name, "NgayTiepNhan": "20260930080000"} for name in "bc"]
    found, _ = taken("portal_sync", SYNC | {"NgayKetThucXuLy": SYNC["NgayTiepNhan"]}, *former)
    assert found[UNIT, PERIOD, "on_time_share"] == (
        *(3, 3, "doubtful"),
        ("ended_as_received", "on_time_over_received"),
    )
    assert found[UNIT, PERIOD, "early_share"][3] == ("ended_as_received",)


def test_each_unit_has_its_own_and_a_dossier_is_in_a_batch_once():
    rows = (SYNC, SYNC | {"MaHoSo": "b", "MaDonVi": "H02", "KenhThucHien": 1}, SYNC | {"MaDonVi": "H02"})
    found, faults = taken("portal_sync", *rows)
    assert faults == [("/rows/2/MaHoSo", "given_twice")]
    assert (found["H01", PERIOD, "online_share"][:2], found["H02", PERIOD, "online_share"][:2]) == ((1, 1), (0, 1))


@pytest.mark.parametrize(
    ("change", "figure"),
    [
        ({}, (1, 1, "ok", ())),
        ({"Status": 4}, (1, 1, "ok", ())),
        ({"Status": 0}, (0, 0, "empty", ())),
        ({"FormsReception": 2}, (0, 1, "ok", ())),
        ({"FormsReception": 2, "IsDVCBC": 1}, (0, 1, "ok", ())),
        ({"IsDVCBC": 2}, (1, 1, "doubtful", ("post_as_online",))),
        ({"IsDVCBC": 2, "Status": 0}, (0, 0, "empty", ())),
    ],
)
def test_what_emc_is_told_is_one_share(change, figure):
    assert taken("emc", EMC | change) == ({(UNIT, PERIOD, "online_share"): figure}, [])


# --- the portal's reports ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"quarter": 4}, "month"),
        ({"month": None}, "month"),
        ({"month": None, "quarter": 4}, "month"),
        ({"timeType": "quarter"}, "quarter"),
        ({"timeType": "quarter", "month": None}, "quarter"),
        ({"timeType": "quarter", "quarter": 4}, "quarter"),
        ({"timeType": "year"}, "year"),
        ({"timeType": "year", "month": None, "quarter": 4}, "year"),
    ],
)
def test_a_period_has_the_parts_of_its_kind_and_no_others(change, place):
    assert taken("portal_report", REPORT | change) == ({}, [(f"/rows/0/{place}", "period_form")])


@pytest.mark.parametrize(
    ("change", "period"),
    [
        ({"month": 9}, "2026-09"),
        ({"timeType": "quarter", "month": None, "quarter": 4}, "2026-Q4"),
        ({"timeType": "year", "month": None}, "2026"),
    ],
)
def test_a_figure_is_of_the_period_that_its_row_says(change, period):
    assert taken("portal_report", REPORT | change) == ({(UNIT, period, "online_share"): (40, 50, "ok", ())}, [])


def test_a_row_with_a_fault_makes_no_figure_and_all_its_faults_are_named():
    wrong = REPORT | {"numerator": -1, "denominator": -1, "indicator": "x", "month": 12}
    found, faults = taken("portal_report", wrong, REPORT | {"numerator": 0, "denominator": 0})
    assert sorted(faults) == [
        ("/rows/0/denominator", "negative"),
        ("/rows/0/indicator", "unknown_indicator"),
        ("/rows/0/numerator", "negative"),
        ("/rows/0/year", "period_to_come"),
    ]
    assert found == {(UNIT, PERIOD, "online_share"): (0, 0, "empty", ())}


@pytest.mark.parametrize(
    ("said", "numbers", "quality", "doubts"),
    [
        ("ok", (40, 50), "ok", ()),
        ("doubtful", (40, 50), "doubtful", ("source_doubts",)),
        ("empty", (0, 0), "empty", ()),
        ("ok", (0, 0), "empty", ()),
        ("ok", (51, 50), "impossible", ()),
        ("estimated", (51, 50), "impossible", ()),
        ("estimated", (None, 50), "missing", ()),
    ],
)
def test_a_source_that_doubts_what_is_sound_makes_it_doubtful(said, numbers, quality, doubts):
    row = REPORT | {"dataQualityStatus": said, "numerator": numbers[0], "denominator": numbers[1]}
    assert taken("portal_report", row)[0][UNIT, PERIOD, "online_share"][2:] == (quality, doubts)


@pytest.mark.parametrize(
    ("in_time", "received", "doubts"),
    [
        (50, 50, ()),
        (51, 50, ("on_time_over_received",)),
        (1, 0, ("on_time_over_received",)),
        (0, 0, ()),
        (None, 50, ()),
        (51, None, ()),
    ],
)
def test_more_in_time_than_came_is_doubted(in_time, received, doubts):
    came = REPORT | {"numerator": None, "denominator": received}
    rows = (came, REPORT | {"indicator": "on_time_share", "numerator": in_time, "denominator": 60})
    found, _ = taken("portal_report", *rows)
    assert found[UNIT, PERIOD, "on_time_share"][3] == doubts
    assert found[UNIT, PERIOD, "online_share"][3] == ()
    early = (came, REPORT | {"indicator": "early_share", "numerator": in_time, "denominator": 60})
    assert taken("portal_report", *early)[0][UNIT, PERIOD, "early_share"][3] == ()


@pytest.mark.parametrize(
    ("period", "first", "last", "holds"),
    [
        ("2026-10", "2026-10-01", None, True),
        ("2026-10", "2026-10-02", None, False),
        ("2026-Q3", "2026-07-01", None, True),
        ("2026", "2026-07-01", None, False),
        ("2026-10", "2026-01-01", "2026-10-31", True),
        ("2026-10", "2026-01-01", "2026-10-28", True),
        ("2026-10", "2026-01-01", "2026-10-27", False),
        ("2026-Q3", "2026-01-01", "2026-08-31", False),
    ],
)
def test_a_set_holds_for_a_period_that_lies_in_its_time(period, first, last, holds):
    assert _holds(first, last, period_of(period, NOW)) is holds


def test_no_set_holds_before_its_first_day():
    index = REPORT | {"formula": "qd766-portal-2026", "indicator": "3.3"}
    assert taken("portal_report", index | {"month": 1})[1] == []
    assert taken("portal_report", index | {"month": 12, "year": 2025})[1] == [("/rows/0/formula", "not_in_force")]
    assert taken("portal_report", REPORT | {"month": 12, "year": 2025})[1] == [], "ours has no such day"
