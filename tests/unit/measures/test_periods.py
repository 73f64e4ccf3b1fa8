"""Periods as they are written, when they begin, and the one before: of the same kind, over the end of a year too."""

from datetime import UTC, datetime

import pytest

from chalicelib.kernel.problem import BodyInvalid
from chalicelib.measures.periods import Period, before, period_of
from tests.support.measured import clock


@pytest.mark.parametrize(
    ("asked", "former"),
    [
        ("2026", "2025"),
        ("2026-Q1", "2025-Q4"),
        ("2026-Q4", "2026-Q3"),
        ("2026-01", "2025-12"),
        ("2026-11", "2026-10"),
    ],
)
def test_the_period_before(asked, former):
    now = clock()()
    assert before(period_of(asked, now)) == period_of(former, now)


def months(year, *numbers):
    return tuple(f"{year}-{number:02d}" for number in numbers)


@pytest.mark.parametrize(
    ("text", "kind", "its_months"),
    [
        ("2026", "year", months(2026, *range(1, 13))),
        ("2026-Q1", "quarter", months(2026, 1, 2, 3)),
        ("2026-Q2", "quarter", months(2026, 4, 5, 6)),
        ("2026-Q3", "quarter", months(2026, 7, 8, 9)),
        ("2025-Q4", "quarter", months(2025, 10, 11, 12)),
        ("2026-01", "month", months(2026, 1)),
        ("2025-12", "month", months(2025, 12)),
        ("2026-10", "month", months(2026, 10)),
    ],
)
def test_a_period_has_its_kind_and_its_months_in_order(text, kind, its_months):
    assert period_of(text, clock()()) == Period(text, kind, its_months)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-q1", "2026-Q", "202", "20260", "1999", "2100"),
        *("2026-", " 2026", "2026\n", "2026-10-01", "-2026", "２０２６", "2026-Q1-01", ""),
    ],
)
def test_what_is_no_period_is_named_as_that(text):
    with pytest.raises(BodyInvalid) as caught:
        period_of(text, clock()())
    (fault,) = caught.value.fields
    assert (fault.pointer, fault.rule) == ("/period", "period")
    assert "2026-Q3" in fault.message_en


@pytest.mark.parametrize("text", ["2027", "2027-Q1", "2027-01"])
def test_a_period_begins_with_its_first_month_in_vietnam(text):
    last, first = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert period_of(text, first).text == text
    with pytest.raises(BodyInvalid) as caught:
        period_of(text, last)
    assert caught.value.fields[0].message_en == "This period has not begun"


def test_a_period_that_runs_is_one():
    now = datetime(2026, 12, 31, tzinfo=UTC)
    assert [period_of(text, now).text for text in ("2026", "2026-Q4", "2026-12")] == ["2026", "2026-Q4", "2026-12"]
