"""Which version is in force on a day (rule R41), by the one function that the catalogue and submissions ask."""

from datetime import UTC, date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contracts.plan import Window
from chalicelib.law.policy import ZONE
from chalicelib.law.validity import covers, in_force, midnight

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
FIRST, SECOND = date(2026, 1, 16), date(2026, 12, 1)


def window(version, opens, closes=None):
    return Window(version=version, opens=opens.isoformat(), closes=closes and closes.isoformat())


@st.composite
def chains(draw):
    """Versions that follow each other, each ending on the day on which the next begins; the last may end too."""
    begins = sorted(draw(st.sets(DAYS, min_size=2, max_size=6)))
    chain = [window(number, *days) for number, days in enumerate(pairwise(begins), 1)]
    return begins, [*chain, *([window(len(begins), begins[-1])] if draw(st.booleans()) else [])]


@pytest.mark.rule("R41")
def test_the_first_day_is_in_and_the_last_is_not():
    windows = [window(1, FIRST, SECOND), window(2, SECOND, date(2027, 1, 1))]
    edges = ["2026-01-15", "2026-01-16", "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"]
    assert [in_force(windows, date.fromisoformat(day)) for day in edges] == [None, 1, 1, 2, 2, None]
    assert in_force((), FIRST) is None


@pytest.mark.rule("R41")
@given(chain=chains(), day=DAYS, random=st.randoms(use_true_random=False))
def test_each_day_from_the_first_has_exactly_one_version_whatever_their_order(chain, day, random):
    begins, windows = chain
    begun = sum(first <= day for first in begins)
    expected = begun if begun in {each.version for each in windows} else None
    random.shuffle(windows)
    assert in_force(windows, day) == expected
    assert sum(covers(day.isoformat(), each.opens, each.closes) for each in windows) == (expected is not None)


@pytest.mark.rule("R41")
def test_of_two_that_an_older_release_let_overlap_the_newer_counts():
    both = [window(2, SECOND), window(1, FIRST)]
    assert in_force(both, SECOND) == in_force(both[::-1], SECOND) == 2


@given(day=DAYS, opens=DAYS, closes=st.none() | DAYS)
def test_days_and_their_texts_are_compared_alike(day, opens, closes):
    texts = (day.isoformat(), opens.isoformat(), closes and closes.isoformat())
    assert covers(day, opens, closes) == covers(*texts)


@given(
    opens=DAYS,
    length=st.integers(1, 400),
    edge=st.booleans(),
    beside=st.timedeltas(timedelta(days=-2), timedelta(days=2)) | st.just(timedelta()),
)
def test_moments_and_days_say_the_same(opens, length, edge, beside):
    """The fence compares moments, everybody else days: both must let the same dossier through."""
    closes = opens + timedelta(days=length)
    at = (midnight(closes if edge else opens) + beside).astimezone(UTC)
    assert (midnight(opens) <= at < midnight(closes)) == covers(at.astimezone(ZONE).date(), opens, closes)
    assert midnight(opens).astimezone(ZONE).time() == time()
