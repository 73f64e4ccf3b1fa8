"""Restructuring: which papers data replaces, which nobody hands in, and the dossiers in which they came."""
