"""A file of routes for each function of the submission, which loads no other."""
