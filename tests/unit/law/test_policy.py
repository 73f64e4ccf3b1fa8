"""How a body reads what the texts on time leave open: which readings go together, and the edges of a day."""

from datetime import UTC, datetime, time, timedelta, tzinfo

import pytest

from chalicelib.law.policy import (
    OFFICE_HOURS,
    ZONE,
    BadPolicy,
    ClockPolicy,
    NaiveTime,
    day_end,
    local,
    microseconds,
)


@pytest.mark.parametrize("after", ["literal", "deemed"])
@pytest.mark.parametrize("off", ["literal", "deemed", None])
def test_only_deeming_late_receipts_but_not_those_on_days_off_is_refused(after, off):
    if (after, off) == ("deemed", "literal"):
        with pytest.raises(BadPolicy) as refusal:
            ClockPolicy(after_cutoff=after, day_off=off)
        assert str(refusal.value) == (
            "deeming late receipts but not receipts on days off makes Friday 15:30 due after Saturday"
        )
        return
    assert ClockPolicy(after_cutoff=after, day_off=off).day_off == (off or after)


@pytest.mark.parametrize(
    "hours",
    [
        (),
        ((time(9), time(8)),),
        ((time(8), time(8)),),
        ((time(8), time(12)), (time(12), time(17))),
        ((time(8), time(12)), (time(11), time(17))),
    ],
)
def test_working_hours_are_windows_in_order_and_apart(hours):
    with pytest.raises(BadPolicy) as refusal:
        ClockPolicy(working_hours=hours)
    assert str(refusal.value) == "working hours are one or more windows in order, none empty, none touching another"


def test_working_hours_open_and_are_counted_in_microseconds():
    apart = ((time(7, 30), time(11, 30)), (time(11, 30, 0, 1), time(17)))
    policy = ClockPolicy(working_hours=apart)
    assert policy.opening == time(7, 30)
    assert policy.spans == ((27_000_000_000, 41_400_000_000), (41_400_000_001, 61_200_000_000))
    assert microseconds(time(1, 2, 3, 4)) == 3_723_000_004
    assert ClockPolicy().working_hours == OFFICE_HOURS == ((time(8), time(12)), (time(13), time(17)))


def test_a_day_of_a_term_ends_no_sooner_than_work_does():
    assert (day_end("24:00"), day_end("17:00")) == (time(23, 59, 59), time(17))
    assert ClockPolicy(day_end=time(17)).day_end == time(17)
    with pytest.raises(BadPolicy) as refusal:
        ClockPolicy(day_end=time(16, 59, 59))
    assert str(refusal.value) == "the last day of a term does not end before its working hours do"


@pytest.mark.parametrize(
    ("at_cutoff", "moment", "is_late"),
    [
        ("same_day", time(15), False),
        ("same_day", time(15, 0, 0, 1), True),
        ("after", time(14, 59, 59, 999_999), False),
        ("after", time(15), True),
    ],
)
def test_the_stroke_of_the_cutoff_is_read_one_way_or_the_other(at_cutoff, moment, is_late):
    assert ClockPolicy(cutoff=time(15), at_cutoff=at_cutoff).is_late(moment) is is_late
    assert ClockPolicy(at_cutoff=at_cutoff).is_late(moment) is False


def test_the_defaults_add_nothing_to_the_code():
    policy = ClockPolicy()
    assert (policy.cutoff, policy.after_cutoff, policy.day_off, policy.at_cutoff) == (
        None,
        *["literal"] * 2,
        "same_day",
    )
    assert (policy.applies_to, policy.hour_end) == (frozenset({"wd"}), "keep")
    assert (policy.part_day, policy.extension_from, policy.late_extension) == ("not_counted", "due", "refused")
    with pytest.raises(AttributeError, match="immutable"):
        policy.cutoff = time(15)
    with pytest.raises(TypeError):
        ClockPolicy(time(15))


def test_an_extension_knows_no_cutoff_and_reads_everything_else_alike():
    policy = ClockPolicy(cutoff=time(15), after_cutoff="deemed", part_day="counted", hour_end="roll")
    assert policy.without_cutoff == ClockPolicy(after_cutoff="deemed", part_day="counted", hour_end="roll")
    assert policy.without_cutoff.without_cutoff is policy.without_cutoff


class Nowhere(tzinfo):
    """A zone that does not know how far it is from UTC."""

    def utcoffset(self, _):
        return None


@pytest.mark.parametrize("zone", [None, Nowhere()])
def test_a_time_that_does_not_say_where_it_is_has_no_day(zone):
    with pytest.raises(NaiveTime) as refusal:
        local(datetime(2026, 11, 20, 10, tzinfo=zone))
    assert str(refusal.value) == (
        "a time without a zone cannot be counted: 2026-11-20T10:00:00; give it an offset or a zone"
    )


def test_a_time_of_any_zone_is_told_in_vietnamese_time():
    here = datetime(2026, 11, 20, 0, 30, tzinfo=ZONE)
    assert local(here) is here
    there = local(datetime(2026, 11, 19, 17, 30, tzinfo=UTC))
    assert (there, there.utcoffset(), there.tzinfo) == (here, timedelta(hours=7), ZONE)


@pytest.mark.parametrize("year", [1900, 1911, 1943, 1955, 1975, 1976, 1999, 2026, 2100, 9998])
def test_a_moment_of_utc_is_in_the_zone_what_the_zone_itself_says(year):
    """Vietnam had other offsets before 1976."""
    for month in range(1, 13):
        moment = datetime(year, month, 28, 17, 30, 59, 999_999, tzinfo=UTC)
        ours, zones = local(moment), moment.astimezone(ZONE)
        assert (ours, ours.isoformat(), ours.tzinfo) == (zones, zones.isoformat(), ZONE)
