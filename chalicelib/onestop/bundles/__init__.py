"""Bundles: a parent dossier whose legs start child dossiers of other procedures, and end as these do."""
