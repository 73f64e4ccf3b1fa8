"""National procedure records read into facts, kept, and made a draft: what a record does not say stays unknown."""
