"""Papers that never existed, drawn with their truth, to measure reading by: ten kinds, two halves of layouts.

Half `a` is for tuning; half `b` was drawn before the reader was, and is opened for the last measurement only.
"""
