"""The 15:00 rule: what was handed in directly goes on the same day, or at the start of the next working day."""

from datetime import datetime

import pytest

from chalicelib.kernel.clock import ZONE, moment
from chalicelib.onestop.dates import forwarding_due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25T08:00:00", "2026-11-25T17:00:00"),
        ("2026-11-25T14:59:59", "2026-11-25T17:00:00"),
        ("2026-11-25T15:00:00", "2026-11-25T17:00:00"),
        ("2026-11-25T15:00:01", "2026-11-26T09:00:00"),
        ("2026-11-27T16:30:00", "2026-11-30T09:00:00"),
        ("2026-11-28T09:00:00", "2026-11-30T09:00:00"),
        ("2026-12-31T15:30:00", "2027-01-04T09:00:00"),
        ("2025-03-03T15:30:00", "2025-03-04T09:00:00"),
    ],
    ids=[
        "morning",
        "a second before",
        "on the stroke",
        "a second after",
        "Friday",
        "Saturday",
        "holiday",
        "older pack",
    ],
)
def test_the_stroke_of_three_itself_is_the_same_day(received, due):
    at = datetime.fromisoformat(received).replace(tzinfo=ZONE)
    assert moment(forwarding_due(at)) == datetime.fromisoformat(due).replace(tzinfo=ZONE)
