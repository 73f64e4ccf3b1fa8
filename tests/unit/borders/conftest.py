"""Every test here runs in the local stage, on the real stores where it needs one."""

from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]
