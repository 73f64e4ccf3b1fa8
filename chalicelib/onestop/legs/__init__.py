"""The agencies' parts of a dossier: when each begins, how it ends, and what the agencies see of one another."""
