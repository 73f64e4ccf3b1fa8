"""The period before: of the same kind, over the end of a year too."""

import pytest

from chalicelib.measures.periods import before, period_of
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
