"""Figures as open data, of which nobody can be read: which cells are published, and what a release looks like."""
