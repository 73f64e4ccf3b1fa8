"""Locks of what the zips and layers hold, and of the linters; the smoke test of a function."""
