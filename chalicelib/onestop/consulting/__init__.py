"""An agency that is asked for its opinion: the question, the answer, and its silence."""
