"""Versions of a procedure: drafted, reviewed, published by date, replaced, withdrawn."""
