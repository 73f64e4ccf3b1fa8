from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law.calendars import national
from chalicelib.law.clock import (
    LITERAL,
    ZONE,
    BadPolicy,
    ClockPolicy,
    NaiveTime,
    Term,
    due,
    status,
)
from chalicelib.law.explain import steps

CALENDAR = national()
CUTOFF = ClockPolicy(cutoff=time(15))
DEEMED = ClockPolicy(cutoff=time(15), after_cutoff="deemed")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def last_day(received: str, term: str, policy: ClockPolicy = LITERAL) -> str:
    answer = due(at(received), Term.parse(term), calendar=CALENDAR, policy=policy)
    assert answer.due_at.time() == time(23, 59, 59)
    return answer.due_at.date().isoformat()


@pytest.mark.parametrize(
    ("received", "term", "due_at"),
    [
        ("2026-11-25T09:00", "1wd", "2026-11-26T17:00:00"),
        ("2026-11-25T09:00", "3d", "2026-11-30T17:00:00"),
        ("2026-11-25T09:00", "1m", "2026-12-25T17:00:00"),
        ("2026-11-25T17:00:00", "0wd", "2026-11-25T17:00:00"),
        ("2026-11-25T17:00:01", "0wd", "2026-11-26T17:00:00"),
        ("2026-11-27T17:00:01", "0wd", "2026-11-30T17:00:00"),
        ("2026-11-25T23:00", "1wd", "2026-11-26T17:00:00"),
        ("2026-11-25T09:00", "24h", "2026-11-26T09:00:00"),
    ],
)
def test_a_days_end_is_a_rule_and_never_before_the_reception(received, term, due_at):
    closing = ClockPolicy(day_end=time(17))
    assert due(at(received), Term.parse(term), calendar=CALENDAR, policy=closing).due_at == at(due_at)


def test_the_last_second_of_a_day_is_still_the_day():
    answer = due(at("2026-11-25T23:59:59.999999"), Term.parse("0wd"), calendar=CALENDAR)
    assert answer.due_at == at("2026-11-25T23:59:59")


VECTORS = """
2026-02-12T10:00 3wd 2026-02-24
2026-02-13T15:30 3wd 2026-02-25
2026-02-13T10:00 1wd 2026-02-23
2026-04-24T09:00 5wd 2026-05-06
2026-04-24T15:01 1wd 2026-04-28
2026-04-29T14:59 2wd 2026-05-05
2026-08-21T09:00 1wd 2026-08-22
2026-08-21T15:30 1wd 2026-08-22
2026-08-28T10:00 3wd 2026-09-07
2026-08-28T15:00 1wd 2026-09-03
2026-08-29T10:00 1wd 2026-09-03
2026-09-03T09:00 3wd 2026-09-08
2026-11-20T16:00 5wd 2026-11-30
2026-11-23T08:00 1wd 2026-11-25
"""


@pytest.mark.parametrize("policy", [LITERAL, CUTOFF], ids=["no cutoff", "15:00 literal"])
@pytest.mark.parametrize("vector", VECTORS.split("\n")[1:-1])
def test_working_day_terms_end_as_the_2026_calendar_says(vector, policy):
    received, term, expected = vector.split()
    assert last_day(received, term, policy) == expected


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-02-13T15:30", "3wd", "2026-02-26"),
        ("2026-11-20T16:00", "5wd", "2026-12-01"),
        ("2026-08-28T15:01", "1wd", "2026-09-04"),
        ("2026-08-29T10:00", "1wd", "2026-09-04"),
        ("2026-08-28T15:00", "1wd", "2026-09-03"),
        ("2026-11-20T15:00", "5wd", "2026-11-30"),
    ],
)
def test_deemed_receipt_gives_the_agency_one_day_more_after_the_cutoff_and_on_days_off(received, term, expected):
    assert last_day(received, term, DEEMED) == expected


def test_the_stroke_of_the_cutoff_can_be_read_as_after():
    strict = ClockPolicy(cutoff=time(15), after_cutoff="deemed", at_cutoff="after")
    assert last_day("2026-11-20T15:00", "1wd", strict) == "2026-11-25"
    assert last_day("2026-11-20T15:00", "1wd", DEEMED) == "2026-11-23"


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-11-20T16:00", "1d", "2026-11-23"),  # Saturday moves to Monday
        ("2026-11-20T16:00", "3d", "2026-11-23"),
        ("2026-11-20T16:00", "4d", "2026-11-25"),  # 24 November is off
        ("2026-08-26T16:00", "5d", "2026-09-03"),
        ("2026-08-21T16:00", "1d", "2026-08-22"),  # a Saturday that is worked
        ("2026-01-30T09:00", "1m", "2026-03-02"),  # 28 February is a Saturday
        ("2026-03-31T09:00", "1m", "2026-05-04"),  # 30 April, then 1 May and a weekend
        ("2026-05-31T09:00", "1m", "2026-06-30"),
        ("2026-06-15T09:00", "2m", "2026-08-17"),
        ("2026-10-30T09:00", "1m", "2026-11-30"),
        ("2025-12-31T09:00", "2m", "2026-03-02"),
    ],
)
def test_day_and_month_terms_run_through_days_off_but_do_not_end_on_one(received, term, expected):
    assert last_day(received, term) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20T14:59", "2026-11-20"),
        ("2026-11-20T15:00", "2026-11-20"),
        ("2026-11-20T15:01", "2026-11-23"),
        ("2026-11-21T09:00", "2026-11-23"),
        ("2026-11-23T15:01", "2026-11-25"),
        ("2026-11-18T15:01", "2026-11-19"),
    ],
)
@pytest.mark.parametrize("policy", [CUTOFF, DEEMED], ids=["literal", "deemed"])
def test_a_same_day_procedure_is_due_today_or_on_the_next_working_day_after_the_cutoff(received, expected, policy):
    assert last_day(received, "0wd", policy) == expected


def test_a_same_day_procedure_without_shifts_is_still_never_due_on_a_day_off():
    assert last_day("2026-11-21T09:00", "0wd", ClockPolicy(applies_to=frozenset())) == "2026-11-23"


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-11-20T16:00", "8wh", "2026-11-23T16:00"),  # R06: Friday's last hour, seven on Monday
        ("2026-11-27T16:00", "8wh", "2026-11-30T16:00"),
        ("2026-11-23T16:00", "8wh", "2026-11-25T16:00"),  # over 24 November
        ("2026-11-20T17:30", "8wh", "2026-11-23T17:00"),
        ("2026-11-20T06:00", "4wh", "2026-11-20T12:00"),
        ("2026-11-20T12:30", "1wh", "2026-11-20T14:00"),
        ("2026-11-20T11:00", "2wh", "2026-11-20T14:00"),
        ("2026-11-21T10:00", "2wh", "2026-11-23T10:00"),
        ("2026-11-20T08:00", "16wh", "2026-11-23T17:00"),
        ("2026-08-21T16:30", "2wh", "2026-08-22T09:30"),
        ("2026-11-20T16:00", "24h", "2026-11-21T16:00"),
    ],
)
def test_hours_run_by_the_office_or_by_the_clock(received, term, expected):
    assert due(at(received), Term.parse(term), calendar=CALENDAR).due_at == at(expected)


def test_an_hour_term_ending_on_a_day_off_moves_to_opening_when_the_policy_rolls():
    rolls = ClockPolicy(hour_end="roll")

    def ends(received: str) -> str:
        return due(at(received), Term(24, "h"), calendar=CALENDAR, policy=rolls).due_at.isoformat()[:16]

    assert ends("2026-11-20T16:00") == "2026-11-23T08:00"
    assert ends("2026-11-22T00:30") == "2026-11-23T08:00"
    assert ends("2026-11-22T10:00") == "2026-11-23T10:00"
    assert ends("2026-11-19T06:00") == "2026-11-20T06:00"


def test_the_cutoff_shifts_other_units_only_where_the_policy_says_so():
    everything = frozenset({"wd", "d", "m", "h", "wh"})
    literal = ClockPolicy(cutoff=time(15), applies_to=everything)
    deemed = ClockPolicy(cutoff=time(15), after_cutoff="deemed", applies_to=everything)
    friday = "2026-11-20T15:30"
    assert (last_day(friday, "3d"), last_day(friday, "3d", literal), last_day(friday, "3d", deemed)) == (
        "2026-11-23",
        "2026-11-25",
        "2026-11-26",
    )
    assert last_day("2026-11-21T10:00", "3d", literal) == "2026-11-25"
    hours = due(at(friday), Term(24, "h"), calendar=CALENDAR, policy=literal)
    assert hours.due_at == at("2026-11-25T08:00") - timedelta(days=1)
    office = due(at(friday), Term(2, "wh"), calendar=CALENDAR, policy=deemed)
    assert office.due_at == at("2026-11-23T10:00")


def test_readings_that_run_the_clock_backwards_or_empty_hours_are_refused():
    with pytest.raises(BadPolicy, match="Friday"):
        ClockPolicy(cutoff=time(15), after_cutoff="deemed", day_off="literal")
    for hours in [(), ((time(9), time(8)),), ((time(8), time(12)), (time(11), time(17)))]:
        with pytest.raises(BadPolicy, match="working hours"):
            ClockPolicy(working_hours=hours)
    assert ClockPolicy(day_off="deemed").after_cutoff == "literal"


def test_any_zone_comes_in_and_vietnamese_time_goes_out():
    utc = datetime(2026, 8, 20, 17, 30, tzinfo=UTC)  # 00:30 on the 21st in Hà Nội
    answer = due(utc, Term(1, "wd"), calendar=CALENDAR)
    assert answer.due_at.isoformat() == "2026-08-22T23:59:59+07:00"
    assert answer.explain().received_at == "2026-08-21T00:30:00+07:00"
    elsewhere = due(utc.astimezone(timezone(timedelta(hours=-5))), Term(1, "wd"), calendar=CALENDAR)
    assert elsewhere.due_at == answer.due_at


def test_a_time_without_zone_is_refused_everywhere():
    naive = datetime.fromisoformat("2026-11-20T10:00")
    aware = at("2026-11-20T10:00")
    with pytest.raises(NaiveTime, match="without a zone"):
        due(naive, Term(1, "wd"), calendar=CALENDAR)
    with pytest.raises(NaiveTime):
        status(aware, naive)
    with pytest.raises(NaiveTime):
        status(naive, aware)


MOMENTS = st.datetimes(
    datetime.fromisoformat("2025-11-01"), datetime.fromisoformat("2027-03-01"), timezones=st.just(ZONE)
)
POLICIES = st.sampled_from([LITERAL, CUTOFF, DEEMED, ClockPolicy(cutoff=time(15), hour_end="roll")])
TERMS = st.builds(Term, st.integers(1, 60), st.sampled_from(["wd", "d", "wh", "h", "m"]))


@given(MOMENTS, MOMENTS, TERMS | st.just(Term(0, "wd")), POLICIES)
def test_a_later_reception_is_never_due_earlier(one, other, term, policy):
    first, second = sorted((one, other))
    earlier = due(first, term, calendar=CALENDAR, policy=policy).due_at
    assert earlier <= due(second, term, calendar=CALENDAR, policy=policy).due_at


@pytest.mark.parametrize("units", [(), ("wd",), ("wd", "d", "m", "h", "wh")], ids=str)
@pytest.mark.parametrize("hour_end", ["keep", "roll"])
@pytest.mark.parametrize(("after", "off"), [("literal", "literal"), ("literal", "deemed"), ("deemed", "deemed")])
def test_no_reading_runs_the_clock_backwards_around_a_long_holiday(after, off, hour_end, units):
    policy = ClockPolicy(
        cutoff=time(15), after_cutoff=after, day_off=off, hour_end=hour_end, applies_to=frozenset(units)
    )
    moments = [at("2026-08-20T00:00") + timedelta(minutes=90 * n) for n in range(16 * 20)]
    for term in map(Term.parse, ("0wd", "1wd", "3wd", "1d", "4d", "1m", "2wh", "9wh", "24h")):
        ends = [due(moment, term, calendar=CALENDAR, policy=policy).due_at for moment in moments]
        assert ends == sorted(ends), term


@given(MOMENTS, st.integers(0, 60), POLICIES)
def test_the_index_agrees_with_counting_on_the_fingers(received, amount, policy):
    answer = due(received, Term(amount, "wd"), calendar=CALENDAR, policy=policy)
    told = steps(answer.basis)
    counted = [step for step in told if step.counted]
    assert len(counted) == max(amount, 1)
    assert counted[-1].day == answer.due_at.date()
    assert all(CALENDAR.is_working(step.day) for step in counted)
    assert [step.day for step in told] == [
        answer.basis.received.date() + timedelta(days=n)
        for n in range((answer.due_at.date() - answer.basis.received.date()).days + 1)
    ]


@given(MOMENTS, st.integers(1, 90))
def test_working_hours_add_up_to_the_term(received, amount):
    received = received.replace(second=0, microsecond=0)
    answer = due(received, Term(amount, "wh"), calendar=CALENDAR)
    assert sum(step.minutes for step in steps(answer.basis)) == amount * 60


def test_a_date_past_the_published_calendar_is_provisional():
    assert not due(at("2026-12-30T10:00"), Term(1, "wd"), calendar=CALENDAR).provisional
    answer = due(at("2026-12-30T10:00"), Term(3, "wd"), calendar=CALENDAR)
    assert answer.provisional
    assert answer.due_at.date() == date(2027, 1, 5)  # 1 January is off by law, the weekend too
    said = answer.explain()
    assert "provisional" in [reading.name for reading in said.readings]
    assert any("24 November" in citation for citation in said.citations)
    assert due(at("2026-12-30T10:00"), Term(10, "d"), calendar=CALENDAR).provisional
    assert not due(at("2025-12-30T10:00"), Term(30, "d"), calendar=CALENDAR).provisional
    assert not due(at("2026-12-31T10:00"), Term(24, "h"), calendar=CALENDAR).provisional
    rolling = ClockPolicy(hour_end="roll")
    assert due(at("2026-12-31T10:00"), Term(24, "h"), calendar=CALENDAR, policy=rolling).provisional


@pytest.mark.parametrize(
    ("due_at", "ended_at", "expected"),
    [
        ("2026-11-26T23:59:59", "2026-11-25T23:59:59", "early"),
        ("2026-11-26T23:59:59", "2026-11-26T00:00:00", "on_time"),
        ("2026-11-26T23:59:59", "2026-11-26T23:59:59.700", "on_time"),
        ("2026-11-26T23:59:59", "2026-11-27T00:00:00", "late"),
        ("2026-11-26T16:00:00", "2026-11-26T16:00:01", "late"),
        ("2026-11-26T16:00:00", "2026-11-26T16:00:00.999999", "on_time"),
        ("2026-11-26T23:59:59", "2026-12-01T08:00:00", "late"),
    ],
)
def test_early_on_time_and_late_go_by_the_vietnamese_day(due_at, ended_at, expected):
    assert status(at(due_at).astimezone(UTC), at(ended_at).astimezone(UTC)) == expected


EVERY_UNIT = frozenset({"wd", "d", "wh", "h", "m"})


@pytest.mark.parametrize(
    ("received", "term", "policy", "expected"),
    [
        # days off and the cutoff shift only the units that the policy names
        ("2026-11-21T10:00", "4d", LITERAL, "2026-11-25"),
        ("2026-11-21T10:00", "4d", ClockPolicy(applies_to=EVERY_UNIT), "2026-11-26"),
        # what is late on a day off and what is late in the evening may be read each its own way
        ("2026-11-20T15:30", "1wd", ClockPolicy(cutoff=time(15), day_off="deemed"), "2026-11-23"),
        ("2026-11-21T15:30", "1wd", ClockPolicy(cutoff=time(15), day_off="deemed"), "2026-11-25"),
        ("2026-11-21T10:00", "1wd", ClockPolicy(cutoff=time(15)), "2026-11-23"),
        ("2026-11-21T10:00", "0wd", ClockPolicy(cutoff=time(15)), "2026-11-23"),
        ("2026-12-31T10:00", "2m", LITERAL, "2027-03-01"),
    ],
)
def test_a_shift_is_read_by_the_unit_and_by_what_is_late(received, term, policy, expected):
    assert last_day(received, term, policy) == expected


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-11-16T15:30", "2wh", "2026-11-17T10:00"),
        ("2026-11-16T15:30", "24h", "2026-11-18T08:00"),
        ("2026-11-16T15:00", "2wh", "2026-11-16T17:00"),
        ("2026-11-21T10:00", "1wh", "2026-11-23T09:00"),
    ],
)
@pytest.mark.parametrize("after", ["literal", "deemed"])
def test_hours_of_a_late_reception_begin_when_work_next_begins(received, term, expected, after):
    policy = ClockPolicy(cutoff=time(15), after_cutoff=after, applies_to=EVERY_UNIT)
    assert due(at(received), Term.parse(term), calendar=CALENDAR, policy=policy).due_at == at(expected)


@pytest.mark.parametrize(
    ("received", "term", "expected"),
    [
        ("2026-11-20T08:00:00.000001", "8wh", "2026-11-23T08:00:00.000001"),
        ("2026-11-20T08:00:00", "8wh", "2026-11-20T17:00:00"),
        ("2026-11-20T12:00:00", "4wh", "2026-11-20T17:00:00"),
        ("2026-11-20T12:59:59", "1wh", "2026-11-20T14:00:00"),
        ("2026-11-20T17:00:00", "1wh", "2026-11-23T09:00:00"),
        ("2026-11-20T16:59:59", "1wh", "2026-11-23T08:59:59"),
        ("2026-11-20T11:59:59", "1wh", "2026-11-20T13:59:59"),
        ("2026-11-21T08:00:00", "9wh", "2026-11-25T09:00:00"),
        ("2026-11-21T08:00:00", "0wh", "2026-11-21T08:00:00"),
        ("2026-11-20T08:30:00", "0h", "2026-11-20T08:30:00"),
    ],
)
def test_working_hours_run_to_the_microsecond(received, term, expected):
    assert due(at(received), Term.counted(term), calendar=CALENDAR).due_at == at(expected)


def test_a_reckoning_from_a_year_without_a_calendar_is_provisional_where_its_days_matter():
    def is_provisional(received, term, policy=LITERAL):
        return due(at(received), Term.parse(term), calendar=CALENDAR, policy=policy).provisional

    assert is_provisional("2025-12-31T16:00", "8wh")
    assert is_provisional("2025-12-31T16:00", "8wh", ClockPolicy(applies_to=frozenset()))
    assert is_provisional("2025-12-31T10:00", "0wd")
    assert is_provisional("2025-12-30T10:00", "1wd")
    # read literally, day 1 is the same whether or not the day of reception is worked; deemed, it is not
    assert not is_provisional("2025-12-31T10:00", "1wd")
    assert not is_provisional("2025-12-31T10:00", "5wd", ClockPolicy(applies_to=frozenset()))
    assert is_provisional("2025-12-31T10:00", "1wd", ClockPolicy(day_off="deemed"))
    assert not is_provisional("2025-12-31T10:00", "1wd", ClockPolicy(day_off="deemed", applies_to=frozenset()))
    assert is_provisional("2025-12-30T10:00", "30d", ClockPolicy(applies_to=EVERY_UNIT))
    assert not is_provisional("2025-12-30T10:00", "30d")
    assert is_provisional("2025-12-30T10:00", "1d")
    assert is_provisional("2026-12-31T10:00", "24h", ClockPolicy(applies_to=EVERY_UNIT))


def test_an_explanation_is_vietnamese_unless_another_language_is_asked_for():
    answer = due(at("2026-11-20T10:00"), Term(1, "wd"), calendar=CALENDAR)
    assert answer.explain() == answer.explain("vi") != answer.explain("en")
