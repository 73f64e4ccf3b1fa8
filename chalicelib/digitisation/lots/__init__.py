"""Lots: files of any dossiers with a manifest beside them, taken in together or not at all."""
