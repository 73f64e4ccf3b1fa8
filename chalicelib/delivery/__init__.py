"""A result goes where its person wants it beside the vault: the national ID app, the post, the counter, a register."""
