"""What the tests of the tables share: the real ones, on moto."""

from tests.support.stores import _stores, tables

__all__ = ["_stores", "tables"]
