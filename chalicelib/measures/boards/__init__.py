"""Boards: what is told of an agency and period, made each day to be read in one call."""
