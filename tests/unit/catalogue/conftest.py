"""Every test here runs in the local stage; `tables` are the real stores for those that ask."""

from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]
