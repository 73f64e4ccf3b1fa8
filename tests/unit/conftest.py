"""No test here waits between the tries of a write; `waits` is what would have been waited."""

import pytest

from chalicelib.kernel import waiting
from tests.fakes.waits import Waits


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Waits that take no time."""
    made = Waits()
    monkeypatch.setattr(waiting, "CLOCK", made.clock)
    return made
