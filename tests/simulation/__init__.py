"""A seeded world: the real services and stores in one process, with everything that goes wrong between them."""
