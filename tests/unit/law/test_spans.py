"""Lengths of time between systems: minutes, or a statutory term."""

from datetime import datetime

import pytest

from chalicelib.law.clock import ZONE
from chalicelib.law.spans import ends_at, is_span, minutes_of

NOW = datetime(2026, 11, 25, 16, 50, tzinfo=ZONE)


MINUTES = {"10min": 10, "1440min": 1440, "0min": None, "1441min": None, "min": None, "-1min": None, "²min": None}


@pytest.mark.parametrize(("span", "minutes"), [*MINUTES.items(), ("2wh", None)])
def test_minutes_are_those_of_a_day_at_most(span, minutes):
    assert minutes_of(span) == minutes


@pytest.mark.parametrize(
    ("span", "is_one"), [("10min", True), ("2wh", True), ("0wd", True), ("soon", False), ("", False)]
)
def test_a_span_is_minutes_or_a_term(span, is_one):
    assert is_span(span) is is_one


def test_minutes_run_through_the_night_and_working_hours_do_not():
    assert ends_at("15min", NOW) == datetime(2026, 11, 25, 17, 5, tzinfo=ZONE)
    assert ends_at("2wh", NOW) > datetime(2026, 11, 26, 8, 0, tzinfo=ZONE)
    assert ends_at("0wd", NOW) == datetime(2026, 11, 25, 23, 59, 59, tzinfo=ZONE)
