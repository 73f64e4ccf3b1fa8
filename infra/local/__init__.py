"""The parts of the local stage that stand in for services outside the system."""
