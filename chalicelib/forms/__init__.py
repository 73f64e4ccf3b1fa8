"""Interactive forms as data: what a form may be, what it says of an answer, what it can fill in by itself; no I/O."""
