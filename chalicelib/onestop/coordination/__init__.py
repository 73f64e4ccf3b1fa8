"""Agencies work on one dossier: what they see of each other, and how one asks another for its opinion."""
