"""Every test here runs in the local stage."""

from tests.fakes.environment import stage

__all__ = ["stage"]
