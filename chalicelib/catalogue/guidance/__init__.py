"""Guidance on restructuring: who is to change which procedure until when, and how far that is."""
