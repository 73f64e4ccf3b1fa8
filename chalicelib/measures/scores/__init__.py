"""The service index from our own counters, in the shape of the national portal."""
