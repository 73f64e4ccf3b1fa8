"""Machines keep UTC; a time whose zone is not known is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.clock import moment, said, stamp, utc_now

HERE = timezone(timedelta(hours=7))
FROM, TO = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone
TIMES = st.datetimes(FROM, TO, timezones=st.sampled_from([UTC, HERE]))


def test_now_is_aware_and_no_finer_than_what_is_stored():
    now = utc_now()
    assert now.utcoffset() == timedelta(0)
    assert moment(stamp(now)) == now


@given(TIMES)
def test_a_stored_time_is_the_same_moment_to_the_millisecond(at):
    back = moment(stamp(at))
    assert timedelta(0) <= at - back < timedelta(milliseconds=1)


@given(TIMES, TIMES)
def test_stored_times_stand_in_the_order_of_time(one, other):
    cut = [t.replace(microsecond=t.microsecond // 1000 * 1000) for t in (one, other)]
    assert (stamp(cut[0]) < stamp(cut[1])) == (cut[0] < cut[1])


def test_a_time_without_zone_is_refused_on_the_way_in_and_out():
    with pytest.raises(ValueError, match="zone"):
        stamp(datetime(2026, 11, 25, 9, 20))  # noqa: DTZ001 - the point
    with pytest.raises(ValueError, match="zone"):
        moment("2026-11-25T09:20:00")


def test_a_time_is_said_as_people_here_read_it():
    assert said("2026-11-25T02:20:05.123+00:00") == "2026-11-25T09:20:05+07:00"
    assert said(None) is None
