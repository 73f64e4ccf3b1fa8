"""What an owner puts into their vault themselves: announced, checked as everything that arrives, counted, erased."""
