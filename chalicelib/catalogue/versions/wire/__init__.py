"""What the catalogue answers and what it takes, by subject."""
