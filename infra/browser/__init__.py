"""Pages as people see them: a real browser, at the widths of a phone and a desk, and what axe finds wrong with them."""
