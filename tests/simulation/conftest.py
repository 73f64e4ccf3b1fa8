"""What the tests of the tables share: the real ones, on moto; and no cloud runs beside a world."""

from collections.abc import Iterator

import pytest

from tests.support.stores import _stores, tables
from tests.support.world import resting

__all__ = ["_stores", "tables"]


@pytest.fixture(scope="package", autouse=True)
def _alone() -> Iterator[None]:
    """The cloud of the run rests: a world takes the shims of its process, and everybody's clock."""
    with resting():
        yield
