"""Over HTTP: what a supplement asks until when, and its answer."""
