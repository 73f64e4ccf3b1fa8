"""A person's store of results, and the ledger of who looked."""
