"""Mandates: who lets whom act, in what, until when, and where the results go."""
