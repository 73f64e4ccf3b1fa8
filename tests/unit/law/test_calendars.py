import json
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law import calendars
from chalicelib.law.calendars import BadCalendar, Calendar, Year, named, national

SWAP = date(2026, 1, 2)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-02-18", "mùng 2"),
        ("2026-04-27", "nghỉ bù Giỗ Tổ"),
        ("2026-08-31", "hoán đổi"),
        ("2026-11-24", "Ngày Văn hóa Việt Nam (NQ 28/2026/QH16, từ 01/7/2026)"),
        ("2026-11-28", "Thứ Bảy"),
        ("2026-11-29", "Chủ nhật"),
        ("2026-01-02", "hoán đổi (12729/VPCP-KGVX)"),
    ],
)
def test_a_day_off_of_2026_says_why(day, why):
    assert national().why_off(date.fromisoformat(day)) == why
    assert not national().is_working(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-08-22", "2026-01-10", "2026-11-25"])
def test_a_worked_day_has_no_reason_to_be_off(day):
    assert national().is_working(date.fromisoformat(day))
    assert national().why_off(date.fromisoformat(day)) is None


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-25", "working"),
        ("2026-08-22", "swap_work"),
        ("2026-11-28", "weekend"),
        ("2026-11-29", "weekend"),
        ("2026-02-18", "holiday"),
        ("2026-04-27", "substitute_off"),
        ("2026-08-31", "swap_off"),
        ("2027-01-01", "holiday"),
        ("2027-05-01", "holiday"),
        ("2027-11-24", "holiday"),
        ("2027-11-25", "working"),
    ],
)
def test_a_day_is_of_one_kind(day, kind):
    assert national().kind(date.fromisoformat(day)) == kind
    assert national().is_working(date.fromisoformat(day)) == (kind in ("working", "swap_work"))


def test_counting_is_the_same_inside_and_outside_of_the_index():
    """Near the published years days are looked up, elsewhere walked."""
    calendar = national()
    for start in (date(2021, 12, 20), date(2022, 12, 25), date(2026, 2, 10), date(2029, 12, 1), date(2030, 3, 1)):
        for count in (0, 1, 2, 7, 30):
            walked, day = count, start
            while walked:
                day += timedelta(days=1)
                walked -= calendar.is_working(day)
            assert calendar.nth_after(start.toordinal(), count) == day.toordinal(), (start, count)


def test_the_next_working_day_skips_holidays_and_takes_a_swapped_saturday():
    assert national().working_on_or_after(date(2026, 2, 14)) == date(2026, 2, 23)
    assert national().working_on_or_after(date(2026, 8, 21)) == date(2026, 8, 21)
    assert national().working_on_or_after(date(2026, 8, 22)) == date(2026, 8, 22)
    assert national().working_on_or_after(date(2026, 8, 29)) == date(2026, 9, 3)


def test_an_unpublished_year_counts_weekends_and_the_fixed_holidays_only():
    calendar = national()
    assert not calendar.published(date(2027, 6, 1))
    assert calendar.why_off(date(2027, 4, 30)) == "Chiến thắng"
    assert calendar.why_off(date(2027, 9, 2)) == "Quốc khánh"
    assert calendar.why_off(date(2027, 11, 24)) == "Ngày Văn hóa Việt Nam"
    assert calendar.is_working(date(2027, 2, 8))  # Tết of 2027 is not announced, so it is not guessed
    assert calendar.is_working(date(2025, 11, 24))  # the culture day began in 2026
    assert not calendar.published_between(date(2026, 12, 31), date(2027, 1, 1))
    assert calendar.published_between(date(2026, 1, 1), date(2026, 12, 31))


def test_far_from_the_published_years_days_are_still_counted():
    far = date(2050, 1, 3)
    walked = national().nth_after(far.toordinal(), 5)
    assert walked == date(2050, 1, 10).toordinal()
    edge = date(2029, 12, 28)  # the index ends with 2029
    assert national().nth_after(edge.toordinal(), 2) == date(2030, 1, 2).toordinal()


def test_a_year_with_a_word_that_no_calendar_has_is_refused():
    with pytest.raises(msgspec.ValidationError, match="unknown field `holiday`"):
        msgspec.json.decode(b'{"year": 2026, "holiday": {}}', type=Year)


def test_a_calendar_without_years_lives_on_the_fixed_holidays():
    assert Calendar.of().working_on_or_after(date(2026, 4, 30)) == date(2026, 5, 4)
    assert Calendar.of().citations == ()


def test_a_body_may_have_its_own_calendar():
    own = Calendar.of(Year(year=2026, holidays={date(2026, 11, 20): "Ngày hội của xã"}))
    assert own.why_off(date(2026, 11, 20)) == "Ngày hội của xã"
    assert own.is_working(date(2026, 2, 17))  # nothing is added to a published year


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ([Year(year=2026), Year(year=2026)], "2026: given twice"),
        ([Year(year=2026, holidays={date(2027, 1, 1): "?"})], "2026: holiday holds 2027-01-01, a day of another year"),
        ([Year(year=2026, swap_work={date(2025, 1, 1): "?"})], "2026: swap_work holds 2025-01-01"),
        ([Year(year=2026, swap_off={SWAP: "?"}, swap_work={SWAP: "?"})], "2026-01-02 is both off and worked"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(years, words):
    with pytest.raises(BadCalendar, match=words):
        Calendar.of(*years)


def test_each_packaged_year_says_where_it_comes_from():
    for path in (Path(calendars.__file__).parent / "data" / "calendars").glob("*.json"):
        data = json.loads(path.read_text("utf-8"))
        assert data["citation"]
        assert path.stem == str(data["year"])
    assert national() is national()


MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("name", "kind", "off"),
    [
        ("holidays", "holiday", True),
        ("substitute_off", "substitute_off", True),
        ("swap_off", "swap_off", True),
        ("swap_work", "swap_work", False),
    ],
)
def test_each_list_of_a_year_says_what_sort_of_day_it_names(name, kind, off):
    calendar = Calendar.of(Year(year=2026, **{name: {MONDAY: "vì thế"}}))
    assert calendar.kind(MONDAY) == kind
    assert calendar.is_working(MONDAY) is not off
    assert calendar.why_off(MONDAY) == ("vì thế" if off else None)
    with pytest.raises(BadCalendar) as refusal:
        Calendar.of(Year(year=2025, **{name: {MONDAY: "vì thế"}}))
    assert str(refusal.value) == f"calendar 2025: {kind} holds 2026-03-02, a day of another year"


@pytest.mark.parametrize(
    ("day", "kind", "why"),
    [
        ("2026-01-01", "holiday", "Tết Dương lịch"),
        ("2026-04-30", "holiday", "Chiến thắng"),
        ("2026-05-01", "holiday", "Quốc tế lao động"),
        ("2026-09-02", "holiday", "Quốc khánh"),
        ("2026-11-24", "holiday", "Ngày Văn hóa Việt Nam"),
        ("2025-11-24", "working", None),
        ("2026-03-06", "working", None),
        ("2026-03-07", "weekend", "Thứ Bảy"),
        ("2026-03-08", "weekend", "Chủ nhật"),
    ],
)
def test_a_year_without_a_calendar_has_the_days_of_the_code(day, kind, why):
    calendar = Calendar.of()
    assert (calendar.kind(date.fromisoformat(day)), calendar.why_off(date.fromisoformat(day))) == (kind, why)
    published = Calendar.of(Year(year=int(day[:4])))
    assert published.why_off(date.fromisoformat(day)) == (why if kind == "weekend" else None)


def test_a_day_that_is_worked_is_not_off_whatever_else_it_is():
    days = {date(2026, 3, 7): "làm bù", date(2026, 4, 30): "làm bù"}
    calendar = Calendar.of(Year(year=2026, swap_work=days), Year(year=2027, swap_work={date(2027, 3, 6): "làm bù"}))
    for day in (*days, date(2027, 3, 6)):
        assert (calendar.kind(day), calendar.is_working(day), calendar.why_off(day)) == ("swap_work", True, None)


def test_a_gap_between_published_years_is_seen():
    calendar = Calendar.of(Year(year=2026, citation="a"), Year(year=2028), Year(year=2025, citation="b"))
    assert calendar.citations == ("a", "b")
    assert calendar.published_between(date(2025, 5, 1), date(2026, 12, 31))
    assert not calendar.published_between(date(2026, 1, 1), date(2028, 1, 1))
    assert not calendar.published_between(date(2027, 1, 1), date(2027, 1, 2))


@given(days=st.integers(0, 4000), count=st.integers(0, 30))
def test_the_index_finds_what_a_walk_finds(days, count):
    """From before the index begins until after it ends."""
    first = date(2022, 6, 1).toordinal() + days
    day, left = date.fromordinal(first), count
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        left -= national().is_working(day)
    assert national().nth_after(first, count) == day.toordinal()


class Counted(Calendar):
    """A calendar that counts how often it looks at a day."""

    looked = 0

    def kind(self, day):
        Counted.looked += 1
        return super().kind(day)


def test_a_day_near_the_published_years_is_found_without_a_walk():
    calendar = Counted.of(Year(year=2026))
    begins, ends = date(2023, 1, 1).toordinal(), date(2029, 12, 31).toordinal()
    calendar.nth_after(begins, 1)
    Counted.looked = 0
    for ordinal, count in ((begins, 1), (begins, 1500), (ends - 1, 1), (MONDAY.toordinal(), 30)):
        calendar.nth_after(ordinal, count)
    assert Counted.looked == 0
    calendar.nth_after(ends, 1)
    assert Counted.looked > 0


@given(st.dates(date(2017, 1, 1), date(2036, 1, 1)), st.integers(-3, 900))
def test_working_days_between_are_those_that_a_walk_counts(first, days):
    one = first.toordinal()
    walked = sum(national().is_working(date.fromordinal(day)) for day in range(one, one + days))
    assert national().working_between(one, one + days - 1) == walked


@pytest.mark.parametrize("edge", [date(2023, 1, 1), date(2029, 12, 31)])
def test_the_edges_of_the_index_are_counted(edge):
    for first in range(edge.toordinal() - 2, edge.toordinal() + 3):
        for last in range(first - 1, first + 4):
            walked = sum(national().is_working(date.fromordinal(day)) for day in range(first, last + 1))
            assert national().working_between(first, last) == walked


def test_a_set_of_years_is_named():
    assert named("national") is national()
    assert named("2026").citations == national().citations
    assert named("2026").published(SWAP)


@pytest.mark.parametrize("name", ["", "2025", "2026,2026", "2026,", "hanoi", "2026 "])
def test_a_set_that_nobody_announced_is_refused(name):
    with pytest.raises(BadCalendar, match="no such calendar: national, or years of 2026 joined by commas"):
        named(name)
