"""Every test here runs in the local stage, on the real store."""

from tests.fakes.environment import stage
from tests.support.hall import hall
from tests.support.stores import _stores, tables

__all__ = ["_stores", "hall", "stage", "tables"]
