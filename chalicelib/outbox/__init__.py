"""The outbox: what a record's transaction said becomes an event on the bus."""
