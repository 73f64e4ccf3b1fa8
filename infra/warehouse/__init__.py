"""The counters as files that an existing engine reads: Athena on AWS, DuckDB anywhere."""
