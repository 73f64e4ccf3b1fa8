"""Every test here runs in the local stage, on the real stores."""

import pytest

from tests.fakes.environment import stage
from tests.support.hall import Hall, hall
from tests.support.stores import _stores, tables

__all__ = ["_stores", "hall", "stage", "tables"]


@pytest.fixture(autouse=True)
def _anew(monkeypatch):
    """No dossier of another test: with it every table would stand as that test had it, anchors too."""
    monkeypatch.setattr(Hall, "_stood", {})
