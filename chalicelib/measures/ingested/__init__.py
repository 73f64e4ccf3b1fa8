"""Figures from other systems (Decree 137/2024 Art. 8(7)-(8)): taken in, checked, kept with their source."""
