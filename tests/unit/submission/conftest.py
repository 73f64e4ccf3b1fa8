"""Every test here runs in the local stage, on the real stores."""

from tests.fakes.environment import stage
from tests.support.hall import hall
from tests.support.stores import _stores, calls, tables

__all__ = ["_stores", "calls", "hall", "stage", "tables"]
