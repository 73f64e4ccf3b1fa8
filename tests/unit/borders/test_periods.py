"""Borders of months, quarters and years: those of Viet Nam, over the turn of a year, and none that has not begun."""

from datetime import UTC, datetime

import pytest

from chalicelib.kernel.problem import BodyInvalid
from chalicelib.measures.boards.model import made_daily, made_weekly, of_the_day, older, trend_of
from chalicelib.measures.model import day_of, month_of
from chalicelib.measures.periods import before, period_of

EVE = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)
"""The last second of the year in Viet Nam."""
NEW = datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)


def texts(periods):
    return [each.text for each in periods]


@pytest.mark.parametrize("text", ["2027", "2027-Q1", "2027-01"])
def test_a_period_begins_at_midnight_of_viet_nam(text):
    assert period_of(text, NEW).text == text
    with pytest.raises(BodyInvalid):
        period_of(text, EVE)


@pytest.mark.parametrize(
    ("text", "former"),
    [("2026", "2025"), ("2026-Q1", "2025-Q4"), ("2026-Q3", "2026-Q2"), ("2026-01", "2025-12"), ("2026-10", "2026-09")],
)
def test_the_period_before_goes_over_the_turn_of_the_year(text, former):
    found = before(period_of(text, NEW))
    assert found == period_of(former, NEW)
    assert found.months[-1] < period_of(text, NEW).months[0]


def test_what_runs_is_made_each_day_by_the_day_of_viet_nam():
    assert texts(made_daily(EVE)) == ["2026-12", "2026-11", "2026-Q4", "2026-Q3", "2026", "2025"]
    assert texts(made_daily(NEW)) == ["2027-01", "2026-12", "2027-Q1", "2026-Q4", "2027", "2026"]


def test_the_rest_of_a_year_is_made_each_week_and_nothing_of_it_each_day():
    for now in (EVE, NEW):
        weekly, daily = texts(made_weekly(now)), texts(made_daily(now))
        assert not set(weekly) & set(daily)
        assert (len([t for t in weekly if "Q" in t]), len([t for t in weekly if "Q" not in t])) == (3, 10)
    assert texts(made_weekly(NEW))[:2] == ["2026-11", "2026-10"]
    assert texts(made_weekly(NEW))[-1] == "2026-Q1"


def test_each_older_period_has_its_day_within_a_week_or_four():
    kept, now = ["2020", "2021-Q2", "2022-05"], NEW
    found = [texts(of_the_day(datetime(2027, 1, day, 3, tzinfo=UTC), kept)) for day in range(2, 30)]
    for each in texts(older(kept, now)):
        assert sum(each in day for day in found) == 1
    for each in texts(made_weekly(datetime(2027, 1, 2, tzinfo=UTC))):
        assert sum(each in day for day in found) == 4
    same = [datetime(2027, 1, 2, hour, tzinfo=UTC) for hour in (0, 16)]
    assert texts(of_the_day(same[0], kept)) == texts(of_the_day(same[1], kept))
    assert texts(of_the_day(datetime(2027, 1, 2, 17, tzinfo=UTC), kept)) == found[1]


@pytest.mark.parametrize(
    ("text", "now", "first", "last"),
    [
        ("2026", EVE, "2026-01", "2026-12"),
        ("2026", NEW, "2026-01", "2026-12"),
        ("2027", NEW, "2026-02", "2027-01"),
        ("2026-Q1", NEW, "2025-04", "2026-03"),
        ("2026-01", NEW, "2025-02", "2026-01"),
    ],
)
def test_a_trend_is_of_twelve_months_up_to_the_last_that_has_begun(text, now, first, last):
    found = trend_of(period_of(text, now), now)
    assert (found[0], found[-1], len(found)) == (first, last, 12)
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(
    ("at", "day"), [("2026-12-31T16:59:59.999+00:00", "2026-12-31"), ("2026-12-31T17:00:00.000+00:00", "2027-01-01")]
)
def test_what_is_counted_is_of_the_day_and_month_of_viet_nam(at, day):
    assert (day_of(at), month_of(at)) == (day, day[:7])
