"""A portal gets a short token for a person who signed in there (RFC 8693): who asks, and for whom, stands in it."""
