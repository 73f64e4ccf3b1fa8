"""Data messages: official documents, the agency's signature on them, and their verification."""
