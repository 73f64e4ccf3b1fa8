"""Reception on paper: what is handed in at the counter or comes by post becomes a dossier."""
