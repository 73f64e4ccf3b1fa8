"""Mutants of the code that must not be wrong, and how many of them the tests kill: `make mutate`."""
