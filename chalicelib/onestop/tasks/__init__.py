"""Tasks of persons: who has which, the lists that they work by, hand-over, supervisors."""
