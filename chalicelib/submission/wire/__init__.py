"""What portals send to and get from the submission, a file for each function."""
