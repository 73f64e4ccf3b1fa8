"""Every chain of hashes is looked at again, its files too, and its head is anchored under a key of its own."""
