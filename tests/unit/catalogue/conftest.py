"""Every test here runs in the local stage; `tables` are the real stores, `hall` has everything that keeps them."""

import pytest

from tests.fakes.environment import stage
from tests.support.keepers import Catalogue
from tests.support.stores import _stores, calls, tables

__all__ = ["_stores", "calls", "stage", "tables"]


@pytest.fixture
def hall(tables):
    """A catalogue of its own for a test."""
    return Catalogue(tables)
