"""What is kept of a procedure and what it says: what every other subject of the catalogue stands on."""
