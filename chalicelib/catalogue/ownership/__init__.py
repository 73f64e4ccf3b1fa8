"""Whose a procedure is, and how it goes from one agency to another."""
