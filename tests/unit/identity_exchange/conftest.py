"""Every test here runs in the local stage, on the real store; the exchange signs with keys in KMS of moto."""

from tests.fakes.environment import stage
from tests.support.stores import _stores, tables

__all__ = ["_stores", "stage", "tables"]
