"""A supplement: what is asked once and completely, the answer with the marked items alone, the lapse of its window."""
