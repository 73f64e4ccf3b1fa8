"""The rating of a dossier by whoever filed it, after its result."""
