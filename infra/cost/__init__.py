"""What a dossier costs, and what it needs of AWS: our own counts, times dated prices and against dated quotas."""
